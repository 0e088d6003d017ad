import { beforeAll, describe, expect, it } from 'vitest';
import { seedDocuments } from '../../../server/documents/shipped.ts';
import { startServer, type TestServer } from '../../harness/app.ts';
import { openContest, withoutFields } from '../../harness/contest.ts';
import { Visitor } from '../../harness/visitor.ts';
import { docx, p } from '../../questions/formats/docx/make.ts';

let server: TestServer;
let editor: Visitor;
let reviewer: Visitor;
let citizen: Visitor;

beforeAll(async () => {
  server = await startServer();
  editor = await (await new Visitor(server).register()).become('editor');
  reviewer = await (await new Visitor(server).register()).become('reviewer');
  citizen = new Visitor(server);
}, 60_000);

const law = {
  slug: 'luat-thu',
  type: 'Luật',
  number: '1/2020/QH14',
  title: 'Luật Thử',
  issuer: 'Quốc hội',
  issuedOn: '2020-06-01',
  validFrom: '2021-01-01',
  validUntil: null,
  supersededBy: null,
  note: '',
  source: '',
  isExcerpt: false,
};
const TEXT = `Chương I
QUY ĐỊNH CHUNG
Điều 1. Phạm vi
Luật này quy định việc thử.
Điều 2. Nguyên tắc
1. Công khai.
2. Gồm:
a) một;
b) hai.
- 2 -
Chương II
THI HÀNH
Điều 3. Hiệu lực`;

describe('the desk of documents', () => {
  it('adds a document, previews its text with what was left out, keeps it, and shows it to everybody', async () => {
    const made = await editor.post('/api/desk/documents', law);
    expect(made.status).toBe(201);
    expect(made.body).toMatchObject({ version: 1, text: '', state: 'holds', name: 'Luật 1/2020/QH14' });
    const reading = await editor.post('/api/desk/documents/readings', { text: TEXT });
    expect(reading.body.sections.map(({ key }: { key: string }) => key)).toContain('dieu-2.khoan-2.diem-b');
    expect(reading.body.remarks).toMatchObject([{ code: 'furniture', line: 10, isLeft: true }]);
    const url = `/api/desk/documents/${made.body.id}`;
    const keep = { expectedVersion: 1, reason: 'bản đầu', text: TEXT };
    const kept = await editor.put(`${url}/text`, keep);
    expect(kept.body).toMatchObject({ version: 2, text: TEXT, texts: [{ version: 1, reason: 'bản đầu' }] });
    expect((await editor.put(`${url}/text`, keep)).body.code).toBe('conflict');
    expect((await reviewer.get(`${url}/texts/1`)).body).toEqual({ version: 1, text: TEXT });
    const list = await citizen.get('/api/documents');
    expect(list.body.documents).toMatchObject([{ slug: 'luat-thu', sections: 9 }]);
    const page = await citizen.get('/api/documents/luat-thu');
    expect(page.body.outline[1]).toMatchObject({ key: 'dieu-1', label: 'Điều 1', title: 'Phạm vi' });
    expect(page.text).not.toContain('quy định việc thử');
  });

  it('shows a section with all inside it, where it stands, and its neighbours', async () => {
    const section = await citizen.get('/api/documents/luat-thu/sections/dieu-2');
    expect(section.body).toMatchObject({
      name: 'Điều 2',
      around: [{ key: 'chuong-1' }],
      before: { key: 'dieu-1' },
      after: { key: 'dieu-3' },
    });
    expect(section.body.sections.map(({ key }: { key: string }) => key)).toEqual([
      'dieu-2',
      'dieu-2.khoan-1',
      'dieu-2.khoan-2',
      'dieu-2.khoan-2.diem-a',
      'dieu-2.khoan-2.diem-b',
    ]);
    expect((await citizen.get('/api/documents/luat-thu/sections/toan-van')).body.sections).toHaveLength(9);
    for (const path of ['luat-thu/sections/dieu-99', 'khong-co', 'khong-co/sections/dieu-1'])
      expect((await citizen.get(`/api/documents/${path}`)).status).toBe(404);
    expect((await citizen.get('/api/documents/luat-thu/sections/..%2f..')).status).toBe(400);
  });

  it('reads Word files, and says why others cannot be read', async () => {
    const send = (bytes: Uint8Array) =>
      editor.post('/api/desk/documents/readings', { file: Buffer.from(bytes).toString('base64') });
    const read = await send(docx([p('Điều 1. Tên'), p('1. Một.')]));
    expect(read.body).toMatchObject({ text: 'Điều 1. Tên\n1. Một.', failure: null });
    const refused = await send(Buffer.from('không phải Word'));
    expect(refused.status).toBe(200);
    expect(refused.body.failure.vi.length).toBeGreaterThan(10);
  });

  it('refuses what cannot be, at its field', async () => {
    const put = async (change: object) => {
      const list = await editor.get('/api/desk/documents');
      const one = list.body.documents[0];
      const { version } = (await editor.get(`/api/desk/documents/${one.id}`)).body;
      const { slug: _slug, ...facts } = law;
      return editor.put(`/api/desk/documents/${one.id}`, {
        expectedVersion: version,
        reason: 'thử',
        ...facts,
        ...change,
      });
    };
    expect((await put({ validUntil: '2020-01-01' })).body.errors).toMatchObject([{ path: 'validUntil' }]);
    expect((await put({ issuedOn: '2020-02-30' })).body.errors).toMatchObject([{ path: 'issuedOn' }]);
    const own = (await editor.get('/api/desk/documents')).body.documents[0].id;
    expect((await put({ supersededBy: own })).body.errors).toMatchObject([{ path: 'supersededBy' }]);
    expect((await put({ title: '  ' })).body.errors).toMatchObject([{ path: 'title' }]);
    expect((await editor.post('/api/desk/documents', law)).body).toMatchObject({ code: 'taken' });
    expect((await put({ archived: true })).body.archivedAt).toBeGreaterThan(0);
    expect((await citizen.get('/api/documents/luat-thu')).status).toBe(404);
    expect((await put({ archived: false })).body.archivedAt).toBeNull();
  });

  it('lets reviewers read and mark, and nobody else', async () => {
    expect((await reviewer.get('/api/desk/documents')).status).toBe(200);
    expect((await reviewer.post('/api/desk/documents', law)).status).toBe(403);
    expect((await citizen.get('/api/desk/documents')).status).toBe(401);
    expect((await citizen.get('/api/desk/citations')).status).toBe(401);
  });
});

describe('citations of questions', () => {
  it('lead to sections, can be put right, and wait for a look when their document is replaced', async () => {
    await openContest(server);
    await seedDocuments(server.context);
    server.clock.advance(5 * 366 * 86_400_000);
    editor = await signedInAgain(editor);
    reviewer = await signedInAgain(reviewer);
    const words = { document: 'Luật số 39/2024/QH15', section: 'khoản 2 Điều 9' };
    const query = new URLSearchParams(words).toString();
    const match = await reviewer.get(`/api/desk/citations/match?${query}`);
    expect(match.body).toMatchObject({
      link: { slug: 'luat-thu-do-2024', section: 'dieu-9.khoan-2', sectionName: 'Điều 9, khoản 2' },
      isFixed: false,
      isNear: false,
    });
    const to = { document: match.body.documentId, section: 'dieu-8' };
    expect((await editor.put('/api/desk/citations', { ...words, to })).body).toMatchObject({
      link: { section: 'dieu-8' },
      isFixed: true,
    });
    expect((await editor.put('/api/desk/citations', { ...words, to: 'words' })).body.link.section).toBe(
      'dieu-9.khoan-2',
    );
    const unmatched = await reviewer.get('/api/desk/citations?show=unmatched');
    expect(unmatched.body.total).toBeGreaterThan(3);
    expect(
      unmatched.body.citations.every(({ target }: { target: { link: unknown } }) => target.link === null),
    ).toBe(true);

    const reviews = await reviewer.get('/api/desk/citations/reviews');
    expect(reviews.body.total).toBeGreaterThan(10);
    expect(reviews.body.documents.map(({ name }: { name: string }) => name)).toContain('Nghị quyết 15-NQ/TW');
    const [first] = reviews.body.questions;
    const mark = { document: first.document.id, questions: [first.question], reason: 'đã xem, vẫn đúng' };
    expect((await reviewer.post('/api/desk/citations/reviews', mark)).body).toEqual({ marked: 1 });
    const left = await reviewer.get(`/api/desk/citations/reviews?bank=${first.bank.id}`);
    expect(left.body.questions.map(({ question }: { question: string }) => question)).not.toContain(
      first.question,
    );
    const list = await reviewer.get('/api/desk/documents');
    const old = list.body.documents.find(({ slug }: { slug: string }) => slug === 'nghi-quyet-15-nq-tw-2022');
    expect(old.toReview).toBeGreaterThan(0);
    expect(old.cited).toBeGreaterThanOrEqual(old.toReview);
    expect(old.state).toBe('replaced');
  }, 60_000);
});

/** Sessions end; the clock was moved by years. */
async function signedInAgain(visitor: Visitor): Promise<Visitor> {
  const reply = await visitor.signIn();
  if (reply.status !== 200) throw new Error(reply.text);
  return visitor;
}

describe('the review of an attempt', () => {
  it('leads from a citation to the page of its section, once explanations are released', async () => {
    const own = await startServer();
    await seedDocuments(own.context);
    const contest = await openContest(own, (draft) => {
      draft.settings.consents = [];
      withoutFields(draft);
      for (const round of draft.rounds)
        Object.assign(round.settings.release, { result: 'submit', keys: 'submit', explanations: 'submit' });
    });
    const taker = await new Visitor(own).register();
    await taker.post(`/api/contests/${contest.slug}/entry`, { consents: [] });
    const started = await taker.post(`/api/rounds/${contest.round}/attempts`, { number: 1 });
    expect(started.text).not.toContain('van-ban');
    const submitted = await own.app.http.inject({
      method: 'POST',
      url: `/api/attempts/${started.body.id}/submit`,
      headers: { authorization: `Attempt ${started.body.token}` },
      payload: {},
    });
    expect(submitted.statusCode).toBe(200);
    const result = await taker.get(`/api/attempts/${started.body.id}/result`);
    const citations: { document: string; section: string; link?: { slug: string; section: string } }[] =
      result.body.questions.map(({ citation }: { citation: object }) => citation);
    const programme = citations.filter(({ document }) => document.startsWith('Nghị quyết 12/NQ-CP'));
    expect(programme.length).toBeGreaterThan(3);
    for (const { link } of programme) expect(link?.slug).toBe('nghi-quyet-12-nq-cp-2023');
    const target = citations.find(({ section }) => section === 'Phần I, mục 4.a');
    expect(target?.link?.section ?? 'i.4.a').toBe('i.4.a');
  }, 60_000);
});
