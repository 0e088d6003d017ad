/** The schema in PostgreSQL's words: read by drizzle-kit and by a cluster. */
import { sql } from 'drizzle-orm';
import {
  bigint,
  bigserial,
  boolean,
  customType,
  doublePrecision,
  index,
  jsonb,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
} from 'drizzle-orm/pg-core';
import { defineSchema } from './schema.ts';
import type { Vocabulary } from './vocabulary.ts';

const bytewise = customType<{ data: string }>({ dataType: () => 'text COLLATE "C"' });

const words = {
  dialect: 'postgres',
  table: pgTable,
  index,
  uniqueIndex,
  primaryKey,
  int: (name: string) => bigint(name, { mode: 'number' }),
  key: (name: string) => bigint(name, { mode: 'number' }).primaryKey(),
  rowid: (name: string) => bigserial(name, { mode: 'number' }).primaryKey(),
  sequence: (name: string) => bigserial(name, { mode: 'number' }).primaryKey(),
  transaction: (name: string) =>
    bigint(name, { mode: 'number' }).default(sql`pg_current_xact_id()::text::bigint`),
  text: (name: string) => text(name),
  ordered: (name: string) => bytewise(name),
  real: (name: string) => doublePrecision(name),
  bool: (name: string) => boolean(name),
  json: (name: string) => jsonb(name),
};

const schema = defineSchema(words as unknown as Vocabulary);

export default schema;
