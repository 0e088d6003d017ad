/** The journal on PostgreSQL, where what many write travels together: each gets its own answer, and none walks through what others have open. */
import { sql } from 'drizzle-orm';
import { expect, it, vi } from 'vitest';
import { attemptToken } from '../../../server/attempts/attempt-id.ts';
import { AttemptState } from '../../../server/attempts/open-attempt.ts';
import { AppError } from '../../../server/platform/errors.ts';
import { Secrets } from '../../../server/platform/secrets.ts';
import { onPostgres } from '../../harness/databases.ts';
import { OPENS, openRound, type TestRound } from '../../harness/round.ts';

const secrets = new Secrets('test secret of more than thirty-two characters');
const PHONE = 'phone1';

async function started(test: TestRound, person: number) {
  const row = await test.attempts.start(test.round, person, { number: 1 }, test.clock.now());
  return test.attempts.openForSave(attemptToken(secrets, row.id));
}

const codeOf = (error: unknown): string => (error instanceof AppError ? error.code : String(error));

onPostgres('the journal on PostgreSQL', (databases) => {
  it('answers each of the saves that are written together for itself', async () => {
    const node = await openRound(await databases.open());
    const { attempts, tokenEpochs } = node.database.tables;
    const open = await Promise.all([1, 2, 3, 4, 5].map((person) => started(node, person)));
    const save = (test: TestRound, i: number, n: number, device = PHONE): Promise<string> => {
      const one = open[i];
      if (one === undefined) throw new RangeError(`no attempt ${i}`);
      const body = { device, n, base: n - 1, changes: {}, predicted: n };
      return test.attempts
        .save(one.attempt, body, test.clock.now(), one.epoch)
        .then(({ seq }) => `saved ${seq}`, codeOf);
    };
    expect(await Promise.all(open.map((_, i) => save(node, i, 1)))).toEqual(open.map(() => 'saved 1'));

    // What this node does not hear of: the second is closed, the third signs out everywhere, the fourth goes on elsewhere.
    const [, second, third] = open.map(({ attempt }) => attempt);
    await node.database.atomic([
      node.database.query
        .update(attempts)
        .set({ state: AttemptState.annulled })
        .where(sql`${attempts.id} = ${second?.id}`),
      node.database.query.insert(tokenEpochs).values({ personId: third?.personId ?? 0, epoch: 1 }),
    ]);
    const other = await node.again();
    expect(await save(other, 3, 1, 'laptop')).toBe('saved 2');
    expect(await Promise.all(open.map((_, i) => save(node, i, 2)))).toEqual([
      'saved 2',
      'attempt.notOpen',
      'attempt.token',
      'saved 3',
      'saved 2',
    ]);
    // A save that comes again writes nothing, hears of the newest, and is answered to nobody who has signed out.
    expect(await Promise.all([0, 2].map((i) => save(node, i, 1)))).toEqual(['saved 2', 'attempt.token']);
  });

  it('finds the attempts of a batch by their keys, however few the planner believes to be open', async () => {
    const { database, attempts: held, round, clock } = await openRound(await databases.open());
    const { attempts } = database.tables;
    const OPEN = 5000;
    await database.atomic([
      database.query.insert(attempts).values(
        Array.from({ length: OPEN }, (_, i) => ({
          id: 1_000_000 + i,
          roundId: 1,
          personId: 1_000_000 + i,
          number: 1,
          state: AttemptState.open,
          startedAt: OPENS,
          deadline: OPENS + 900_000,
          extraMs: 0,
          paper: '',
        })),
      ),
    ]);
    const rows = await Promise.all(
      [1, 2, 3].map((person) => held.start(round, person, { number: 1 }, clock.now())),
    );
    const readFrom = async (index: string): Promise<{ readonly scans: number; readonly read: number }> => {
      const counted = {
        sql: 'select idx_scan, idx_tup_read from pg_stat_user_indexes where indexrelname = $1',
      };
      const [row] = await database.look<readonly number[]>({ ...counted, params: [index] });
      return { scans: Number(row?.[0]), read: Number(row?.[1]) };
    };
    const before = { keys: await readFrom('attempts_pkey'), open: await readFrom('attempts_open') };
    const ROUNDS = 20;
    for (let n = 1; n <= ROUNDS; n++)
      await Promise.all(
        rows.map(async ({ id }) => {
          const { attempt, epoch } = await held.openForSave(attemptToken(secrets, id));
          await held.save(attempt, { device: PHONE, n, base: n - 1, changes: {} }, clock.now(), epoch);
        }),
      );
    // A connection tells what it counted at the end of a statement, once a second.
    const atEach = { sql: 'select 1', params: [] };
    await vi.waitFor(
      async () => {
        await Promise.all(Array.from({ length: 10 }, () => database.atomic([atEach])));
        expect((await readFrom('attempts_pkey')).scans - before.keys.scans).toBeGreaterThan(ROUNDS / 2);
      },
      { timeout: 20_000, interval: 300 },
    );
    expect((await readFrom('attempts_open')).read - before.open.read).toBeLessThan(OPEN);
  });

  it('closes many at once, each with its last save, each for one caller only, and none for the fault of another', async () => {
    const node = await openRound(await databases.open());
    const { attempts, results } = node.database.tables;
    const people = Array.from({ length: 40 }, (_, i) => i + 1);
    const open = await Promise.all(people.map((person) => started(node, person)));
    const save = ({ attempt, epoch }: (typeof open)[number], n: number) =>
      node.attempts.save(
        attempt,
        { device: PHONE, n, base: n - 1, changes: {}, predicted: n * 1000 + attempt.personId },
        node.clock.now(),
        epoch,
      );
    await Promise.all(open.map((one) => save(one, 1)));
    await Promise.all(open.map((one) => save(one, 2)));
    const now = node.clock.now();
    // One result cannot be written: somebody has written it already.
    const [odd] = open;
    const taken = node.attempts.store.insertResult({
      ...{ attempt: odd?.attempt.id ?? 0, round: 1, person: 1, unit: null, version: 0, counts: 1, marks: 0 },
      ...{ rightCount: 0, elapsedMs: 0, submittedAt: now, prediction: null },
    });
    await node.database.atomic([taken]);
    const twice = open.flatMap(({ attempt }) => [
      node.attempts.close(attempt, AttemptState.submitted, now),
      node.attempts.close(attempt, AttemptState.timedOut, now + 1),
    ]);
    const settled = await Promise.allSettled(twice);
    const receipts = settled.map((one) => (one.status === 'rejected' ? 'fault' : (one.value?.state ?? null)));
    expect(receipts).toEqual(['fault', null, ...people.slice(1).flatMap(() => ['submitted', null])]);
    const rows = await node.database.query
      .select({
        personId: results.personId,
        prediction: results.prediction,
        submittedAt: results.submittedAt,
      })
      .from(results)
      .orderBy(results.personId);
    expect(rows.slice(1)).toEqual(
      people.slice(1).map((personId) => ({ personId, prediction: 2000 + personId, submittedAt: now })),
    );
    const closed = await node.database.query
      .select({ state: attempts.state, closedAt: attempts.closedAt })
      .from(attempts);
    expect(new Set(closed.map(({ state, closedAt }) => `${state}/${closedAt}`))).toEqual(
      new Set([`${AttemptState.submitted}/${now}`]),
    );
    expect(await node.attempts.store.unmarkedAmong(open.map(({ attempt }) => attempt.id))).toEqual([
      odd?.attempt.id,
    ]);
  });

  it('looks for those that are due behind however many that an outage has postponed', async () => {
    const node = await openRound(await databases.open());
    const { journal } = node.attempts;
    const [first, second] = await Promise.all([1, 2].map((person) => started(node, person)));
    if (first === undefined || second === undefined) throw new Error('nothing was started');
    const after = second.attempt.deadline + 1;
    const POSTPONED = 70_000;
    for (let i = 0; i < POSTPONED; i++) journal.postpone({ ...first.attempt, id: 1_000_000 + i }, after + 1);
    journal.postpone(first.attempt, after + 1);
    expect((await journal.due(after, 10)).map(({ id }) => id)).toEqual([second.attempt.id]);
    expect(await journal.due(after + 1, 10)).toHaveLength(2);
  });
});
