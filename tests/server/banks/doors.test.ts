import { eq } from 'drizzle-orm';
import { beforeAll, describe, expect, it } from 'vitest';
import { startServer, type TestServer } from '../../harness/app.ts';
import { Visitor } from '../../harness/visitor.ts';

let server: TestServer;
let editor: Visitor;
let reviewer: Visitor;
let organiser: Visitor;

beforeAll(async () => {
  server = await startServer();
  editor = await (await new Visitor(server).register()).become('editor');
  reviewer = await (await new Visitor(server).register()).become('reviewer');
  organiser = await (await new Visitor(server).register()).become('organiser');
}, 60_000);

const question = {
  code: 'q1',
  kind: 'choice',
  prompt: { stem: 'Thủ đô là gì?', options: ['Hà Nội', 'Huế'], multiple: false },
  key: { right: [0] },
  explanation: 'Hiến pháp 2013, Điều 13.',
  citation: { document: 'Hiến pháp 2013', section: 'Điều 13', source: 'thử', validity: 'từ 01/01/2014' },
  topic: 'Chung',
  difficulty: 1,
  tags: [],
  points: 100,
};

async function openBank(slug: string): Promise<string> {
  const bank = { slug, title: 'Ngân hàng', description: '', licence: 'CC0' };
  const reply = await editor.post('/api/desk/banks', bank);
  expect(reply.status).toBe(201);
  const people = { person: reviewer.uid, duty: 'reviewer' };
  await editor.post(`/api/desk/banks/${reply.body.id}/people`, people);
  return reply.body.id;
}

describe('the bank desk', () => {
  it('takes a question from draft to being drawn, by an editor and a reviewer', async () => {
    const bank = await openBank('mot');
    const added = await editor.post(`/api/desk/banks/${bank}/questions`, question);
    expect(added.body).toMatchObject({ status: 'draft', version: 1, key: { right: [0] } });
    const url = `/api/desk/questions/${added.body.id}`;
    const give = (who: Visitor, status: string, expectedVersion = 1) =>
      who.put(`${url}/status`, { expectedVersion, status });
    expect((await give(editor, 'approved')).body.code).toBe('auth.forbidden');
    expect((await give(editor, 'review')).body.status).toBe('review');
    expect((await give(reviewer, 'approved')).body.status).toBe('approved');
    expect((await give(reviewer, 'approved')).status).toBe(200);
    const counts = await organiser.get(`/api/desk/banks/${bank}/counts`);
    expect(counts.body.cells).toEqual([
      { topic: 'Chung', kind: 'choice', difficulty: 1, approved: 1, all: 1 },
    ]);
    const { code: _code, ...content } = question;
    const edit = { ...content, expectedVersion: 1, reason: 'sửa căn cứ', points: 200 };
    const edited = await editor.put(url, edit);
    expect(edited.body).toMatchObject({ status: 'review', version: 2, points: 200 });
    expect(edited.body.versions.map(({ reason }: { reason: string }) => reason)).toEqual(['sửa căn cứ', '']);
    expect((await editor.put(url, edit)).body).toMatchObject({ code: 'conflict', facts: { version: 2 } });
    const after = await organiser.get(`/api/desk/banks/${bank}/counts`);
    expect(after.body.cells).toMatchObject([{ approved: 0, all: 1 }]);
  });

  it('refuses what is no question at the place that is wrong, and codes that are in use', async () => {
    const bank = await openBank('hai');
    const add = (more: object) => editor.post(`/api/desk/banks/${bank}/questions`, { ...question, ...more });
    expect((await add({ key: { right: [7] } })).body.errors).toMatchObject([{ path: 'key.right.0' }]);
    expect((await add({ kind: 'riddle' })).body.errors).toMatchObject([{ path: 'kind' }]);
    expect((await add({})).status).toBe(201);
    expect((await add({})).body).toMatchObject({ code: 'taken', errors: [{ path: 'code' }] });
    const keyless = await add({ code: 'q2', key: null });
    const approve = { expectedVersion: 1, status: 'approved' };
    const refused = await reviewer.put(`/api/desk/questions/${keyless.body.id}/status`, approve);
    expect(refused.body.errors).toMatchObject([{ path: 'key' }]);
  });

  it('finds questions, and shows keys to those who keep them alone', async () => {
    const bank = await openBank('ba');
    const added = await editor.post(`/api/desk/banks/${bank}/questions`, question);
    const found = await reviewer.get(`/api/desk/banks/${bank}/questions?search=thu%20do`);
    expect(found.body).toMatchObject({ total: 1, questions: [{ code: 'q1', stem: 'Thủ đô là gì?' }] });
    expect(found.text).not.toContain('right');
    expect((await organiser.get(`/api/desk/questions/${added.body.id}`)).status).toBe(403);
    expect((await organiser.get(`/api/desk/banks/${bank}/questions`)).status).toBe(403);
    const citizen = await new Visitor(server).register();
    expect((await citizen.get('/api/desk/banks')).status).toBe(403);
    const list = await organiser.get('/api/desk/banks');
    expect(list.body.banks.find(({ id }: { id: string }) => id === bank)).toMatchObject({
      shipped: false,
      practice: false,
      counts: { draft: 1, review: 0, approved: 0, retired: 0 },
    });
  });

  it('opens a bank for practice and puts it away', async () => {
    const bank = await openBank('bon');
    const open = await editor.put(`/api/desk/banks/${bank}`, { practice: true, title: 'Tên mới' });
    expect(open.body).toMatchObject({ practice: true, title: 'Tên mới', slug: 'bon' });
    const away = await editor.put(`/api/desk/banks/${bank}`, { archived: true });
    expect(away.body.archivedAt).toBeGreaterThan(0);
    const back = await editor.put(`/api/desk/banks/${bank}`, { archived: false });
    expect(back.body.archivedAt).toBeNull();
  });

  it('logs who opened, changed, put away and wrote what', async () => {
    const bank = await openBank('nhat-ky');
    await editor.put(`/api/desk/banks/${bank}`, { practice: true });
    await editor.put(`/api/desk/banks/${bank}`, { archived: true });
    const added = await editor.post(`/api/desk/banks/${bank}/questions`, question);
    const { code: _code, ...content } = question;
    const url = `/api/desk/questions/${added.body.id}`;
    await editor.put(url, { ...content, expectedVersion: 1, reason: 'sửa lỗi gõ' });
    await reviewer.put(`${url}/status`, { expectedVersion: 2, status: 'approved' });
    const { auditLog } = server.context.database.tables;
    const rows = await server.context.database.query
      .select()
      .from(auditLog)
      .where(eq(auditLog.subject, `bank:${bank}`))
      .orderBy(auditLog.seq);
    expect(rows.map(({ action }) => action)).toEqual([
      'bank.created',
      'bank.personAdded',
      'bank.changed',
      'bank.archived',
      'questions.added',
      'questions.edited',
      'question.status',
    ]);
    expect(rows[2]?.details).toEqual({ paths: ['practice'], practice: true });
    expect(rows[5]).toMatchObject({ reason: 'sửa lỗi gõ', details: { questions: [added.body.id] } });
    expect(rows[6]?.details).toEqual({ question: added.body.id, from: 'draft', to: 'approved' });
    expect(new Set(rows.map(({ actor }) => actor)).size).toBe(2);
    expect(rows.every(({ address }) => address !== null)).toBe(true);
  });

  it('refuses a body nested deeper than any question, without failing', async () => {
    const bank = await openBank('sau');
    // Written by hand: JSON.stringify would not get to the bottom of it.
    const deep = `${'['.repeat(50_000)}1${']'.repeat(50_000)}`;
    const body = JSON.stringify({ ...question, code: 'sau', prompt: 'DEEP' }).replace('"DEEP"', deep);
    const reply = await server.app.http.inject({
      method: 'POST',
      url: `/api/desk/banks/${bank}/questions`,
      headers: {
        cookie: [...editor.cookies].map(([name, value]) => `${name}=${value}`).join('; '),
        'content-type': 'application/json',
      },
      payload: body,
    });
    expect(reply.statusCode).toBe(400);
    expect(reply.json().code).toBe('request.invalid');
  });
});
