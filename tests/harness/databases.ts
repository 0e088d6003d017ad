/** Both databases for store tests: a fresh file, and a fresh database in one embedded PostgreSQL a test file. */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe } from 'vitest';
import type { Database } from '../../server/platform/database/door.ts';
import { openDatabase } from '../../server/platform/database/open.ts';
import { startPostgres, type TestPostgres, temporaryFolder } from './postgres.ts';

export { freePort, startPostgres, temporaryFolder } from './postgres.ts';

/** What a test of both databases gets. */
export interface TestDatabases {
  /** The address of a fresh, empty database: a file path or postgres://… */
  location(): Promise<string>;
  /** A fresh database, migrated; closed after the file's tests. */
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
      tracked(
        async () => join(folder, `${++count}`, 'test.db'),
        async () => rmSync(folder, { recursive: true, force: true }),
      ),
      'sqlite',
    );
  });
  describe(`${name} (PostgreSQL)`, () => {
    let server: Promise<TestPostgres> | null = null;
    const location = async (): Promise<string> => {
      server ??= startPostgres();
      return (await server).createDatabase();
    };
    tests(
      tracked(location, async () => (await server)?.stop()),
      'postgres',
    );
  });
}

function tracked(location: () => Promise<string>, end: () => Promise<void>): TestDatabases {
  const opened: Database[] = [];
  afterAll(async () => {
    await Promise.all(opened.map((database) => database.close()));
    await end();
  });
  return {
    location,
    async open() {
      const database = await openDatabase(await location(), (error) => {
        throw error;
      });
      opened.push(database);
      return database;
    },
  };
}
