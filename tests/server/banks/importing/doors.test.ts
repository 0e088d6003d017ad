import { Readable } from 'node:stream';
import { beforeAll, describe, expect, it } from 'vitest';
import { startServer, type TestServer } from '../../../harness/app.ts';
import { Visitor } from '../../../harness/visitor.ts';
import { docx } from '../../../questions/formats/docx/make.ts';

let server: TestServer;
let editor: Visitor;
let other: Visitor;
let reviewer: Visitor;
let bank = '';

beforeAll(async () => {
  server = await startServer();
  editor = await (await new Visitor(server).register()).become('editor');
  other = await (await new Visitor(server).register()).become('editor');
  reviewer = await (await new Visitor(server).register()).become('reviewer');
  const made = await editor.post('/api/desk/banks', {
    slug: 'mot',
    title: 'Một',
    description: '',
    licence: '',
  });
  bank = made.body.id;
  for (const [person, duty] of [
    [other.uid, 'editor'],
    [reviewer.uid, 'reviewer'],
  ])
    await editor.post(`/api/desk/banks/${bank}/people`, { person, duty });
}, 60_000);

async function upload(who: Visitor, bytes: Buffer, name = 'de.gift', type = 'application/octet-stream') {
  const reply = await server.app.http.inject({
    method: 'POST',
    url: `/api/desk/banks/${bank}/imports?name=${encodeURIComponent(name)}`,
    payload: bytes,
    headers: {
      cookie: [...who.cookies].map(([key, value]) => `${key}=${value}`).join('; '),
      'content-type': type,
    },
  });
  return { status: reply.statusCode, body: reply.json() };
}

async function settled(id: string) {
  for (;;) {
    const { body } = await editor.get(`/api/desk/imports/${id}`);
    if (body.state === 'ready' || body.state === 'committed') return body;
    await new Promise((again) => setTimeout(again, 50));
  }
}

const GIFT = Buffer.from('::a::Một cộng một? {=hai ~ba}\n\nHỏng {=a\n\n::b::Không có đáp án {~x ~y}\n');

describe('the doors of imports', () => {
  it('take a file from its upload to the bank, and back', async () => {
    const taken = await upload(editor, GIFT);
    expect(taken).toMatchObject({ status: 201, body: { state: 'reading', bank, format: '' } });
    const ready = await settled(taken.body.id);
    expect(ready.outcomes.quarantined).toBeGreaterThan(0);
    const url = `/api/desk/imports/${taken.body.id}`;
    const broken = await editor.get(`${url}/blocks?outcome=quarantined&limit=1`);
    const [block] = broken.body.blocks;
    expect(block).toMatchObject({ place: { line: 3 }, messages: [{ severity: 'error' }] });
    const shown = await editor.get(`${url}/blocks?numbers=1,3,4096`);
    expect(shown.body.blocks.map(({ number }: { number: number }) => number)).toEqual([1, 3]);
    expect((await editor.get(`${url}/blocks?numbers=1,x`)).status).toBe(400);
    const question = {
      kind: 'choice',
      prompt: { stem: 'Đã sửa', options: ['a', 'b'], multiple: false },
      key: { right: [1] },
      explanation: '',
      citation: null,
      topic: 'T',
      difficulty: 1,
      tags: [],
      points: 100,
    };
    const wrong = await editor.put(`${url}/blocks/${block.number}`, { ...question, key: { right: [9] } });
    expect(wrong.status).toBe(400);
    expect(wrong.body.errors[0].path).toMatch(/^key/);
    const mended = await editor.put(`${url}/blocks/${block.number}`, question);
    expect(mended.body).toMatchObject({
      outcome: 'imported',
      fate: 'new',
      mended: true,
      shown: { stem: 'Đã sửa' },
    });
    // Piece by piece, as the page does it for a large file: each says where the next one begins, and what is still open.
    const open = (await editor.get(url)).body.flags['no-topic'];
    expect(open).toBeGreaterThan(1);
    const bulk = (more: object) =>
      editor.post(`${url}/bulk`, { flag: 'no-topic', set: { topic: 'Chung' }, ...more });
    const first = await bulk({ most: 1 });
    expect(first.body).toMatchObject({ done: 1, next: expect.any(Number), flags: { 'no-topic': open - 1 } });
    const rest = await bulk({ most: open, after: first.body.next });
    expect(rest.body).toMatchObject({ done: open - 1, next: null });
    expect(rest.body.flags['no-topic']).toBeUndefined();
    expect((await bulk({})).body).toMatchObject({ done: 0, next: null });
    expect((await editor.post(`${url}/commit`)).status).toBe(200);
    expect((await settled(taken.body.id)).state).toBe('committed');
    const list = await editor.get(`/api/desk/banks/${bank}/questions`);
    expect(list.body.questions.map(({ stem }: { stem: string }) => stem)).toContain('Đã sửa');
    const again = await upload(editor, GIFT);
    const same = await settled(again.body.id);
    expect(same).toMatchObject({ fates: { new: 0, changed: 0 } });
    expect(same.sameFileAt).not.toBeNull();
    expect((await editor.post(`/api/desk/imports/${again.body.id}/commit`)).body.code).toBe(
      'imports.nothing',
    );
    expect((await editor.delete(`/api/desk/imports/${again.body.id}`)).status).toBe(204);
    expect((await editor.post(`${url}/undo`)).status).toBe(200);
    await settled(taken.body.id);
    expect((await editor.get(`/api/desk/banks/${bank}/questions`)).body.total).toBe(0);
    await editor.delete(url);
  });

  it('show a preview to nobody but who uploaded it, and take nothing but a file', async () => {
    const taken = await upload(editor, GIFT);
    await settled(taken.body.id);
    for (const path of ['', '/blocks'])
      expect((await other.get(`/api/desk/imports/${taken.body.id}${path}`)).status).toBe(404);
    expect((await other.post(`/api/desk/imports/${taken.body.id}/commit`)).status).toBe(404);
    expect((await reviewer.get(`/api/desk/imports/${taken.body.id}`)).status).toBe(403);
    expect((await upload(reviewer, GIFT)).status).toBe(403);
    expect((await upload(editor, Buffer.from('{"a":1}'), 'a.json', 'application/json')).body.code).toBe(
      'request.type',
    );
    expect((await other.get(`/api/desk/banks/${bank}/imports`)).body.imports).toEqual([]);
  });

  it('read a paper again with the answers of another file', async () => {
    const paper = docx(['Câu 1. Một?', 'A. a', 'B. b', 'Câu 2. Hai?', 'A. a', 'B. b']);
    const taken = await upload(editor, Buffer.from(paper), 'de.docx');
    expect((await settled(taken.body.id)).flags['no-key']).toBe(2);
    const send = (bytes: Uint8Array) =>
      server.app.http.inject({
        method: 'POST',
        url: `/api/desk/imports/${taken.body.id}/answers`,
        payload: Buffer.from(bytes),
        headers: {
          cookie: [...editor.cookies].map(([key, value]) => `${key}=${value}`).join('; '),
          'content-type': 'application/octet-stream',
        },
      });
    expect((await send(new Uint8Array([1, 2, 3]))).statusCode).toBe(200);
    const refused = await settled(taken.body.id);
    expect(refused.messages.map(({ code }: { code: string }) => code)).toEqual(['answers-unreadable']);
    await send(docx(['ĐÁP ÁN', '1.B 2.A']));
    const again = await settled(taken.body.id);
    expect([again.failure, again.flags['no-key'], again.outcomes.imported]).toEqual([null, undefined, 2]);
    // As when somebody corrects the columns afterwards.
    await editor.post(`/api/desk/imports/${taken.body.id}/read`, { settings: { sheets: [] } });
    const third = await settled(taken.body.id);
    expect([third.flags['no-key'], third.outcomes.imported]).toEqual([undefined, 2]);
  });

  it('refuse a body that is larger than a file may be, said beforehand or not', async () => {
    const headers = {
      cookie: [...editor.cookies].map(([key, value]) => `${key}=${value}`).join('; '),
      'content-type': 'application/octet-stream',
    };
    const url = `/api/desk/banks/${bank}/imports?name=lon.gift`;
    const told = { ...headers, 'content-length': '40000001' };
    expect((await server.app.http.inject({ method: 'POST', url, headers: told })).statusCode).toBe(413);
    async function* endless() {
      for (;;) yield Buffer.alloc(1_000_000, 0x20);
    }
    const payload = Readable.from(endless());
    expect((await server.app.http.inject({ method: 'POST', url, headers, payload })).statusCode).toBe(413);
  });

  it('say of an old Word file how to save it anew', async () => {
    const strange = await upload(editor, Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 1, 2, 3]), 'cu.doc');
    expect((await settled(strange.body.id)).failure.code).toBe('old-office');
  });

  it('give examples in every format that is written and read, which come back whole', async () => {
    const { body } = await editor.get('/api/desk/formats');
    const both = body.formats.filter((one: { reads: boolean; writes: boolean }) => one.reads && one.writes);
    expect(both.length).toBeGreaterThan(1);
    for (const { name, extensions } of both) {
      const template = await server.app.http.inject({
        method: 'GET',
        url: `/api/desk/formats/${name}/template`,
        headers: { cookie: [...editor.cookies].map(([key, value]) => `${key}=${value}`).join('; ') },
      });
      expect(template.statusCode, name).toBe(200);
      const taken = await upload(editor, template.rawPayload, `mau.${extensions[0]}`);
      const ready = await settled(taken.body.id);
      expect([name, ready.format, ready.outcomes.quarantined, ready.failure]).toEqual([name, name, 0, null]);
      expect(ready.outcomes.imported + ready.outcomes.warned, name).toBeGreaterThan(1);
    }
  });

  it('tell what a format loses before the file is written', async () => {
    const taken = await upload(editor, GIFT);
    await settled(taken.body.id);
    await editor.post(`/api/desk/imports/${taken.body.id}/commit`);
    await settled(taken.body.id);
    const plan = await editor.get(`/api/desk/banks/${bank}/exports/aiken`);
    expect(plan.body.questions).toBeGreaterThan(0);
    expect(plan.body.losses.map(({ code }: { code: string }) => code)).toContain('difficulty');
    const file = await editor.get(`/api/desk/banks/${bank}/exports/aiken/file`);
    expect(file.text).toContain('Một cộng một?\nA) hai\nB) ba\nANSWER: A');
    expect(file.headers['content-disposition']).toBe('attachment; filename="mot.txt"');
    expect((await editor.get(`/api/desk/banks/${bank}/exports/khong-co`)).status).toBe(404);
    expect((await reviewer.get(`/api/desk/banks/${bank}/exports/aiken/file`)).status).toBe(403);
  });
});
