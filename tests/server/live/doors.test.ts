import { createHash } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { seedBank } from '../../../server/banks/shipped.ts';
import type { LiveSettings } from '../../../server/contracts/live.ts';
import { Visitor } from '../../harness/visitor.ts';
import { asks, Ear, Hall, stage } from './hall.ts';

let hall: Hall;
const desk = (path = ''): string => `/api/desk/live${path}`;

beforeAll(async () => {
  hall = await Hall.open((known) => [
    stage('quiz', { questions: asks(known.slice(0, 2)), readSeconds: 0, seconds: 3 }),
    stage('poll'),
  ]);
});
afterAll(() => hall.close());

/** A draft of the organiser, with these settings changed. */
async function draft(change: (settings: LiveSettings) => void) {
  const created = await hall.organiser.post(desk(), { title: 'Bản nháp' });
  const { settings, version, id, title } = created.body;
  settings.stages = [stage('quiz', { questions: asks(hall.questions.slice(0, 2)) })];
  change(settings);
  return hall.organiser.put(desk(`/${id}`), { expectedVersion: version, title, settings });
}

async function opened(change: (settings: LiveSettings) => void) {
  const saved = await draft(change);
  const open = await hall.organiser.post(desk(`/${saved.body.id}/open`));
  expect(open.status, open.text).toBe(200);
  return open.body;
}

const join = (pin: string, body: object, who = new Visitor(hall.server)) =>
  who.post(`/api/live/pins/${pin}/players`, { device: `device-${Math.random()}`.replace('.', ''), ...body });

describe('the desk', () => {
  it('tells the kinds of stages with defaults that fit, and where phones must go', async () => {
    const { body } = await hall.organiser.get(desk('/stages'));
    expect(body.stages.map(({ kind }: { kind: string }) => kind)).toEqual([
      'bell',
      'cloud',
      'pause',
      'poll',
      'quiz',
    ]);
    const { addresses } = (await hall.organiser.get(desk('/addresses'))).body;
    expect(addresses.length).toBeGreaterThan(0);
    expect(addresses.every(({ origin }: { origin: string }) => URL.canParse(origin))).toBe(true);
  });

  it('lets an organiser choose questions, by words or by what was chosen, without their keys', async () => {
    const all = await hall.organiser.get(desk('/questions?limit=50'));
    expect(all.body.total).toBe(12);
    expect(Object.keys(all.body.questions[0]).sort()).toEqual([
      'code',
      'difficulty',
      'id',
      'kind',
      'stem',
      'topic',
    ]);
    const found = await hall.organiser.get(desk(`/questions?q=${encodeURIComponent('CAU HOI SO 11')}`));
    expect(found.body.questions).toMatchObject([{ stem: 'Câu hỏi số 11 của hội trường' }]);
    const ids = hall.questions.slice(3, 5).map(({ uid }) => uid);
    expect((await hall.organiser.get(desk(`/questions?ids=${ids.join(',')}`))).body.total).toBe(2);
    expect((await hall.organiser.get(desk('/questions?q=%25'))).body.total).toBe(0);
  });

  it('says what must be put right, with its place, and does not open before', async () => {
    const saved = await draft((settings) => {
      settings.stages = [
        stage('quiz', { questions: [] }),
        stage('quiz', {
          questions: asks([{ uid: '01900000-0000-7000-8000-000000000000', kind: '', key: null }]),
        }),
        { kind: 'quiz', title: '', settings: { seconds: 'x' } },
        { kind: 'jury', title: '', settings: {} },
      ];
      settings.names = 'roster';
      settings.teams = { mode: 'own', formedBy: 'host', score: 'sum', names: ['Một'] };
    });
    const places = saved.body.problems.map(({ path }: { path: string }) => path).sort();
    expect(places).toEqual([
      'roster',
      'stages.0.settings.questions',
      'stages.1.settings.questions.0',
      'stages.2.settings',
      'stages.3.kind',
      'teams.names',
    ]);
    const open = await hall.organiser.post(desk(`/${saved.body.id}/open`));
    expect(open.body).toMatchObject({ code: 'live.cannotOpen' });
    expect(open.body.errors.length).toBe(6);
    expect((await hall.organiser.delete(desk(`/${saved.body.id}`))).status).toBe(204);
    expect((await hall.organiser.get(desk(`/${saved.body.id}`))).status).toBe(404);
  });

  it('says of a text with too many gaps that it cannot be played on a phone', async () => {
    const about = { slug: 'dien-nhieu', title: 'Điền', description: '', licence: 'CC0', documents: {} };
    const cloze = (code: string, count: number) => ({
      code,
      kind: 'cloze',
      prompt: {
        stem: Array.from({ length: count }, (_, i) => `{{${i + 1}}}`).join(' '),
        gaps: Array.from({ length: count }, () => ({ kind: 'text' })),
      },
      key: { gaps: Array.from({ length: count }, () => ({ accept: ['một'], accents: true, case: false })) },
      ...{ explanation: '', citation: null, topic: 'Điền', difficulty: 1 as const, tags: [], points: 100 },
    });
    const questions = [cloze('dien-8', 8), cloze('dien-9', 9)];
    await seedBank(hall.server.context, { ...about, questions });
    const found = await hall.organiser.get(desk('/questions?kinds=cloze'));
    expect(found.body.questions).toMatchObject([
      { code: 'dien-8' },
      { stem: Array(9).fill('____').join(' ') },
    ]);
    const chosen = found.body.questions.map(({ id }: { id: string }) => ({ uid: id, kind: '', key: null }));
    const saved = await draft((settings) => {
      settings.stages = [stage('quiz', { questions: asks(chosen) })];
    });
    expect(saved.body.problems).toMatchObject([
      { path: 'stages.0.settings.questions.1', vi: 'Có quá nhiều chỗ trống để điền trên điện thoại.' },
    ]);
  });

  it('saves at the version that was seen, opens twice as once, and keeps what is open as it is', async () => {
    const saved = await draft(() => undefined);
    const { id, version, title, settings } = saved.body;
    const stale = { expectedVersion: version - 1, title, settings };
    expect((await hall.organiser.put(desk(`/${id}`), stale)).body.code).toBe('conflict');
    const [one, two] = await Promise.all([1, 2].map(() => hall.organiser.post(desk(`/${id}/open`))));
    expect(one?.body.pin).toMatch(/^[1-9]\d{5}$/);
    expect(two?.body.pin).toBe(one?.body.pin);
    const later = { expectedVersion: version, title, settings };
    expect((await hall.organiser.put(desk(`/${id}`), later)).body.code).toBe('live.opened');
    expect((await hall.organiser.delete(desk(`/${id}`))).body.code).toBe('live.opened');
    const copy = await hall.organiser.post(desk(`/${id}/copy`));
    expect(copy.body).toMatchObject({ state: 'draft', pin: null, settings });
    expect((await hall.organiser.get(desk())).body.sessions.length).toBeGreaterThan(2);
  });

  it('draws the questions of a blueprint when it opens', async () => {
    const banks = await hall.organiser.get('/api/desk/banks');
    const bank = banks.body.banks.find(({ slug }: { slug: string }) => slug === 'ngan-hang-thu').id;
    const cells = [{ banks: [bank], topics: [], kinds: ['choice'], difficulties: [], count: 4 }];
    const flags = { leaveOutEarlierRounds: false, leaveOutSeen: false, approvedOnly: false };
    const blueprint = { cells, shuffleQuestions: true, shuffleOptions: true, ...flags };
    const open = await opened((settings) => {
      settings.stages = [stage('quiz', { questions: [], blueprint })];
    });
    const host = hall.ear(hall.cookie);
    await host.follow(open.id, 'host', { client: 'client-of-draw' });
    expect((await host.until('host', () => true)).view.stages).toMatchObject([{ questions: 4 }]);
  });

  it('rehearses with simulated players who answer, and are marked', async () => {
    const { body } = await hall.organiser.post(desk(`/${hall.live}/rehearsal`), { players: 8 });
    expect(body).toMatchObject({ state: 'open', rehearsal: true, players: 8 });
    const host = hall.ear(hall.cookie);
    await host.follow(body.id, 'host', { client: 'client-of-rehearsal' });
    const press = (n: number, what: string, more: object = {}) =>
      host.ask('live:command', { v: 1, id: `rehearsal-${n}-press`, do: what, ...more });
    await press(1, 'takeControl');
    await press(2, 'start', { seen: 99 });
    await press(3, 'next', { seen: 99 });
    await host.until('counts', ({ counts }) => counts.answered > 0);
    const { players } = (await hall.organiser.get(desk(`/${body.id}/players`))).body;
    expect(players.every(({ simulated }: { simulated: boolean }) => simulated)).toBe(true);
    expect((await hall.organiser.delete(desk(`/${body.id}`))).status).toBe(204);
  });

  it('gives passes: a remote control is a host, a projector is a screen and no more', async () => {
    const hostPass = (await hall.organiser.post(desk(`/${hall.live}/passes`), { as: 'host' })).body;
    const screenPass = (await hall.organiser.post(desk(`/${hall.live}/passes`), { as: 'screen' })).body;
    expect(hostPass.path).toBe(`/dieu-khien/${hall.live}#${hostPass.token}`);
    const remote = hall.ear();
    const client = 'client-of-remote';
    expect(await remote.follow(hall.live, 'host', { client, token: hostPass.token })).toMatchObject({
      ok: true,
    });
    const press = { v: 1, id: 'remote-press-1', do: 'takeControl' };
    expect(await remote.ask('live:command', press)).toMatchObject({ ok: true });
    await hall.host.until('host', ({ view }) => view.control?.client === client);
    const projector = hall.ear();
    const asHost = { client, token: screenPass.token };
    expect(await projector.follow(hall.live, 'host', asHost)).toEqual({ refused: 'live.token' });
    expect(await projector.follow(hall.live, 'screen', { token: screenPass.token })).toMatchObject({
      ok: true,
    });
    expect(await projector.ask('live:command', { ...press, id: 'projector-press' })).toEqual({
      refused: 'live.notInControl',
    });
    await hall.say({ do: 'takeControl' });
  });

  it('lets hosts be added, who may then host, and nobody else', async () => {
    const other = await new Visitor(hall.server).register();
    await other.become('organiser');
    expect((await other.get(desk(`/${hall.live}`))).status).toBe(404);
    const added = await hall.organiser.put(desk(`/${hall.live}/hosts/${other.uid}`));
    expect(added.body.hosts.map(({ id }: { id: string }) => id)).toContain(other.uid);
    expect((await other.get(desk(`/${hall.live}`))).status).toBe(200);
    await hall.organiser.delete(desk(`/${hall.live}/hosts/${other.uid}`));
    expect((await other.get(desk(`/${hall.live}/log`))).status).toBe(404);
  });
});

describe('the way in', () => {
  it('is a PIN and a QR code', async () => {
    const page = await new Visitor(hall.server).get(`/api/live/pins/${hall.pin}`);
    expect(page.body).toMatchObject({ live: hall.live, closed: null, names: 'free', proof: null });
    expect((await new Visitor(hall.server).get('/api/live/pins/000000')).status).toBe(404);
    const qr = await hall.server.app.http.inject({ url: `/api/live/qr.svg?pin=${hall.pin}` });
    expect(qr.headers['content-type']).toContain('image/svg+xml');
    expect(qr.body).toContain('<svg');
  });

  it('can be locked, and full', async () => {
    await hall.say({ do: 'lock' });
    expect((await join(hall.pin, { name: 'Khóa' })).body.code).toBe('live.locked');
    await hall.say({ do: 'unlock' });
    const small = await opened((settings) => {
      settings.maxPlayers = 2;
    });
    const codes = await Promise.all(
      ['Một', 'Hai', 'Ba'].map(async (name) => (await join(small.pin, { name })).body.code),
    );
    expect(codes.filter((code) => code === 'live.full').length).toBe(1);
  });

  it('lets hosts rename, where names may be twice and where they may not', async () => {
    await hall.join('Tên xấu');
    await hall.join('Tên đẹp');
    const { players } = (await hall.organiser.get(desk(`/${hall.live}/players?q=ten`))).body;
    const [first] = players;
    await expect(hall.say({ do: 'rename', player: first.number, name: 'TÊN ĐẸP' })).rejects.toThrow(
      'nameTaken',
    );
    await hall.say({ do: 'rename', player: first.number, name: 'Tên mới' });
    const found = await hall.organiser.get(desk(`/${hall.live}/players?q=${encodeURIComponent('tên mới')}`));
    expect(found.body.players).toMatchObject([{ number: first.number, name: 'Tên mới' }]);
  });

  it('finds names on a roster, each once, whose units are teams', async () => {
    const roster = [
      { name: 'Nguyễn Thị Ánh', unit: 'Phường Hồng Hà' },
      { name: 'Đỗ Văn Ba', unit: 'Xã Ba Vì' },
      { name: 'Nguyễn Văn Cường', unit: 'Phường Hồng Hà' },
    ];
    const session = await opened((settings) => {
      settings.names = 'roster';
      settings.roster = roster;
      settings.teams = { mode: 'own', formedBy: 'units', score: 'sum', names: [] };
    });
    const find = async (q: string) =>
      (await new Visitor(hall.server).get(`/api/live/pins/${session.pin}/roster?q=${encodeURIComponent(q)}`))
        .body.entries;
    expect(await find('nguyen')).toMatchObject([{ entry: 0 }, { entry: 2 }]);
    const joined = await join(session.pin, { entry: 0 });
    expect(joined.body).toMatchObject({
      name: 'Nguyễn Thị Ánh',
      team: { number: 1, name: 'Phường Hồng Hà' },
    });
    expect(await find('nguyen')).toMatchObject([{ entry: 2 }]);
    expect((await join(session.pin, { entry: 0 })).body.code).toBe('live.nameTaken');
    expect((await join(session.pin, { name: 'Ai đó' })).body.code).toBe('live.notOnRoster');
    expect((await join(session.pin, { entry: 1 })).body.team).toMatchObject({ number: 2 });
    expect((await join(session.pin, { entry: 2 })).body.team).toMatchObject({ number: 1 });
    const { events } = (await hall.organiser.get(desk(`/${session.id}/log`))).body;
    expect(JSON.stringify(events)).not.toContain('Nguyễn');
  });

  it('asks for an account where the session does, and knows it on another device', async () => {
    const session = await opened((settings) => {
      settings.names = 'accounts';
    });
    expect((await join(session.pin, { name: 'Ai đó' })).body.code).toBe('auth.required');
    const an = await new Visitor(hall.server).register({ name: 'Lê Thị An' });
    const first = await join(session.pin, {}, an);
    expect(first.body).toMatchObject({ number: 1, name: 'Lê Thị An' });
    expect((await join(session.pin, {}, an)).body).toMatchObject({ number: 1, token: first.body.token });
    const data = await an.get('/api/me/export');
    expect(data.text).toContain('Bản nháp');
    // Who is erased is nobody on the list, in the row and in memory.
    const { accounts, live } = hall.server.app;
    const { database, announcer, clock } = hall.server.context;
    const { people } = database.tables;
    const [person] = await database.query
      .select({ id: people.id })
      .from(people)
      .where(eq(people.uid, an.uid));
    await database.atomic(accounts.personalData.erasing(person?.id ?? 0, clock.now()));
    announcer.announce(`person:${person?.id}`);
    const room = (await live.rooms.byUid(session.id))?.room;
    await expect.poll(() => room?.people.name(1)).toBe('');
    const rows = await database.query.select().from(database.tables.livePlayers);
    expect(JSON.stringify(rows)).not.toMatch(/Lê Thị An|lethian/i);
  });

  it('asks for a proof of work where the session does, each good once', async () => {
    const session = await opened((settings) => {
      settings.proofOfWork = true;
    });
    expect((await join(session.pin, { name: 'Máy 1' })).body.code).toBe('live.proofNeeded');
    const { proof } = (await new Visitor(hall.server).get(`/api/live/pins/${session.pin}`)).body;
    let n = 0;
    const bitsOf = (): number =>
      Math.clz32(createHash('sha256').update(`${proof.salt}:${n}`).digest().readUInt32BE(0));
    while (bitsOf() < proof.bits) n += 1;
    const solved = { salt: proof.salt, n };
    expect((await join(session.pin, { name: 'Người', proof: { ...solved, n: n + 1 } })).status).toBe(409);
    expect((await join(session.pin, { name: 'Người', proof: solved })).status).toBe(200);
    expect((await join(session.pin, { name: 'Máy 2', proof: solved })).body.code).toBe('live.proofNeeded');
  });

  it('is the way back too, from another address of the machine, to the same player', async () => {
    const { token, number } = await hall.join('Người trở lại');
    const ear = new Ear(hall.port, '', 'localhost');
    expect(await ear.follow(hall.live, 'player', { token })).toMatchObject({ ok: true });
    expect((await ear.me()).number).toBe(number);
    ear.close();
  });
});
