import { io } from 'socket.io-client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FIRST_DAY, startServer, type TestServer } from '../harness/app.ts';
import { openContest, type TestContest, withoutFields } from '../harness/contest.ts';
import { dropPostgres, freshPostgres } from '../harness/databases.ts';
import { Visitor } from '../harness/visitor.ts';

/** A contest from its making to its settlement, through the doors, by an organiser and two citizens, on both databases. */
let server: TestServer;
let contest: TestContest;
let an: Visitor;
let binh: Visitor;
/** Everything that anybody but staff was answered before the release. */
const heard: string[] = [];

const DURATION_MS = 15 * 60_000;

async function openEverything(location?: string): Promise<void> {
  heard.length = 0;
  server = await startServer(location);
  contest = await openContest(server, (draft) => {
    draft.settings.consents = [];
    withoutFields(draft);
    for (const round of draft.rounds)
      Object.assign(round.settings.release, { result: 'submit', keys: 'close', explanations: 'close' });
  });
  an = await new Visitor(server).register({ name: 'Nguyễn Văn An' });
  binh = await new Visitor(server).register({ name: 'Trần Thị Bình' });
}

async function as(who: Visitor, method: 'GET' | 'POST', url: string, body?: object) {
  const answer = await who.ask(method, url, body);
  heard.push(answer.text);
  return answer;
}

/** A save or a submit with the attempt's token. */
async function withToken(token: string, url: string, payload: object) {
  const reply = await server.app.http.inject({
    method: 'POST',
    url,
    payload,
    headers: { authorization: `Attempt ${token}` },
  });
  heard.push(reply.body);
  return { status: reply.statusCode, body: reply.json() };
}

interface Started {
  id: string;
  token: string;
  deadline: number;
  startedAt: number;
  questions: { kind: string; prompt: { stem: string; options?: string[] } }[];
}

async function start(who: Visitor): Promise<Started> {
  expect((await as(who, 'POST', `/api/contests/${contest.slug}/entry`, { consents: [] })).status).toBe(200);
  const started = await as(who, 'POST', `/api/rounds/${contest.round}/attempts`, { number: 1 });
  expect(started.status, started.text).toBe(200);
  return started.body;
}

describe.each(['SQLite', 'PostgreSQL'] as const)('an open round on %s', (database) => {
  let first: Started;
  const made: string[] = [];

  beforeAll(async () => {
    if (database === 'SQLite') return openEverything(undefined);
    const { url, name } = await freshPostgres();
    made.push(name);
    await openEverything(url);
  }, 120_000);

  afterAll(async () => {
    await server.close();
    await dropPostgres(made);
  });

  it('is seen by everybody, and taken by those who entered', async () => {
    const list = await as(new Visitor(server), 'GET', '/api/contests');
    expect(list.body.now.map(({ slug }: { slug: string }) => slug)).toContain(contest.slug);
    const page = await as(new Visitor(server), 'GET', `/api/contests/${contest.slug}`);
    expect(page.body.rounds[0].state).toBe('open');
    const refused = await as(an, 'POST', `/api/rounds/${contest.round}/attempts`, { number: 1 });
    expect(refused.body.code).toBe('round.entryNeeded');
    first = await start(an);
    expect(first.questions).toHaveLength(20);
    expect(first.deadline - first.startedAt).toBe(DURATION_MS);
    const again = await as(an, 'POST', `/api/rounds/${contest.round}/attempts`, { number: 1 });
    expect(again.body).toEqual(first);
  });

  it('keeps each answer, and gives them to another device', async () => {
    const answers = first.questions.map((question) =>
      question.kind === 'choice' ? [0] : question.kind === 'trueFalse' ? true : '12',
    );
    for (const [i, answer] of answers.entries()) {
      const saved = await withToken(first.token, `/api/attempts/${first.id}/answers`, {
        device: 'phone1',
        n: i + 1,
        base: i,
        changes: { [i]: answer },
      });
      expect(saved).toMatchObject({ status: 200, body: { n: i + 1, seq: i + 1 } });
      expect(saved.body).not.toHaveProperty('refused');
    }
    const resumed = await as(an, 'GET', `/api/attempts/${first.id}`);
    expect(Object.keys(resumed.body.answers)).toHaveLength(20);
    expect((await as(binh, 'GET', `/api/attempts/${first.id}`)).status).toBe(404);
  });

  it('refuses a token that was not given, and an answer that is none', async () => {
    const url = `/api/attempts/${first.id}/answers`;
    const body = { device: 'phone1', n: 99, base: 20, changes: { 0: 'x'.repeat(900), 77: [1] } };
    expect((await withToken('1.AAAAAAAAAAAAAAAAAAAAAA', url, body)).body.code).toBe('attempt.token');
    expect((await withToken(first.token, url, body)).body.refused).toContain('77');
  });

  it('gives a result at the submit, the same however often, and moves the board', async () => {
    const board = `round-${contest.round}`;
    await server.app.http.listen({ port: 0, host: '127.0.0.1' });
    const address = server.app.http.server.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    const socket = io(`http://127.0.0.1:${port}`, { transports: ['websocket'] });
    const messages: { people: { total: number } }[] = [];
    socket.on('board', (message) => messages.push(message));
    socket.emit('board:follow', { board });
    await expect.poll(() => messages.length).toBe(1);
    server.clock.advance(60_000);
    const url = `/api/attempts/${first.id}/submit`;
    const receipts = await Promise.all(Array.from({ length: 5 }, () => withToken(first.token, url, {})));
    expect(new Set(receipts.map((receipt) => JSON.stringify(receipt))).size).toBe(1);
    expect(receipts[0]?.body).toMatchObject({ state: 'submitted', answered: 20, questions: 20 });
    await expect.poll(() => messages.at(-1)?.people.total).toBe(1);
    heard.push(...messages.map((message) => JSON.stringify(message)));
    socket.disconnect();
    const me = await as(an, 'GET', `/api/leaderboards/${board}/me`);
    expect(me.body.me).toMatchObject({ rank: 1, of: 1 });
    const result = await as(an, 'GET', `/api/attempts/${first.id}/result`);
    expect(result.body.marks).toBe(me.body.me.marks);
    expect(result.body.questions[0]).not.toHaveProperty('key');
    expect(
      (await as(new Visitor(server), 'GET', `/api/shared-results/${result.body.share}`)).body,
    ).not.toHaveProperty('name');
  });

  it('hands everybody what is kept of their own attempts', async () => {
    const { body } = await an.get('/api/me/export');
    const { attempts } = body.parts;
    expect(attempts).toHaveLength(1);
    expect(attempts[0]).toMatchObject({ number: 1 });
    expect(attempts[0].answers).toHaveLength(20);
  });

  it('closes what nobody submitted, with what was saved', async () => {
    const second = await start(binh);
    await withToken(second.token, `/api/attempts/${second.id}/answers`, {
      device: 'tablet',
      n: 1,
      base: 0,
      changes: { 0: null },
      predicted: 5,
    });
    server.clock.advance(DURATION_MS + 10_000);
    expect(await server.app.attempts.sweeper.sweep()).toBe(1);
    const late = await withToken(second.token, `/api/attempts/${second.id}/submit`, {});
    expect(late.body.state).toBe('timedOut');
    const mine = await as(binh, 'GET', `/api/rounds/${contest.round}/attempts`);
    expect(mine.body).toMatchObject({ next: 2, left: 6, why: null });
  });

  it('told nobody a key, an explanation or a source before the release, on any channel', async () => {
    const { questionKeys } = server.context.database.tables;
    const keys = await server.context.database.query.select().from(questionKeys);
    expect(keys.length).toBeGreaterThan(100);
    expect(heard.length).toBeGreaterThan(30);
    const text = heard.join('\n');
    for (const { explanation, citation } of keys) {
      expect(text).not.toContain(JSON.stringify(explanation).slice(1, -1));
      if (citation !== null && citation.source.length > 20) expect(text).not.toContain(citation.source);
    }
    for (const flag of [
      '"key":[',
      '"key":true',
      '"key":false',
      '"right"',
      '"correct"',
      '"explanation"',
      '"accept"',
      '"share":0',
      '"tolerance"',
    ])
      expect(text).not.toContain(flag);
  });

  it('shows keys and explanations once the round is settled', async () => {
    server.clock.set(FIRST_DAY + 30 * 86_400_000);
    await server.app.attempts.sweeper.sweep();
    await server.app.boards.settling.settle();
    await expect
      .poll(async () => (await an.get(`/api/attempts/${first.id}/result`)).body.questions[0].explanation, {
        timeout: 5000,
      })
      .toBeTruthy();
    const { body } = await an.get(`/api/attempts/${first.id}/result`);
    const total = body.questions.reduce(
      (sum: number, question: { marks: number }) => sum + question.marks,
      0,
    );
    expect(total).toBe(body.marks);
    expect(body.questions[0]).toHaveProperty('key');
    await expect
      .poll(async () => (await an.get(`/api/leaderboards/round-${contest.round}`)).body.final, {
        timeout: 5000,
      })
      .toBe(true);
  });
});
