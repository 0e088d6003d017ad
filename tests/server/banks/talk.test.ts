import { beforeAll, expect, it } from 'vitest';
import { startServer, type TestServer } from '../../harness/app.ts';
import { Visitor } from '../../harness/visitor.ts';

let server: TestServer;
let editor: Visitor;
let reviewer: Visitor;
let bank = '';

const question = (code: string, stem: string) => ({
  code,
  kind: 'choice',
  prompt: { stem, options: ['a', 'b'], multiple: false },
  key: { right: [0] },
  explanation: '',
  citation: { document: 'Hiến pháp 2013', section: 'Điều 13', source: 'thử', validity: '' },
  topic: 'Chung',
  difficulty: 1,
  tags: [],
  points: 100,
});

async function add(code: string, stem = code): Promise<string> {
  const added = await editor.post(`/api/desk/banks/${bank}/questions`, question(code, stem));
  expect(added.status).toBe(201);
  return added.body.id;
}

beforeAll(async () => {
  server = await startServer();
  editor = await (await new Visitor(server).register({ name: 'Trần Biên Soạn' })).become(
    'editor',
    'reviewer',
  );
  reviewer = await (await new Visitor(server).register({ name: 'Lê Thẩm Định' })).become('reviewer');
  const made = await editor.post('/api/desk/banks', {
    slug: 'hai',
    title: 'Hai',
    description: '',
    licence: '',
  });
  bank = made.body.id;
  await editor.post(`/api/desk/banks/${bank}/people`, { person: reviewer.uid, duty: 'reviewer' });
}, 60_000);

it('lets nobody approve what they wrote, whatever their roles', async () => {
  const url = `/api/desk/questions/${await add('duyet')}`;
  const approve = (who: Visitor) => who.put(`${url}/status`, { expectedVersion: 1, status: 'approved' });
  expect((await approve(editor)).body.code).toBe('banks.ownApproval');
  expect((await editor.get(url)).body).toMatchObject({ status: 'draft', own: true });
  expect((await approve(reviewer)).body).toMatchObject({ status: 'approved', own: false });
});

it('keeps comments with who said them about which version, and what earlier versions said', async () => {
  const id = await add('trao-doi', 'Bản đầu');
  const url = `/api/desk/questions/${id}`;
  await reviewer.post(`${url}/comments`, { text: '  Xem lại căn cứ.  ' });
  const { code: _code, ...content } = question('', 'Bản sau');
  const edit = { ...content, expectedVersion: 1, reason: 'rõ hơn' };
  expect((await editor.put(url, edit)).body.versions).toMatchObject([
    { version: 2, by: 'Trần Biên Soạn', reason: 'rõ hơn' },
    { version: 1, by: 'Trần Biên Soạn' },
  ]);
  const said = await editor.post(`${url}/comments`, { text: 'Đã sửa.' });
  expect(said.body.comments).toMatchObject([
    { by: 'Lê Thẩm Định', version: 1, text: 'Xem lại căn cứ.' },
    { by: 'Trần Biên Soạn', version: 2, text: 'Đã sửa.' },
  ]);
  expect((await editor.post(`${url}/comments`, { text: '   ' })).status).toBe(400);
  expect((await reviewer.get(`${url}/versions/1`)).body).toMatchObject({
    version: 1,
    prompt: { stem: 'Bản đầu' },
  });
  expect((await reviewer.get(`${url}/versions/9`)).status).toBe(404);
});

it('shows what has the words with their diacritics before what is only alike', async () => {
  await add('a-khong-dau', 'Hoi thi la gi');
  await add('b-co-dau', 'Hội thi là gì');
  const found = await editor.get(`/api/desk/banks/${bank}/questions?search=${encodeURIComponent('Hội thi')}`);
  expect(found.body.questions.map(({ code }: { code: string }) => code)).toEqual(['b-co-dau', 'a-khong-dau']);
});
