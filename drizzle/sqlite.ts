/** The schema in SQLite's words: read by drizzle-kit and by the embedded database. */
import { index, integer, primaryKey, real, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';
import { defineSchema } from './schema.ts';
import type { Vocabulary } from './vocabulary.ts';

const words = {
  dialect: 'sqlite',
  table: sqliteTable,
  index,
  uniqueIndex,
  primaryKey,
  int: (name: string) => integer(name),
  key: (name: string) => integer(name).primaryKey(),
  rowid: (name: string) => integer(name).primaryKey(),
  sequence: (name: string) => integer(name).primaryKey({ autoIncrement: true }),
  transaction: (name: string) => integer(name).default(0),
  text: (name: string) => text(name),
  ordered: (name: string) => text(name),
  real: (name: string) => real(name),
  bool: (name: string) => integer(name, { mode: 'boolean' }),
  json: (name: string) => text(name, { mode: 'json' }),
};

// The one seam where SQLite's builders are taken for PostgreSQL's: both answer the same calls.
const schema = defineSchema(words as unknown as Vocabulary);

export default schema;
