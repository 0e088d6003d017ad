/**
 * Once for all tests of a run: one embedded PostgreSQL with a migrated database to copy from, and a migrated SQLite file. A
 * test that wants a fresh database gets a copy in some 50 ms, where a server of its own and all migrations took two seconds.
 */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { migratePostgres } from '../../server/platform/database/migrate-postgres.ts';
import { migrateSqlite } from '../../server/platform/database/migrate-sqlite.ts';
import { startPostgres, temporaryFolder } from './postgres.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Path of a migrated, empty SQLite file. */
    readonly migratedFile: string;
    /** Address of PostgreSQL's own database, and the name of a migrated, empty one; null: this project has no PostgreSQL. */
    readonly postgres: { readonly url: string; readonly template: string } | null;
  }
}

/** Of a project that tests on both databases. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const removeFile = provideFile(project);
  // Nothing here outlives the run, so nothing needs to reach the disk; fault runs start a PostgreSQL of their own.
  const server = await startPostgres([
    '-c',
    'fsync=off',
    '-c',
    'full_page_writes=off',
    '-c',
    'max_connections=400',
  ]);
  const url = await server.createDatabase();
  await migratePostgres(url);
  const { pathname } = new URL(url);
  project.provide('postgres', { url: url.replace(pathname, '/postgres'), template: pathname.slice(1) });
  return async () => {
    await server.stop();
    removeFile();
  };
}

/** Gives the migrated file to the project's tests; returns what takes it away. */
export function provideFile(project: TestProject): () => void {
  const folder = temporaryFolder();
  const file = join(folder, 'migrated.db');
  migrateSqlite(file);
  project.provide('migratedFile', file);
  return () => rmSync(folder, { recursive: true, force: true });
}
