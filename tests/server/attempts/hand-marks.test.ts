import { eq } from 'drizzle-orm';
import { expect, it } from 'vitest';
import { attemptToken } from '../../../server/attempts/attempt-id.ts';
import { Secrets } from '../../../server/platform/secrets.ts';
import { onBothDatabases } from '../../harness/databases.ts';
import { openRound, type TestRound } from '../../harness/round.ts';

const secrets = new Secrets('test secret of more than thirty-two characters');

/** A round in which everything is an essay, and an attempt that answered two of ten. */
async function written(test: TestRound): Promise<number> {
  const { questionVersions, questionKeys } = test.database.tables;
  const { query } = test.database;
  await test.database.atomic([
    query
      .update(questionVersions)
      .set({ kind: 'essay', prompt: { stem: 'Viết về Thủ đô.', maxWords: null } }),
    query.update(questionKeys).set({ key: { rubric: [{ text: 'Đủ ý', points: 100 }] } }),
  ]);
  const row = await test.attempts.start(test.round, 5, { number: 1 }, test.clock.now());
  const open = await test.attempts.openByToken(attemptToken(secrets, row.id));
  const changes = { 0: 'Hà Nội là Thủ đô.', 3: 'Một bài khác.' };
  await test.attempts.save(open, { device: 'phone1', n: 1, base: 0, changes }, test.clock.now());
  await test.attempts.submit(open, {}, test.clock.now());
  return row.id;
}

onBothDatabases('answers that people mark', (databases) => {
  it('wait in the queue from the close on, once each, and blank ones never', async () => {
    const test = await openRound(await databases.open());
    const attemptId = await written(test);
    const { essays } = test.database.tables;
    const rows = await test.database.query.select().from(essays).orderBy(essays.place);
    expect(rows).toMatchObject([
      { attemptId, roundId: 1, place: 0, state: 'waiting', marks: null },
      { attemptId, place: 3 },
    ]);
    expect(await test.attempts.handMarks.ofOne(attemptId)).toEqual({ marks: new Map(), waits: true });
    expect(await test.attempts.versions.next(attemptId)).toBeNull();
  });

  it('count in the next version of the result, and in every one after it', async () => {
    const test = await openRound(await databases.open());
    const attemptId = await written(test);
    const { essays, results } = test.database.tables;
    const give = (place: number, marks: number) =>
      test.database.query.update(essays).set({ marks, state: 'done' }).where(eq(essays.place, place));
    await test.database.atomic([give(0, 100), give(3, 25)]);
    const next = await test.attempts.versions.next(attemptId);
    if (next === null) throw new Error('nothing to append');
    await test.database.atomic([next]);
    const versions = await test.database.query.select().from(results).orderBy(results.version);
    expect(versions).toMatchObject([
      { version: 0, marks: 0, rightCount: 0, counts: 1 },
      { version: 1, marks: 125, rightCount: 1, counts: 1, submittedAt: versions[0]?.submittedAt },
    ]);
    expect(await test.attempts.versions.next(attemptId)).toBeNull();
    expect(await test.attempts.handMarks.of([attemptId])).toEqual(
      new Map([
        [
          attemptId,
          new Map([
            [0, 100],
            [3, 25],
          ]),
        ],
      ]),
    );
  });
});
