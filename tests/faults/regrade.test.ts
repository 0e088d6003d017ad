/** Promise 10: a regrade that is killed again and again equals a clean one, and old marks are kept. At full size: `npm run bench regrade`. */
import { expect, it } from 'vitest';
import { regradeKilled } from '../bench/regrading.ts';
import { temporaryFolder } from '../harness/folder.ts';
import { printCount } from './world.ts';

const folder = temporaryFolder();

it('goes on after every kill and comes to what a clean run comes to', { timeout: 180_000 }, async () => {
  const report = await regradeKilled({ folder, attempts: 6000, kills: 4, say: () => undefined });
  const { attempts, kills, changed, mismatches } = report;
  printCount(`${attempts} attempts, ${kills} kills: ${changed} results changed, ${mismatches} differ`);
  expect(mismatches).toBe(0);
  expect(changed).toBeGreaterThan(100);
});
