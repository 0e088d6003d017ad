import Sqlite from 'better-sqlite3';
import { Secret, TOTP } from 'otpauth';
import { build } from 'vite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadShippedBanks } from '../../questions/banks/index.ts';
import { Caller, type Reply } from '../harness/caller.ts';
import { temporaryFolder } from '../harness/databases.ts';
import { Product } from '../harness/product.ts';

/**
 * The product as it ships, talking as much as it can (debug), through a whole contest and through everything that goes
 * wrong on the way, a database without tables included. Then all that it wrote and answered is searched for secrets.
 */
const folder = temporaryFolder();
const file = `${folder}/product.db`;
let product: Product;
let written = '';
let firstAdminToken = '';

/** What must never be in a log line, with a name to tell it by. */
const secrets: (readonly [name: string, text: string])[] = [];
const keep = (name: string, text: string): string => {
  secrets.push([name, text]);
  return text;
};

const PASSWORD = keep('password', 'mot mat khau rat dai 4711');
const NEW_PASSWORD = keep('new password', 'mat khau moi hoan toan 0815');
const WRONG_PASSWORD = keep('wrong password', 'khong phai mat khau nay 99');
const PHONE = keep('phone', '0987612345');
const OTHER_PHONE = keep('other phone', '0912377889');
keep('phone without zero', '987612345');
keep('other phone without zero', '912377889');
const CITIZEN_ID = keep('citizen id', '001090123456');
const EMAIL = keep('e-mail', 'nguyen.bi.mat@example.vn');
const ENTRY_CODE = keep('entry code', 'BIMAT-VONG-1');
const BAD_TOKEN = keep('bad token', '1.ZZZZZZZZZZZZZZZZZZZZZZ');

let admin: Caller;
let an: Caller;
let guest: Caller;
const callers = (): readonly Caller[] => [admin, an, guest];

interface Started {
  readonly id: string;
  readonly token: string;
  readonly questions: readonly { readonly kind: string }[];
}
let contest: { readonly id: string; readonly slug: string; readonly round: string };
let attempt: Started;
let person = '';
let bank = '';

beforeAll(async () => {
  product = await Product.spawn({
    location: file,
    dataDir: folder,
    env: { HOITHI_LOG_LEVEL: 'debug', HOITHI_SEED: 'yes' },
  });
  for (const stream of [product.child.stdout, product.child.stderr])
    stream?.on('data', (bytes: Buffer) => {
      written += bytes.toString();
    });
  await product.until('/readyz');
  firstAdminToken = await linkToken();
  const origin = `http://127.0.0.1:${product.port}`;
  admin = new Caller(origin);
  an = new Caller(origin);
  guest = new Caller(origin);
}, 90_000);

afterAll(() => product.stop());

/** Printed for whoever started the server: the one secret that is meant to be read there. */
async function linkToken(): Promise<string> {
  for (const since = Date.now(); Date.now() - since < 20_000; ) {
    const token = /\/bat-dau#(\S+)/.exec(written)?.[1];
    if (token !== undefined) return token;
    await new Promise((again) => setTimeout(again, 50));
  }
  throw new Error('no link for the first admin');
}

const fine = (reply: Reply): Reply => {
  expect(reply.status, `${reply.text}\n${written.slice(-3000)}`).toBeLessThan(300);
  return reply;
};

describe('the product at its most talkative', () => {
  it('lets the first admin make a contest with an entry code', async () => {
    const made = await admin.inTurn('POST', '/api/accounts/first-admin', {
      token: firstAdminToken,
      name: 'Quản Trị',
      userName: 'quan.tri',
      password: PASSWORD,
    });
    keep('recovery code', fine(made).body.recoveryCode);
    const banks = await admin.get('/api/desk/banks');
    bank = fine(banks).body.banks.find((one: { slug: string }) => one.slug === 'nghi-quyet-15').id;
    const draft = await admin.post('/api/desk/contests', {
      title: 'Cuộc thi kín',
      preset: 'weeklyQuiz',
      opensAt: Date.now() - 60_000,
      rounds: 1,
      banks: [bank],
    });
    const { id, version, title, slug, summary, page, image, settings, rounds } = fine(draft).body;
    settings.guests = true;
    Object.assign(settings.fields, { birthDate: 'optional', citizenId: 'required', unit: 'no' });
    const [{ id: round, title: name, opensAt, closesAt, durationMs, settings: own }] = rounds;
    own.entry.code = ENTRY_CODE;
    const first = { id: round, title: name, opensAt, closesAt, durationMs, settings: own };
    const saved = await admin.put(`/api/desk/contests/${id}`, {
      expectedVersion: version,
      ...{ title, slug, summary, page, image, settings, rounds: [first] },
    });
    const open = await admin.post(`/api/desk/contests/${id}/publish`, {
      expectedVersion: fine(saved).body.version,
      understandsPublicKeys: true,
    });
    contest = { id, slug, round: fine(open).body.rounds[0].id };
  });

  it('lets a citizen and a guest in, who give a phone and a citizen id', async () => {
    await an.post('/api/accounts', { name: 'An', password: '123', phone: PHONE, consentVersion: 1 });
    const registered = await an.inTurn('POST', '/api/accounts', {
      name: 'Nguyễn Văn An',
      password: PASSWORD,
      phone: `+84${PHONE.slice(1)}`,
      email: EMAIL,
      userName: 'nguyen.an',
      birthDate: '1990-05-05',
      consentVersion: 1,
    });
    keep('recovery code of a citizen', fine(registered).body.recoveryCode);
    person = registered.body.person.uid;
    const consents = [{ id: 'personalData', version: 1 }];
    fine(await an.post(`/api/contests/${contest.slug}/entry`, { citizenId: CITIZEN_ID, consents }));
    const entered = await guest.post(`/api/contests/${contest.slug}/entry`, {
      name: 'Khách',
      phone: OTHER_PHONE,
      citizenId: CITIZEN_ID,
      consents,
    });
    keep('code of a guest', fine(entered).body.guest.code);
    keep('link of a guest', entered.body.guest.link.split('#ma=')[1]);
  });

  it('signs in wrongly and rightly, recovers, resets, and turns on a second factor', async () => {
    const login = { login: PHONE, password: WRONG_PASSWORD };
    expect((await an.inTurn('POST', '/api/sessions', login)).body.code).toBe('auth.failed');
    fine(await an.inTurn('POST', '/api/sessions', { ...login, password: PASSWORD }));
    const reset = await admin.post(`/api/people/${person}/reset-codes`, {
      checkedBy: 'inPerson',
      reason: 'quên mật khẩu',
    });
    const code = keep('reset code', fine(reset).body.code);
    const wrong = { login: EMAIL, code: 'AAAA-AAAA-AAAA', newPassword: NEW_PASSWORD };
    expect((await an.inTurn('POST', '/api/accounts/recover', wrong)).body.code).toBe('auth.wrongCode');
    const recovered = await an.inTurn('POST', '/api/accounts/recover', { ...wrong, code });
    keep('next recovery code', fine(recovered).body.recoveryCode);
    const factor = await admin.inTurn('POST', '/api/me/second-factor', { password: PASSWORD });
    const secret = keep('secret of the second factor', fine(factor).body.secret);
    const totp = new TOTP({ secret: Secret.fromBase32(secret) });
    fine(await admin.put('/api/me/second-factor', { totp: totp.generate() }));
    const without = await admin.inTurn('POST', '/api/sessions', { login: 'quan.tri', password: PASSWORD });
    expect(without.body.code).toBe('auth.secondFactor');
    keep('ticket', without.body.facts.ticket);
  });

  it('goes through a whole attempt, with tokens and bodies that are wrong', async () => {
    const start = `/api/rounds/${contest.round}/attempts`;
    expect((await an.post(start, { number: 1, code: 'sai-ma' })).body.code).toBe('round.wrongCode');
    const started = await an.post(start, { number: 1, code: ENTRY_CODE });
    attempt = fine(started).body;
    keep('attempt token', attempt.token);
    const save = (token: string, body: object | string) =>
      an.ask('POST', `/api/attempts/${attempt.id}/answers`, body, { authorization: `Attempt ${token}` });
    const changes = Object.fromEntries(
      attempt.questions.map(({ kind }, i) => [
        i,
        kind === 'choice' ? [0] : kind === 'trueFalse' ? true : '7',
      ]),
    );
    const body = { device: 'phone1', n: 1, base: 0, changes };
    expect((await save(BAD_TOKEN, body)).status).toBe(401);
    expect((await save(attempt.token, '{"device":')).status).toBe(400);
    expect((await save(attempt.token, { ...body, n: -1 })).status).toBe(400);
    expect((await save(attempt.token, `{"x":"${'y'.repeat(1_100_000)}"}`)).status).toBe(413);
    fine(await save(attempt.token, body));
    fine(await an.get(`/api/attempts/${attempt.id}`));
    const submitted = await an.ask(
      'POST',
      `/api/attempts/${attempt.id}/submit`,
      {},
      {
        authorization: `Attempt ${attempt.token}`,
      },
    );
    fine(submitted);
    fine(await an.get(`/api/attempts/${attempt.id}/result`));
    const board = `round-${contest.round}`;
    await expect.poll(async () => (await an.get(`/api/leaderboards/${board}`)).body.total).toBe(1);
    for (const path of ['', '/units', '/search?q=nguyen', '/me'])
      await an.get(`/api/leaderboards/${board}${path}`);
    for (const format of ['csv', 'xlsx'])
      fine(await admin.get(`/api/desk/leaderboards/${board}/export?format=${format}&of=people`));
    fine(await admin.get(`/api/people?q=${PHONE}`));
    fine(await admin.get(`/api/people?q=${CITIZEN_ID}`));
    fine(await admin.get('/api/audit'));
    fine(await an.get('/api/me'));
    fine(await an.get('/api/me/export'));
  });

  it('lets people study and practise, but not with a bank that is closed', async () => {
    const listed = fine(await guest.get('/api/study/banks')).body.banks;
    expect(listed.length).toBeGreaterThan(2);
    for (const { id } of listed) {
      fine(await guest.get(`/api/study/banks/${id}`));
      fine(await guest.post(`/api/study/banks/${id}/next`, { avoid: [] }));
    }
    expect((await an.get(`/api/study/banks/${bank}`)).status).toBe(404);
    expect((await an.post(`/api/study/banks/${bank}/next`, { avoid: [] })).status).toBe(404);
    const { questions } = fine(await admin.get(`/api/desk/banks/${bank}/questions?limit=20`)).body;
    for (const { id, version } of questions) {
      const body = { version, seed: '0123456789abcdef', answer: null };
      expect((await an.post(`/api/study/questions/${id}/answer`, body)).status).toBe(404);
    }
    fine(await an.get('/api/study/progress'));
    const { documents } = fine(await guest.get('/api/documents')).body;
    for (const { slug } of documents) fine(await guest.get(`/api/documents/${slug}`));
    fine(await guest.get('/api/documents/luat-thu-do-2024/sections/toan-van'));
  });

  it('plays a live question up to the reveal', async () => {
    const questions = await admin.get(`/api/desk/banks/${bank}/questions?kind=choice&limit=5`);
    const asked = fine(questions).body.questions.slice(0, 2);
    const { stages, settings } = fine(await admin.get('/api/desk/live/stages')).body;
    const quiz = stages.find(({ kind }: { kind: string }) => kind === 'quiz').defaults;
    quiz.questions = asked.map(({ id }: { id: string }) => ({ question: id, seconds: null, points: null }));
    Object.assign(quiz, { readSeconds: 0, reveal: 'host' });
    settings.stages = [{ kind: 'quiz', title: 'Đố nhanh', settings: quiz }];
    const made = await admin.post('/api/desk/live', { title: 'Hội trường kín', settings });
    const live = `/api/desk/live/${fine(made).body.id}`;
    const { pin } = fine(await admin.post(`${live}/open`, {})).body;
    keep('pass of a host', fine(await admin.post(`${live}/passes`, { as: 'host' })).body.token);
    const device = keep('device of a player', 'may-bi-mat-0123456789');
    const joined = await guest.post(`/api/live/pins/${pin}/players`, { device, name: 'Khách Bí Mật' });
    const token = keep('token of a player', fine(joined).body.token);
    const press = (n: number, what: string) =>
      admin.post(`${live}/commands`, { v: 1, id: `secret-press-${n}`, do: what, seen: 99 });
    await admin.post(`${live}/commands`, { v: 1, id: 'secret-press-0', do: 'takeControl' });
    fine(await press(1, 'start'));
    fine(await press(2, 'next'));
    const headers = { authorization: `Live ${token}` };
    const me = () => guest.ask('GET', `/api/live/${fine(made).body.id}/me`, undefined, headers);
    const { question } = fine(await me()).body.view;
    const answer = { asking: question.asking, answer: [0] };
    fine(await guest.ask('POST', `/api/live/${fine(made).body.id}/answers`, answer, headers));
    await expect.poll(async () => (await me()).body.view.phase).toBe('graded');
    fine(await guest.get(`/api/live/pins/${pin}`));
    for (const path of ['/log', '/replay', '/report', '/players']) fine(await admin.get(`${live}${path}`));
  });

  it('answers 5xx and nothing else when tables are missing, whatever was asked', async () => {
    const statuses = new Set<number>();
    const again = new Caller(an.origin);
    for (const table of [
      'login_names',
      'people',
      'sessions',
      'codes',
      'logins',
      'audit_log',
      'entries',
      'results',
    ]) {
      for (const reply of await without(table, () => everythingWithSecrets(again))) {
        statuses.add(reply.status);
        if (reply.status < 500) continue;
        expect(Object.keys(reply.body).sort()).toEqual([
          'code',
          'messages',
          'requestId',
          'status',
          'title',
          'type',
        ]);
        expect(reply.text).not.toMatch(/select|insert|sqlite|drizzle|no such table|node_modules|\.ts:/i);
      }
    }
    expect([...statuses].filter((status) => status >= 500).length, [...statuses].join()).toBeGreaterThan(0);
    callers()[0]?.heard.push(...again.heard);
    for (const token of again.tokens) keep('cookie', token);
    expect(written).toContain('"problem":"');
    fine(await an.get('/api/contests'));
  });

  it('wrote no secret to its log', () => {
    const log = written.replaceAll(firstAdminToken, '');
    for (const caller of callers()) for (const token of caller.tokens) keep('cookie', token);
    expect(log.split('\n').filter((line) => line.startsWith('{')).length).toBeGreaterThan(10);
    expect(secrets.length).toBeGreaterThan(20);
    const found = secrets.flatMap(([name, text]) =>
      [text, text.replaceAll('-', ''), encodeURIComponent(text)].some((form) => log.includes(form))
        ? [name]
        : [],
    );
    expect(found).toEqual([]);
    expect(/\$argon2id\$|hoithi=|params:/.exec(log)?.[0] ?? null).toBeNull();
  });

  it('wrote and answered no key, explanation or hash before the release', () => {
    const database = new Sqlite(file, { readonly: true });
    const rows = database.prepare('select key, explanation, citation from question_keys').all() as {
      readonly key: string;
      readonly explanation: string;
      readonly citation: string | null;
    }[];
    database.close();
    expect(rows.length).toBeGreaterThan(150);
    // The admin may read keys, and is not one of those who must not.
    const heard = `${written}\n${[...an.heard, ...guest.heard].join('\n')}`;
    expect(heard.length).toBeGreaterThan(10_000);
    const told = rows.filter(({ explanation }) => heard.includes(JSON.stringify(explanation).slice(1, -1)));
    expect(told).toEqual([]);
    // A line of a board has an opaque key of twelve characters, and a section of a document its name: no answer's key.
    const flag =
      /"(?:right|accept|tolerance|explanation|correct)":|"key":(?!null|"[\w-]{12}"|"[a-z0-9.-]+","parent":")|\$argon2id\$/;
    expect(flag.exec(heard)?.[0] ?? null).toBeNull();
  });

  it('tells nobody the phone or citizen id of another', () => {
    const others = [...guest.heard, ...admin.heard].join('\n');
    for (const [name, text] of secrets.filter(([name]) => /^phone|citizen id/.test(name)))
      expect(others.includes(text), name).toBe(false);
  });
});

describe('what everybody can read', () => {
  it('holds no question of a shipped bank: the description of the doors, the built client', async () => {
    const banks = await loadShippedBanks();
    const docs = await fetch(`http://127.0.0.1:${product.port}/docs/json`).then((reply) => reply.text());
    expect(JSON.parse(docs).paths).toHaveProperty('/api/contests');
    const built = await build({ configFile: 'vite.config.ts', logLevel: 'error', build: { write: false } });
    const files = [built].flat().flatMap((one) => ('output' in one ? one.output : []));
    const client = files.map((one) =>
      one.type === 'chunk' ? one.code : Buffer.from(one.source).toString('utf8'),
    );
    expect(client.length).toBeGreaterThan(20);
    const all = [docs, ...client].join('\n').normalize('NFC');
    const found = banks.flatMap(({ questions }) =>
      questions.flatMap(({ code, prompt, explanation }) =>
        [prompt.stem, explanation].some((text) => all.includes(text) || all.includes(asEscaped(text)))
          ? [code]
          : [],
      ),
    );
    expect(banks.flatMap(({ questions }) => questions).length).toBeGreaterThan(190);
    expect(found).toEqual([]);
  }, 120_000);
});

const asEscaped = (text: string): string => JSON.stringify(text).slice(1, -1);

/** Takes a table away behind the server's back, and gives it back. */
async function without(table: string, work: () => Promise<readonly Reply[]>): Promise<readonly Reply[]> {
  const rename = (from: string, to: string): void => {
    const database = new Sqlite(file, { timeout: 10_000 });
    database.pragma('foreign_keys = off');
    database.exec(`alter table ${from} rename to ${to}`);
    database.close();
  };
  rename(table, `${table}_away`);
  try {
    return await work();
  } finally {
    rename(`${table}_away`, table);
  }
}

/** Every door that takes something secret, each once; `as` is somebody without a session, An and the admin bring theirs. */
async function everythingWithSecrets(as: Caller): Promise<readonly Reply[]> {
  const registration = {
    name: 'Bình',
    password: PASSWORD,
    phone: OTHER_PHONE,
    email: EMAIL,
    consentVersion: 1,
  };
  return [
    await as.inTurn('POST', '/api/sessions', { login: PHONE, password: NEW_PASSWORD }),
    await as.inTurn('POST', '/api/accounts', { ...registration, citizenId: CITIZEN_ID }),
    await as.inTurn('POST', '/api/accounts/recover', {
      login: PHONE,
      code: secrets.find(([name]) => name === 'next recovery code')?.[1] ?? '',
      newPassword: NEW_PASSWORD,
    }),
    await as.post('/api/guests/return', {
      contest: contest.slug,
      code: secrets.find(([name]) => name === 'code of a guest')?.[1] ?? '',
    }),
    await as.post(`/api/contests/${contest.slug}/entry`, {
      name: 'Khách',
      phone: OTHER_PHONE,
      citizenId: CITIZEN_ID,
      consents: [{ id: 'personalData', version: 1 }],
    }),
    await an.get('/api/me'),
    await an.ask('PATCH', '/api/me', { phone: OTHER_PHONE, address: 'phố', password: NEW_PASSWORD }),
    await an.post(`/api/rounds/${contest.round}/attempts`, { number: 2, code: ENTRY_CODE }),
    await an.get(`/api/attempts/${attempt.id}/result`),
    await an.post('/api/me/recovery-code', { password: NEW_PASSWORD }),
    await admin.get(`/api/people?q=${PHONE}`),
    await admin.get(`/api/people?q=${CITIZEN_ID}`),
    await admin.get(`/api/people/${person}`),
    await admin.get('/api/audit'),
    await as.get(`/api/leaderboards/round-${contest.round}/search?q=${PHONE}`),
    await as.get(`/api/leaderboards/round-${contest.round}/search?q=nguyen`),
  ];
}
