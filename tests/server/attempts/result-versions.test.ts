import { expect, it } from 'vitest';
import { attemptToken } from '../../../server/attempts/attempt-id.ts';
import { isRaced } from '../../../server/attempts/result-versions.ts';
import { Secrets } from '../../../server/platform/secrets.ts';
import { onBothDatabases } from '../../harness/databases.ts';
import { openRound, type TestRound } from '../../harness/round.ts';

const secrets = new Secrets('test secret of more than thirty-two characters');

/** A blank attempt that was handed in. */
async function handedIn(test: TestRound): Promise<number> {
  const { id } = await test.attempts.start(test.round, 5, { number: 1 }, test.clock.now());
  const open = await test.attempts.openByToken(attemptToken(secrets, id));
  test.clock.advance(60_000);
  await test.attempts.submit(open, {}, test.clock.now());
  return id;
}

/** Everybody has the first question of this attempt's paper right. */
async function giveFirst(test: TestRound, attemptId: number): Promise<void> {
  const { paperOf } = await import('../../../server/attempts/papers.ts');
  const row = await test.attempts.store.byId(attemptId);
  const versionId = paperOf(row?.paper ?? '').questions[0]?.versionId ?? 0;
  const { rulings } = test.database.tables;
  const ruling = {
    remedyId: 1,
    roundId: test.round.id,
    versionId,
    kind: 'full',
    key: null,
    withdrawn: false,
  };
  await test.database.atomic([test.database.query.insert(rulings).values(ruling)]);
  await test.attempts.rulings.load();
}

onBothDatabases('the next version of a result', (databases) => {
  it('follows a ruling, keeps the old one, and is not written when nothing differs', async () => {
    const test = await openRound(await databases.open());
    const id = await handedIn(test);
    expect(await test.attempts.versions.next(id)).toBeNull();
    await giveFirst(test, id);
    const next = await test.attempts.versions.next(id);
    if (next === null) throw new Error('nothing to write');
    await test.database.atomic([next]);
    const { results } = test.database.tables;
    const rows = await test.database.query.select().from(results).orderBy(results.version);
    const same = { attemptId: id, personId: 5, unitId: 7, counts: 1 };
    expect(rows).toMatchObject([
      { ...same, version: 0, marks: 0, rightCount: 0 },
      { ...same, version: 1, marks: 100, rightCount: 1 },
    ]);
    expect(rows[1]?.elapsedMs).toBe(rows[0]?.elapsedMs);
    expect(await test.attempts.versions.next(id)).toBeNull();
  });

  it('is written by one of two who race for it', async () => {
    const test = await openRound(await databases.open());
    const id = await handedIn(test);
    await giveFirst(test, id);
    const both = [await test.attempts.versions.next(id), await test.attempts.versions.next(id)];
    const written = await Promise.allSettled(
      both.map((next) => test.database.atomic(next === null ? [] : [next])),
    );
    const lost = written.filter((one) => one.status === 'rejected');
    expect(lost).toHaveLength(1);
    expect(isRaced(lost[0]?.reason)).toBe(true);
  });
});
