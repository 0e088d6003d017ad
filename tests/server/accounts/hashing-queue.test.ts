import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { HashingQueue } from '../../../server/accounts/hashing-queue.ts';
import { AppError } from '../../../server/platform/errors.ts';

/** Work that ends when it is told to. */
function controlled() {
  const begun: string[] = [];
  const ends = new Map<string, (value: string) => void>();
  const work = (name: string) => () => {
    begun.push(name);
    return new Promise<string>((resolve) => ends.set(name, resolve));
  };
  return { begun, work, end: (name: string) => ends.get(name)?.(`${name} done`) };
}

const soon = () => new Promise((done) => setTimeout(done, 5));

async function waitFacts(taking: Promise<unknown>): Promise<Record<string, unknown>> {
  const error = await taking.then(
    () => null,
    (reason: unknown) => reason,
  );
  if (!(error instanceof AppError)) throw new Error('did not have to wait');
  expect(error.code).toBe('auth.wait');
  return error.facts ?? {};
}

describe('the hashing queue', () => {
  it('begins in the order of arrival, so many at a time', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 4 }),
        fc.integer({ min: 1, max: 30 }),
        async (lanes, count) => {
          const queue = new HashingQueue({ lanes, patienceMs: 60_000 });
          const begun: number[] = [];
          let running = 0;
          let most = 0;
          const all = Array.from({ length: count }, (_, i) =>
            queue.take({
              subject: String(i),
              work: async () => {
                begun.push(i);
                most = Math.max(most, ++running);
                await Promise.resolve();
                running -= 1;
                return i;
              },
            }),
          );
          const values = (await Promise.all(all)).map(({ value }) => value);
          expect(values).toEqual(Array.from({ length: count }, (_, i) => i));
          expect(begun).toEqual(values);
          expect(most).toBeLessThanOrEqual(lanes);
        },
      ),
      { numRuns: 30 },
    );
  });

  it('sends away with a place and a ticket, and the ticket fetches what came of it', async () => {
    const { begun, work, end } = controlled();
    const queue = new HashingQueue({ lanes: 1, patienceMs: 20 });
    const first = waitFacts(queue.take({ subject: 'a', work: work('a') }));
    const second = waitFacts(queue.take({ subject: 'b', work: work('b') }));
    const third = waitFacts(queue.take({ subject: 'c', work: work('c') }));
    expect((await first).place).toBe(0);
    expect((await second).place).toBe(1);
    const { place, ticket } = await third;
    expect(place).toBe(2);
    end('a');
    await soon();
    const again = await waitFacts(queue.take({ subject: 'c', ticket: String(ticket), work: work('never') }));
    expect(again).toMatchObject({ place: 1, ticket });
    end('b');
    await soon();
    end('c');
    await soon();
    const done = await queue.take({ subject: 'c', ticket: String(ticket), work: work('never') });
    expect(done.value).toBe('c done');
    expect(begun).toEqual(['a', 'b', 'c']);
  });

  it('works the same question out once, also when it comes without its ticket', async () => {
    const { begun, work, end } = controlled();
    const queue = new HashingQueue({ lanes: 1, patienceMs: 1000 });
    const both = Promise.all([
      queue.take({ subject: 'same', work: work('one') }),
      queue.take({ subject: 'same', work: work('two') }),
    ]);
    await soon();
    end('one');
    expect((await both).map(({ value }) => value)).toEqual(['one done', 'one done']);
    expect(begun).toEqual(['one']);
  });

  it("does not answer another question with somebody else's ticket", async () => {
    const queue = new HashingQueue({ lanes: 1 });
    const { ticket } = await queue.take({ subject: 'mine', work: async () => 'right' });
    const other = await queue.take({ subject: 'theirs', ticket, work: async () => 'wrong' });
    expect(other.value).toBe('wrong');
    expect(queue.knows(ticket, 'mine')).toBe(true);
    expect(queue.knows(ticket, 'theirs')).toBe(false);
    queue.forget(ticket);
    expect(queue.knows(ticket, 'mine')).toBe(false);
  });

  it('refuses what does not fit, and goes on after work that failed', async () => {
    const { work, end } = controlled();
    const queue = new HashingQueue({ lanes: 1, capacity: 1, patienceMs: 1000 });
    const running = queue.take({ subject: 'a', work: work('a') });
    const waiting = queue.take({
      subject: 'b',
      work: async () => {
        throw new Error('broken');
      },
    });
    await expect(queue.take({ subject: 'c', work: work('c') })).rejects.toMatchObject({ code: 'busy' });
    end('a');
    await running;
    await expect(waiting).rejects.toThrow('broken');
    expect((await queue.take({ subject: 'd', work: async () => 4 })).value).toBe(4);
  });

  it('gives everybody their place and an answer when five thousand come at once', async () => {
    const queue = new HashingQueue({ lanes: 2, patienceMs: 20 });
    let hashes = 0;
    const work = async () => {
      hashes += 1;
      await new Promise((done) => setTimeout(done, 1));
      return true;
    };
    const places: number[] = [];
    const signIn = async (subject: string): Promise<boolean> => {
      let ticket: string | undefined;
      for (;;) {
        try {
          return (await queue.take({ subject, ticket, work })).value;
        } catch (error) {
          if (!(error instanceof AppError) || error.code !== 'auth.wait') throw error;
          const { ticket: given, place, retryAfterMs } = error.facts ?? {};
          ticket = String(given);
          places.push(Number(place));
          await new Promise((done) => setTimeout(done, Math.min(Number(retryAfterMs), 300)));
        }
      }
    };
    const all = await Promise.all(Array.from({ length: 5000 }, (_, i) => signIn(`person ${i}`)));
    expect(all.every(Boolean)).toBe(true);
    expect(hashes).toBe(5000);
    expect(Math.max(...places)).toBeGreaterThan(4000);
  });
});
