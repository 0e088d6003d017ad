import { eq } from 'drizzle-orm';
import { beforeAll, describe, expect, it } from 'vitest';
import { hidesName, isMinor } from '../../../server/contests/minor-rules.ts';
import { changedConsents } from '../../../server/privacy/consent-rules.ts';
import { erasureDue } from '../../../server/privacy/retention-rules.ts';
import { startServer, type TestServer } from '../../harness/app.ts';
import { openContest, type TestContest, withoutFields } from '../../harness/contest.ts';
import { onBothDatabases } from '../../harness/databases.ts';
import { Visitor } from '../../harness/visitor.ts';

const DAY = 86_400_000;
const asked = (id: string, required: boolean, version = 1) => ({ id, vi: id, en: id, required, version });

describe('a consent', () => {
  const settings = { consents: [asked('data', true), asked('name', false, 2)] };
  it('is given at the version that was shown, and taken back unless taking part needs it', () => {
    const given = changedConsents(settings, {}, { id: 'name', given: true, version: 2 }, 5);
    expect(given).toEqual({ name: { at: 5, version: 2 } });
    expect(
      changedConsents(settings, { name: { at: 1, version: 2 } }, { id: 'name', given: false }, 5),
    ).toEqual({});
    const data = { data: { at: 1, version: 1 } };
    expect(changedConsents(settings, data, { id: 'data', given: false }, 5)).toBe('required');
    expect(changedConsents(settings, {}, { id: 'name', given: true, version: 1 }, 5)).toBe('changed');
    expect(changedConsents(settings, {}, { id: 'other', given: true }, 5)).toBe('unknown');
  });
  it('twice is once', () => {
    const before = { name: { at: 1, version: 2 } };
    expect(changedConsents(settings, before, { id: 'name', given: true, version: 2 }, 5)).toBe(before);
    const none = {};
    expect(changedConsents(settings, none, { id: 'name', given: false }, 5)).toBe(none);
  });
});

describe('retention', () => {
  it('is counted from the end of the last round', () => {
    const rounds = [{ closesAt: 10 * DAY }, { closesAt: 20 * DAY }];
    expect(erasureDue({ settings: { retentionDays: 30 }, rounds })).toBe(50 * DAY);
    expect(erasureDue({ settings: { retentionDays: null }, rounds })).toBe(null);
    expect(erasureDue({ settings: {}, rounds })).toBe(null);
  });
});

describe('under age', () => {
  it('is who is younger than sixteen on that day', () => {
    const now = Date.UTC(2022, 7, 1, 2);
    expect([isMinor('2006-08-01', now), isMinor('2006-08-02', now), isMinor(null, now)]).toEqual([
      false,
      true,
      false,
    ]);
    expect(hidesName('2010-01-01', {}, now)).toBe(true);
    expect(hidesName('2010-01-01', { guardian: { at: 1, version: 1 } }, now)).toBe(false);
    expect(hidesName('1990-01-01', {}, now)).toBe(false);
  });
});

onBothDatabases('privacy', (databases) => {
  let server: TestServer;
  let contest: TestContest;

  beforeAll(async () => {
    server = await startServer(await databases.location());
    contest = await openContest(server, (draft) => {
      withoutFields(draft);
      draft.settings.fields.birthDate = 'optional';
      draft.settings.fields.group = 'optional';
      draft.settings.names = 'full';
      draft.settings.guests = true;
      draft.settings.retentionDays = 30;
    });
  });
  const entry = () => `/api/contests/${contest.slug}/entry`;
  const consents = [{ id: 'personalData', version: 1 }];

  it('shows people what they agreed to in the words of then, and lets them take it back', async () => {
    const an = await new Visitor(server).register();
    await an.post(entry(), { consents: [...consents, { id: 'publishName', version: 1 }] });
    const { body } = await an.get('/api/me/consents');
    expect(body.account).toMatchObject({ version: 1 });
    const [mine] = body.contests;
    expect(
      mine.consents.map(({ id, required }: { id: string; required: boolean }) => [id, required]),
    ).toEqual([
      ['personalData', true],
      ['publishName', false],
    ]);
    expect(mine.consents[1].given).toMatchObject({
      version: 1,
      text: { en: expect.stringContaining('prize') },
    });
    expect(mine.erasedAt).toBeGreaterThan(server.clock.now());
    const change = (id: string, given: boolean) =>
      an.put('/api/me/consents', { contest: mine.id, id, given });
    const back = await change('publishName', false);
    expect(back.body.contests[0].consents[1].given).toBe(null);
    expect(back.body.changes).toEqual([
      expect.objectContaining({ id: 'publishName', given: false, version: 1, via: 'account' }),
    ]);
    expect((await an.get(entry())).body.entry.consents).toHaveLength(1);
    const needed = await change('personalData', false);
    expect([needed.status, needed.body.errors[0].path]).toEqual([400, 'id']);
    expect((await change('publishName', true)).body.contests[0].consents[1].given).not.toBe(null);
    const stranger = await new Visitor(server).register();
    const foreign = await stranger.put('/api/me/consents', {
      contest: mine.id,
      id: 'publishName',
      given: true,
    });
    expect(foreign.status).toBe(404);
  });

  it('shows the name of somebody under sixteen only where a guardian agreed too', async () => {
    const take = async (visitor: Visitor) => {
      const started = await visitor.post(`/api/rounds/${contest.round}/attempts`, { number: 1 });
      const submitted = await server.app.http.inject({
        method: 'POST',
        url: `/api/attempts/${started.body.id}/submit`,
        headers: { authorization: `Attempt ${started.body.token}` },
        payload: { device: 'device-1', n: 1, base: 0, changes: {} },
      });
      expect(submitted.statusCode).toBe(200);
    };
    const child = await new Visitor(server).register({ name: 'Bé Không Tên' });
    await child.post(entry(), { consents, birthDate: '2012-05-01' });
    await take(child);
    const agreed = await new Visitor(server).register({ name: 'Bé Có Tên' });
    const guardian = { name: 'Mẹ Của Bé', version: 1 };
    const empty = await agreed.post(entry(), {
      consents,
      birthDate: '2012-05-01',
      guardian: { ...guardian, name: ' ' },
    });
    expect(empty.body.errors[0].path).toBe('guardian.name');
    await agreed.post(entry(), { consents, birthDate: '2012-05-01', guardian });
    await take(agreed);
    const grown = await new Visitor(server).register({ name: 'Người Lớn' });
    await grown.post(entry(), { consents, birthDate: '1990-05-01', guardian });
    await take(grown);
    const board = `/api/leaderboards/round-${contest.round}`;
    const names = async (path: string): Promise<string[]> =>
      (await grown.get(path)).body.lines.map(({ name }: { name: string }) => name);
    await expect.poll(() => names(board)).toHaveLength(3);
    const shown = await names(board);
    expect(shown).toContain('Bé Có Tên');
    expect(shown).toContain('Người Lớn');
    expect(shown.some((name) => name.includes('Không Tên'))).toBe(false);
    expect(await names(`${board}/search?q=${encodeURIComponent('khong ten')}`)).toEqual([]);
    expect(await names(`${board}/search?q=${encodeURIComponent('co ten')}`)).toEqual(['Bé Có Tên']);
    const own = (await grown.get('/api/me/consents')).body.contests[0].consents;
    expect(own.map(({ id }: { id: string }) => id)).not.toContain('guardian');
    const minor = (await agreed.get('/api/me/consents')).body.contests[0];
    expect(minor.consents.at(-1)).toMatchObject({ id: 'guardian', given: { version: 1 } });
    await agreed.put('/api/me/consents', { contest: minor.id, id: 'guardian', given: false });
    expect(await names(`${board}/search?q=${encodeURIComponent('co ten')}`)).toEqual([]);
  });

  it('erases personal fields when their time is over: guests altogether, results stay', async () => {
    const guest = new Visitor(server);
    const entered = await guest.post(entry(), { name: 'Khách Vãng Lai', consents, group: 'student' });
    expect(entered.status).toBe(200);
    const { retention } = server.app.privacy;
    expect(await retention.run()).toBe(0);
    const [round] = (await contest.owner.get(`/api/desk/contests/${contest.id}`)).body.rounds;
    server.clock.advance(round.closesAt + 30 * DAY - server.clock.now() + 1);
    expect(await retention.run()).toBe(1);
    expect(await retention.run()).toBe(0);
    const { database } = server.context;
    const { people, entries, results, auditLog, retentionRuns } = database.tables;
    const guests = await database.query.select().from(people).where(eq(people.guest, true));
    expect(guests.map(({ name, erasedAt }) => [name, erasedAt !== null])).toEqual([['', true]]);
    const rows = await database.query.select().from(entries);
    const kept = rows.map(({ group, fields, device, network }) => ({ group, fields, device, network }));
    const nothing = { group: null, fields: {}, device: null, network: null };
    expect(kept).toEqual(rows.map(() => nothing));
    expect((await database.query.select().from(results)).length).toBe(3);
    const [run] = await database.query.select().from(retentionRuns);
    expect(run).toMatchObject({ days: 30, entries: rows.length, guests: 1, doneAt: expect.any(Number) });
    const logged = await database.query
      .select()
      .from(auditLog)
      .where(eq(auditLog.action, 'contest.dataErased'));
    expect(logged).toHaveLength(1);
    expect((await guest.get('/api/me')).status).toBe(401);
    const accounts = await database.query.select().from(people).where(eq(people.guest, false));
    expect(accounts.every(({ erasedAt }) => erasedAt === null)).toBe(true);
  });

  it('may be promised for less time after people have begun, never for more', async () => {
    const other = await openContest(server, (draft) => {
      draft.settings.retentionDays = 60;
    });
    const save = async (days: number | null) => {
      const { body } = await other.owner.get(`/api/desk/contests/${other.id}`);
      const { title, slug, summary, page, image } = body;
      const rounds = body.rounds.map((round: Record<string, unknown>) =>
        Object.fromEntries(
          ['id', 'title', 'opensAt', 'closesAt', 'durationMs', 'settings'].map((name) => [name, round[name]]),
        ),
      );
      const settings = { ...body.settings, retentionDays: days };
      const reason = 'thử đổi thời hạn';
      return other.owner.put(`/api/desk/contests/${other.id}`, {
        ...{ expectedVersion: body.version, title, slug, summary, page, image, settings, rounds, reason },
      });
    };
    expect((await save(90)).body.errors[0].path).toBe('settings.retentionDays');
    expect((await save(null)).body.code).toBe('contest.fixed');
    expect((await save(30)).status).toBe(200);
  });

  it('keeps a register of breaches, for admins, at versions and with reasons', async () => {
    const admin = await (await new Visitor(server).register()).become('admin');
    const id = '01890000-0000-7000-8000-000000000099';
    const at = server.clock.now();
    const body = {
      ...{
        title: 'Gửi nhầm tệp',
        happenedAt: at - DAY,
        foundAt: at,
        what: 'Gửi nhầm danh sách',
        data: 'Họ tên',
      },
      ...{ cause: '', measures: '', people: null, authorityToldAt: null, peopleToldAt: null, closedAt: null },
    };
    const added = await admin.post('/api/desk/breaches', { id, ...body });
    expect([added.status, added.body.tellBy]).toEqual([201, at + 3 * DAY]);
    expect((await admin.post('/api/desk/breaches', { id, ...body })).body).toEqual(added.body);
    const wrong = await admin.post('/api/desk/breaches', {
      ...body,
      id: id.replace('99', '98'),
      foundAt: at - 2 * DAY,
    });
    expect(wrong.body.errors[0].path).toBe('foundAt');
    const reason = 'đã báo cơ quan';
    const change = { ...body, authorityToldAt: at, expectedVersion: 1, reason };
    expect((await admin.put(`/api/desk/breaches/${id}`, change)).body).toMatchObject({
      version: 2,
      authorityToldAt: at,
    });
    expect((await admin.put(`/api/desk/breaches/${id}`, change)).body.code).toBe('conflict');
    expect((await admin.get('/api/desk/breaches')).body.breaches).toHaveLength(1);
    const organiser = await (await new Visitor(server).register()).become('organiser');
    expect((await organiser.get('/api/desk/breaches')).status).toBe(403);
    const { database } = server.context;
    const { auditLog } = database.tables;
    const [logged] = await database.query
      .select()
      .from(auditLog)
      .where(eq(auditLog.action, 'breach.changed'));
    expect(logged).toMatchObject({ reason, subject: `breach:${id}` });
  });
});
