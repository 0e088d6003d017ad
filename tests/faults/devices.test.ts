/** Promise 8, the server's side: a device that was away erases nothing that another one had acknowledged. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { AttemptReply } from '../../server/contracts/attempts.ts';
import { someAnswer, Taker } from './taker.ts';
import { openWorld, printCount } from './world.ts';

const DEVICES = ['phone1', 'tablet', 'school'] as const;
const HISTORIES = 150;
const QUESTIONS = 20;

const step = fc.record({
  device: fc.constantFrom(...DEVICES),
  /** Whether this device's changes reach the server now; else it keeps them. */
  online: fc.boolean(),
  question: fc.integer({ min: 0, max: QUESTIONS - 1 }),
  salt: fc.integer({ min: 0, max: 1 }),
  /** The page is loaded again: what the server has is the base. */
  reload: fc.boolean(),
});

interface Step {
  readonly device: string;
  readonly online: boolean;
  readonly question: number;
  readonly salt: number;
  readonly reload: boolean;
}

/** A device as the client keeps it: what is not acknowledged yet, and the newest save that it knows. */
interface Device {
  n: number;
  base: number;
  pending: Map<number, unknown>;
}

class History {
  readonly #taker: Taker;
  readonly #attempt: AttemptReply;
  readonly #devices = new Map<string, Device>(
    DEVICES.map((name) => [name, { n: 0, base: 0, pending: new Map() }]),
  );
  /** The answer that was received last, by question. */
  readonly #received = new Map<string, unknown>();

  constructor(taker: Taker, attempt: AttemptReply) {
    this.#taker = taker;
    this.#attempt = attempt;
  }

  async play({ device: name, online, question, salt, reload }: Step): Promise<void> {
    const device = this.#devices.get(name);
    if (device === undefined) throw new Error(name);
    device.pending.set(question, someAnswer(this.#attempt, question, salt));
    if (reload) device.base = (await this.#taker.read(this.#attempt.id)).body.seq;
    if (online) await this.sync(name);
  }

  async sync(name: string): Promise<void> {
    const device = this.#devices.get(name);
    if (device === undefined || device.pending.size === 0) return;
    device.n += 1;
    const changes = Object.fromEntries(device.pending);
    const { n, base } = device;
    const { status, body } = await this.#taker.save(this.#attempt, { device: name, n, base, changes });
    expect(status).toBe(200);
    for (const [question, answer] of Object.entries(changes)) this.#received.set(question, answer);
    device.pending = new Map();
    device.base = body.seq;
    // Told of what others saved, or there was nothing else to tell.
    if (body.answers !== undefined) expect(body.answers).toEqual(Object.fromEntries(this.#received));
    else expect(body.seq).toBe(base + 1);
  }

  async check(): Promise<void> {
    const { body } = await this.#taker.read(this.#attempt.id);
    expect(body.answers).toEqual(Object.fromEntries(this.#received));
  }
}

it('merges by question in the order of receipt, whoever was away for how long', {
  timeout: 120_000,
}, async () => {
  const { server, seeded } = await openWorld({ people: HISTORIES + 1 });
  let person = 0;
  let steps = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 25 }), async (history) => {
      const taker = new Taker(server, (person++ % HISTORIES) + 1);
      const number = Math.floor((person - 1) / HISTORIES) + 1;
      const { body: attempt } = await taker.start(seeded.round.uid, number);
      const played = new History(taker, attempt);
      for (const one of history) await played.play(one);
      await played.check();
      // Everybody comes back in the end, the one that was away longest last.
      for (const name of DEVICES) await played.sync(name);
      await played.check();
      await taker.submit(attempt);
      steps += history.length;
    }),
    { numRuns: HISTORIES },
  );
  printCount(`${HISTORIES} histories of three devices, ${steps} changes: nothing acknowledged was erased`);
});

it('takes what a phone saved up for half an hour offline, beside what a tablet saved meanwhile', async () => {
  const { server, seeded } = await openWorld({ people: 1, durationMs: 60 * 60_000 });
  const taker = new Taker(server, 1);
  const { body: attempt } = await taker.start(seeded.round.uid);
  const answer = (i: number, salt: number) => someAnswer(attempt, i, salt);
  await taker.save(attempt, { device: 'phone1', n: 1, base: 0, changes: { 0: answer(0, 0) } });
  server.clock.advance(10 * 60_000);
  await taker.save(attempt, {
    device: 'tablet',
    n: 1,
    base: 1,
    changes: { 1: answer(1, 1), 2: answer(2, 1) },
  });
  server.clock.advance(20 * 60_000);
  const back = await taker.save(attempt, {
    device: 'phone1',
    n: 2,
    base: 1,
    changes: { 2: answer(2, 0), 3: answer(3, 0) },
  });
  const all = { 0: answer(0, 0), 1: answer(1, 1), 2: answer(2, 0), 3: answer(3, 0) };
  expect(back.body.answers).toEqual(all);
  expect((await taker.read(attempt.id)).body.answers).toEqual(all);
});
