/** Both databases for store tests: each a fresh copy of a migrated, empty one (`databases-setup.ts`). */
import { copyFileSync, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import pg from 'pg';
import { describe, inject } from 'vitest';
import type { Database } from '../../server/platform/database/door.ts';
import { openDatabase } from '../../server/platform/database/open.ts';
import { afterwards } from './afterwards.ts';
import { temporaryFolder } from './folder.ts';

export { temporaryFolder } from './folder.ts';
export { freePort, startPostgres } from './postgres.ts';

/** What a test of both databases gets. */
export interface TestDatabases {
  /** The address of a fresh, migrated, empty database: a file path or postgres://… */
  location(): Promise<string>;
  /** The same, opened; closed after the file's tests. */
  open(): Promise<Database>;
}

/** Runs the same tests on SQLite and on PostgreSQL. */
export function onBothDatabases(
  name: string,
  tests: (databases: TestDatabases, dialect: 'sqlite' | 'postgres') => void,
): void {
  describe(`${name} (SQLite)`, () => {
    const folder = temporaryFolder();
    let count = 0;
    tests(
      tracked(async () => freshFile(join(folder, `${++count}`, 'test.db'))),
      'sqlite',
    );
  });
  onPostgres(`${name} (PostgreSQL)`, (databases) => tests(databases, 'postgres'));
}

/** What only PostgreSQL does. */
export function onPostgres(name: string, tests: (databases: TestDatabases) => void): void {
  describe(name, () => {
    const made: string[] = [];
    const location = async (): Promise<string> => {
      const { url, name } = await freshPostgres();
      made.push(name);
      return url;
    };
    // Behind the servers that use them.
    afterwards(() => dropPostgres(made));
    tests(tracked(location));
  });
}

/** Puts a migrated, empty database at `path`; gives the path. */
export function freshFile(path: string): string {
  mkdirSync(dirname(path), { recursive: true });
  copyFileSync(inject('migratedFile'), path);
  return path;
}

/** A migrated, empty database in the run's PostgreSQL. */
export async function freshPostgres(): Promise<{ readonly url: string; readonly name: string }> {
  const { url, template } = demandPostgres();
  const name = `test_${crypto.randomUUID().replaceAll('-', '')}`;
  await ask([`create database ${name} template ${template}`]);
  return { url: url.replace(/\/postgres$/, `/${name}`), name };
}

/** Those that something still uses stay, and go with the whole run's PostgreSQL. */
export async function dropPostgres(names: readonly string[]): Promise<void> {
  for (const name of names) await ask([`drop database if exists ${name}`]).catch(demandInUse);
}

const IN_USE = '55006';

function demandInUse(error: unknown): void {
  if (!(error instanceof Error && 'code' in error && error.code === IN_USE)) throw error;
}

function demandPostgres() {
  const servers = inject('postgres');
  const postgres = servers[(Number(process.env.VITEST_POOL_ID ?? 1) - 1) % Math.max(1, servers.length)];
  if (postgres === undefined) throw new Error('this project has no PostgreSQL');
  return postgres;
}

async function ask(statements: readonly string[]): Promise<void> {
  const client = new pg.Client({ connectionString: demandPostgres().url });
  await client.connect();
  try {
    for (const statement of statements) await client.query(statement);
  } finally {
    await client.end();
  }
}

function tracked(location: () => Promise<string>): TestDatabases {
  return {
    location,
    async open() {
      const database = await openDatabase(await location(), (error) => {
        throw error;
      });
      afterwards(() => database.close());
      return database;
    },
  };
}
