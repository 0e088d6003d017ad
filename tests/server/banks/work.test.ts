import { beforeAll, describe, expect, it } from 'vitest';
import { seedBank } from '../../../server/banks/shipped.ts';
import { startServer, type TestServer } from '../../harness/app.ts';
import { pngOf } from '../../harness/picture.ts';
import { Visitor } from '../../harness/visitor.ts';

let server: TestServer;
let editor: Visitor;
let reviewer: Visitor;
let bank = '';
let other = '';

const question = (code: string, more: object = {}) => ({
  code,
  kind: 'choice',
  prompt: { stem: `Câu ${code}`, options: ['a', 'b'], multiple: false },
  key: { right: [0] },
  explanation: '',
  citation: { document: 'Luật Thủ đô 2024', section: 'Điều 3', source: 'thử', validity: '' },
  topic: 'Chung',
  difficulty: 1,
  tags: [],
  points: 100,
  ...more,
});

async function add(code: string, more: object = {}): Promise<string> {
  const added = await editor.post(`/api/desk/banks/${bank}/questions`, question(code, more));
  expect(added.status, added.text).toBe(201);
  return added.body.id;
}
const bulk = (who: Visitor, questions: readonly string[], change: object) =>
  who.post(`/api/desk/banks/${bank}/questions/bulk`, { questions, ...change });
const status = async (id: string) => (await editor.get(`/api/desk/questions/${id}`)).body.status;
const codes = async (query: string, of = bank) =>
  (await editor.get(`/api/desk/banks/${of}/questions?${query}`)).body.questions.map(
    (one: { code: string }) => one.code,
  );

beforeAll(async () => {
  server = await startServer();
  editor = await (await new Visitor(server).register({ name: 'Trần Biên Soạn' })).become('editor');
  reviewer = await (await new Visitor(server).register({ name: 'Lê Thẩm Định' })).become('reviewer');
  const open = async (slug: string) =>
    (await editor.post('/api/desk/banks', { slug, title: slug, description: '', licence: '' })).body.id;
  bank = await open('mot');
  other = await open('hai');
  await editor.post(`/api/desk/banks/${bank}/people`, { person: reviewer.uid, duty: 'reviewer' });
}, 60_000);

describe('the table of questions', () => {
  it('chooses all that fit, however many they are', async () => {
    const many = 5_100;
    await seedBank(server.context, {
      slug: 'lon',
      title: 'Lớn',
      description: '',
      licence: '',
      documents: {},
      questions: Array.from({ length: many }, (_, i) => ({
        ...question(`lon-${i}`),
        difficulty: 1 as const,
      })),
    });
    const admin = await (await new Visitor(server).register()).become('admin');
    const { banks } = (await admin.get('/api/desk/banks')).body;
    const large = banks.find(({ slug }: { slug: string }) => slug === 'lon').id;
    const ids = await admin.get(`/api/desk/banks/${large}/questions/ids`);
    expect(ids.body.total).toBe(many);
    expect(new Set(ids.body.questions).size).toBe(many);
  });

  it('is filtered by document, tag and status, and says what it can be filtered by', async () => {
    await add('loc-1', { tags: ['đợt 1'] });
    await add('loc-2', {
      citation: { document: 'Nghị quyết 15-NQ/TW', section: '', source: '', validity: '' },
    });
    expect(await codes(`document=${encodeURIComponent('Nghị quyết 15-NQ/TW')}`)).toEqual(['loc-2']);
    expect(await codes(`tag=${encodeURIComponent('đợt 1')}`)).toEqual(['loc-1']);
    expect(await codes('use=used')).toEqual([]);
    expect(await codes('use=never')).toEqual(['loc-1', 'loc-2']);
    expect(await codes('flagged=true')).toEqual([]);
    const facets = await reviewer.get(`/api/desk/banks/${bank}/facets`);
    expect(facets.body).toEqual({
      documents: ['Luật Thủ đô 2024', 'Nghị quyết 15-NQ/TW'],
      tags: ['đợt 1'],
      rounds: [],
    });
    const ids = await editor.get(`/api/desk/banks/${bank}/questions/ids?search=cau%20loc`);
    expect(ids.body).toMatchObject({ total: 2 });
    expect(ids.body.questions).toHaveLength(2);
  });
});

describe('reviews', () => {
  it('go to a named reviewer with a date, stand in one queue, and leave it once decided', async () => {
    const [first, second] = [await add('duyet-1'), await add('duyet-2')];
    const dueAt = server.clock.now() + 86_400_000;
    const asked = await editor.put(`/api/desk/questions/${first}/review`, {
      expectedVersion: 1,
      reviewer: reviewer.uid,
      dueAt,
    });
    expect(asked.body).toMatchObject({
      status: 'review',
      review: { reviewer: reviewer.uid, name: 'Lê Thẩm Định', dueAt },
    });
    const many = await bulk(editor, [second], { review: { reviewer: reviewer.uid, dueAt: null } });
    expect(many.body).toMatchObject({ changed: 1, refused: [] });
    const queue = () => reviewer.get('/api/desk/reviews').then(({ body }) => body);
    expect(await queue()).toMatchObject({
      total: 2,
      overdue: 0,
      questions: [
        { code: 'duyet-1', dueAt },
        { code: 'duyet-2', dueAt: null },
      ],
    });
    server.clock.advance(2 * 86_400_000);
    expect(await queue()).toMatchObject({ overdue: 1 });
    await reviewer.put(`/api/desk/questions/${first}/status`, { expectedVersion: 1, status: 'approved' });
    expect(await queue()).toMatchObject({ total: 1, overdue: 0 });
    expect((await editor.get('/api/desk/reviews')).body.total).toBe(0);
  });

  it('are asked of nobody who could not approve', async () => {
    const id = await add('duyet-3');
    const asked = { expectedVersion: 1, reviewer: editor.uid, dueAt: null };
    const refused = await editor.put(`/api/desk/questions/${id}/review`, asked);
    expect(refused.body).toMatchObject({ code: 'request.invalid', errors: [{ path: 'reviewer' }] });
  });
});

describe('changes of many questions', () => {
  it('are told beforehand, done as far as wanted, and taken back', async () => {
    const [whole, keyless] = [await add('nhieu-1'), await add('nhieu-2', { key: null })];
    const both = [whole, keyless];
    const change = { status: 'approved' };
    expect((await bulk(editor, both, change)).status).toBe(403);
    const tried = await bulk(reviewer, both, { ...change, dryRun: true });
    expect(tried.body).toMatchObject({
      changed: 1,
      refused: [{ question: keyless, code: 'nhieu-2', vi: 'Câu hỏi chưa có đáp án.' }],
      undo: null,
    });
    expect((await bulk(reviewer, both, change)).body.changed).toBe(0);
    expect(await status(whole)).toBe('draft');
    const done = await bulk(reviewer, both, { ...change, partly: true });
    expect([done.body.changed, await status(whole), await status(keyless)]).toEqual([1, 'approved', 'draft']);
    const undo = { undo: done.body.undo };
    expect((await editor.post(`/api/desk/banks/${bank}/questions/undo`, undo)).status).toBe(404);
    expect((await reviewer.post(`/api/desk/banks/${bank}/questions/undo`, undo)).body.changed).toBe(1);
    expect(await status(whole)).toBe('draft');
    expect((await reviewer.post(`/api/desk/banks/${bank}/questions/undo`, undo)).status).toBe(409);
  });

  it('change topics and tags as versions, none when one is not there, and bring them back', async () => {
    const ids = [await add('nhieu-3'), await add('nhieu-4')];
    const done = await bulk(editor, ids, { topic: 'Mới', addTag: 'đợt 2' });
    expect(done.body).toMatchObject({ changed: 2 });
    expect((await bulk(editor, ids, { topic: 'Mới', addTag: 'đợt 2' })).body).toMatchObject({ changed: 0 });
    const stranger = '00000000-0000-7000-8000-000000000000';
    expect((await bulk(editor, [ids[0] ?? '', stranger], { topic: 'Khác' })).status).toBe(404);
    await editor.post(`/api/desk/banks/${bank}/questions/undo`, { undo: done.body.undo });
    expect((await editor.get(`/api/desk/questions/${ids[0]}`)).body).toMatchObject({
      version: 3,
      topic: 'Chung',
      tags: [],
    });
  });

  it('move and copy to a bank that one may write in, and nowhere else', async () => {
    const ids = [await add('di-1'), await add('di-2')];
    const moved = await bulk(editor, ids, { moveTo: other });
    expect(moved.body).toMatchObject({ changed: 2 });
    expect(await codes('', other)).toEqual(['di-1', 'di-2']);
    const back = await editor.post(`/api/desk/banks/${bank}/questions/undo`, { undo: moved.body.undo });
    expect(back.body.changed).toBe(2);
    expect(await codes('', other)).toEqual([]);
    await bulk(editor, ids, { copyTo: other });
    await bulk(editor, ids, { copyTo: other });
    expect(await codes('', other)).toEqual(['di-1', 'di-1-2', 'di-2', 'di-2-2']);
    expect((await bulk(reviewer, ids, { copyTo: other })).status).toBe(403);
  });
});

it('previews a question as entrants see it, with its formulas', async () => {
  const prompt = { stem: 'Tính $x^2$.', rich: true };
  const seen = await reviewer.post('/api/desk/questions/preview', { kind: 'numeric', prompt });
  expect(Object.keys(seen.body.prompt.formulas)).toEqual(['$x^2']);
});

describe('pictures of a bank', () => {
  const picture = (shade: number) => pngOf({ shade }).toString('base64');
  const url = () => `/api/desk/banks/${bank}/media`;

  it('are kept once, told where they are shown, replaced in every question, and stay while they are shown', async () => {
    const added = await editor.post(url(), { data: picture(1), name: 'ban-do.png' });
    expect(added.body.pictures).toMatchObject([
      { name: 'ban-do.png', bytes: pngOf({ shade: 1 }).length, uses: [] },
    ]);
    await editor.post(url(), { data: picture(1), name: 'lần hai' });
    const [{ id }] = added.body.pictures;
    const stem = `Đây là đâu? ![bản đồ](media:${id})`;
    const question = await add('anh-1', {
      prompt: { stem, rich: true, options: ['a', 'b'], multiple: false },
    });
    const listed = await reviewer.get(url());
    expect(listed.body.pictures).toMatchObject([{ id, uses: [{ id: question, code: 'anh-1' }] }]);
    expect((await editor.delete(`${url()}/${id}`)).body.code).toBe('banks.pictureUsed');
    expect((await reviewer.post(url(), { data: picture(3), name: '' })).status).toBe(403);
    const drawing = await editor.post(url(), { data: Buffer.from('<svg>').toString('base64'), name: '' });
    expect([drawing.status, drawing.body.code]).toEqual([400, 'media.unreadable']);
    const replaced = await editor.post(`${url()}/${id}/replace`, { data: picture(2), name: 'mới.png' });
    expect(replaced.body.changed).toBe(1);
    const after = await editor.get(`/api/desk/questions/${question}`);
    expect(after.body.version).toBe(2);
    expect(after.body.prompt.stem).not.toContain(id);
    expect((await editor.delete(`${url()}/${id}`)).body.pictures).toMatchObject([{ name: 'mới.png' }]);
    const shown = await editor.get(`/api/media/${replaced.body.pictures[0].id}`);
    expect(shown.headers['cache-control']).toContain('immutable');
    expect(shown.headers['x-content-type-options']).toBe('nosniff');
  });
});

describe('the sheet to sign', () => {
  it('is a PDF and a Word file of what fits the filters, for who may read', async () => {
    const other = await (await new Visitor(server).register()).become('editor');
    for (const [format, head] of [
      ['pdf', '%PDF'],
      ['docx', 'PK'],
    ] as const) {
      const url = `/api/desk/banks/${bank}/sheet.${format}?search=duyet`;
      expect((await other.get(url)).status).toBe(403);
      const file = await reviewer.get(url);
      expect([file.status, file.text.slice(0, head.length)]).toEqual([200, head]);
      expect(file.headers['content-disposition']).toContain(`phieu-tham-dinh-mot.${format}`);
    }
  });
});
