/** Brings a PostgreSQL database to the newest schema: one node at a time (advisory lock), each migration in a transaction. */
import pg from 'pg';
import { pendingMigrations, readMigrations } from './migrations.ts';

const LOCK = 8_471_225_501;

export async function migratePostgres(url: string): Promise<readonly string[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query('select pg_advisory_lock($1)', [LOCK]);
    await client.query(
      'create table if not exists migrations (tag text primary key, hash text not null, at bigint not null)',
    );
    const { rows } = await client.query<{ tag: string; hash: string }>('select tag, hash from migrations');
    const pending = pendingMigrations(
      readMigrations('postgres'),
      new Map(rows.map((row) => [row.tag, row.hash])),
    );
    for (const migration of pending) {
      await client.query('begin');
      for (const statement of migration.statements) await client.query(statement);
      await client.query('insert into migrations (tag, hash, at) values ($1, $2, $3)', [
        migration.tag,
        migration.hash,
        Date.now(),
      ]);
      await client.query('commit');
    }
    return pending.map((migration) => migration.tag);
  } catch (error) {
    await client.query('rollback').catch(() => undefined);
    throw error;
  } finally {
    await client.end();
  }
}
