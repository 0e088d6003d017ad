/** Promise 5: the edge of the deadline, to the millisecond. */
import { expect, it } from 'vitest';
import { someAnswer, Taker } from './taker.ts';
import { openWorld, printCount, StandingClock } from './world.ts';

const PEOPLE = 50;
const EACH_SIDE = 100;

it('takes an answer at deadline + grace − 1 ms and refuses it at + 1 ms, 10,000 times', {
  timeout: 300_000,
}, async () => {
  const clock = new StandingClock(Date.now());
  const { server, seeded } = await openWorld({ people: PEOPLE }, clock);
  const attempts = [];
  for (let person = 1; person <= PEOPLE; person++) {
    const taker = new Taker(server, person);
    clock.advance(10_000);
    attempts.push({ taker, attempt: (await taker.start(seeded.round.uid)).body });
  }
  const seen = new Map<string, number>();
  for (const { taker, attempt } of attempts) {
    const edge = attempt.deadline + attempt.graceMs;
    for (let i = 0; i < EACH_SIDE * 2; i++) {
      const side = i % 2 === 0 ? -1 : 1;
      clock.set(edge + side);
      const changes = { [i % 20]: someAnswer(attempt, i % 20, i) };
      const { status, code } = await taker.save(attempt, { device: 'phone1', n: i + 1, base: 0, changes });
      const what = `${side} ${status} ${code}`;
      seen.set(what, (seen.get(what) ?? 0) + 1);
    }
    clock.set(edge);
    const { body } = await taker.submit(attempt);
    expect(body.state).toBe('submitted');
    expect(body.submittedAt).toBe(attempt.deadline);
  }
  expect([...seen].sort()).toEqual([
    ['-1 200 null', PEOPLE * EACH_SIDE],
    ['1 409 attempt.late', PEOPLE * EACH_SIDE],
  ]);
  printCount(`${PEOPLE * EACH_SIDE * 2} requests at the edge, all as they should be`);
});
