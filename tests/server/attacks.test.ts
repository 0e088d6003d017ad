import { beforeAll, describe, expect, it } from 'vitest';
import { startServer, type TestServer } from '../harness/app.ts';
import { type Draft, openContest, type TestContest, withoutFields } from '../harness/contest.ts';
import { onBothDatabases } from '../harness/databases.ts';
import { PASSWORD, Visitor } from '../harness/visitor.ts';

/** What somebody tries who has read the source: each was tried by hand first, and those that worked are kept here. */

function asksNothing(draft: Draft): void {
  draft.settings.consents = [];
  withoutFields(draft);
}

interface Started {
  readonly id: string;
  readonly token: string;
}

async function enterAndStart(visitor: Visitor, { slug, round }: TestContest): Promise<Started> {
  await visitor.post(`/api/contests/${slug}/entry`, { consents: [] });
  const started = await visitor.post(`/api/rounds/${round}/attempts`, { number: 1 });
  if (started.status !== 200) throw new Error(started.text);
  return started.body;
}

describe('with the limits as they ship', () => {
  let server: TestServer;
  let contest: TestContest;
  beforeAll(async () => {
    server = await startServer(undefined, { HOITHI_LIMIT_FACTOR: '1' });
    contest = await openContest(server, asksNothing);
  }, 60_000);

  const save = (token: string, address: string, n: number) =>
    server.app.http.inject({
      method: 'POST',
      url: `/api/attempts/${address}/answers`,
      payload: { device: 'phone1', n, base: 0, changes: {} },
      headers: { authorization: `Attempt ${token}` },
    });

  it('an attempt is limited by its token, whatever address its saves are sent to', async () => {
    const { token } = await enterAndStart(await new Visitor(server).register(), contest);
    const statuses: number[] = [];
    for (let n = 1; n <= 140; n++) statuses.push((await save(token, `made-up-${n}`, n)).statusCode);
    expect(statuses.filter((status) => status === 200).length).toBeGreaterThanOrEqual(120);
    expect(statuses.at(-1)).toBe(429);
  });

  it('nobody uses up the saves of another by writing their address', async () => {
    const mine = await enterAndStart(await new Visitor(server).register(), contest);
    const theirs = await enterAndStart(await new Visitor(server).register(), contest);
    for (let n = 1; n <= 140; n++) await save(mine.token, theirs.id, n);
    expect((await save(theirs.token, theirs.id, 1)).statusCode).toBe(200);
  });

  it('whose phone has an account cannot be asked without end', async () => {
    const asker = new Visitor(server, '198.51.100.77');
    await new Visitor(server).register({ phone: '0912345678' });
    const answers = new Set<string>();
    // Each further question costs a second of computing, and those are limited by address in turn.
    for (let i = 0; i < 1200 && !answers.has('auth.proofNeeded'); i++) {
      const reply = await asker.post('/api/accounts', {
        name: 'An',
        password: PASSWORD,
        phone: '0912345678',
        consentVersion: 1,
      });
      answers.add(reply.body.code);
    }
    expect([...answers]).toEqual(['taken', 'auth.proofNeeded']);
  });

  it('the tree of units cannot be copied without end, and others still search', async () => {
    const copier = new Visitor(server, '198.51.100.78');
    const statuses = new Set<number>();
    for (let i = 0; i < 4000 && !statuses.has(429); i++)
      statuses.add((await copier.get(`/api/units?q=chi%20bo%20${i}`)).status);
    expect([...statuses]).toEqual([200, 429]);
    expect((await new Visitor(server, '198.51.100.79').get('/api/units?q=chi')).status).toBe(200);
  });

  it('one network of IPv6 is one address, however many it has', async () => {
    const victim = await new Visitor(server).register();
    const statuses: number[] = [];
    for (let i = 0; i < 30; i++) {
      const asker = new Visitor(server, `2001:db8:1:2::${(i + 1).toString(16)}`);
      statuses.push(
        (await asker.post('/api/sessions', { login: victim.userName, password: `sai ${i} rồi` })).status,
      );
    }
    expect(statuses.filter((status) => status === 401).length).toBeLessThanOrEqual(12);
    expect(statuses.at(-1)).toBe(429);
    expect((await victim.signIn()).status).toBe(200);
  });

  it('a token of one kind is none of another', async () => {
    const { id, token } = await enterAndStart(await new Visitor(server).register(), contest);
    const [key = ''] = token.split('.');
    const forged = [
      id,
      id.replace('-', '.'),
      `${key}.${id.split('-')[1]}`,
      `${token} `,
      token.toUpperCase(),
      ` ${token}`,
      `0${token}`,
    ];
    for (const one of forged.filter((text) => text !== token)) {
      const { statusCode, body } = await save(one, id, 1);
      expect([statusCode, JSON.parse(body).code], one).toEqual([401, 'attempt.token']);
    }
    for (const share of [token.replace('.', '-'), id, `${key}-${token.split('.')[1]}`])
      expect((await new Visitor(server).get(`/api/shared-results/${share}`)).status).toBe(404);
  });

  it('an answer sheet takes nothing but answers to its own questions', async () => {
    const { id, token } = await enterAndStart(await new Visitor(server).register(), contest);
    const send = (changes: string) =>
      server.app.http.inject({
        method: 'POST',
        url: `/api/attempts/${id}/answers`,
        payload: `{"device":"phone1","n":1,"base":0,"changes":${changes}}`,
        headers: { authorization: `Attempt ${token}`, 'content-type': 'application/json' },
      });
    for (const changes of [
      '{"":[0]}',
      '{" 1":[0]}',
      '{"0x1":[0]}',
      '{"1e0":[0]}',
      '{"-1":[0]}',
      '{"length":1}',
      '{"__proto__":{"a":1}}',
      '{"constructor":{"prototype":{"a":1}}}',
    ])
      expect((await send(changes)).statusCode, changes).toBe(400);
    expect(Reflect.get({}, 'a')).toBeUndefined();
  });
});

it('an organiser signs nobody of the staff out by naming them for a unit', async () => {
  const server = await startServer();
  const reason = 'phụ trách đơn vị';
  const [organiser, admin, citizen] = [
    await (await new Visitor(server).register()).become('organiser'),
    await (await new Visitor(server).register()).become('admin'),
    await new Visitor(server).register(),
  ];
  const { uid } = (await organiser.post('/api/units', { name: 'Phường Thử' })).body;
  const door = `/api/units/${uid}/officers`;
  for (let i = 0; i < 2; i++) {
    expect((await organiser.post(door, { person: admin.uid, reason })).status).toBe(200);
    expect((await admin.get('/api/me')).status).toBe(200);
    await organiser.delete(`${door}/${admin.uid}`, { reason });
  }
  // Whoever had no role until now signs in again.
  await organiser.post(door, { person: citizen.uid, reason });
  expect((await citizen.get('/api/me')).status).toBe(401);
});

describe('people without an account', () => {
  it('stay in contests that let such people in', async () => {
    const server = await startServer();
    const open = await openContest(server, (draft) => {
      asksNothing(draft);
      draft.settings.guests = true;
    });
    const closed = await openContest(server, asksNothing);
    const guest = new Visitor(server);
    expect(
      (await guest.post(`/api/contests/${open.slug}/entry`, { name: 'Khách', consents: [] })).status,
    ).toBe(200);
    const refused = await guest.post(`/api/contests/${closed.slug}/entry`, { consents: [] });
    expect([refused.status, refused.body.code]).toEqual([401, 'auth.required']);
    expect((await guest.post(`/api/rounds/${closed.round}/attempts`, { number: 1 })).body.code).toBe(
      'round.entryNeeded',
    );
  });
});

onBothDatabases('values that no form sends', (databases) => {
  let server: TestServer;
  let contest: TestContest;
  beforeAll(async () => {
    server = await startServer(await databases.location());
    contest = await openContest(server, (draft) => {
      asksNothing(draft);
      draft.settings.names = 'full';
    });
    await new Visitor(server).get(`/api/leaderboards/round-${contest.round}`);
  }, 90_000);

  it('are refused or found nowhere, and never an error of the server', async () => {
    const admin = await (await new Visitor(server).register()).become('admin');
    const board = `round-${contest.round}`;
    await expect
      .poll(async () => (await admin.get(`/api/leaderboards/${board}`)).status, { timeout: 20_000 })
      .toBe(200);
    const texts = [
      '9'.repeat(100),
      '2147483648',
      '99999999999999999999',
      '%00',
      'a%00b',
      '%25',
      '_',
      '%ED%A0%80',
      '%F0%9F%98%80',
      "'",
      '%5C',
      '%E2%80%AE',
    ];
    const bad: string[] = [];
    for (const text of texts) {
      for (const path of [
        `/api/leaderboards/${board}/search?q=${text}`,
        `/api/leaderboards/${board}?offset=${text}`,
        `/api/leaderboards/${board}?unit=${text}`,
        `/api/people?q=${text}`,
        `/api/people/${text}`,
        `/api/units?q=${text}`,
        `/api/units?offset=${text}`,
        `/api/audit?before=${text}`,
        `/api/audit?subject=${text}`,
        `/api/contests/${text}`,
        `/api/attempts/${text}`,
        `/api/shared-results/${text}`,
        `/api/media/${text}`,
        `/api/desk/banks/${contest.bank}/questions?offset=${text}`,
        `/api/desk/banks/${contest.bank}/questions?q=${text}`,
      ]) {
        const { status } = await admin.get(path);
        if (status >= 500) bad.push(`${path} → ${status}`);
      }
    }
    expect(bad).toEqual([]);
  });

  it('are refused in bodies too', async () => {
    const admin = await (await new Visitor(server).register()).become('admin');
    const citizen = await new Visitor(server).register();
    await citizen.post(`/api/contests/${contest.slug}/entry`, { consents: [] });
    const bad: string[] = [];
    for (const text of ['a\u0000b', '\ud800 a', `${'a'.repeat(90)}\u0000`, '\u202ea', '9'.repeat(60)]) {
      const asked: readonly (readonly ['POST' | 'PUT' | 'PATCH', string, object])[] = [
        ['POST', '/api/sessions', { login: text, password: text }],
        [
          'POST',
          '/api/accounts',
          {
            name: text,
            password: PASSWORD,
            userName: 'ai.do.1',
            title: text,
            address: text,
            consentVersion: 1e15,
          },
        ],
        ['PATCH', '/api/me', { name: text, title: text, address: text }],
        ['POST', '/api/units', { name: text, code: text, block: text, headcount: 2_147_483_648 }],
        [
          'POST',
          '/api/desk/contests',
          { title: text, preset: 'oneAttempt', opensAt: 8.64e15, rounds: 52, banks: [contest.bank] },
        ],
        ['POST', `/api/desk/contests/${contest.id}/copy`, { title: text, opensAt: 8.64e15 }],
        ['POST', `/api/desk/contests/${contest.id}/copy`, { title: text, opensAt: 0 }],
        ['POST', `/api/desk/rounds/${contest.round}/freeze`, { reason: `${text} lý do` }],
        ['POST', `/api/desk/rounds/${contest.round}/reveal`, { reason: `${text} lý do` }],
        [
          'POST',
          `/api/desk/rounds/${contest.round}/extend`,
          { expectedVersion: 1e18, closesAt: 8.64e15, reason: `${text} lý do` },
        ],
        [
          'PUT',
          `/api/desk/rounds/${contest.round}/extra-time`,
          { person: citizen.uid, extraMs: 14_400_000, reason: `${text} lý do` },
        ],
        ['POST', `/api/people/${citizen.uid}/reset-codes`, { checkedBy: 'phone', reason: `${text} lý do` }],
        [
          'POST',
          '/api/desk/banks',
          {
            slug: `ngan-hang-${Math.random().toString(36).slice(2)}`,
            title: text,
            description: text,
            licence: text,
          },
        ],
        ['POST', `/api/rounds/${contest.round}/attempts`, { number: 1, code: text.slice(0, 40) }],
        ['POST', '/api/guests/return', { contest: text, code: text.slice(0, 60) }],
      ];
      for (const [method, url, body] of asked) {
        const { status, text: said } = await (url.startsWith('/api/rounds') || url === '/api/me'
          ? citizen
          : admin
        ).ask(method, url, body);
        if (status >= 500)
          bad.push(`${method} ${url} ${JSON.stringify(text)} → ${status} ${said.slice(0, 80)}`);
      }
      const { database } = server.context;
      expect(await database.query.select().from(database.tables.rounds)).not.toEqual([]);
    }
    expect(bad).toEqual([]);
  });
});
