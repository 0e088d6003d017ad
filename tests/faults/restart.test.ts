/** Promise 9: the time that a restart took is given back to open attempts, and logged. */
import { expect, it } from 'vitest';
import { MovableClock } from '../../server/platform/clock.ts';
import { startServer } from '../harness/app.ts';
import { someAnswer, Taker } from './taker.ts';
import { openWorld, printCount } from './world.ts';

const MINUTE_MS = 60_000;

it('gives five lost minutes back to who was answering, to nobody else, and says so', {
  timeout: 60_000,
}, async () => {
  const { server, seeded, location } = await openWorld({ people: 3 });
  await server.app.attempts.listening();
  const first = new Taker(server, 1);
  const { body: attempt } = await first.start(seeded.round.uid);
  await first.save(attempt, { device: 'phone1', n: 1, base: 0, changes: { 0: someAnswer(attempt, 0, 0) } });
  const done = (await new Taker(server, 2).start(seeded.round.uid)).body;
  const receipt = (await new Taker(server, 2).submit(done)).body;
  server.clock.advance(3 * MINUTE_MS);
  const stoppedAt = server.clock.now();
  await server.close();

  const later = await startServer(location, {}, new MovableClock(stoppedAt + 5 * MINUTE_MS));
  await later.app.attempts.listening();
  const back = new Taker(later, 1);
  const { body: resumed } = await back.read(attempt.id);
  const given = resumed.deadline - attempt.deadline;
  expect(given).toBeGreaterThanOrEqual(5 * MINUTE_MS);
  expect(given).toBeLessThan(8 * MINUTE_MS + 10_000);
  expect(resumed.answers).toEqual({ 0: someAnswer(attempt, 0, 0) });

  const { outages } = later.context.database.tables;
  const [logged] = await later.context.database.query.select().from(outages);
  expect(logged).toMatchObject({ roundId: null, recordedBy: 'system' });
  expect(Number(logged?.toAt) - Math.max(Number(logged?.fromAt), attempt.startedAt)).toBe(given);

  // It counts: an answer after the old deadline is taken, and the sweeper waits.
  later.clock.set(attempt.deadline + attempt.graceMs + 30_000);
  expect(await later.app.attempts.sweeper.sweep()).toBe(0);
  const body = { device: 'phone1', n: 2, base: 1, changes: { 1: someAnswer(attempt, 1, 0) } };
  expect((await back.save(attempt, body)).status).toBe(200);
  expect((await new Taker(later, 2).submit(done)).body).toEqual(receipt);
  const fresh = (await new Taker(later, 3).start(seeded.round.uid)).body;
  expect(fresh.deadline - fresh.startedAt).toBe(attempt.deadline - attempt.startedAt);
  printCount(`a stop of 5 minutes: ${Math.round(given / 1000)} s given back and logged`);
});
