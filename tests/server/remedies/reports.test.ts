import { beforeAll, expect, it } from 'vitest';
import { attemptUid } from '../../../server/attempts/attempt-id.ts';
import { sessionOf } from '../../bench/people.ts';
import { onBothDatabases } from '../../harness/databases.ts';
import { Visitor } from '../../harness/visitor.ts';
import { openRemedyWorld, type RemedyWorld } from './world.ts';

/** The seeded person with this key, at the doors. */
function person(world: RemedyWorld, id: number): Visitor {
  const visitor = new Visitor(world.server);
  visitor.cookies.set('hoithi', sessionOf(id));
  return visitor;
}

/** uid of an attempt of a person whose paper asks the question, and the question's place on it. */
async function askedOf(world: RemedyWorld, versionId: number, personId: number) {
  const { paperOf } = await import('../../../server/attempts/papers.ts');
  const { attempts } = world.server.context.database.tables;
  const rows = await world.server.context.database.query.select().from(attempts).orderBy(attempts.id);
  const own = rows.find((row) => row.personId === personId);
  const place = paperOf(own?.paper ?? '').questions.findIndex((question) => question.versionId === versionId);
  return { attempt: attemptUid(world.server.context.secrets, own?.id ?? 0), place };
}

onBothDatabases('reported questions', (databases) => {
  let world: RemedyWorld;
  beforeAll(async () => {
    world = await openRemedyWorld(await databases.location(), { people: 3, results: 3, pool: 20 });
  });

  it('are counted once a person, queued with their texts, answered once for all, and erased with who wrote them', async () => {
    const { uid, version, versionId } = await world.question();
    for (const [id, reason] of [
      [1, 'wrongKey'],
      [2, 'wrongKey'],
      [2, 'twoRight'],
    ] as const) {
      const { attempt, place } = await askedOf(world, versionId, id);
      const body = { question: place, reason, text: `Ý kiến ${id}` };
      const sent = await person(world, id).post(`/api/attempts/${attempt}/reports`, body);
      expect(sent.body.reports).toMatchObject([{ question: place, reason, status: 'open', answer: null }]);
    }
    const queue = await world.admin.get(`${world.door}/reports`);
    expect(queue.body.questions).toMatchObject([
      { question: uid, version, count: 2, newer: 0, status: 'open', answerVersion: 0 },
    ]);
    expect(queue.body.questions[0]).not.toHaveProperty('key');
    const texts = await world.admin.get(`${world.door}/reports/${uid}`);
    expect(texts.body.reports.map(({ text }: { text: string }) => text).sort()).toEqual([
      'Ý kiến 1',
      'Ý kiến 2',
    ]);

    const answer = { expectedVersion: 0, status: 'rejected', answer: 'Đáp án đúng.', remedy: null };
    const answered = await world.admin.put(`${world.door}/reports/${uid}`, answer);
    expect(answered.body.questions[0]).toMatchObject({ status: 'rejected', answerVersion: 1 });
    expect((await world.admin.put(`${world.door}/reports/${uid}`, answer)).status).toBe(409);
    const { attempt } = await askedOf(world, versionId, 1);
    const mine = await person(world, 1).get(`/api/attempts/${attempt}/reports`);
    expect(mine.body.reports[0]).toMatchObject({ status: 'rejected', answer: 'Đáp án đúng.' });
    expect((await person(world, 1).get('/api/reports')).body.attempts).toEqual([
      { attempt, reports: 1, answered: 1 },
    ]);

    const { database, clock } = world.server.context;
    const { personalData } = world.server.app.accounts;
    expect(await personalData.collect(1)).toMatchObject({ questionReports: [{ text: 'Ý kiến 1' }] });
    await database.atomic(personalData.erasing(1, clock.now()));
    const after = await world.admin.get(`${world.door}/reports/${uid}`);
    expect(after.body.reports.map(({ text }: { text: string }) => text).sort()).toEqual(['', 'Ý kiến 2']);
  });

  it('are refused for what is not on the paper, for another’s attempt, and beyond what anybody needs', async () => {
    const { versionId } = await world.question();
    const { attempt, place } = await askedOf(world, versionId, 3);
    const body = { question: place, reason: 'typo', text: '' };
    expect((await person(world, 2).post(`/api/attempts/${attempt}/reports`, body)).status).toBe(404);
    const three = person(world, 3);
    expect((await three.post(`/api/attempts/${attempt}/reports`, { ...body, question: 200 })).status).toBe(
      404,
    );
    for (let question = 0; question < 20; question++)
      expect((await three.post(`/api/attempts/${attempt}/reports`, { ...body, question })).status).toBe(200);
    // One of them was answered to others, and so does not wait.
    const more = await three.post(`/api/attempts/${attempt}/reports`, { ...body, question: place });
    expect([200, 429]).toContain(more.status);
  });

  it('lead from the bank: rounds that asked an older version are marked again by the key that the bank has now', async () => {
    const { uid, version, versionId, right } = await world.question();
    const found = await world.admin.get(`/api/desk/questions/${uid}`);
    const { kind, prompt, explanation, citation, topic, difficulty, tags, points } = found.body;
    const key = { right: [(right + 1) % 4] };
    const edited = await world.admin.put(`/api/desk/questions/${uid}`, {
      expectedVersion: version,
      reason: 'đáp án in sai',
      ...{ kind, prompt, key, explanation, citation, topic, difficulty, tags, points },
    });
    expect(edited.status).toBe(200);
    const rounds = await world.admin.get(`/api/desk/questions/${uid}/asked-in`);
    expect(rounds.body.rounds).toMatchObject([
      { version, outdated: true, fits: true, attempts: 3, mine: true },
    ]);
    const body = { id: crypto.randomUUID(), rounds: [world.seeded.earlier.uid], reason: 'sửa đáp án' };
    const regraded = await world.admin.post(`/api/desk/questions/${uid}/regrade`, body);
    expect(regraded.body.remedies).toMatchObject([{ kind: 'key', details: { version, key } }]);
    await world.worked();
    expect(await world.newest()).toEqual(await world.fromScratch(new Map([[versionId, { keys: [key] }]])));
  });
});
