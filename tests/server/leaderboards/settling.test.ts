/** Rounds are settled once, whole and right, whatever other nodes and organisers do at the same moment. */
import { eq, sql } from 'drizzle-orm';
import { expect, it } from 'vitest';
import { Settling } from '../../../server/leaderboards/settling.ts';
import { LocalAnnouncer } from '../../../server/platform/announcer.ts';
import type { Database } from '../../../server/platform/database/door.ts';
import { createLog } from '../../../server/platform/log.ts';
import { Secrets } from '../../../server/platform/secrets.ts';
import { onBothDatabases, type TestDatabases } from '../../harness/databases.ts';
import { GRACE_MS, OPENS, openRound, settings } from '../../harness/round.ts';

const UID = '00000000-0000-7000-8000-00000000000';
const asking = { ...settings, prediction: { target: 'entrants', scope: 'contest' } as const };
type Atomic = (statements: Parameters<Database['atomic']>[0], lane?: 'normal' | 'low') => Promise<never>;

/** The same database, in whose way to write or to count somebody stands. */
function between(
  database: Database,
  { atomic, count }: { readonly atomic?: Atomic; readonly count?: () => void },
): Database {
  return new Proxy(database, {
    get(target, name) {
      if (name === 'atomic' && atomic !== undefined) return atomic;
      if (name === 'scanNumbers') count?.();
      const found: unknown = Reflect.get(target, name, target);
      return typeof found === 'function' ? found.bind(target) : found;
    },
  });
}

/** A contest of two rounds that close together, and nodes that settle it. */
async function open(databases: TestDatabases) {
  const database = await databases.open();
  const test = await openRound(database, { uid: `${UID}1` });
  const { contests, rounds } = database.tables;
  const row = {
    contestId: 1,
    opensAt: OPENS,
    closesAt: test.round.closesAt,
    durationMs: test.round.durationMs,
    settings: asking,
    state: 'scheduled',
    version: 1,
  } as const;
  await database.atomic([
    database.query.insert(contests).values({
      id: 1,
      uid: `${UID}9`,
      slug: 'c',
      title: 'Cuộc thi',
      summary: '',
      page: '',
      state: 'published',
      settings: {} as never,
      version: 1,
      createdAt: 0,
    }),
    database.query
      .insert(rounds)
      .values([1, 2].map((id) => ({ ...row, id, uid: `${UID}${id}`, number: id, title: `Vòng ${id}` }))),
  ]);
  const node = (on: Database = database) => {
    const announcer = new LocalAnnouncer();
    const context = {
      database: on,
      announcer,
      secrets: new Secrets('test secret of more than thirty-two characters'),
      clock: test.clock,
      log: createLog('silent'),
      config: { graceMs: GRACE_MS },
    };
    return { settling: new Settling(context), announcer };
  };
  const handIn = async (person: number): Promise<void> => {
    const { id } = await test.attempts.start(test.round, person, { number: 1 }, OPENS);
    const held = await test.attempts.journal.find(id);
    if (held === null) throw new Error('not open');
    await test.attempts.submit(held, {}, OPENS + 1000);
  };
  const truths = async () =>
    (await database.query.select().from(rounds).orderBy(rounds.id)).map(({ state, predictionTruth }) => [
      state,
      predictionTruth,
    ]);
  return { database, test, node, handIn, truths };
}

onBothDatabases('settling', (databases, dialect) => {
  it.runIf(dialect === 'postgres')(
    'waits for what was handed in to a node that died before it marked it',
    async () => {
      const { database, test, node, handIn, truths } = await open(databases);
      await handIn(1);
      const { attempts, results } = database.tables;
      const { id } = await test.attempts.start(test.round, 2, { number: 1 }, OPENS);
      const closedAt = test.round.closesAt - 1000;
      const closing = database.query.update(attempts).set({ state: 2, closedAt }).where(eq(attempts.id, id));
      await database.atomic([closing]);
      test.clock.set(test.round.closesAt + 60_000);
      const { settling } = node();
      // The other round has nothing to wait for.
      expect(await settling.settle()).toBe(1);
      await test.sweeper.sweep();
      expect(await database.query.$count(results)).toBe(2);
      expect(await settling.settle()).toBe(1);
      expect(await truths()).toEqual([
        ['settled', 2],
        ['settled', 2],
      ]);
    },
  );

  it('counts a target about the whole contest, though two nodes settle its last two rounds at once', async () => {
    const { database, test, node, handIn, truths } = await open(databases);
    await handIn(1);
    const { attempts } = database.tables;
    const { id } = await test.attempts.start(test.round, 2, { number: 1 }, OPENS);
    test.clock.set(test.round.closesAt + 60_000);
    const ready = Promise.withResolvers<void>();
    const go = Promise.withResolvers<void>();
    const second = node(
      between(database, {
        atomic: async (statements) => {
          ready.resolve();
          await go.promise;
          return (await database.atomic(statements)) as never;
        },
      }),
    ).settling;
    // Round 1 has an open attempt: this node is about to settle round 2 as one that is not the last.
    const settledTwo = second.settle();
    await ready.promise;
    await database.atomic([database.query.delete(attempts).where(eq(attempts.id, id))]);
    const first = node(
      between(database, {
        atomic: async (statements) => {
          const done = await database.atomic(statements);
          go.resolve();
          await settledTwo;
          return done as never;
        },
      }),
    ).settling;
    await first.settle();
    await node().settling.settle();
    expect(await truths()).toEqual([
      ['settled', 1],
      ['settled', 1],
    ]);
  });

  it('counts again what an organiser was in the way of, and what could not be counted at once', async () => {
    const { database, test, node, handIn, truths } = await open(databases);
    const { rounds } = database.tables;
    await handIn(1);
    test.clock.set(test.round.closesAt + 60_000);
    expect(await node().settling.settle()).toBe(2);
    await database.atomic([database.query.update(rounds).set({ predictionTruth: 7 })]);
    let edits = 0;
    const edited = between(database, {
      atomic: async (statements) => {
        if (edits++ === 0)
          await database.atomic([database.query.update(rounds).set({ version: sql`${rounds.version} + 1` })]);
        return (await database.atomic(statements)) as never;
      },
    });
    expect(await node(edited).settling.recount(1)).toBe(2);
    expect(await truths()).toEqual([
      ['settled', 1],
      ['settled', 1],
    ]);

    await database.atomic([database.query.update(rounds).set({ predictionTruth: 7 })]);
    let counts = 0;
    const failing = between(database, {
      count: () => {
        if (counts++ === 0) throw new Error('the disk is away');
      },
    });
    const { settling, announcer } = node(failing);
    announcer.announce('late:1');
    await settling.settle();
    await settling.settle();
    expect(await truths()).toEqual([
      ['settled', 1],
      ['settled', 1],
    ]);
  });
});
