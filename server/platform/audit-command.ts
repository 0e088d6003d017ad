/** `npm run hoithi -- audit verify` and `audit export`: they read the log without writing anything, beside a running server too. */
import Sqlite from 'better-sqlite3';
import { drizzle } from 'drizzle-orm/better-sqlite3';
import schema from '../../drizzle/sqlite.ts';
import type { Config } from '../config.ts';
import { type AuditCheck, auditRows, checkRows } from './audit.ts';
import type { Database, RawRow } from './database/door.ts';
import { loadSecret, Secrets } from './secrets.ts';

const CHUNK = 1000;
const LONGEST_MS = 600_000;

type Chunks = AsyncIterable<readonly RawRow[]> | Iterable<readonly RawRow[]>;

/** Throws when there is no database. */
export function verifyAudit(config: Config): Promise<AuditCheck> {
  return withAuditRows(config, (rows, secrets) => checkRows(rows, secrets));
}

/** Reads the whole log, some rows at a time. Throws when there is no database. */
export async function withAuditRows<Of>(
  { databaseUrl, secret, dataDir }: Config,
  work: (rows: Chunks, secrets: Secrets) => Promise<Of>,
): Promise<Of> {
  const secrets = new Secrets(loadSecret(secret, dataDir));
  if (/^postgres(ql)?:/.test(databaseUrl)) {
    const { PostgresDatabase } = await import('./database/postgres.ts');
    const database = new PostgresDatabase(databaseUrl);
    const rows = database.scan(auditRows(database), { chunk: CHUNK, timeLimitMs: LONGEST_MS });
    return work(rows, secrets).finally(() => database.close());
  }
  const file = new Sqlite(databaseUrl, { readonly: true, fileMustExist: true });
  try {
    // The seam of `database/sqlite.ts`: queries are typed as PostgreSQL's.
    const query = drizzle({ client: file }) as unknown as Database['query'];
    const { sql, params } = auditRows({ query, tables: schema }).toSQL();
    const rows = file
      .prepare<unknown[], unknown[]>(sql)
      .raw(true)
      .iterate(...params);
    return await work(chunked(rows), secrets);
  } finally {
    file.close();
  }
}

function* chunked<Row>(rows: Iterable<Row>): Generator<Row[]> {
  let chunk: Row[] = [];
  for (const row of rows) {
    chunk.push(row);
    if (chunk.length < CHUNK) continue;
    yield chunk;
    chunk = [];
  }
  yield chunk;
}
