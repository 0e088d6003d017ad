/**
 * The one door to the database. Reads are Drizzle queries; writes are Drizzle statements handed to `atomic`, which runs
 * them together or not at all and answers after the commit is durable. There are no interactive transactions: correctness
 * comes from keys, expected numbers of rows, conditional statements and `returning`.
 */
import { is, Param, Placeholder, type Query } from 'drizzle-orm';
import type { NodePgDatabase } from 'drizzle-orm/node-postgres';
import type { Tables } from '../../../drizzle/schema.ts';

export type { Tables } from '../../../drizzle/schema.ts';

/** A value as both drivers take it. */
export type Parameter = string | number | bigint | null | Uint8Array;

/** A compiled statement; `expects` is the number of rows that it must touch, else its caller is rolled back. */
export interface Statement<Row = unknown> {
  readonly sql: string;
  readonly params: readonly Parameter[];
  readonly expects?: number;
  /** Turns a raw row of `returning` into the object that Drizzle's types promise. */
  readonly decode?: (row: readonly unknown[]) => Row;
}

/** A Drizzle insert, update or delete. `_.result` carries the type of its rows. */
export interface Writable {
  toSQL(): Query;
  readonly _: { readonly result: unknown };
}

/** What a statement did: rows touched, and what `returning` gave. */
export interface Outcome<Row> {
  readonly changes: number;
  readonly rows: readonly Row[];
}

type RowOf<Q> =
  Q extends Statement<infer Row>
    ? Row
    : Q extends { readonly _: { readonly result: (infer Row)[] } }
      ? Row
      : never;
export type Outcomes<Q extends readonly (Writable | Statement)[]> = {
  readonly [K in keyof Q]: Outcome<RowOf<Q[K]>>;
};

/** `low`: long jobs in small pieces, run only where nothing else waits or one a commit. */
export type Lane = 'normal' | 'low';

/** Rows of a scan: arrays of columns in the order of the selection. */
export type RawRow = readonly unknown[];

export interface Database {
  readonly dialect: 'sqlite' | 'postgres';
  /** The tables in this database's dialect, typed as PostgreSQL's. */
  readonly tables: Tables;
  /** For building statements, and for indexed point reads (awaited on the main thread). */
  readonly query: NodePgDatabase<Record<string, never>>;
  /** Runs statements together or not at all. Throws `ConflictError`, `UnavailableError`, `BusyError`. */
  atomic<const Q extends readonly (Writable | Statement)[]>(statements: Q, lane?: Lane): Promise<Outcomes<Q>>;
  /**
   * A point read in the midst of many commits, by a prepared select. Each commit makes stale what the main thread holds of the
   * file, so that it would read it again and wait for the disk; whoever writes has it at hand, and reads with the next commit.
   */
  look<Row>(select: Statement<Row>): Promise<readonly Row[]>;
  /** Reads many rows outside the main thread, a chunk at a time; the reader waits for the consumer. */
  scan(query: Pick<Writable, 'toSQL'>, options?: ScanOptions): AsyncIterable<readonly RawRow[]>;
  /** As `scan`, for columns of numbers alone: rows one after another in one array, null as NaN. */
  scanNumbers(query: Pick<Writable, 'toSQL'>, options?: ScanOptions): AsyncIterable<Float64Array>;
  /** The database server's own clock, ms since epoch; this machine's on SQLite. */
  clock(): Promise<number>;
  /** What the writing connection says of itself, e.g. `{ journal_mode: 'wal', synchronous: '2' }`. */
  durability(): Promise<Readonly<Record<string, string>>>;
  /** Callers that wait for a commit, rows written and commits since the start: for /metrics and back-pressure. */
  load(): DatabaseLoad;
  close(): Promise<void>;
}

export interface ScanOptions {
  /** Rows a chunk, 5,000 unless said. */
  readonly chunk?: number;
  /** The scan is given up after so long; 60,000 ms unless said. */
  readonly timeLimitMs?: number;
}

export interface DatabaseLoad {
  readonly waiting: number;
  readonly callers: number;
  readonly commits: number;
}

/** A key that exists already, or a number of rows other than the expected one: somebody was faster. Decide again. */
export class ConflictError extends Error {
  override readonly name = 'ConflictError';
  readonly constraint: string;
  constructor(constraint: string) {
    super(`conflict: ${constraint}`);
    this.constraint = constraint;
  }
}

/** The database could not write (disk full, I/O error, connection lost). Nothing of the caller's was kept. */
export class UnavailableError extends Error {
  override readonly name = 'UnavailableError';
}

/** Too many callers wait already. Nothing was written; try again after `retryAfterMs`. */
export class BusyError extends Error {
  override readonly name = 'BusyError';
  readonly retryAfterMs = 1000;
}

interface ReturnedField {
  readonly path: readonly string[];
  readonly field: { mapFromDriverValue?(value: unknown): unknown };
}

/** Drizzle keeps the fields of `returning` and of a select in its configuration; there is no public way to them in 0.45. */
function returnedFields(query: unknown): readonly ReturnedField[] {
  const config = (
    query as {
      config?: {
        returning?: readonly ReturnedField[];
        fields?: Readonly<Record<string, ReturnedField['field']>>;
      };
    }
  ).config;
  if (config?.fields === undefined) return config?.returning ?? [];
  return Object.entries(config.fields).map(([name, field]) => ({ path: [name], field }));
}

function decoder(fields: readonly ReturnedField[]) {
  return (row: readonly unknown[]): Record<string, unknown> => {
    const decoded: Record<string, unknown> = {};
    fields.forEach(({ path, field }, column) => {
      const value = row[column];
      decoded[path.join('.')] =
        value === null || field.mapFromDriverValue === undefined ? value : field.mapFromDriverValue(value);
    });
    return decoded;
  };
}

/** Compiles a Drizzle query for one use. */
export function compile(query: Writable | Statement): Statement {
  if (!('toSQL' in query)) return query;
  const { sql, params } = query.toSQL();
  const fields = returnedFields(query);
  const compiled = { sql, params: params as Parameter[] };
  return fields.length === 0 ? compiled : { ...compiled, decode: decoder(fields) };
}

/** The same statement, which must touch exactly `rows` rows. */
export function expecting<Q extends Writable | Statement>(rows: number, query: Q): Statement<RowOf<Q>> {
  return { ...(compile(query) as Statement<RowOf<Q>>), expects: rows };
}

/**
 * Compiles a query with `sql.placeholder`s once; hot statements are made this way (unprepared ones cost three to eight
 * times as much). The function gives a statement for `atomic`.
 */
export function prepare<Q extends Writable>(
  query: Q,
  expects?: number,
): (values: Readonly<Record<string, Given>>) => Statement<RowOf<Q>> {
  const { sql, params } = query.toSQL();
  const fields = returnedFields(query);
  const rest = {
    ...(expects === undefined ? {} : { expects }),
    ...(fields.length === 0 ? {} : { decode: decoder(fields) as (row: readonly unknown[]) => RowOf<Q> }),
  };
  const fillers = params.map(fillerOf);
  return (values) => ({ sql, params: fillers.map((fill) => fill(values)), ...rest });
}

/** The same statement, whose rows come as they are, a list of values each: for reading half a million. */
export function undecoded({ decode: _decode, ...statement }: Statement): Statement<RawRow> {
  return statement;
}

/** A named value: what drivers take, or what a column of JSON makes a text of. */
type Given = Parameter | boolean | readonly unknown[] | { readonly [name: string]: unknown };

type Filler = (values: Readonly<Record<string, Given>>) => Parameter;

/** What stands in one place of a prepared statement: a constant, or a named value as its column writes it. */
function fillerOf(param: unknown): Filler {
  const placeholder = is(param, Placeholder) ? param : is(param, Param) ? param.value : null;
  if (!is(placeholder, Placeholder)) return () => param as Parameter;
  const { name } = placeholder;
  return (values) => {
    const value = values[name];
    if (value === undefined) throw new Error(`no value for ${name}`);
    if (value === null || !is(param, Param)) return value as Parameter;
    return param.encoder.mapToDriverValue(value) as Parameter;
  };
}
