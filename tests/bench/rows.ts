/** Rows read and changed past the product, while it runs, in SQL that both databases understand. */
import Sqlite from 'better-sqlite3';
import pg from 'pg';

export interface Rows {
  ask<Row>(sql: string): Promise<readonly Row[]>;
  change(sql: string): Promise<void>;
  close(): Promise<void>;
}

export async function openRows(location: string): Promise<Rows> {
  return location.startsWith('postgres') ? openPostgresRows(location) : openSqliteRows(location);
}

function openSqliteRows(path: string): Rows {
  const db = new Sqlite(path);
  return {
    ask: async <Row>(sql: string) => db.prepare(sql).all() as Row[],
    change: async (sql) => void db.prepare(sql).run(),
    close: async () => void db.close(),
  };
}

const INT8 = 20;
/** Whole numbers are numbers, as on SQLite. */
const types: pg.CustomTypesConfig = {
  getTypeParser: (oid, format) =>
    oid === INT8 ? Number : pg.types.getTypeParser(oid, (format ?? 'text') as 'text'),
};

async function openPostgresRows(url: string): Promise<Rows> {
  const client = new pg.Client({ connectionString: url, types });
  await client.connect();
  return {
    ask: async <Row>(sql: string) => (await client.query(sql)).rows as Row[],
    change: async (sql) => void (await client.query(sql)),
    close: () => client.end(),
  };
}
