/** Promise 1, the other half: a kill proves nothing about the disk, so what reaches it is counted. (That both databases are set so: `tests/server/platform/database.test.ts`.) */
import { spawnSync } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { folderOnDisk } from '../harness/folder.ts';
import { printCount } from './world.ts';

const COMMITS = 200;
const PROGRAM = fileURLToPath(new URL('./commit-some.ts', import.meta.url));

const hasStrace = spawnSync('strace', ['-f', '-o', '/dev/null', 'true']).status === 0;

/** Commits made and syncs asked of the system meanwhile. */
function countSyncs(mode: 'product' | 'careless'): { readonly commits: number; readonly syncs: number } {
  const folder = folderOnDisk();
  const trace = join(folder, 'trace');
  const strace = ['-f', '-qq', '-e', 'trace=fsync,fdatasync', '-o', trace];
  const run = spawnSync(
    'strace',
    [...strace, process.execPath, PROGRAM, join(folder, 'some.db'), String(COMMITS), mode],
    { encoding: 'utf8' },
  );
  const syncs = readFileSync(trace, 'utf8').match(/\b(fsync|fdatasync)\(/g)?.length ?? 0;
  rmSync(folder, { recursive: true, force: true });
  if (run.status !== 0) throw new Error(run.stderr);
  return { commits: Number(run.stdout), syncs };
}

describe.runIf(hasStrace)('each commit reaches the disk', () => {
  it('asks the system for a sync at least once a commit', { timeout: 120_000 }, () => {
    const { commits, syncs } = countSyncs('product');
    expect(commits).toBeGreaterThanOrEqual(COMMITS);
    expect(syncs).toBeGreaterThanOrEqual(commits);
    printCount(`${commits} commits, ${syncs} syncs`);
  });

  it('would notice if it did not', { timeout: 120_000 }, () => {
    const { commits, syncs } = countSyncs('careless');
    expect(syncs).toBeLessThan(commits);
  });
});
