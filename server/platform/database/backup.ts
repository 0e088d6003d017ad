/**
 * Backup and restore of the embedded database. A backup is made while the server runs (`VACUUM INTO` reads one snapshot),
 * is opened again and checked, and travels with the secret, without which phones stay unreadable and codes unknown.
 * A restore refuses while a server has the file, keeps what it replaces, and erases again who was erased since the backup.
 */
import { createHash } from 'node:crypto';
import {
  closeSync,
  copyFileSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { UnavailableError } from './door.ts';
import { migrateSqlite } from './migrate-sqlite.ts';

export interface BackupReport {
  readonly file: string;
  readonly bytes: number;
  readonly seconds: number;
  readonly sha256: string;
  /** Rows by table, counted in the copy. */
  readonly rows: Readonly<Record<string, number>>;
}

export interface RestoreReport extends BackupReport {
  /** Where the replaced file stands now; null when there was none. */
  readonly replaced: string | null;
  /** People whom the server erases again at its next start, because they were erased since the backup. */
  readonly eraseAgain: number;
}

/** The fact that names who is to be erased again, as a JSON list of uids. */
export const PENDING_ERASURES = 'erasures.pending';

/** Writes `target` (and `target.secret`). Throws when the copy is not sound; then no file is left. */
export function backup(database: string, secretFile: string, target: string): BackupReport {
  if (!existsSync(database)) throw new Error(`No database at ${database} / Không có dữ liệu ở ${database}`);
  if (existsSync(target)) throw new Error(`${target} exists already / Tệp đã có`);
  const started = performance.now();
  mkdirSync(dirname(target), { recursive: true });
  const source = new Sqlite(database, { readonly: true });
  try {
    source.prepare('vacuum into ?').run(target);
  } finally {
    source.close();
  }
  try {
    const rows = checked(target);
    syncFile(target);
    if (existsSync(secretFile)) copyFileSync(secretFile, `${target}.secret`);
    return report(target, rows, started);
  } catch (error) {
    rmSync(target, { force: true });
    throw error;
  }
}

/** Puts a backup in the database's place. Throws `UnavailableError` while a server has the file open. */
export function restore(source: string, database: string, secretFile: string, now: number): RestoreReport {
  const started = performance.now();
  checked(source);
  mkdirSync(dirname(database), { recursive: true });
  const lock = takeLock(database);
  try {
    const incoming = `${database}.incoming`;
    rmSync(incoming, { force: true });
    copyFileSync(source, incoming);
    migrateSqlite(incoming);
    const erased = existsSync(database) ? erasedSince(database) : [];
    const eraseAgain = eraseLater(incoming, erased);
    const rows = checked(incoming);
    syncFile(incoming);
    const replaced = existsSync(database) ? setAside(database, now) : null;
    renameSync(incoming, database);
    for (const end of ['-wal', '-shm']) rmSync(`${incoming}${end}`, { force: true });
    syncFile(dirname(database));
    restoreSecret(`${source}.secret`, secretFile);
    return { ...report(database, rows, started), replaced, eraseAgain };
  } finally {
    lock.close();
  }
}

function takeLock(database: string): Sqlite.Database {
  const lock = new Sqlite(`${database}.lock`, { timeout: 0 });
  try {
    lock.pragma('locking_mode = EXCLUSIVE');
    lock.exec('begin exclusive');
    return lock;
  } catch {
    lock.close();
    throw new UnavailableError(
      'A server has the database open: stop it first / Máy chủ đang chạy: hãy dừng trước khi khôi phục',
    );
  }
}

/** Opens a copy and looks at all of it; gives the rows of each table. */
function checked(file: string): Record<string, number> {
  const copy = new Sqlite(file, { readonly: true, fileMustExist: true });
  try {
    const found = copy.pragma('integrity_check', { simple: true });
    if (found !== 'ok') throw new Error(`${file} is damaged / bị hỏng: ${String(found)}`);
    const tables = copy
      .prepare(
        "select name from sqlite_master where type = 'table' and name not like 'sqlite_%' order by name",
      )
      .pluck()
      .all() as string[];
    if (!tables.includes('migrations'))
      throw new Error(`${file} is not a database of Hội Thi / không phải dữ liệu của Hội Thi`);
    return Object.fromEntries(
      tables.map((table) => [table, copy.prepare(`select count(*) from "${table}"`).pluck().get() as number]),
    );
  } finally {
    copy.close();
  }
}

function erasedSince(database: string): readonly string[] {
  const current = new Sqlite(database, { readonly: true });
  try {
    return current.prepare('select uid from people where erased_at is not null').pluck().all() as string[];
  } catch {
    // A file that cannot be read is replaced as it is: there is nobody to learn from it.
    return [];
  } finally {
    current.close();
  }
}

/** Leaves their uids for the server, which erases them before it answers; how many of them the backup still knows. */
function eraseLater(file: string, uids: readonly string[]): number {
  const db = new Sqlite(file);
  try {
    db.pragma('journal_mode = DELETE');
    const known = db.prepare('select count(*) from people where uid = ? and erased_at is null').pluck();
    const pending = uids.filter((uid) => known.get(uid) === 1);
    db.prepare('insert or replace into facts (name, value) values (?, ?)').run(
      PENDING_ERASURES,
      JSON.stringify(pending),
    );
    return pending.length;
  } finally {
    db.close();
  }
}

function setAside(database: string, now: number): string {
  const aside = `${database}.replaced-${new Date(now).toISOString().replace(/[:.]/g, '-')}`;
  const current = new Sqlite(database);
  current.pragma('wal_checkpoint(TRUNCATE)');
  current.close();
  renameSync(database, aside);
  for (const end of ['-wal', '-shm']) rmSync(`${database}${end}`, { force: true });
  return aside;
}

function restoreSecret(from: string, to: string): void {
  if (!existsSync(from)) return;
  if (existsSync(to) && readFileSync(to, 'utf8') === readFileSync(from, 'utf8')) return;
  if (existsSync(to)) renameSync(to, `${to}.replaced`);
  mkdirSync(dirname(to), { recursive: true });
  copyFileSync(from, to);
}

function syncFile(path: string): void {
  const handle = openSync(path, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

function report(file: string, rows: Record<string, number>, started: number): BackupReport {
  return {
    file,
    bytes: statSync(file).size,
    seconds: Number(((performance.now() - started) / 1000).toFixed(2)),
    sha256: createHash('sha256').update(readFileSync(file)).digest('hex'),
    rows,
  };
}

/** Where the generated secret of a data folder stands. */
export function secretPath(dataDir: string): string {
  return join(dataDir, 'secret');
}
