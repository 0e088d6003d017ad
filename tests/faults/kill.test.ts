/** Promise 1: an acknowledged answer is never lost. More kills: `node tests/faults/kill.ts --kills 1000`. */
import { spawnSync } from 'node:child_process';
import { expect, it } from 'vitest';
import { killAgainAndAgain } from './kill-run.ts';
import { printCount } from './world.ts';

const KILLS = 100;
/** Runs beside one another, each with a server of its own. */
const RUNS = 2;
const FIRST_ANSWER_MS = 2000;
/** How long Node takes to start on a quiet machine, ms: what is slower here is the machine's, not the server's. */
const QUIET_NODE_MS = 45;

function nodeStartMs(): number {
  const times = [1, 2, 3].map(() => {
    const began = performance.now();
    spawnSync(process.execPath, ['-e', '0']);
    return performance.now() - began;
  });
  return Math.max(...times);
}

it('keeps every acknowledged answer over 100 kills under load', { timeout: 1_200_000 }, async () => {
  const slowness = Math.max(1, nodeStartMs() / QUIET_NODE_MS);
  const reports = await Promise.all(
    Array.from({ length: RUNS }, () => killAgainAndAgain(KILLS / RUNS, () => undefined)),
  );
  const sum = (count: (report: (typeof reports)[number]) => number): number =>
    reports.reduce((total, report) => total + count(report), 0);
  const slowest = Math.max(...reports.map(({ firstAnswerMs }) => firstAnswerMs.max));
  const usual = Math.max(...reports.map(({ firstAnswerMs }) => firstAnswerMs.p50));
  const acknowledged = sum((report) => report.acknowledged);
  printCount(
    `${sum((report) => report.kills)} kills, ${acknowledged} answers acknowledged, ${sum((report) => report.lost)} lost; ` +
      `first answer ${usual.toFixed(0)} ms (slowest ${slowest.toFixed(0)} ms) on a machine ${slowness.toFixed(1)} times as slow as a quiet one`,
  );
  expect(sum((report) => report.lost)).toBe(0);
  expect(sum((report) => report.wrongNumbers)).toBe(0);
  expect(sum((report) => report.damaged)).toBe(0);
  // The run itself must have worked: a kill with nothing acknowledged before it shows nothing.
  expect(acknowledged).toBeGreaterThan(KILLS * 5);
  // Two servers come up at the same time on two cores, beside other tests.
  expect(usual).toBeLessThan(FIRST_ANSWER_MS * slowness * RUNS);
});
