/**
 * The words that the schema is written in. Each dialect supplies them (`sqlite.ts`, `postgres.ts`), so that there is one
 * schema and queries are typed as PostgreSQL, the narrower surface.
 *
 * Column names are given in snake_case, times are integer milliseconds UTC, ids at the doors are UUIDv7 texts (`uid`).
 */
import type {
  bigint,
  boolean,
  doublePrecision,
  index,
  jsonb,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
} from 'drizzle-orm/pg-core';

type BigintBuilder = ReturnType<typeof bigint<'x', 'number'>>;
type TextBuilder = ReturnType<typeof text<'x', string, [string, ...string[]]>>;
type RealBuilder = ReturnType<typeof doublePrecision<'x'>>;
type BoolBuilder = ReturnType<typeof boolean<'x'>>;
type JsonBuilder = ReturnType<typeof jsonb<'x'>>;

/** What a dialect supplies. */
export interface Vocabulary {
  readonly dialect: 'sqlite' | 'postgres';
  readonly table: typeof pgTable;
  readonly index: typeof index;
  readonly uniqueIndex: typeof uniqueIndex;
  readonly primaryKey: typeof primaryKey;
  /** 64-bit integer; exact up to 2^53. */
  int(name: string): BigintBuilder;
  /** Primary key that a node takes from a block of keys before it writes. */
  key(name: string): ReturnType<BigintBuilder['primaryKey']>;
  /** SQLite's own row number: no index, ids may be used again after the last row was deleted. */
  rowid(name: string): ReturnType<ReturnType<BigintBuilder['primaryKey']>['default']>;
  /** Primary key that the database counts up at commit order (SQLite) or at insert (PostgreSQL). */
  sequence(name: string): ReturnType<ReturnType<BigintBuilder['primaryKey']>['default']>;
  /** Number of the transaction that wrote the row (PostgreSQL), 0 (SQLite, where commits stand in line). */
  transaction(name: string): ReturnType<BigintBuilder['default']>;
  text(name: string): TextBuilder;
  /** Text compared by its bytes: sort keys and folded search columns. */
  ordered(name: string): TextBuilder;
  real(name: string): RealBuilder;
  bool(name: string): BoolBuilder;
  /** A JSON value, typed by `$type<T>()`. */
  json(name: string): JsonBuilder;
}
