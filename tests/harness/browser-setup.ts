/**
 * Before any browser test: the client as it ships, built once when its sources are newer than what stands in dist/client.
 * Built beside it and moved into its place, so that a server starting at that moment never finds half a client.
 */
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'vite';
import type { TestProject } from 'vitest/node';
import { provideFile } from './databases-setup.ts';

const built = 'dist/client';
const lock = 'dist/.building';
const sources = ['client', 'questions/kinds', 'server/contracts', 'vite.config.ts', 'svelte.config.js'];
const longestBuildMs = 180_000;

/** The latest change of a file or of anything under a folder, ms since epoch. */
function changedAt(path: string): number {
  if (!existsSync(path)) return 0;
  const found = statSync(path);
  if (!found.isDirectory()) return found.mtimeMs;
  return Math.max(0, ...readdirSync(path).map((name) => changedAt(join(path, name))));
}

function isStale(): boolean {
  const page = join(built, 'index.html');
  return !existsSync(page) || Math.max(...sources.map(changedAt)) > statSync(page).mtimeMs;
}

/** Two runs at once: the first builds, the other waits for it. */
async function locked(work: () => Promise<void>): Promise<void> {
  mkdirSync('dist', { recursive: true });
  for (const since = Date.now(); existsSync(lock) && Date.now() - since < longestBuildMs; )
    await new Promise((done) => setTimeout(done, 250));
  mkdirSync(lock, { recursive: true });
  try {
    await work();
  } finally {
    rmSync(lock, { recursive: true, force: true });
  }
}

/** Vitest says that this is a test, and the client would be built as one for development: without its worker, with checks. */
async function buildAsShipped(folder: string): Promise<void> {
  const { NODE_ENV } = process.env;
  process.env.NODE_ENV = 'production';
  try {
    await build({ configFile: 'vite.config.ts', logLevel: 'error', build: { outDir: `../${folder}` } });
  } finally {
    process.env.NODE_ENV = NODE_ENV;
  }
}

/** Run by Vitest (`globalSetup` of the project `browser`). */
export async function setup(project: TestProject): Promise<() => void> {
  await buildWhenStale();
  project.provide('postgres', []);
  return provideFile(project);
}

/** The client as it ships stands in dist/client afterwards. */
export async function buildWhenStale(): Promise<void> {
  if (!isStale()) return;
  await locked(async () => {
    if (!isStale()) return;
    const fresh = `dist/client-${process.pid}`;
    const old = `dist/old-${process.pid}`;
    await buildAsShipped(fresh);
    if (existsSync(built)) renameSync(built, old);
    renameSync(fresh, built);
    rmSync(old, { recursive: true, force: true });
  });
}
