import { expect, it } from 'vitest';
import { MovableClock } from '../../../server/platform/clock.ts';
import { FIRST_DAY, startServer, type TestServer } from '../../harness/app.ts';
import { openContest, withoutFields } from '../../harness/contest.ts';
import { onBothDatabases } from '../../harness/databases.ts';
import { Visitor } from '../../harness/visitor.ts';

const essay = {
  code: 'tl-1',
  kind: 'essay',
  prompt: { stem: 'Em hiểu gì về Luật Thủ đô?', maxWords: 500 },
  key: {
    rubric: [
      { text: 'Nêu đúng phạm vi', points: 600 },
      { text: 'Có ví dụ', points: 400 },
    ],
  },
  explanation: '',
  citation: { document: 'Luật Thủ đô 2024', section: '', source: 'thử', validity: '' },
  topic: 'Tự luận',
  difficulty: 2,
  tags: [],
  points: 1000,
};

/** A round of one essay, a writer who handed theirs in, and three who mark. */
async function world(server: TestServer) {
  const editor = await (await new Visitor(server).register()).become('editor');
  const reviewer = await (await new Visitor(server).register()).become('editor', 'reviewer');
  const about = { slug: 'tu-luan', title: 'Tự luận', description: '', licence: '' };
  const bank = (await editor.post('/api/desk/banks', about)).body.id;
  await editor.post(`/api/desk/banks/${bank}/people`, { person: reviewer.uid, duty: 'reviewer' });
  const added = await editor.post(`/api/desk/banks/${bank}/questions`, essay);
  const status = { expectedVersion: 1, status: 'approved' };
  await reviewer.put(`/api/desk/questions/${added.body.id}/status`, status);
  const contest = await openContest(server, (draft) => {
    withoutFields(draft);
    draft.settings.consents = [];
    const [round] = draft.rounds;
    if (round === undefined) throw new Error('no round');
    const cell = { banks: [bank], topics: [], kinds: ['essay'], difficulties: [], count: 1 };
    round.settings.blueprint.cells = [cell];
    round.settings.release = { result: 'submit', keys: 'submit', explanations: 'submit' };
  });
  const write = async (text: string) => {
    const writer = await new Visitor(server).register({ name: 'Bí Mật Người Viết' });
    await writer.post(`/api/contests/${contest.slug}/entry`, { consents: [] });
    const started = await writer.post(`/api/rounds/${contest.round}/attempts`, { number: 1 });
    expect(started.status, started.text).toBe(200);
    const { id, token } = started.body;
    const sent = await server.app.http.inject({
      method: 'POST',
      url: `/api/attempts/${id}/submit`,
      headers: { authorization: `Attempt ${token}` },
      payload: { device: 'device1', n: 1, base: 0, changes: { 0: text } },
    });
    expect(sent.statusCode, sent.body).toBe(200);
    return { writer, result: () => writer.get(`/api/attempts/${id}/result`) };
  };
  const markers = await Promise.all(
    ['Một', 'Hai', 'Ba'].map(async (name) =>
      (await new Visitor(server).register({ name: `Giám Khảo ${name}` })).become('reviewer'),
    ),
  );
  const list = `/api/desk/contests/${contest.id}/markers`;
  for (const { uid } of markers.slice(0, 2)) await contest.owner.post(list, { person: uid });
  const next = (who: Visitor) => who.post(`/api/desk/marking/${contest.round}/next`);
  return { contest, write, markers, next, list };
}

const give = (who: Visitor, id: string, lines: readonly number[]) =>
  who.put(`/api/desk/essays/${id}`, { lines, marks: null, note: '' });

onBothDatabases('marking essays', (databases) => {
  it('goes through two looks and a third, into a new version of the result, and names nobody', async () => {
    const server = await startServer(await databases.location(), {}, new MovableClock(FIRST_DAY));
    const { contest, write, markers, next, list } = await world(server);
    const [first, second, third] = markers;
    if (first === undefined || second === undefined || third === undefined) throw new Error('nobody marks');
    const { result } = await write('Luật Thủ đô là…');
    expect((await result()).body).toMatchObject({ awaitsMarkers: true, marks: 0, share: null });
    expect((await next(third)).status).toBe(403);
    const given = await next(first);
    expect(given.body.essay).toMatchObject({ seat: 1, text: 'Luật Thủ đô là…', points: 1000, others: [] });
    expect(given.body.essay.rubric).toHaveLength(2);
    expect(given.text).not.toContain('Bí Mật');
    expect((await next(first)).body.essay.id).toBe(given.body.essay.id);
    const { id } = given.body.essay;
    expect((await give(second, id, [600, 400])).status).toBe(404);
    expect((await give(first, id, [700, 0])).body.errors).toMatchObject([{ path: 'lines' }]);
    expect((await give(first, id, [600, 400])).body).toEqual({ state: 'waiting', marks: 1000 });
    expect((await next(first)).body.essay).toBeNull();
    expect((await next(second)).body.essay).toMatchObject({ id, seat: 2, others: [] });
    expect((await give(second, id, [100, 100])).body).toEqual({ state: 'apart', marks: 200 });
    await contest.owner.post(list, { person: third.uid });
    expect((await next(third)).body.essay).toMatchObject({ id, seat: 3, others: [1000, 200] });
    expect((await give(third, id, [500, 400])).body.state).toBe('done');
    expect((await give(first, id, [0, 0])).body.code).toBe('marking.done');
    const after = await result();
    expect(after.body).toMatchObject({ awaitsMarkers: false, marks: 950, rightCount: 0 });
    expect(after.body.questions[0]).toMatchObject({ marks: 950 });
    const { results, auditLog } = server.context.database.tables;
    const versions = await server.context.database.query.select().from(results).orderBy(results.version);
    expect(versions.map(({ version, marks }) => [version, marks])).toEqual([
      [0, 0],
      [1, 950],
    ]);
    const log = await server.context.database.query.select().from(auditLog).orderBy(auditLog.seq);
    expect(log.filter(({ action }) => action === 'essay.marked')).toHaveLength(3);
    const told = await contest.owner.get(`/api/desk/marking/${contest.round}`);
    expect(told.body).toMatchObject({ progress: { waiting: 0, apart: 0, done: 1, mine: 0 }, gap: 20 });
    expect(told.body.markers).toHaveLength(3);
    expect((await first.get(`/api/desk/marking/${contest.round}`)).body.markers).toBeNull();
    expect((await first.get('/api/desk/marking')).body.rounds).toMatchObject([{ progress: { mine: 1 } }]);
    await server.close();
  });

  it('gives an answer that somebody left alone to somebody else, and two looks at once are both counted', async () => {
    const clock = new MovableClock(FIRST_DAY);
    const server = await startServer(await databases.location(), {}, clock);
    const { contest, write, markers, next, list } = await world(server);
    const [first, second, third] = markers;
    if (first === undefined || second === undefined || third === undefined) throw new Error('nobody marks');
    await contest.owner.post(list, { person: third.uid });
    const { result } = await write('Bài viết');
    const { id } = (await next(first)).body.essay;
    await next(second);
    expect((await next(third)).body.essay).toBeNull();
    clock.advance(31 * 60_000);
    expect((await next(third)).body.essay).toMatchObject({ id });
    const seats = await Promise.all([first, second, third].map((who) => give(who, id, [500, 400])));
    expect(seats.map(({ status }) => status).sort()).toEqual([200, 200, 404]);
    expect((await result()).body).toMatchObject({ awaitsMarkers: false, marks: 900 });
    await server.close();
  });
});
