import { beforeAll, expect, it } from 'vitest';
import { hashPassword } from '../../server/accounts/passwords.ts';
import { newAccount } from '../../server/accounts/registering.ts';
import { REAL_COST, startServer, type TestServer } from '../harness/app.ts';
import { openContest, type TestContest, withoutFields } from '../harness/contest.ts';
import { type Answer, PASSWORD, Visitor } from '../harness/visitor.ts';

/** A school behind one address: three hundred pupils in one minute, with the limits as they ship. */
const PUPILS = 300;
const MINUTE_MS = 60_000;
let server: TestServer;
let contest: TestContest;

beforeAll(async () => {
  server = await startServer(
    undefined,
    { HOITHI_LIMIT_FACTOR: '1', HOITHI_HASH_LANES: '2' },
    undefined,
    REAL_COST,
  );
  contest = await openContest(server, (draft) => {
    draft.settings.consents = [];
    draft.settings.guests = true;
    withoutFields(draft);
  });
  // Their accounts are there already; one hash will do for the password that all of them have.
  const hash = await hashPassword(PASSWORD, REAL_COST);
  const extras = { unitId: null, group: null, consents: {} };
  for (let i = 0; i < PUPILS; i++) {
    const details = { name: `Học Sinh ${i}`, userName: `hoc.sinh.${i}` };
    const { statements } = await newAccount(server.app.accounts, details, hash, extras);
    await server.context.database.atomic(statements);
  }
}, 120_000);

const pupil = (i: number): Visitor => {
  const visitor = new Visitor(server, '203.0.113.50');
  visitor.userName = `hoc.sinh.${i}`;
  return visitor;
};

async function signInInTurn(visitor: Visitor): Promise<Answer> {
  let ticket: string | undefined;
  for (;;) {
    const reply = await visitor.signIn(ticket === undefined ? {} : { ticket });
    if (reply.body.code !== 'auth.wait') return reply;
    ticket = reply.body.facts.ticket;
    await new Promise((again) => setTimeout(again, 200));
  }
}

it('signs in, enters, starts and saves, and nobody is told that there were too many', async () => {
  const began = server.clock.now();
  const refused: string[] = [];
  const fine = (step: string, reply: Answer): Answer => {
    if (reply.status !== 200) refused.push(`${step}: ${reply.status} ${reply.body?.code}`);
    return reply;
  };
  const go = async (i: number): Promise<void> => {
    const visitor = pupil(i);
    fine('sign-in', await signInInTurn(visitor));
    fine('page', await visitor.get(`/api/contests/${contest.slug}`));
    fine('entry', await visitor.post(`/api/contests/${contest.slug}/entry`, { consents: [] }));
    const started = fine('start', await visitor.post(`/api/rounds/${contest.round}/attempts`, { number: 1 }));
    for (let n = 1; n <= 3; n++) {
      const { statusCode } = await server.app.http.inject({
        method: 'POST',
        url: `/api/attempts/${started.body.id}/answers`,
        remoteAddress: '203.0.113.50',
        payload: { device: 'phone1', n, base: n - 1, changes: {} },
        headers: { authorization: `Attempt ${started.body.token}` },
      });
      if (statusCode !== 200) refused.push(`save: ${statusCode}`);
    }
  };
  await Promise.all(Array.from({ length: PUPILS }, (_, i) => go(i)));
  expect(refused).toEqual([]);
  // A slow machine must not be what keeps them within the limits.
  expect(server.clock.now() - began).toBeLessThan(3 * MINUTE_MS);
}, 240_000);

it('lets its guests in as well, three hundred at once', async () => {
  const replies = await Promise.all(
    Array.from({ length: PUPILS }, (_, i) =>
      new Visitor(server, '203.0.113.50').post(`/api/contests/${contest.slug}/entry`, {
        name: `Khách ${i}`,
        consents: [],
      }),
    ),
  );
  expect(replies.filter(({ status }) => status !== 200).map(({ text }) => text)).toEqual([]);
}, 120_000);

it('is let in although one of its pupils guesses the password of another without end', async () => {
  const guesser = new Visitor(server, '203.0.113.50');
  const answers: number[] = [];
  for (let i = 0; i < 40; i++)
    answers.push(
      (await guesser.post('/api/sessions', { login: 'hoc.sinh.7', password: `đoán lần ${i}` })).status,
    );
  expect(answers.at(-1)).toBe(429);
  expect((await signInInTurn(pupil(8))).status).toBe(200);
  const atHome = pupil(7);
  atHome.address = '198.51.100.9';
  expect((await signInInTurn(atHome)).status).toBe(200);
}, 60_000);
