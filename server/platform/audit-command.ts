/** `npm run hoithi -- audit verify`: reads the log without writing anything, beside a running server too. */
import Sqlite from 'better-sqlite3';
import { drizzle } from 'drizzle-orm/better-sqlite3';
import schema from '../../drizzle/sqlite.ts';
import type { Config } from '../config.ts';
import { type AuditCheck, auditRows, checkAudit, checkRows } from './audit.ts';
import type { Database } from './database/door.ts';
import { loadSecret, Secrets } from './secrets.ts';

const CHUNK = 1000;

/** Throws when there is no database. */
export async function verifyAudit({ databaseUrl, secret, dataDir }: Config): Promise<AuditCheck> {
  const secrets = new Secrets(loadSecret(secret, dataDir));
  if (/^postgres(ql)?:/.test(databaseUrl)) {
    const { PostgresDatabase } = await import('./database/postgres.ts');
    const database = new PostgresDatabase(databaseUrl);
    return checkAudit(database, secrets).finally(() => database.close());
  }
  const file = new Sqlite(databaseUrl, { readonly: true, fileMustExist: true });
  try {
    // The seam of `database/sqlite.ts`: queries are typed as PostgreSQL's.
    const query = drizzle({ client: file }) as unknown as Database['query'];
    const { sql, params } = auditRows({ query, tables: schema }).toSQL();
    return await checkRows(
      chunked(
        file
          .prepare<unknown[], unknown[]>(sql)
          .raw(true)
          .iterate(...params),
      ),
      secrets,
    );
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
