/** Practice through its doors: graded at once, wrong answers come again, and keys leave of open banks alone. */
import { eq } from 'drizzle-orm';
import { beforeAll, describe, expect, it } from 'vitest';
import { loadShippedBanks } from '../../../questions/banks/index.ts';
import { gradings } from '../../../questions/kinds/gradings.ts';
import { seedBanks } from '../../../server/banks/shipped.ts';
import { seedDocuments } from '../../../server/documents/shipped.ts';
import { startServer, type TestServer } from '../../harness/app.ts';
import { openContest } from '../../harness/contest.ts';
import { Visitor } from '../../harness/visitor.ts';

let server: TestServer;
let admin: Visitor;
let citizen: Visitor;
let guest: Visitor;
let law = '';
/** Of a bank that is not open. */
let closed = '';

const KEYS = /"(?:right|accept|tolerance|pairs|rubric|explanation|citation|marks)"|"key":/;

beforeAll(async () => {
  server = await startServer();
  await seedBanks(server.context);
  await seedDocuments(server.context);
  admin = await (await new Visitor(server).register()).become('admin');
  citizen = await new Visitor(server).register();
  guest = new Visitor(server);
  const { banks } = (await admin.get('/api/desk/banks')).body;
  const idOf = (slug: string): string => banks.find((one: { slug: string }) => one.slug === slug).id;
  law = idOf('luat-thu-do-2024');
  closed = idOf('nghi-quyet-15');
}, 60_000);

const next = (who: Visitor, body: object = {}, bank = law) =>
  who.post(`/api/study/banks/${bank}/next`, { avoid: [], ...body });
const send = (who: Visitor, question: { id: string; version: number; seed: string }, answer: unknown) =>
  who.post(`/api/study/questions/${question.id}/answer`, {
    version: question.version,
    seed: question.seed,
    answer,
  });

describe('practice', () => {
  it('offers banks that are open, with their topics, and no other', async () => {
    const { banks } = (await guest.get('/api/study/banks')).body;
    expect(banks.length).toBe(4);
    expect(banks.map(({ id }: { id: string }) => id)).not.toContain(closed);
    const bank = await guest.get(`/api/study/banks/${law}`);
    expect(bank.body.cells.length).toBeGreaterThan(3);
    expect((await guest.get(`/api/study/banks/${closed}`)).status).toBe(404);
    expect((await next(guest, {}, closed)).status).toBe(404);
  });

  it('shows a question without its key, grades the answer, and leads to the section', async () => {
    const asked = await next(guest, { difficulty: 1 });
    expect(asked.body.next).toMatchObject({ difficulty: 1, isAgain: false });
    expect(asked.text).not.toMatch(KEYS);
    const graded = await send(guest, asked.body.next, null);
    expect(graded.body).toMatchObject({ share: 0, progress: null });
    expect(graded.body.question.key).not.toBeNull();
    expect(graded.body.question.explanation.length).toBeGreaterThan(5);
    const right = await send(guest, asked.body.next, graded.body.question.key);
    expect(right.body.share).toBe(1);
    expect((await send(guest, asked.body.next, { not: 'an answer' })).status).toBe(400);
    expect((await send(guest, asked.body.next, 'không phải lựa chọn'.repeat(9000))).status).toBe(400);
  });

  it('stands its options in the order of the seed, the same for question, grading and key', async () => {
    for (let i = 0; i < 12; i++) {
      const asked = (await next(guest)).body.next;
      const { body } = await send(guest, asked, null);
      expect(body.question.prompt).toEqual(asked.question.prompt);
      const again = await send(guest, asked, body.question.key);
      expect([asked.question.kind, again.body.share]).toEqual([asked.question.kind, 1]);
    }
  });

  it('links citations to the page of their section', async () => {
    const links = new Set<string>();
    for (let i = 0; i < 25; i++) {
      const asked = (await next(guest)).body.next;
      const { citation } = (await send(guest, asked, null)).body.question;
      if (citation.link !== undefined) links.add(`${citation.link.slug} ${citation.link.section}`);
    }
    expect([...links].some((link) => link.startsWith('luat-thu-do-2024 dieu-'))).toBe(true);
  });

  it('does not ask again what was asked, while there are others', async () => {
    const topic = (await guest.get(`/api/study/banks/${law}`)).body.cells[0].topic;
    const seen: string[] = [];
    const count = (await guest.get(`/api/study/banks/${law}`)).body.cells
      .filter((cell: { topic: string }) => cell.topic === topic)
      .reduce((sum: number, cell: { questions: number }) => sum + cell.questions, 0);
    for (let i = 0; i < count; i++) seen.push((await next(guest, { topic, avoid: seen })).body.next.id);
    expect(new Set(seen).size).toBe(count);
    expect((await next(guest, { topic, avoid: seen })).body.next).not.toBeNull();
    expect((await next(guest, { topic: 'không có' })).body.next).toBeNull();
  });

  it('brings wrong answers of people with an account back, whatever device they use, and counts twice as once', async () => {
    const asked = (await next(citizen)).body.next;
    const wrong = await send(citizen, asked, null);
    expect(wrong.body.progress).toMatchObject({ answered: 1, right: 0, due: 0, waiting: 1 });
    expect((await send(citizen, asked, null)).body.progress).toMatchObject({ answered: 1, waiting: 1 });
    expect((await next(citizen, { onlyDue: true })).body.next).toBeNull();
    server.clock.advance(11 * 60_000);
    expect((await citizen.get('/api/study/progress')).body.banks).toMatchObject([{ bank: law, due: 1 }]);
    const again = (await next(citizen, { onlyDue: true })).body.next;
    expect(again).toMatchObject({ id: asked.id, isAgain: true });
    const right = await send(citizen, again, wrong.body.question.key && (await keyOf(again)));
    expect(right.body).toMatchObject({ share: 1, progress: { answered: 2, right: 1, due: 0, waiting: 1 } });
    expect((await guest.get('/api/study/progress')).status).toBe(401);
    const exported = await citizen.get('/api/me/export');
    expect(exported.body.parts.study.progress.tallies[law]).toEqual({ answered: 2, right: 1 });
    const race = await Promise.all(
      Array.from({ length: 8 }, async () => send(citizen, (await next(citizen)).body.next, null)),
    );
    expect(race.map(({ status }) => status)).toEqual(race.map(() => 200));
    expect((await citizen.get('/api/study/progress')).body.banks[0].answered).toBe(10);
  });

  async function keyOf(question: { id: string; version: number; seed: string }): Promise<unknown> {
    return (await send(guest, question, null)).body.question.key;
  }
});

describe('keys', () => {
  it('leave of open banks alone: not of closed ones, not of questions that are not approved, not after closing', async () => {
    const { questions } = (await admin.get(`/api/desk/banks/${closed}/questions?limit=200`)).body;
    expect(questions.length).toBeGreaterThan(50);
    for (const { id, version } of questions.slice(0, 20))
      expect((await send(guest, { id, version, seed: '0123456789abcdef' }, null)).status).toBe(404);

    const asked = (await next(guest)).body.next;
    const withdrawn = await admin.put(`/api/desk/questions/${asked.id}/status`, {
      expectedVersion: asked.version,
      status: 'draft',
    });
    expect(withdrawn.status).toBe(200);
    expect((await send(guest, asked, null)).status).toBe(404);
    expect((await next(guest, { wanted: asked.id })).body.next.id).not.toBe(asked.id);

    const open = (await next(guest)).body.next;
    const edited = (await admin.get(`/api/desk/questions/${open.id}`)).body;
    expect((await send(guest, { ...open, version: edited.version + 1 }, null)).body.code).toBe('conflict');
    await admin.put(`/api/desk/banks/${law}`, { practice: false });
    expect((await send(guest, open, null)).status).toBe(404);
    expect((await next(guest)).status).toBe(404);
    await admin.put(`/api/desk/banks/${law}`, { practice: true });
    expect((await send(guest, open, null)).status).toBe(200);
  });

  it('are in no reply but that of an answer', async () => {
    const banks = await loadShippedBanks();
    const explanations = banks.flatMap(({ questions }) => questions.map(({ explanation }) => explanation));
    const heard: string[] = [
      (await guest.get('/api/study/banks')).text,
      (await guest.get(`/api/study/banks/${law}`)).text,
    ];
    for (let i = 0; i < 30; i++) heard.push((await next(guest)).text);
    const all = heard.join('\n');
    expect(all).not.toMatch(KEYS);
    expect(explanations.filter((text) => all.includes(JSON.stringify(text).slice(1, -1)))).toEqual([]);
  });
});

describe('every kind', () => {
  it('can be practised, or shows its rubric; what is only read is not asked', async () => {
    const made = await admin.post('/api/desk/banks', {
      slug: 'cac-dang',
      title: 'Các dạng',
      description: '',
      licence: '',
    });
    const bank = made.body.id;
    const samples: Record<string, { prompt: object; key: unknown }> = {
      choice: {
        prompt: { stem: 'Thủ đô?', options: ['Hà Nội', 'Huế', 'Vinh'], multiple: false },
        key: { right: [0] },
      },
      trueFalse: { prompt: { stem: 'Hà Nội là Thủ đô.' }, key: { right: true } },
      essay: {
        prompt: { stem: 'Bạn sẽ làm gì?', maxWords: 200 },
        key: { rubric: [{ text: 'Nêu việc cụ thể', points: 100 }] },
      },
      info: { prompt: { stem: 'Đọc đoạn sau.' }, key: null },
    };
    for (const [kind, { prompt, key }] of Object.entries(samples)) {
      expect(gradings.has(kind)).toBe(true);
      const added = await admin.post(`/api/desk/banks/${bank}/questions`, {
        code: kind,
        kind,
        prompt,
        key,
        explanation: 'Vì thế.',
        citation: { document: 'Hiến pháp 2013', section: '', source: '', validity: '' },
        topic: kind,
        difficulty: 1,
        tags: [],
        points: 100,
      });
      expect([kind, added.status, added.text.slice(0, 300)]).toEqual([kind, 201, added.text.slice(0, 300)]);
      const { questions } = server.context.database.tables;
      await server.context.database.atomic([
        server.context.database.query.update(questions).set({ status: 'approved' }),
      ]);
    }
    await admin.put(`/api/desk/banks/${bank}`, { practice: true });
    server.context.announcer.announce('bank:');
    await server.app.http.inject({ method: 'GET', url: '/api/study/banks' });
    const ask = async (topic: string) => (await next(guest, { topic }, bank)).body.next;
    await expect.poll(() => ask('essay')).not.toBeNull();
    expect(await ask('info')).toBeNull();
    const essay = await send(guest, await ask('essay'), 'Tôi sẽ trồng cây.');
    expect(essay.body).toMatchObject({
      share: null,
      question: { key: 'Nêu việc cụ thể (1 điểm)', answer: 'Tôi sẽ trồng cây.' },
    });
    expect((await send(guest, await ask('trueFalse'), true)).body.share).toBe(1);
  });

  it('is not opened for a bank that a round which is not settled draws from, nor for questions of it', async () => {
    const contest = await openContest(server);
    const { database } = server.context;
    const { banks, rounds } = database.tables;
    const own = eq(banks.uid, contest.bank);
    await database.atomic([database.query.update(banks).set({ shipped: false }).where(own)]);
    const open = () => admin.put(`/api/desk/banks/${contest.bank}`, { practice: true });
    expect(await open()).toMatchObject({ status: 409, body: { code: 'banks.inRound' } });
    expect((await next(guest, {}, contest.bank)).status).toBe(404);
    const listed = await admin.get(`/api/desk/banks/${contest.bank}/questions?limit=1`);
    const questions = listed.body.questions.map(({ id }: { id: string }) => id);
    for (const change of [{ moveTo: law }, { copyTo: law }])
      expect(
        await admin.post(`/api/desk/banks/${contest.bank}/questions/bulk`, { questions, ...change }),
      ).toMatchObject({ status: 409, body: { code: 'banks.inRound' } });
    await database.atomic([
      database.query
        .update(rounds)
        .set({ settledAt: server.clock.now() })
        .where(eq(rounds.uid, contest.round)),
    ]);
    expect((await open()).status).toBe(200);
  });
});
