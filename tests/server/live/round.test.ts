import { afterAll, beforeAll, expect, it } from 'vitest';
import { startServer, type TestServer } from '../../harness/app.ts';
import { openContest, type TestContest } from '../../harness/contest.ts';
import { Visitor } from '../../harness/visitor.ts';
import { Ear, stage } from './hall.ts';

/** A live round: what was played in the hall stands on the contest's leaderboard. */
let server: TestServer;
let contest: TestContest;
let host: Ear;
let port = 0;
let presses = 0;

const cookieOf = ({ cookies }: Visitor): string => [...cookies].map((pair) => pair.join('=')).join('; ');

beforeAll(async () => {
  server = await startServer();
  contest = await openContest(server);
  port = Number(new URL(await server.app.http.listen({ port: 0, host: '127.0.0.1' })).port);
});
afterAll(() => host?.close());

const say = async (what: string, more: object = {}): Promise<void> => {
  const steps = ['start', 'next', 'closeEarly', 'reveal', 'end'];
  const seen = steps.includes(what) ? { seen: host.newest('host')?.version ?? 0 } : {};
  const press = { v: 1, id: `round-press-${++presses}`, do: what, ...seen, ...more };
  expect(await host.ask('live:command', press)).toMatchObject({ ok: true });
};

it('enters the results of those who have an account, once, when the session ends', async () => {
  const { owner } = contest;
  const questions = await owner.get(`/api/desk/live/questions?bank=${contest.bank}&kinds=choice&limit=3`);
  const asked = questions.body.questions.map(({ id }: { id: string }) => ({
    ...{ question: id, seconds: null, points: null },
  }));
  const { settings } = (await owner.get('/api/desk/live/stages')).body;
  settings.names = 'accounts';
  settings.stages = [
    stage('quiz', { questions: asked, readSeconds: 0, scoring: 'accuracy', closeWhenAllAnswered: false }),
  ];
  const made = await owner.post('/api/desk/live', { title: 'Chung kết', round: contest.round, settings });
  expect(made.body).toMatchObject({ round: { id: contest.round }, contest: { id: contest.id } });
  const live: string = made.body.id;
  const { pin } = (await owner.post(`/api/desk/live/${live}/open`)).body;
  host = new Ear(port, cookieOf(owner));
  await host.follow(live, 'host', { client: 'client-of-round' });
  await say('takeControl');

  const people = await Promise.all(
    ['Nguyễn Thị Nhất', 'Trần Văn Nhì', 'Lê Vắng'].map((name) => new Visitor(server).register({ name })),
  );
  const phones = [];
  for (const [i, person] of people.entries()) {
    const joined = await person.post(`/api/live/pins/${pin}/players`, { device: `device-of-round-${i}` });
    const ear = new Ear(port);
    await ear.follow(live, 'player', { token: joined.body.token });
    phones.push(ear);
  }
  await say('start');
  for (let round = 0; round < 3; round++) {
    while (host.newest('host')?.view.phase !== 'asked') await say('next');
    const question = host.newest('host')?.view.question;
    // The first answers everything until one is right; the second always the first option; the third nothing.
    await phones[0]?.answer(question?.asking ?? 0, [round]);
    await phones[1]?.answer(question?.asking ?? 0, [0]);
    await say('closeEarly');
    await host.until(
      'host',
      ({ view }) => view.phase === 'revealed' && view.question?.asking === question?.asking,
    );
  }
  const report = (await owner.get(`/api/desk/live/${live}/report`)).body;
  const figures = (await owner.get(`/api/desk/live/${live}/statistics`)).body;
  expect(figures.attempts).toBe(2);
  expect(figures.items.map(({ n, blanks }: { n: number; blanks: number }) => [n, blanks])).toEqual(
    report.questions.map(() => [2, 0]),
  );
  // Facility is the report's share of right answers, among the two who answered at all.
  const facilities = figures.items.map(({ facility }: { facility: number }) => Math.round(facility));
  const shares = report.questions.map(({ right }: { right: number }) => Math.round((100 * right) / 2));
  expect(facilities.sort()).toEqual(shares.sort());
  const chosen = figures.items.map(({ options }: { options: { count: number }[] }) =>
    options.reduce((sum, { count }) => sum + count, 0),
  );
  expect(chosen).toEqual([2, 2, 2]);
  expect((await people[0]?.get(`/api/desk/live/${live}/statistics`))?.status).toBe(403);
  await say('end');
  for (const ear of phones) ear.close();

  const { database } = server.context;
  const results = await database.query.select().from(database.tables.results);
  expect(results.length).toBe(2);
  const pointsOf = (name: string): number =>
    report.players.find((player: { name: string }) => player.name === name).points;
  expect(results.map(({ marks }) => marks).sort((a, b) => a - b)).toEqual(
    [pointsOf('Nguyễn Thị Nhất') * 100, pointsOf('Trần Văn Nhì') * 100].sort((a, b) => a - b),
  );
  await expect
    .poll(async () => (await owner.get(`/api/leaderboards/round-${contest.round}`)).body.total)
    .toBe(2);
  // The attempt holds what was asked and answered, as any other does.
  const data = (await people[1]?.get('/api/me/export'))?.text ?? '';
  expect(data).toContain('"answers"');
});
