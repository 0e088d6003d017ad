import { beforeAll, describe, expect, it } from 'vitest';
import { startServer, type TestServer } from '../../harness/app.ts';
import { type Draft, openContest, type TestContest, withoutFields } from '../../harness/contest.ts';
import { pngOf } from '../../harness/picture.ts';
import { Visitor } from '../../harness/visitor.ts';
import { HOUR } from './sample.ts';

const CODE = 'MA-BI-MAT-77';
const consents = [{ id: 'personalData', version: 1 }];

let server: TestServer;

beforeAll(async () => {
  server = await startServer();
}, 60_000);

function open(change: (draft: Draft) => void = () => undefined): Promise<TestContest> {
  return openContest(server, (draft) => {
    withoutFields(draft);
    change(draft);
  });
}

/** What the desk shows, as the body of a save. */
async function shownBody({ owner, id }: TestContest, change: (body: Record<string, unknown>) => void) {
  const { body } = await owner.get(`/api/desk/contests/${id}`);
  const { version, title, slug, summary, page, image, settings } = body;
  const rounds = body.rounds.map((round: Record<string, unknown>) => ({
    id: round.id,
    title: round.title,
    opensAt: round.opensAt,
    closesAt: round.closesAt,
    durationMs: round.durationMs,
    settings: round.settings,
  }));
  const save = { expectedVersion: version, title, slug, summary, page, image, settings, rounds };
  change(save);
  return owner.put(`/api/desk/contests/${id}`, save);
}

describe('the desk', () => {
  it('makes a contest from a bank in four requests, and making it twice makes one', async () => {
    const owner = await new Visitor(server).register();
    await owner.become('organiser');
    const presets = await owner.get('/api/desk/presets');
    expect(presets.body.presets.map(({ id }: { id: string }) => id)).toEqual(['weeklyQuiz', 'oneAttempt']);
    const id = '01890000-0000-7000-8000-000000000001';
    const begin = {
      id,
      title: 'Hội thi thử',
      preset: 'weeklyQuiz',
      opensAt: server.clock.now(),
      rounds: 2,
      banks: [],
    };
    const [first, second] = [
      await owner.post('/api/desk/contests', begin),
      await owner.post('/api/desk/contests', begin),
    ];
    expect([first.status, second.status]).toEqual([201, 201]);
    expect(second.body).toEqual(first.body);
    expect(first.body).toMatchObject({ id, slug: 'hoi-thi-thu', state: 'draft', version: 1 });
    const refused = await owner.post(`/api/desk/contests/${id}/publish`, { expectedVersion: 1 });
    expect(refused.status).toBe(400);
    expect(refused.body.errors[0]).toMatchObject({ path: 'rounds.0.settings.blueprint.cells.0.banks' });
    const another = await owner.post('/api/desk/contests', { ...begin, id: undefined });
    expect(another.body.slug).toBe('hoi-thi-thu-2');
    const list = await owner.get('/api/desk/contests');
    expect(list.body.contests).toHaveLength(2);
  });

  it('checks and previews a draft that was not saved, and tells that shipped keys are public', async () => {
    const contest = await open();
    const { body } = await contest.owner.get(`/api/desk/contests/${contest.id}`);
    const { title, slug, summary, settings } = body;
    const [round] = body.rounds;
    const cell = { banks: [contest.bank], topics: [], kinds: [], difficulties: [], count: 200 };
    const draft = {
      title,
      slug,
      summary,
      image: null,
      settings,
      page: '**Chào** [x](javascript:alert(1))',
      rounds: [
        {
          id: null,
          title: 'Mới',
          opensAt: round.opensAt,
          closesAt: round.closesAt,
          durationMs: round.durationMs,
          settings: { ...round.settings, blueprint: { ...round.settings.blueprint, cells: [cell] } },
        },
      ],
    };
    const check = await contest.owner.post('/api/desk/contests/check', draft);
    expect(check.status).toBe(200);
    expect(check.body.problems).toHaveLength(1);
    expect(check.body.problems[0].path).toBe('rounds.0.settings.blueprint.cells.0.count');
    expect(check.body.warnings.map(({ code }: { code: string }) => code)).toEqual(['shippedBank']);
    const preview = await contest.owner.post('/api/desk/contests/preview', draft);
    expect(preview.status).toBe(200);
    expect(preview.body.page).toEqual([
      {
        type: 'paragraph',
        spans: [{ text: 'Chào', bold: true }, { text: ' [x](javascript:alert(1))' }],
      },
    ]);
    expect(preview.body.rounds[0]).toMatchObject({ state: 'open', questions: 200 });
  });

  it('publishes on a bank with public keys only for who says to understand it, and logs that they did', async () => {
    const { owner, bank } = await open();
    const made = await owner.post('/api/desk/contests', {
      title: 'Thi thử trên câu hỏi ai cũng có',
      preset: 'oneAttempt',
      opensAt: server.clock.now(),
      rounds: 1,
      banks: [bank],
    });
    const door = `/api/desk/contests/${made.body.id}`;
    const expectedVersion = made.body.version;
    for (const said of [{}, { understandsPublicKeys: false }]) {
      const refused = await owner.post(`${door}/publish`, { expectedVersion, ...said });
      expect([refused.status, refused.body.code]).toEqual([409, 'contest.publicKeys']);
    }
    expect((await owner.get(door)).body.state).toBe('draft');
    const published = await owner.post(`${door}/publish`, { expectedVersion, understandsPublicKeys: true });
    expect([published.status, published.body.state]).toEqual([200, 'published']);
    const { title } = (await owner.get('/api/desk/banks')).body.banks.find(
      ({ id }: { id: string }) => id === bank,
    );
    const [newest] = (await owner.get(`${door}/changes`)).body.changes;
    expect(newest).toMatchObject({ action: 'contest.published', publicBanks: [title] });
  });

  it('asks the same when a published contest is to draw from another such bank, and of that one alone', async () => {
    const contest = await openContest(server, undefined, 2);
    const { banks } = (await contest.owner.get('/api/desk/banks')).body;
    const other = banks.find(({ slug }: { slug: string }) => slug === 'luat-thu-do-2024');
    const save = (said: Record<string, unknown>) =>
      shownBody(contest, (body) => {
        const [, second] = body.rounds as { settings: { blueprint: { cells: { banks: string[] }[] } } }[];
        for (const cell of second?.settings.blueprint.cells ?? []) cell.banks = [contest.bank, other.id];
        Object.assign(body, { reason: 'thêm câu hỏi', ...said });
      });
    for (const said of [{}, { understandsPublicKeys: false }])
      expect((await save(said)).body).toMatchObject({
        status: 409,
        code: 'contest.publicKeys',
        facts: { banks: `“${other.title}”` },
      });
    const saved = await save({ understandsPublicKeys: true });
    expect(saved.status).toBe(200);
    const [newest] = (await contest.owner.get(`/api/desk/contests/${contest.id}/changes`)).body.changes;
    expect(newest).toMatchObject({ action: 'contest.changed', publicBanks: [other.title] });
    const again = await shownBody(contest, (body) =>
      Object.assign(body, { page: 'Chữ mới', reason: 'sửa chữ' }),
    );
    expect(again.status).toBe(200);
  });

  it('changes what harms nobody after the opening, with a reason, and keeps the rest', async () => {
    const contest = await open();
    const without = await shownBody(contest, (body) => {
      body.page = 'Chữ mới';
    });
    expect(without.body).toMatchObject({ code: 'request.invalid', errors: [{ path: 'reason' }] });
    const saved = await shownBody(contest, (body) => {
      body.page = 'Chữ mới';
      body.reason = 'sửa lỗi chính tả';
    });
    expect(saved.status).toBe(200);
    const fixed = await shownBody(contest, (body) => {
      const [round] = body.rounds as { durationMs: number }[];
      if (round !== undefined) round.durationMs = 60_000;
      body.reason = 'thêm khó';
    });
    expect(fixed.status).toBe(409);
    expect(fixed.body).toMatchObject({ code: 'contest.fixed', errors: [{ path: 'rounds.0.durationMs' }] });
    const changes = await contest.owner.get(`/api/desk/contests/${contest.id}/changes`);
    expect(changes.body.changes[0]).toMatchObject({
      actor: 'Nguyễn Văn An',
      action: 'contest.changed',
      reason: 'sửa lỗi chính tả',
      paths: ['page'],
    });
    const page = await contest.owner.get(`/api/contests/${contest.slug}`);
    expect(page.body.page).toEqual([{ type: 'paragraph', spans: [{ text: 'Chữ mới' }] }]);
  });

  it('refuses who saw an older version', async () => {
    const contest = await open();
    const late = await shownBody(contest, (body) => {
      body.expectedVersion = 1;
      body.reason = 'không kịp';
    });
    expect(late.status).toBe(409);
    expect(late.body).toMatchObject({ code: 'conflict' });
    expect(late.body.facts.version).toBeGreaterThan(1);
    const zero = await shownBody(contest, (body) => {
      body.page = 'a\u0000b';
      body.reason = 'thử ký tự lạ';
    });
    expect(zero.status).toBe(400);
  });

  it('extends and closes a round; who is inside keeps their time', async () => {
    const contest = await open();
    const entrant = await new Visitor(server).register();
    await entrant.post(`/api/contests/${contest.slug}/entry`, { consents });
    const started = await entrant.post(`/api/rounds/${contest.round}/attempts`, { number: 1 });
    expect(started.status).toBe(200);
    const { body } = await contest.owner.get(`/api/desk/contests/${contest.id}`);
    const closesAt = body.rounds[0].closesAt + HOUR;
    const extend = { expectedVersion: body.version, closesAt, reason: 'mất điện diện rộng' };
    const extended = await contest.owner.post(`/api/desk/rounds/${contest.round}/extend`, extend);
    expect(extended.body.rounds[0].closesAt).toBe(closesAt);
    const again = await contest.owner.post(`/api/desk/rounds/${contest.round}/extend`, extend);
    expect(again.body.version).toBe(extended.body.version);
    const shorter = { ...extend, expectedVersion: extended.body.version, closesAt: closesAt - 1 };
    expect((await contest.owner.post(`/api/desk/rounds/${contest.round}/extend`, shorter)).status).toBe(400);
    const close = { expectedVersion: extended.body.version, reason: 'kết thúc sớm' };
    const closed = await contest.owner.post(`/api/desk/rounds/${contest.round}/close`, close);
    expect(closed.body.rounds[0].state).toBe('closed');
    const inside = await entrant.get(`/api/attempts/${started.body.id}`);
    expect(inside.body).toMatchObject({ state: 'open', deadline: started.body.deadline });
    const other = await new Visitor(server).register();
    const refused = await other.post(`/api/contests/${contest.slug}/entry`, { consents });
    expect(refused.body.code).toBe('round.notOpen');
  });

  it('gives back an outage and extra time to who is inside, once', async () => {
    const contest = await open();
    const entrant = await new Visitor(server).register();
    await entrant.post(`/api/contests/${contest.slug}/entry`, { consents });
    const started = await entrant.post(`/api/rounds/${contest.round}/attempts`, { number: 1 });
    const deadline = async () => (await entrant.get(`/api/attempts/${started.body.id}`)).body.deadline;
    const fromAt = started.body.startedAt + 1000;
    server.clock.set(fromAt + 120_000);
    const outage = { fromAt, toAt: fromAt + 60_000, reason: 'máy chủ dừng một phút' };
    for (let i = 0; i < 2; i += 1)
      expect((await contest.owner.post(`/api/desk/rounds/${contest.round}/outages`, outage)).status).toBe(
        200,
      );
    expect(await deadline()).toBe(started.body.deadline + 60_000);
    const extra = { person: entrant.uid, extraMs: 300_000, reason: 'người khiếm thị' };
    const given = await contest.owner.put(`/api/desk/rounds/${contest.round}/extra-time`, extra);
    expect(given.body).toEqual({ person: entrant.uid, extraMs: 300_000 });
    expect(await deadline()).toBe(started.body.deadline + 360_000);
    const future = { ...outage, toAt: server.clock.now() + HOUR };
    expect((await contest.owner.post(`/api/desk/rounds/${contest.round}/outages`, future)).status).toBe(400);
  });

  it('is closed to other organisers until they are added, and archives only what is over', async () => {
    const contest = await open();
    const other = await new Visitor(server).register();
    await other.become('organiser');
    expect((await other.get(`/api/desk/contests/${contest.id}`)).status).toBe(403);
    const added = await contest.owner.post(`/api/desk/contests/${contest.id}/organisers`, {
      person: other.uid,
    });
    expect(added.body.organisers).toHaveLength(2);
    const seen = await other.get(`/api/desk/contests/${contest.id}`);
    expect(seen.status).toBe(200);
    const archive = { expectedVersion: seen.body.version, reason: 'đã xong việc' };
    const early = await other.post(`/api/desk/contests/${contest.id}/archive`, archive);
    expect(early.body.code).toBe('contest.fixed');
    const close = { expectedVersion: seen.body.version, reason: 'kết thúc sớm' };
    const closed = await other.post(`/api/desk/rounds/${contest.round}/close`, close);
    const later = { ...archive, expectedVersion: closed.body.version };
    const archived = await other.post(`/api/desk/contests/${contest.id}/archive`, later);
    expect(archived.body.state).toBe('archived');
    const list = await other.get('/api/contests');
    expect(list.text).not.toContain(contest.id);
    const page = await other.get(`/api/contests/${contest.slug}`);
    expect(page.body).toMatchObject({ archived: true, phase: 'past' });
    const copied = await other.post(`/api/desk/contests/${contest.id}/copy`, {
      title: 'Bản sao',
      opensAt: server.clock.now() + HOUR,
    });
    expect(copied.body).toMatchObject({ state: 'draft', slug: 'ban-sao', entries: 0 });
    expect(copied.body.organisers.map(({ id }: { id: string }) => id)).toEqual([other.uid]);
  });
});

describe('public pages', () => {
  it('hold no code, no key and no name of an organiser, and come from memory with an ETag', async () => {
    const contest = await open((draft) => {
      const [round] = draft.rounds;
      if (round !== undefined) round.settings.entry.code = CODE;
    });
    const stranger = new Visitor(server);
    const [list, page] = [
      await stranger.get('/api/contests'),
      await stranger.get(`/api/contests/${contest.slug}`),
    ];
    expect(page.body.rounds[0].entry.code).toBe(true);
    for (const reply of [list, page]) {
      expect(reply.status).toBe(200);
      for (const secret of [CODE, '"right"', 'explanation"', 'Nguyễn Văn An', 'blueprint', contest.bank])
        expect(reply.text).not.toContain(secret);
    }
    for (const url of ['/api/contests', `/api/contests/${contest.slug}`]) {
      const { headers } = await server.app.http.inject({ url });
      const again = await server.app.http.inject({ url, headers: { 'if-none-match': String(headers.etag) } });
      expect([again.statusCode, again.body]).toEqual([304, '']);
      const zipped = await server.app.http.inject({ url, headers: { 'accept-encoding': 'gzip' } });
      expect(zipped.headers['content-encoding']).toBe('gzip');
      expect(zipped.rawPayload.length).toBeLessThan(page.text.length);
    }
    expect((await stranger.get('/api/contests/khong-co')).status).toBe(404);
  });

  it('change their states by the clock', async () => {
    const opensAt = server.clock.now() + HOUR;
    const contest = await open((draft) => {
      const [round] = draft.rounds;
      if (round !== undefined) Object.assign(round, { opensAt, closesAt: opensAt + HOUR });
    });
    const where = async () => {
      const { body } = await new Visitor(server).get('/api/contests');
      const phases = ['now', 'soon', 'past'] as const;
      return phases.find((phase) => body[phase].some(({ id }: { id: string }) => id === contest.id));
    };
    expect(await where()).toBe('soon');
    server.clock.set(opensAt);
    expect(await where()).toBe('now');
    const page = await new Visitor(server).get(`/api/contests/${contest.slug}`);
    expect(page.body.rounds[0].state).toBe('open');
    server.clock.set(opensAt + HOUR);
    expect(await where()).toBe('past');
  });

  it('show pictures that never change, and drafts to nobody', async () => {
    const contest = await open();
    const png = pngOf({ width: 200, height: 100 });
    const added = await contest.owner.post('/api/media', { data: png.toString('base64') });
    expect(added.body).toMatchObject({ type: 'image/png', bytes: png.length });
    const reply = await server.app.http.inject({ url: `/api/media/${added.body.id}` });
    expect(reply.headers['cache-control']).toContain('immutable');
    expect(reply.headers['content-type']).toBe('image/png');
    expect(reply.rawPayload.equals(png)).toBe(true);
    const large = await contest.owner.post('/api/media', {
      data: Buffer.alloc(1_000_100).toString('base64'),
    });
    expect(large.status).toBe(413);
    const draft = await contest.owner.post('/api/desk/contests', {
      title: 'Bản nháp bí mật',
      preset: 'oneAttempt',
      opensAt: server.clock.now(),
      rounds: 1,
      banks: [],
    });
    expect((await new Visitor(server).get('/api/contests')).text).not.toContain('Bản nháp');
    expect((await new Visitor(server).get(`/api/contests/${draft.body.slug}`)).status).toBe(404);
  });
});

describe('entering', () => {
  it('asks once: twice, and from two tabs, is one entry', async () => {
    const contest = await open((draft) => {
      draft.settings.fields.phone = 'required';
    });
    const entrant = await new Visitor(server).register();
    const url = `/api/contests/${contest.slug}/entry`;
    expect((await entrant.get(url)).body).toMatchObject({ entry: null, known: { phone: null }, rounds: [] });
    const body = { consents, phone: '0912 345 678' };
    expect((await entrant.post(url, { consents })).body.errors).toMatchObject([{ path: 'phone' }]);
    const replies = await Promise.all([
      entrant.post(url, body),
      entrant.post(url, body),
      entrant.post(url, body),
    ]);
    expect(replies.map(({ status }) => status)).toEqual([200, 200, 200]);
    const numbers = new Set(replies.map((reply) => reply.body.entry.number));
    expect(numbers.size).toBe(1);
    expect((await entrant.get(url)).body).toMatchObject({
      entry: { number: replies[0]?.body.entry.number, name: 'Nguyễn Văn An' },
      known: { phone: '•••••••678' },
      rounds: [{ id: contest.round, bars: [] }],
      guest: null,
    });
    const other = await new Visitor(server).register();
    const second = (await other.post(url, { consents, phone: '0912345679' })).body.entry.number;
    expect(numbers).not.toContain(second);
    // Numbers of seven digits that do not follow one another: they do not tell how many entered.
    expect([...numbers, second].every((number) => number >= 1_000_000 && number < 10_000_000)).toBe(true);
  });

  it('needs an account where no guests are let in', async () => {
    const contest = await open();
    const url = `/api/contests/${contest.slug}/entry`;
    const stranger = new Visitor(server);
    expect((await stranger.get(url)).body).toEqual({ entry: null, known: null, rounds: [], guest: null });
    expect((await stranger.post(url, { name: 'Khách', consents })).body.code).toBe('auth.required');
    const entrant = await new Visitor(server).register();
    const early = await entrant.post(`/api/rounds/${contest.round}/attempts`, { number: 1 });
    expect(early.body.code).toBe('round.entryNeeded');
  });

  it('lets guests in with what it asks, and back with their code', async () => {
    const contest = await open((draft) => {
      draft.settings.guests = true;
    });
    const guest = new Visitor(server);
    const url = `/api/contests/${contest.slug}/entry`;
    const entered = await guest.post(url, { name: 'Trần Thị Bình', consents });
    expect(entered.status).toBe(200);
    expect(entered.body.entry).toMatchObject({ name: 'Trần Thị Bình' });
    const { code, link } = entered.body.guest;
    expect(new URL(link).hash.length).toBeGreaterThan(16);
    expect((await guest.post(url, { name: 'Trần Thị Bình', consents })).body).toMatchObject({
      entry: { number: entered.body.entry.number },
      guest: null,
    });
    const started = await guest.post(`/api/rounds/${contest.round}/attempts`, { number: 1 });
    expect(started.status).toBe(200);
    const elsewhere = new Visitor(server);
    await elsewhere.post('/api/guests/return', { contest: contest.slug, code: code.toLowerCase() });
    expect((await elsewhere.get(`/api/attempts/${started.body.id}`)).status).toBe(200);
    const row = await guest.get('/api/desk/contests');
    expect(row.status).toBe(401);
  });

  it('lets a guest in once, however often their phone sends', async () => {
    const contest = await open((draft) => {
      draft.settings.guests = true;
    });
    const url = `/api/contests/${contest.slug}/entry`;
    const body = { name: 'Trần Thị Bình', consents, key: '01890000-0000-7000-8000-00000000000a' };
    const phones = [new Visitor(server), new Visitor(server), new Visitor(server)];
    const replies = await Promise.all(phones.map((phone) => phone.post(url, body)));
    expect(replies.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect(new Set(replies.map(({ body: { entry } }) => entry.number)).size).toBe(1);
    const guests = replies.map((reply) => reply.body.guest);
    expect(guests[1]).toEqual(guests[0]);
    expect(guests[2]).toEqual(guests[0]);
    const numbers = await Promise.all(phones.map(async (phone) => (await phone.get(url)).body.entry.number));
    expect(new Set(numbers).size).toBe(1);
    const shown = await contest.owner.get(`/api/desk/contests/${contest.id}`);
    expect(shown.body.entries).toBe(1);
    // The cookies of the first reply arrived, its text did not: the code is told again.
    expect((await phones[0]?.post(url, body))?.body.guest).toEqual(guests[0]);
    const other = { ...body, key: '01890000-0000-7000-8000-00000000000b' };
    expect((await phones[0]?.post(url, other))?.body.guest).toBeNull();
    expect((await new Visitor(server).post(url, other)).body.entry.number).not.toBe(numbers[0]);
  });

  it('tells what bars somebody from a round', async () => {
    const contest = await open((draft) => {
      draft.settings.fields.birthDate = 'required';
      draft.settings.fields.group = 'required';
      const [round] = draft.rounds;
      if (round !== undefined) Object.assign(round.settings.entry, { minAge: 14, groups: ['student'] });
    });
    const child = await new Visitor(server).register();
    const entered = await child.post(`/api/contests/${contest.slug}/entry`, {
      consents,
      birthDate: '2012-01-01',
      group: 'citizen',
    });
    expect(entered.body.rounds).toEqual([{ id: contest.round, bars: ['group', 'tooYoung'] }]);
    const refused = await child.post(`/api/rounds/${contest.round}/attempts`, { number: 1 });
    expect(refused.body).toMatchObject({ code: 'round.notEligible', facts: { bars: 'group tooYoung' } });
  });

  it('gives out its part of personal data', async () => {
    const contest = await open();
    const entrant = await new Visitor(server).register();
    await entrant.post(`/api/contests/${contest.slug}/entry`, { consents });
    const data = await entrant.get('/api/me/export');
    const { number } = (await entrant.get(`/api/contests/${contest.slug}/entry`)).body.entry;
    expect(data.body.parts.entries).toMatchObject([{ contest: 'Tìm hiểu Nghị quyết 15-NQ/TW', number }]);
  });
});
