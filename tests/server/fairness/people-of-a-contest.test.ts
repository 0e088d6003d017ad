import { eq, inArray } from 'drizzle-orm';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { personByUid } from '../../../server/accounts/people-store.ts';
import { attemptKey } from '../../../server/attempts/attempt-id.ts';
import { PrizeRights } from '../../../server/closing/prize-rights.ts';
import { ContestStore } from '../../../server/contests/store.ts';
import { findDuplicates } from '../../../server/fairness/duplicate-store.ts';
import { exclusionsOf } from '../../../server/fairness/exclusions.ts';
import { type Tell, Underway } from '../../../server/platform/underway.ts';
import { matchRoster } from '../../../server/rosters/matching.ts';
import { startServer, type TestServer } from '../../harness/app.ts';
import { openContest, type TestContest } from '../../harness/contest.ts';
import { onBothDatabases } from '../../harness/databases.ts';
import { Visitor } from '../../harness/visitor.ts';

/** A page that waits for this work sees a bar that moves, never back, and comes to its end. */
async function expectForward(work: (tell: Tell) => Promise<unknown>): Promise<void> {
  const underway = new Underway();
  const shares = await underway.run('it', async (tell) => {
    const seen: number[] = [];
    await work((share) => {
      tell(share);
      seen.push(underway.share('it') ?? Number.NaN);
    });
    return seen;
  });
  expect(shares.length).toBeGreaterThan(1);
  expect(shares).toEqual(shares.toSorted((a, b) => a - b));
  expect(shares.at(-1)).toBeGreaterThan(0.8);
}

/** People and units of one contest, through the doors: links, units not found, rosters, officers, duplicates, signals. */
onBothDatabases('people of a contest', (databases) => {
  let server: TestServer;
  let contest: TestContest;
  let owner: Visitor;
  let officer: Visitor;
  let ward: string;
  let branch: string;
  let other: string;
  const why = 'theo quyết định số 12';
  const desk = (path: string) => `/api/desk/contests/${contest.id}${path}`;

  beforeAll(async () => {
    server = await startServer(await databases.location());
    contest = await openContest(server, (draft) => {
      draft.settings.guests = true;
      draft.settings.consents = [];
      draft.settings.rosterCodes = true;
      Object.assign(draft.settings.fields, { phone: 'optional', unit: 'required', birthDate: 'optional' });
      for (const round of draft.rounds) round.settings.attemptsAllowed = 2;
    });
    ({ owner } = contest);
    const make = async (name: string, parent: string | null) =>
      (await owner.post('/api/units', { name, parent })).body.uid;
    ward = await make('Phường Hoàn Kiếm', null);
    branch = await make('Chi bộ số 1', ward);
    other = await make('Phường Ba Đình', null);
    officer = await new Visitor(server).register({ name: 'Lê Phụ Trách' });
  }, 120_000);

  const enter = async (name: string, more: object = {}, address?: string) => {
    const guest = new Visitor(server, address ?? `198.51.100.${Math.floor(Math.random() * 200)}`);
    const reply = await guest.post(`/api/contests/${contest.slug}/entry`, { name, consents: [], ...more });
    return { guest, reply };
  };
  const play = async (who: Visitor, number = 1, answers = 0) => {
    const started = await who.post(`/api/rounds/${contest.round}/attempts`, { number });
    if (started.status !== 200) return started;
    const { id, token, questions } = started.body;
    const changes = Object.fromEntries(
      questions
        .slice(0, answers)
        .map((q: { kind: string; prompt: { options?: string[] } }, i: number) => [
          i,
          q.kind === 'choice' ? [0] : q.kind === 'trueFalse' ? true : 'x',
        ]),
    );
    const reply = await server.app.http.inject({
      method: 'POST',
      url: `/api/attempts/${id}/submit`,
      payload: { device: 'device1', n: 1, base: 0, changes },
      headers: { authorization: `Attempt ${token}` },
    });
    return { status: reply.statusCode, body: started.body };
  };
  const board = async () => {
    await server.app.boards.boards.catchUp();
    return (await new Visitor(server).get(`/api/leaderboards/round-${contest.round}`)).body;
  };

  describe('links of units', () => {
    it('lead to the entry form with the unit filled in, also after a merger', async () => {
      const made = await owner.post(desk('/links'), { unit: branch });
      expect(made.status, made.text).toBe(200);
      expect((await owner.post(desk('/links'), { unit: branch })).body).toEqual(made.body);
      const open = (code: string) => server.app.http.inject({ method: 'GET', url: `/d/${code}` });
      const reply = await open(made.body.code.toLowerCase());
      expect(reply.statusCode).toBe(302);
      expect(reply.headers.location).toBe(`/cuoc-thi/${contest.slug}/du-thi?don-vi=${branch}`);
      expect((await open('ZZZZZZ')).headers.location).toBeUndefined();
    });

    it('are printed: one poster, and all of them in one file', async () => {
      const { http } = server.app;
      const cookie = [...owner.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
      for (const [url, pages] of [
        [desk(`/posters/${branch}`), 1],
        [desk('/posters'), 3],
        [desk(`/posters?under=${ward}`), 2],
      ] as const) {
        const reply = await http.inject({ method: 'GET', url, headers: { cookie } });
        expect([reply.statusCode, reply.headers['content-type']]).toEqual([200, 'application/pdf']);
        expect(reply.rawPayload.subarray(0, 5).toString()).toBe('%PDF-');
        expect(reply.rawPayload.toString('latin1').match(/\/Type \/Page\n/g)).toHaveLength(pages);
      }
    });
  });

  describe('"my unit is not here"', () => {
    it('lets people in, waits for staff, and entry, attempt and result follow', async () => {
      const one = await enter('Trần Không Thấy', { unitText: 'Tổ dân phố số 9' });
      expect(one.reply.status, one.reply.text).toBe(200);
      expect(one.reply.body.entry).toMatchObject({
        unit: null,
        unitAsked: { text: 'Tổ dân phố số 9', state: 'waiting' },
      });
      await enter('Trần Cũng Vậy', { unitText: 'tổ  dân phố SỐ 9' });
      await play(one.guest);
      const { asked } = (await owner.get(desk('/asked-units'))).body;
      expect(asked).toMatchObject([{ key: 'to dan pho so 9', people: 2 }]);
      const mapped = await owner.post(desk('/asked-units'), { key: asked[0].key, unit: branch, reason: why });
      expect(mapped.body.asked).toEqual([]);
      const own = await one.guest.get(`/api/contests/${contest.slug}/entry`);
      expect(own.body.entry).toMatchObject({
        unit: { id: branch },
        unitAsked: { text: 'Tổ dân phố số 9', state: 'mapped' },
      });
      const units = async () =>
        (await board()).lines.map(({ unit }: { unit: { id: string } | null }) => unit?.id);
      await expect.poll(units, { timeout: 30_000 }).toEqual([branch]);
    });

    it('is refused with a reason, which those who asked read', async () => {
      const { guest } = await enter('Võ Ghi Bừa', { unitText: 'Hành tinh khác' });
      await owner.post(desk('/asked-units'), { key: 'hanh tinh khac', unit: null, reason: why });
      const own = async () => (await guest.get(`/api/contests/${contest.slug}/entry`)).body.entry;
      const unitAsked = { text: 'Hành tinh khác', state: 'refused', reason: why };
      expect(await own()).toMatchObject({ unit: null, unitAsked });
      const { people } = (await owner.get('/api/people?q=vo%20ghi%20bua')).body;
      await owner.post(desk('/moves'), { person: people[0].uid, unit: other, reason: why });
      // They belong somewhere now: what was refused no longer matters.
      expect(await own()).toMatchObject({ unit: { id: other }, unitAsked: null });
    });

    it('moves an entrant with a log, and leaves results with the unit of their time', async () => {
      const { guest } = await enter('Phan Chuyển Đi', { unit: other });
      await play(guest);
      const { people } = (await owner.get('/api/people?q=phan%20chuyen%20di')).body;
      const moved = await owner.post(desk('/moves'), { person: people[0].uid, unit: branch, reason: why });
      expect(moved.body.moves, moved.text).toMatchObject([
        { person: 'Phan Chuyển Đi', from: 'Phường Ba Đình', to: 'Chi bộ số 1', reason: why },
        { person: 'Võ Ghi Bừa', from: null, to: 'Phường Ba Đình', reason: why },
      ]);
      expect(moved.body).toMatchObject({ total: 2, older: null });
      expect((await owner.get(desk('/moves'))).body).toEqual(moved.body);
      const stranger = await owner.post(desk('/moves'), { person: officer.uid, unit: branch, reason: why });
      expect([stranger.status, stranger.body.errors[0].path]).toEqual([400, 'person']);
      expect((await guest.get(`/api/contests/${contest.slug}/entry`)).body.entry.unit.id).toBe(branch);
      // Followers on PostgreSQL see it once older transactions have ended.
      const units = async () =>
        (await board()).lines.map(({ unit }: { unit: { id: string } | null }) => unit?.id);
      await expect.poll(units, { timeout: 30_000 }).toContain(other);
      await play(guest, 2);
    });
  });

  describe('rosters', () => {
    const roster = '0190a000-0000-7000-8000-000000000001';
    const file = (dryRun: boolean) => ({
      id: roster,
      title: 'Đảng viên phường Hoàn Kiếm',
      unit: ward,
      name: 'ds.csv',
      dataBase64: Buffer.from(
        [
          'DANH SÁCH ĐẢNG VIÊN,,,,,',
          'STT,Họ và tên,Ngày sinh,Điện thoại,Mã đảng viên,Đơn vị,Ghi chú',
          '1,Nguyễn Văn An,03/02/1980,0912345678,DV-001,Chi bộ số 1,x',
          '2,Lê Thị Hòa,05/06/1990,,DV-002,Chi bộ số 1,',
          '3,Phạm Minh,1975,12345,DV-001,Chi bộ lạ,',
          '4,,01/01/1970,,DV-009,,',
          ',,,,,,',
          '5,Đỗ Vắng Mặt,,,,,',
        ].join('\n'),
      ).toString('base64'),
      dryRun,
    });

    it('come from a file with a balance in which every row stands', async () => {
      const tried = await owner.post(desk('/rosters/import'), file(true));
      expect(tried.status, tried.text).toBe(200);
      expect(tried.body).toMatchObject({
        applied: false,
        ignored: ['STT', 'Ghi chú'],
        balance: { rows: 6, taken: 3, warned: 1, left: 1, empty: 1 },
      });
      expect(
        tried.body.problems.map(({ row, level }: { row: number; level: string }) => `${row} ${level}`),
      ).toEqual(['5 warning', '5 warning', '5 warning', '6 error']);
      const done = await owner.post(desk('/rosters/import'), file(false));
      expect(done.body.applied).toBe(true);
      await owner.post(desk('/rosters/import'), file(false));
      const { rosters } = (await owner.get(desk('/rosters'))).body;
      expect(rosters).toMatchObject([{ id: roster, members: 4, found: 0, unit: { id: ward } }]);
    });

    it('are activated by the code, for the name that it was given to', async () => {
      const { reply: wrong } = await enter('Vũ Người Khác', { rosterCode: 'DV-001' });
      expect(wrong.body.errors?.[0]?.path, wrong.text).toBe('rosterCode');
      const { reply: unknown } = await enter('Vũ Người Khác', { rosterCode: 'XX-999' });
      expect(unknown.body.errors[0].path).toBe('rosterCode');
      const { reply, guest } = await enter('nguyen van an', { rosterCode: 'dv 001' });
      expect(reply.body.entry.unit).toMatchObject({ id: branch });
      const { reply: taken } = await enter('Nguyễn Văn An', { rosterCode: 'DV-001' });
      expect(taken.body.errors[0].path).toBe('rosterCode');
      await play(guest);
    });

    it('are not found by guessing: after some wrong codes nobody of that account may try', async () => {
      const visitor = await new Visitor(server).register({ name: 'Kẻ Đoán Mã' });
      const statuses = new Set<number>();
      for (let i = 0; i < 9; i += 1)
        statuses.add(
          (
            await visitor.post(`/api/contests/${contest.slug}/entry`, {
              consents: [],
              unit: branch,
              rosterCode: `XX-${1000 + i}`,
            })
          ).status,
        );
      expect([...statuses]).toEqual([400, 429]);
    });

    it('are matched with who came: what is sure is bound, doubts are shown and decided', async () => {
      await enter('Lê Thị Hoà', { birthDate: '1990-05-06', unit: branch });
      await enter('Phạm Minh', { unit: other });
      const matched = await owner.post(desk(`/rosters/${roster}/match`));
      expect(matched.body, matched.text).toEqual({ bound: 0, suggested: 2 });
      const { members } = (await owner.get(desk(`/rosters/${roster}?show=doubts`))).body;
      const grades = members.map((one: { name: string; matches: { grade: string }[] }) => [
        one.name,
        one.matches.map(({ grade }) => grade),
      ]);
      expect(grades).toEqual([
        ['Lê Thị Hòa', ['likely']],
        ['Phạm Minh', ['unsure']],
      ]);
      const decide = (i: number, deed: string) =>
        owner.post(desk(`/rosters/${roster}/decision`), {
          member: members[i].number,
          person: members[i].matches[0].person.uid,
          deed,
        });
      expect((await decide(0, 'confirm')).status).toBe(200);
      expect((await decide(0, 'confirm')).body.code).toBe('conflict');
      expect((await decide(1, 'reject')).body.total).toBe(0);
      expect((await owner.post(desk(`/rosters/${roster}/match`))).body.suggested).toBe(0);
      expect((await owner.get(desk(`/rosters/${roster}/match`))).body).toEqual({ share: null });
      const { database, clock } = server.context;
      const [row] = await database.query.select().from(database.tables.rosters);
      if (row === undefined) throw new Error('no roster');
      await expectForward((tell) => matchRoster(database, row, clock.now(), tell));
      const csv = await owner.get(desk(`/rosters/${roster}/file?format=csv`));
      expect(csv.text).toContain('DV001');
      expect(csv.text).toContain('Đã đăng ký');
    });
  });

  describe('an officer', () => {
    const view = (unit: string, more = '') => `/api/officer/contests/${contest.id}/units/${unit}${more}`;

    it('is made by staff, signs in again, and sees figures of the unit and those below', async () => {
      expect((await officer.get('/api/officer')).status).toBe(403);
      const added = await owner.post(`/api/units/${ward}/officers`, { person: officer.uid, reason: why });
      expect(added.body.officers, added.text).toMatchObject([{ name: 'Lê Phụ Trách' }]);
      const { auditLog } = server.context.database.tables;
      const logged = await server.context.database.query.select().from(auditLog);
      for (const wanted of ['officer.added', 'role.granted'])
        expect(logged.find(({ action, actor }) => action === wanted && actor === owner.uid)?.address).toBe(
          owner.address,
        );
      await officer.signIn();
      const home = (await officer.get('/api/officer')).body;
      expect(home.units).toMatchObject([{ id: ward }]);
      expect(home.contests).toMatchObject([{ id: contest.id }]);
      const figures = async () => {
        await board();
        return (await officer.get(view(ward))).body;
      };
      await expect.poll(async () => (await figures()).totals.people, { timeout: 30_000 }).toBe(3);
      const seen = await figures();
      expect(seen.roster).toEqual({ members: 4, registered: 2, played: 1 });
      // Two who did not find it, one who moved in, the member with a code, the one who was matched.
      expect(seen.totals.entered).toBe(5);
      expect(seen.below.map(({ name }: { name: string }) => name)).toEqual(['Chi bộ số 1']);
    });

    it('sees and takes along who has not taken part, which is logged', async () => {
      const missing = (await officer.get(view(ward, '/missing'))).body;
      const seen = missing.people.map((one: { name: string; registered: boolean }) => [
        one.name,
        one.registered,
      ]);
      // By given name.
      expect(seen).toEqual([
        ['Lê Thị Hòa', true],
        ['Đỗ Vắng Mặt', false],
        ['Phạm Minh', false],
      ]);
      expect(missing.total).toBe(3);
      const csv = await officer.get(view(ward, '/missing/file?format=csv'));
      expect(csv.text).toContain('Đỗ Vắng Mặt');
      const { entries } = (
        await (await new Visitor(server).register()).become('admin').then((admin) => admin.get('/api/audit'))
      ).body;
      expect(JSON.stringify(entries)).toContain('officer.exported');
    });

    it('wins no prize where a prediction decides: figures help to predict', async () => {
      const whole = await new ContestStore(server.context).byUid(contest.id);
      const prediction = { target: 'entrants' as const, scope: 'contest' as const };
      const rounds = whole.rounds.map((round) => ({
        ...round,
        settings: { ...round.settings, prediction },
      }));
      const rights = new PrizeRights({ context: server.context });
      const theirs = (await personByUid(server.context, officer.uid))?.id ?? 0;
      const causeIn = async (of: typeof whole, order: readonly string[]) =>
        (await rights.excluded(of, order)).get(theirs);
      expect(await causeIn({ ...whole, rounds }, ['marks', 'prediction', 'time'])).toBe('figures');
      expect(await causeIn({ ...whole, rounds }, ['marks', 'time'])).toBeUndefined();
      expect(await causeIn(whole, ['marks', 'time'])).toBeUndefined();
      const [listed] = (await rights.list({ ...whole, rounds })).filter(
        ({ person }) => person === officer.uid,
      );
      expect(listed).toMatchObject({ cause: 'figures', excluded: true });
    });

    it('sees only contests of whoever named them; an admin names for all', async () => {
      const stranger = await (await new Visitor(server).register()).become('organiser');
      const spy = await new Visitor(server).register({ name: 'Ngô Tò Mò' });
      const door = `/api/units/${ward}/officers`;
      const named = await stranger.post(door, { person: spy.uid, reason: why });
      const mine = named.body.officers.map(({ name, mine: own }: { name: string; mine: boolean }) => [
        name,
        own,
      ]);
      expect(mine, named.text).toEqual([
        ['Ngô Tò Mò', true],
        ['Lê Phụ Trách', false],
      ]);
      await spy.signIn();
      expect((await spy.get('/api/officer')).body).toMatchObject({ units: [{ id: ward }], contests: [] });
      for (const more of ['', '/missing', '/missing/file?format=csv', '/report?preset=contest'])
        expect([more, (await spy.get(view(ward, more))).status]).toEqual([more, 404]);
      expect((await stranger.ask('DELETE', `${door}/${officer.uid}`, { reason: why })).status).toBe(403);
      expect((await officer.get(view(ward))).status).toBe(200);
      const admin = await (await new Visitor(server).register()).become('admin');
      await admin.post(door, { person: spy.uid, reason: why });
      expect((await spy.get('/api/officer')).body.contests).toMatchObject([
        { id: contest.id, units: [ward] },
      ]);
      expect((await spy.get(view(ward))).status).toBe(200);
      // The organiser who named them takes back their own word only.
      await stranger.ask('DELETE', `${door}/${spy.uid}`, { reason: why });
      expect((await spy.get(view(ward))).status).toBe(200);
      await admin.ask('DELETE', `${door}/${spy.uid}`, { reason: why });
      expect((await spy.get(view(ward))).status).toBe(403);
    });

    it('learns nothing of other units, and nothing once taken off', async () => {
      for (const more of ['', '/missing', '/missing/file?format=csv']) {
        const reply = await officer.get(view(other, more));
        expect(reply.status).toBe(404);
        expect(reply.text).not.toContain('Ba Đình');
      }
      const removed = await owner.ask('DELETE', `/api/units/${ward}/officers/${officer.uid}`, {
        reason: why,
      });
      expect(removed.body.officers).toEqual([]);
      expect((await officer.get(view(ward))).status).toBe(403);
    });
  });

  describe('possible duplicates', () => {
    const pairOf = async (name: string) => {
      const { duplicates } = (await owner.get(desk('/duplicates'))).body;
      return duplicates.find(
        ({ a, b }: { a: { name: string }; b: { name: string } }) => a.name === name || b.name === name,
      );
    };
    let twins: { guest: Visitor; uid: string }[] = [];

    it('are found by what they share, the heaviest first, and nobody is barred', async () => {
      const born = { birthDate: '1985-09-02', phone: '0987654321', unit: other };
      const a = await enter('Hoàng Văn Trùng', born);
      const b = await enter('Hoang Van Trung', born);
      await enter('Bùi Cùng Máy', { phone: '0987654321', unit: other });
      for (const { guest } of [a, b]) await play(guest);
      await play(b.guest, 2);
      const scan = await owner.post(desk('/duplicates/scan'));
      expect(scan.body, scan.text).toMatchObject({ found: 3, added: 3 });
      expect((await owner.post(desk('/duplicates/scan'))).body.added).toBe(0);
      expect((await owner.get(desk('/duplicates/scan'))).body).toEqual({ share: null });
      const { database, clock } = server.context;
      const { id: contestId } = (await new ContestStore(server.context).byUid(contest.id)).contest;
      await expectForward((tell) => findDuplicates(database, contestId, clock.now(), tell));
      const { duplicates } = (await owner.get(desk('/duplicates'))).body;
      expect(duplicates[0]).toMatchObject({
        // Whether visitors of tests share a network is chance.
        signs: expect.arrayContaining(['birth', 'phone']),
        a: { attempts: 1 },
        b: { attempts: 2 },
      });
      expect(duplicates[0].weight).toBeGreaterThanOrEqual(7);
      expect(JSON.stringify(duplicates)).not.toContain('0987654321');
      twins = [
        { guest: a.guest, uid: duplicates[0].a.uid },
        { guest: b.guest, uid: duplicates[0].b.uid },
      ];
    });

    it('are merged: attempts move with their results, what is beyond the limit no longer counts', async () => {
      const [keep, gone] = twins;
      const before = (await board()).lines.length;
      const body = { keep: keep?.uid, other: gone?.uid };
      expect((await owner.post(desk('/duplicates/preview'), body)).body).toEqual({
        moved: 2,
        dropped: 1,
        inProgress: false,
      });
      const merge = { a: keep?.uid, b: gone?.uid, deed: 'merge', keep: keep?.uid, reason: why };
      // Handed in, and its node has not marked it yet.
      const handed = await gone?.guest.get('/api/attempts');
      const id: string = handed?.body.attempts[0].id;
      const { database, secrets } = server.context;
      const { attempts: a } = database.tables;
      const mineOnly = eq(a.id, attemptKey(secrets, id) ?? 0);
      const [handedIn] = await database.query.select({ sheet: a.sheet }).from(a).where(mineOnly);
      const put = (sheet: string | null) =>
        database.atomic([database.query.update(a).set({ sheet }).where(mineOnly)]);
      await put(null);
      expect((await owner.post(desk('/duplicates/decision'), merge)).body.code).toBe('duplicates.inProgress');
      await put(handedIn?.sheet ?? '');
      const merged = await owner.post(desk('/duplicates/decision'), merge);
      expect(merged.status, merged.text).toBe(200);
      expect((await owner.post(desk('/duplicates/decision'), merge)).status).toBe(409);
      const mine = await keep?.guest.get('/api/attempts');
      expect(mine?.body.attempts).toHaveLength(3);
      // Followers on PostgreSQL see it once older transactions have ended.
      await expect.poll(async () => (await board()).lines.length).toBe(before - 1);
      await server.app.boards.boards.refresh();
      expect((await board()).lines).toHaveLength(before - 1);
      const started = await gone?.guest.post(`/api/rounds/${contest.round}/attempts`, { number: 1 });
      expect(started?.body.code).toBe('entry.merged');
    });

    it('are let alone, or left out of prizes while they go on playing, each with its reason', async () => {
      const pair = await pairOf('Bùi Cùng Máy');
      const reply = await owner.post(desk('/duplicates/decision'), {
        a: pair.a.uid,
        b: pair.b.uid,
        deed: 'exclude',
        people: [pair.b.uid],
        reason: why,
      });
      expect(reply.status, reply.text).toBe(200);
      const { exclusions } = (await owner.get(desk('/exclusions'))).body;
      expect(exclusions).toMatchObject([{ person: { uid: pair.b.uid }, reason: why }]);
      const [{ id }] = (await server.context.database.query
        .select({ id: server.context.database.tables.contests.id })
        .from(server.context.database.tables.contests)) as [{ id: number }];
      expect(await exclusionsOf(server.context.database, id)).toHaveLength(1);
      const lifted = await owner.ask('DELETE', desk(`/exclusions/${pair.b.uid}`), { reason: why });
      expect(lifted.body.exclusions).toEqual([]);
      expect(await exclusionsOf(server.context.database, id)).toEqual([]);
    });
  });

  describe('signals', () => {
    it('flag an attempt that nobody can have read, for a person to weigh; nothing else follows', async () => {
      const { guest } = await enter('Lý Rất Nhanh', { unit: other });
      await play(guest, 1, 20);
      // On PostgreSQL what was just written is followed once older transactions have ended.
      const flag = await vi.waitFor(async () => {
        expect((await owner.post(desk('/signals/scan'))).body).toMatchObject({ more: false });
        const { signals } = (await owner.get(desk('/signals'))).body;
        const own = signals.find(
          ({ person }: { person: { name: string } }) => person.name === 'Lý Rất Nhanh',
        );
        expect(own).toBeDefined();
        return own;
      }, 20_000);
      expect(Object.keys(flag.signs)).toContain('fast');
      const ranked = (await board()).total;
      const weighed = await owner.post(desk('/signals/decision'), {
        attempt: flag.attempt,
        state: 'fine',
        reason: why,
      });
      expect(weighed.body.signals.map(({ attempt }: { attempt: string }) => attempt)).not.toContain(
        flag.attempt,
      );
      expect((await board()).total).toBe(ranked);
      expect((await owner.post(desk('/signals/scan'))).body.looked).toBe(0);
    });
  });

  it('gives nothing of all this to an organiser of another contest', async () => {
    const stranger = await (await new Visitor(server).register()).become('organiser');
    for (const path of ['/duplicates', '/exclusions', '/signals', '/rosters', '/asked-units', '/posters'])
      expect((await stranger.get(desk(path))).status).toBe(403);
  });

  it('a unit that staff found counts for what is marked later: open then, handed in, or begun where nobody knew of it', async () => {
    const { attempts: a, results: r, units: u } = server.context.database.tables;
    const { database, secrets } = server.context;
    const text = 'Tổ dân phố số 11';
    const begun = async (name: string) => {
      const { guest } = await enter(name, { unitText: text });
      const started = await guest.post(`/api/rounds/${contest.round}/attempts`, { number: 1 });
      expect(started.status, started.text).toBe(200);
      return { ...started.body, key: attemptKey(secrets, started.body.id) ?? 0 };
    };
    const people = [await begun('Hồ Đang Làm'), await begun('Hồ Đã Nộp'), await begun('Hồ Chưa Hay')];
    const [open, handedIn, unheard] = people;
    const mine = eq(a.id, handedIn.key);
    const closed = { state: 2, closedAt: server.context.clock.now() };
    // On SQLite marking is in the commit that closes: what is closed and not marked is there on PostgreSQL alone.
    const marksBehind = database.dialect === 'postgres';
    if (marksBehind) await database.atomic([database.query.update(a).set(closed).where(mine)]);
    const mapped = await owner.post(desk('/asked-units'), {
      key: 'to dan pho so 11',
      unit: branch,
      reason: why,
    });
    expect(mapped.status, mapped.text).toBe(200);
    await database.atomic([database.query.update(a).set({ unitId: null }).where(eq(a.id, unheard.key))]);
    if (marksBehind)
      for (const left of await server.app.attempts.attempts.journal.unfolded(9))
        await server.app.attempts.attempts.gradeClosed(left, left.closedAt);
    for (const { id, token } of marksBehind ? [open, unheard] : people) {
      const reply = await server.app.http.inject({
        method: 'POST',
        url: `/api/attempts/${id}/submit`,
        payload: {},
        headers: { authorization: `Attempt ${token}` },
      });
      expect(reply.statusCode, reply.body).toBe(200);
    }
    const ids = people.map(({ key }) => key);
    const played = await database.query.select().from(a).where(inArray(a.id, ids));
    const marked = await database.query.select().from(r).where(inArray(r.attemptId, ids));
    const [{ id: found } = { id: 0 }] = await database.query
      .select({ id: u.id })
      .from(u)
      .where(eq(u.uid, branch));
    expect(played.map(({ unitId }) => unitId)).toEqual([found, found, found]);
    expect(marked.map(({ version, unitId }) => [version, unitId])).toEqual(ids.map(() => [0, found]));
  });
});
