/** Promise 6: ten thousand attempts end at one deadline with nobody connected. */
import { expect, it } from 'vitest';
import { openRows } from '../bench/rows.ts';
import { countMismatches, readClosed } from '../bench/rush.ts';
import { openWorld, printCount } from './world.ts';

const ATTEMPTS = 10_000;

it('closes and grades 10,000 attempts as a clean recomputation does, none lost', {
  timeout: 300_000,
}, async () => {
  const world = await openWorld({
    people: ATTEMPTS,
    open: ATTEMPTS,
    answered: 13,
    closesIn: 600_000,
    durationMs: 3_600_000,
  });
  const { server, seeded, location } = world;
  expect(await server.app.attempts.sweeper.sweep()).toBe(0);
  server.clock.set(seeded.round.closesAt + server.context.config.graceMs + 2000);
  const began = performance.now();
  expect(await server.app.attempts.sweeper.sweep()).toBe(ATTEMPTS);
  const seconds = (performance.now() - began) / 1000;
  expect(seconds).toBeLessThan(60);
  expect(await server.app.attempts.sweeper.sweep()).toBe(0);
  const rows = await openRows(location);
  const closed = await readClosed(rows, seeded.round.id);
  await rows.close();
  expect(countMismatches(closed, seeded, ATTEMPTS)).toBe(0);
  // Not blind: one mark more is seen.
  expect(
    countMismatches(
      closed,
      { ...seeded, progress: seeded.progress.map((p) => ({ ...p, marks: p.marks + 1 })) },
      ATTEMPTS,
    ),
  ).toBe(ATTEMPTS);
  printCount(`${ATTEMPTS} attempts closed and graded in ${seconds.toFixed(1)} s`);
});
