/**
 * Brings a file to the newest schema before anything else opens it. Own runner, because the library's deletes data when a
 * table is rebuilt (foreign keys cannot be switched off inside its transaction): here they are off before BEGIN, a copy is
 * made first when there is data, rows are counted before and after, and foreign keys are checked before the commit.
 */
import { existsSync, rmSync, statSync } from 'node:fs';
import Sqlite from 'better-sqlite3';
import { type Migration, pendingMigrations, readMigrations } from './migrations.ts';

/** Throws when a migration fails; the file is as it was then. */
export function migrateSqlite(
  path: string,
  all: readonly Migration[] = readMigrations('sqlite'),
): readonly string[] {
  const hadData = existsSync(path) && statSync(path).size > 0;
  const db = new Sqlite(path);
  try {
    db.pragma('journal_mode = WAL');
    db.pragma('synchronous = FULL');
    db.pragma('foreign_keys = OFF');
    db.exec(
      'create table if not exists migrations (tag text primary key, hash text not null, at integer not null)',
    );
    const rows = db.prepare('select tag, hash from migrations').all() as { tag: string; hash: string }[];
    const pending = pendingMigrations(all, new Map(rows.map((row) => [row.tag, row.hash])));
    if (pending.length > 0 && hadData && rows.length > 0) copyAside(db, `${path}.before-${pending[0]?.tag}`);
    for (const migration of pending) apply(db, migration);
    return pending.map((migration) => migration.tag);
  } finally {
    db.close();
  }
}

function copyAside(db: Sqlite.Database, target: string): void {
  rmSync(target, { force: true });
  db.prepare('vacuum into ?').run(target);
}

function apply(db: Sqlite.Database, migration: Migration): void {
  db.exec('begin immediate');
  try {
    const before = countRows(db);
    for (const statement of migration.statements) db.exec(statement);
    const after = countRows(db);
    for (const [table, count] of before) {
      if (after.has(table) && after.get(table) !== count) {
        throw new Error(
          `${migration.tag} changed the number of rows in ${table}: ${count} → ${after.get(table)}`,
        );
      }
    }
    const dangling = db.pragma('foreign_key_check') as unknown[];
    if (dangling.length > 0)
      throw new Error(`${migration.tag} leaves ${dangling.length} rows without their parent`);
    db.prepare('insert into migrations (tag, hash, at) values (?, ?, ?)').run(
      migration.tag,
      migration.hash,
      Date.now(),
    );
    db.exec('commit');
  } catch (error) {
    if (db.inTransaction) db.exec('rollback');
    throw error;
  }
}

function countRows(db: Sqlite.Database): Map<string, number> {
  const tables = db
    .prepare(
      "select name from sqlite_master where type = 'table' and name not like 'sqlite_%' and name <> 'migrations'",
    )
    .pluck()
    .all() as string[];
  return new Map(
    tables.map((table) => [table, db.prepare(`select count(*) from "${table}"`).pluck().get() as number]),
  );
}
