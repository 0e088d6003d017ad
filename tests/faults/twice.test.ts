/** Promise 3: twice is once. */
import { expect, it } from 'vitest';
import { type Answered, someAnswer, Taker } from './taker.ts';
import { openWorld, printCount } from './world.ts';

const REPLAYS = 10_000;
const AT_ONCE = 50;

/** Sends the same again and again, fifty at a time; the different answers that came. */
async function replay(ask: () => Promise<Answered<unknown>>): Promise<ReadonlySet<string>> {
  const answers = new Set<string>();
  for (let sent = 0; sent < REPLAYS; sent += AT_ONCE) {
    const replies = await Promise.all(Array.from({ length: AT_ONCE }, ask));
    for (const { status, text } of replies) answers.add(`${status} ${text}`);
  }
  return answers;
}

it('gives one row and identical replies to 10,000 replays of start, save and submit', {
  timeout: 300_000,
}, async () => {
  const { server, seeded } = await openWorld({ people: 1 });
  const { database } = server.context;
  const { attempts, saves, results } = database.tables;
  const taker = new Taker(server, 1);

  const started = await replay(() => taker.start(seeded.round.uid));
  expect(started.size).toBe(1);
  expect([...started][0]?.slice(0, 3)).toBe('200');
  expect(await database.query.$count(attempts)).toBe(1);

  const { body: attempt } = await taker.start(seeded.round.uid);
  const body = { device: 'phone1', n: 1, base: 0, changes: { 3: someAnswer(attempt, 3, 0) } };
  const saved = await replay(() => taker.save(attempt, body));
  expect(saved.size).toBe(1);
  expect(await database.query.$count(saves)).toBe(1);

  const submitted = await replay(() => taker.submit(attempt));
  expect(submitted.size).toBe(1);
  expect([...submitted][0]).toContain('"answered":1');
  expect(await database.query.$count(results)).toBe(1);
  printCount(`${REPLAYS} replays each of start, save and submit, ${AT_ONCE} at a time: one row each`);
});
