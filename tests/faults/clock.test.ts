/** Promise 4: neither the client's clock nor a jump of the server's moves a deadline. */
import { afterEach, expect, it, vi } from 'vitest';
import { type MovableClock, systemClock } from '../../server/platform/clock.ts';
import { someAnswer, Taker } from './taker.ts';
import { openWorld, printCount } from './world.ts';

const HOUR_MS = 3_600_000;

afterEach(() => vi.restoreAllMocks());

/** The clock that the product runs on, where tests hand over one of theirs. */
function realClock(): MovableClock {
  const clock = systemClock();
  return Object.assign(Object.create(null), { now: () => clock.now() });
}

it('a client clock that is a day off changes nothing', async () => {
  const { server, seeded } = await openWorld({ people: 1 });
  const taker = new Taker(server, 1);
  const { body: attempt } = await taker.start(seeded.round.uid);
  const offsets = [-24 * HOUR_MS, 0, 24 * HOUR_MS];
  for (const [i, offset] of offsets.entries()) {
    const date = new Date(server.clock.now() + offset).toUTCString();
    const before = server.clock.now();
    const body = { device: 'phone1', n: i + 1, base: i, changes: { 0: someAnswer(attempt, 0, i) } };
    const saved = await taker.save(attempt, body, { date, 'if-unmodified-since': date });
    expect(saved.status).toBe(200);
    expect(saved.body.savedAt).toBeGreaterThanOrEqual(before);
    expect(saved.body.savedAt).toBeLessThanOrEqual(server.clock.now());
    expect((await taker.read(attempt.id)).body.deadline).toBe(attempt.deadline);
  }
  printCount(`${offsets.length} client clocks: no deadline moved`);
});

it('a wall clock that jumps by an hour shifts no running deadline by more than a second', async () => {
  const { server, seeded } = await openWorld({ people: 2 }, realClock());
  const wall = Date.now.bind(Date);
  let jumps = 0;
  for (const jump of [HOUR_MS, -HOUR_MS]) {
    vi.spyOn(Date, 'now').mockImplementation(wall);
    const taker = new Taker(server, jump > 0 ? 1 : 2);
    const { body: attempt } = await taker.start(seeded.round.uid);
    const left = attempt.deadline - server.context.clock.now();
    vi.spyOn(Date, 'now').mockImplementation(() => wall() + jump);
    jumps += 1;
    const began = performance.now();
    const body = { device: 'phone1', n: 1, base: 0, changes: { 0: someAnswer(attempt, 0, 0) } };
    const saved = await taker.save(attempt, body);
    expect(saved.status).toBe(200);
    expect(await server.app.attempts.sweeper.sweep()).toBe(0);
    const again = (await taker.read(attempt.id)).body;
    expect(again).toMatchObject({ deadline: attempt.deadline, state: 'open' });
    const passed = performance.now() - began;
    const leftAfter = again.deadline - server.context.clock.now();
    expect(Math.abs(left - leftAfter - passed)).toBeLessThan(1000);
  }
  printCount(`${jumps} jumps of the wall clock by an hour: no deadline moved`);
});

it('shows a jump, so that it can be recorded', () => {
  const clock = systemClock();
  const wall = Date.now.bind(Date);
  vi.spyOn(Date, 'now').mockImplementation(() => wall() + HOUR_MS);
  expect(clock.drift()).toBeGreaterThan(HOUR_MS - 1000);
  expect(Math.abs(clock.now() - wall())).toBeLessThan(1000);
});
