/** From the close of a round to its winners, through the doors, on both databases. */
import { createHash } from 'node:crypto';
import { desc, eq } from 'drizzle-orm';
import { unzipSync } from 'fflate';
import { beforeAll, expect, it } from 'vitest';
import { codeOf, RESULT } from '../../../server/closing/code-rules.ts';
import type { ClosingBoard } from '../../../server/contracts/closing.ts';
import { startServer, type TestServer } from '../../harness/app.ts';
import { type ClosedRound, playedRound, regrade, settle } from '../../harness/closed-round.ts';
import { onBothDatabases } from '../../harness/databases.ts';
import { pngChunk, pngOf } from '../../harness/picture.ts';
import { PASSWORD, Visitor } from '../../harness/visitor.ts';

const NAMES = [
  'Nguyễn Thị Hoa',
  'Trần Văn Bình',
  'Lê Minh Châu',
  'Phạm Quốc Dũng',
  'Vũ Hà Giang',
  'Đỗ Thu Hằng',
];
const reason = 'Theo biên bản họp ban tổ chức';

const prize = (id: string, more: object = {}) => ({
  id,
  title: `Giải ${id}`,
  value: '',
  count: 1,
  scope: 'round',
  to: 'people',
  by: 'rank',
  metric: 'entrants',
  unit: null,
  block: null,
  membersFrom: null,
  membersTo: null,
  minMarks: null,
  minEntrants: null,
  ...more,
});

const DESIGN = {
  name: 'Giấy chứng nhận',
  landscape: true,
  frame: 'gold',
  motto: true,
  issuer: 'BAN TỔ CHỨC CUỘC THI',
  logo: null,
  lines: [
    { text: 'GIẤY CHỨNG NHẬN', size: 34, style: 'title' },
    { text: '{ten}', size: 30, style: 'name' },
    { text: 'Đơn vị: {don_vi}', size: 16, style: 'plain' },
    { text: 'đã hoàn thành {vong} cuộc thi {cuoc_thi} với {diem} điểm', size: 16, style: 'plain' },
  ],
  place: 'Hà Nội',
  signRole: 'TM. BAN TỔ CHỨC',
  signName: 'Đỗ Hữu Nghĩa',
  signature: null,
};

onBothDatabases('a round that is closed', (databases) => {
  let server: TestServer;
  let contest: ClosedRound;
  let desk: string;
  let board: string;

  const view = async (): Promise<ClosingBoard> => {
    const { body, text } = await contest.owner.get(`${desk}/closing`);
    if (body === null) throw new Error(text);
    return body.boards.find((one: ClosingBoard) => one.board === board);
  };
  const declare = async (standing: string, last: number, more: object = {}) =>
    contest.owner.post(`${desk}/standings`, { board, standing, last, reason, ...more });
  const plan = async (prizes: readonly object[], caps: object = {}) => {
    const before = await contest.owner.get(`${desk}/prizes`);
    return contest.owner.put(`${desk}/prizes`, {
      expectedVersion: before.body.version,
      plan: {
        ...before.body.plan,
        prizes,
        caps: { onePerBoard: true, person: null, unit: null, unitWins: null, ...caps },
      },
    });
  };
  const decide = async (extra = '') => {
    const { snapshots } = await view();
    return contest.owner.post(`${desk}/winners`, { board, snapshot: snapshots[0]?.id, extra, reason });
  };

  beforeAll(async () => {
    server = await startServer(await databases.location());
    contest = await playedRound(
      server,
      NAMES.map((name, i) => ({ name, marks: 1000 - 100 * Math.floor(i / 2), tookMs: 60_000 + 1000 * i })),
    );
    desk = `/api/desk/contests/${contest.id}`;
    board = `round-${contest.round}`;
  }, 120_000);

  it('tells a person their place in their own dossier only while the open board would', async () => {
    const [first] = contest.players;
    const { context } = server;
    const { rounds } = context.database.tables;
    const own = async () => {
      await server.app.boards.boards.refresh();
      await server.app.boards.boards.catchUp();
      return (await first?.visitor.get(`/api/attempts/${first.attempt}/dossier`))?.body.place;
    };
    const set = (change: object) =>
      context.database.atomic([
        context.database.query.update(rounds).set(change).where(eq(rounds.uid, contest.round)),
      ]);
    expect(await own()).toMatchObject({ rank: 1, of: 6 });
    await set({ frozenAt: server.clock.now() - 10_000_000, frozenTransaction: 0, frozenSeq: 0 });
    expect(await own()).toBeNull();
    expect((await contest.owner.get(`${desk}/attempts/${first?.attempt}/dossier`)).body.place).toMatchObject({
      rank: 1,
      of: 6,
    });
    await set({ frozenAt: null, frozenTransaction: null, frozenSeq: null });
    expect(await own()).toMatchObject({ rank: 1, of: 6 });
  });

  it('declares nothing while it is open or unsettled', async () => {
    expect(await view()).toMatchObject({ standing: 'open', next: [], waits: 'open' });
    expect(await declare('provisional', 0)).toMatchObject({ status: 409, body: { code: 'closing.notYet' } });
  });

  it('fixes the seed of its lots with the first prizes, before it closes', async () => {
    expect((await view()).draw).toBeNull();
    const saved = await plan([prize('nhat'), prize('giainhi', { count: 2 })]);
    expect(saved.status, saved.text).toBe(200);
    const { draw, closesAt } = await view();
    expect(draw?.commitment).toMatch(/^[0-9a-f]{64}$/);
    expect(draw?.committedAt).toBeLessThan(closesAt);
    expect((await plan([prize('nhat', { title: '' })])).status).toBe(400);
  });

  it('is provisional with a snapshot, once however often it is sent, and not by two at once', async () => {
    await settle(server, contest);
    expect(await view()).toMatchObject({ standing: 'closed', next: ['provisional'], waits: null });
    // Another node changed how the round is ranked, and its nudge has not come.
    const t = server.context.database.tables;
    const { query } = server.context.database;
    const [row] = await query.select().from(t.rounds).where(eq(t.rounds.uid, contest.round));
    if (row === undefined) throw new Error('no round');
    const order: ('marks' | 'time')[] = ['marks', 'time'];
    const ranked = query.update(t.rounds).set({ settings: { ...row.settings, order } });
    await server.context.database.atomic([ranked.where(eq(t.rounds.uid, contest.round))]);
    const first = await declare('provisional', 0);
    expect((await query.select().from(t.snapshots))[0]?.order).toEqual(order);
    expect(first.status, first.text).toBe(200);
    const again = await declare('provisional', 0);
    expect(again.body).toEqual(first.body);
    expect(await declare('provisional', 0, { reason: 'Người khác' })).toMatchObject({ status: 409 });
    const { standing, snapshots } = await view();
    expect([standing, snapshots.map(({ number, people }) => [number, people])]).toEqual([
      'provisional',
      [[1, 6]],
    ]);
    const shown = await new Visitor(server).get(`/api/leaderboards/${board}`);
    expect(shown.body.standing).toBe('provisional');
  });

  it('tells who moved between two snapshots and why', async () => {
    const [, , third, fourth, , sixth] = contest.players;
    await regrade(server, fourth?.attemptId ?? 0, { marks: 1100 });
    await regrade(server, sixth?.attemptId ?? 0, { counts: 0 });
    await server.app.boards.boards.catchUp();
    expect((await declare('provisional', 1)).status).toBe(200);
    const { snapshots } = await view();
    const [to, from] = snapshots;
    const { body } = await contest.owner.get(`${desk}/comparison?from=${from?.id}&to=${to?.id}`);
    expect(body).toMatchObject({ changed: 2, came: 0, left: 1, up: 1, down: 3 });
    const moves = Object.fromEntries(
      body.moves.map((move: { name: string; cause: string; before: unknown; after: unknown }) => [
        move.name,
        move,
      ]),
    );
    expect(moves[NAMES[3] ?? '']).toMatchObject({
      cause: 'regraded',
      before: { rank: 4, marks: 900 },
      after: { rank: 1, marks: 1100 },
    });
    expect(moves[NAMES[5] ?? '']).toMatchObject({ cause: 'annulled', before: { rank: 6 }, after: null });
    expect(moves[NAMES[0] ?? '']).toMatchObject({ cause: 'others', before: { rank: 1 }, after: { rank: 2 } });
    expect(third).toBeDefined();
  });

  it('gives prizes by rank, passes over who may not win, and says why', async () => {
    const [first] = contest.players;
    const kept = await contest.owner.put(`${desk}/prize-rights`, {
      person: first?.visitor.uid,
      excluded: true,
      reason: 'Người nhà ban tổ chức',
    });
    expect(kept.body.exclusions.map(({ cause }: { cause: string }) => cause).sort()).toEqual([
      'decided',
      'organiser',
    ]);
    const decided = await decide();
    expect(decided.status, decided.text).toBe(200);
    expect(
      decided.body.lines.map(({ prize: of, name }: { prize: string; name: string }) => [of, name]),
    ).toEqual([
      ['nhat', NAMES[3]],
      ['giainhi', NAMES[1]],
      ['giainhi', NAMES[2]],
    ]);
    expect(decided.body.lines[0].why.vi).toMatch(
      /^Xếp trên người kế tiếp \(số \d{7}\): nhiều điểm hơn \(11 điểm so với 10 điểm\)\.$/,
    );
    expect(decided.body.lines[1].why.vi).toContain('Được đôn lên vì 1 trường hợp');
    expect(decided.body.passed).toMatchObject([{ name: NAMES[0], rank: 2 }]);
    expect(decided.body.lots.seed).toBeNull();
  });

  it('draws lots that anybody can draw again once the winners are published', async () => {
    expect((await plan([prize('mayman', { by: 'lot', count: 2 })])).status).toBe(200);
    const { body: decided } = await decide('Xổ số miền Bắc 45812');
    // Nobody draws until the lots please: what is added to the seed is said once.
    expect(await decide('Xổ số miền Nam 12345')).toMatchObject({
      status: 409,
      body: { code: 'closing.extraSaid' },
    });
    const none = await new Visitor(server).get(`/api/contests/${contest.slug}/winners`);
    expect(none.body.lists).toEqual([]);
    expect((await new Visitor(server).get(`/api/contests/${contest.slug}/lots?board=${board}`)).status).toBe(
      404,
    );
    const published = await contest.owner.post(`${desk}/winners/publication`, { list: decided.id, reason });
    expect(published.status, published.text).toBe(200);
    const shown = await new Visitor(server).get(`/api/contests/${contest.slug}/winners`);
    const [list] = shown.body.lists;
    const { seed, extra, commitment } = list.lots;
    const sha = (text: string): string => createHash('sha256').update(text).digest('hex');
    expect(sha(seed)).toBe(commitment);
    const csv = await new Visitor(server).get(`/api/contests/${contest.slug}/lots?board=${board}`);
    const labels = csv.text
      .trim()
      .split('\r\n')
      .slice(1)
      .map((line) => line.split(',')[0] ?? '');
    expect(labels.length).toBe(5);
    const numbers = await Promise.all(
      contest.players.map(async ({ visitor }) =>
        String((await visitor.get(`/api/contests/${contest.slug}/entry`)).body.entry.number),
      ),
    );
    // The person who may not win stands in the list and is passed over.
    const drawn = labels
      .sort((a, b) =>
        sha(`${seed}|${extra}|${board}|mayman|${a}`) < sha(`${seed}|${extra}|${board}|mayman|${b}`) ? -1 : 1,
      )
      .filter((label) => label !== numbers[0])
      .slice(0, 2);
    expect(list.lines.map(({ name }: { name: string }) => numbers[NAMES.indexOf(name)])).toEqual(drawn);
  });

  it('becomes official and is amended afterwards, never taken back', async () => {
    expect((await declare('official', 2)).status).toBe(200);
    expect(await view()).toMatchObject({ standing: 'official', next: ['amended'] });
    expect(await declare('provisional', 3)).toMatchObject({ status: 409 });
    expect((await declare('amended', 3, { reason: 'Có đơn khiếu nại đúng' })).status).toBe(200);
    const { standing, snapshots } = await view();
    expect([standing, snapshots.map(({ standing: was }) => was)]).toEqual([
      'amended',
      ['amended', 'official', 'provisional', 'provisional'],
    ]);
    expect(new Set(snapshots.slice(0, 3).map(({ fingerprint }) => fingerprint)).size).toBe(1);
    expect(snapshots[3]?.fingerprint).not.toBe(snapshots[2]?.fingerprint);
    const shown = await new Visitor(server).get(`/api/contests/${contest.slug}`);
    expect(shown.body.rounds[0].standing).toBe('amended');
  });

  it('answers whoever has the code of a result', async () => {
    const fourth = contest.players[3];
    const code = codeOf(server.context.secrets, RESULT, fourth?.attemptId ?? 0);
    const own = await fourth?.visitor.get(`/api/attempts/${fourth.attempt}/result`);
    expect(own?.body.code).toBe(code);
    const asked = await new Visitor(server).get(`/api/results/${encodeURIComponent(code.toLowerCase())}`);
    expect(asked.body).toMatchObject({
      name: 'Phạm Q. D.',
      marks: 1100,
      rank: 1,
      of: 5,
      standing: 'amended',
    });
    const wrong = code.replace(/.$/, (last) => (last === 'A' ? 'B' : 'A'));
    expect((await new Visitor(server).get(`/api/results/${wrong}`)).status).toBe(404);
  });

  it('makes certificates of a design in the background, and goes on after it was cut off', async () => {
    const wrong = await contest.owner.post(`${desk}/certificate-designs`, {
      id: null,
      expectedVersion: 0,
      design: { ...DESIGN, lines: [{ text: 'Chứng nhận {tenn}', size: 20, style: 'plain' }] },
    });
    expect(wrong.body.errors[0].path).toBe('design.lines.0.text');
    const saved = await contest.owner.post(`${desk}/certificate-designs`, {
      id: null,
      expectedVersion: 0,
      design: DESIGN,
    });
    expect(saved.status, saved.text).toBe(200);
    const preview = await contest.owner.post(`${desk}/certificate-preview`, DESIGN);
    expect(preview.text.startsWith('%PDF')).toBe(true);
    const order = {
      id: '01890000-0000-7000-8000-000000000001',
      design: saved.body.designs[0].id,
      source: { kind: 'entrants', board, minMarks: 900 },
      reason,
    };
    expect((await contest.owner.post(`${desk}/certificate-batches`, order)).status).toBe(200);
    const again = await contest.owner.post(`${desk}/certificate-batches`, order);
    expect(again.body.batches.length).toBe(1);
    const batch = async () => (await contest.owner.get(`${desk}/certificate-batches/${order.id}`)).body;
    await expect
      .poll(async () => (await batch()).batch, { timeout: 30_000 })
      .toMatchObject({
        state: 'done',
        total: 4,
        made: 4,
      });
    const { lines } = await batch();
    expect(lines.map(({ name }: { name: string }) => name)).toEqual([NAMES[3], NAMES[0], NAMES[1], NAMES[2]]);
    // As a process that died in the middle leaves it: the last one unmade, nobody at work.
    const { certificates, certificateBatches, certificateFiles } = server.context.database.tables;
    const { query } = server.context.database;
    const [last] = await query.select().from(certificates).orderBy(desc(certificates.number)).limit(1);
    await server.context.database.atomic([
      query
        .update(certificates)
        .set({ madeAt: null })
        .where(eq(certificates.id, last?.id ?? 0)),
      query.delete(certificateFiles).where(eq(certificateFiles.certificateId, last?.id ?? 0)),
      query.update(certificateBatches).set({ state: 'making', made: 3, movedAt: 0 }),
    ]);
    await server.app.closing.maker.wake();
    expect((await batch()).batch).toMatchObject({ state: 'done', made: 4 });
    const zip = await server.app.http.inject({
      url: `${desk}/certificate-batches/${order.id}/files`,
      headers: { cookie: [...contest.owner.cookies].map(([name, value]) => `${name}=${value}`).join('; ') },
    });
    const files = unzipSync(zip.rawPayload);
    expect(Object.keys(files)).toEqual([
      '00001-pham-quoc-dung.pdf',
      '00002-nguyen-thi-hoa.pdf',
      '00003-tran-van-binh.pdf',
      '00004-le-minh-chau.pdf',
    ]);
    for (const file of Object.values(files)) expect(Buffer.from(file.subarray(0, 4)).toString()).toBe('%PDF');
  });

  it('stops a batch whose picture cannot be drawn, once and with its reason, and makes the others', async () => {
    const { database, clock } = server.context;
    const { auditLog, certificateBatches, certificateDesigns, media } = database.tables;
    // Kept before pictures were looked through: a length that leads back, over which its reader never gets.
    const bytes = pngOf({}, Buffer.from('fffffff461626364', 'hex')).toString('base64');
    const logo = 'f'.repeat(64);
    // Whole, but with more words in it than what draws it can take.
    const wordy = 'e'.repeat(64);
    const words = pngOf({}, pngChunk('tEXt', Buffer.alloc(900_000, 'a'))).toString('base64');
    const known = { type: 'image/png', createdAt: clock.now() };
    const rows = [
      { ...known, id: logo, bytes },
      { ...known, id: wordy, bytes: words },
    ];
    await database.atomic([database.query.insert(media).values(rows)]);
    const broken = { ...DESIGN, logo };
    const designs = `${desk}/certificate-designs`;
    const refused = await contest.owner.post(designs, { id: null, expectedVersion: 0, design: broken });
    expect(refused.body.errors).toMatchObject([{ path: 'design.logo' }]);
    expect((await contest.owner.post(`${desk}/certificate-preview`, broken)).body.errors).toMatchObject([
      { path: 'logo' },
    ]);

    const [design] = await database.query.select().from(certificateDesigns);
    if (design === undefined) throw new Error('no design');
    const withDesign = (set: object) =>
      database.query.update(certificateDesigns).set(set).where(eq(certificateDesigns.id, design.id));
    await database.atomic([withDesign({ design: { ...design.design, logo } })]);
    const order = (id: string) =>
      contest.owner.post(`${desk}/certificate-batches`, {
        ...{ id: `01890000-0000-7000-8000-0000000000${id}`, design: design.uid, reason },
        source: { kind: 'entrants', board, minMarks: 900 },
      });
    expect((await order('b0')).body.code).toBe('certificates.unreadable');
    await database.atomic([withDesign({ design: design.design })]);

    // Ordered before, when nobody looked.
    const ordered = await order('b1');
    expect(ordered.status, ordered.text).toBe(200);
    await expect
      .poll(async () => (await contest.owner.get(`${desk}/certificates`)).body.batches[0].state, {
        timeout: 30_000,
      })
      .toBe('done');
    const mine = eq(certificateBatches.uid, '01890000-0000-7000-8000-0000000000b1');
    const { certificates } = database.tables;
    const [batch] = await database.query.select().from(certificateBatches).where(mine);
    const certificatesOfBatch = eq(certificates.batchId, batch?.id ?? 0);
    for (const picture of [logo, wordy]) {
      const set = { state: 'making', design: { ...design.design, logo: picture }, movedAt: 0 };
      await database.atomic([
        database.query.update(certificates).set({ madeAt: null }).where(certificatesOfBatch),
        database.query.update(certificateBatches).set(set).where(mine),
      ]);
      for (let tried = 0; tried < 2; tried++) await server.app.closing.maker.wake();
      expect((await contest.owner.get(`${desk}/certificates`)).body.batches[0]).toMatchObject({
        state: 'stopped',
      });
    }
    const told = await database.query
      .select()
      .from(auditLog)
      .where(eq(auditLog.action, 'certificates.stopped'));
    const line = { actor: 'system', details: { batch: '01890000-0000-7000-8000-0000000000b1' } };
    expect(told).toMatchObject([line, line]);
    await database.atomic([database.query.delete(certificateBatches).where(mine)]);
  });

  it('verifies certificates for whoever has the code, and no others', async () => {
    const { body } = await contest.owner.get(
      `${desk}/certificate-batches/01890000-0000-7000-8000-000000000001`,
    );
    const code: string = body.lines[0].code;
    const anybody = new Visitor(server);
    expect((await anybody.get(`/api/certificates/${code}`)).body).toMatchObject({
      name: NAMES[3],
      contest: 'Tìm hiểu Nghị quyết 15-NQ/TW',
      marks: 1100,
      revokedAt: null,
      hasFile: true,
    });
    expect((await anybody.get(`/api/certificates/${code}/file`)).status).toBe(200);
    // It shows the whole name: where the contest does not, the code of a result leads its person alone to it.
    const fourth = contest.players[3];
    const result = `/api/results/${codeOf(server.context.secrets, RESULT, fourth?.attemptId ?? 0)}`;
    expect((await anybody.get(result)).body.certificates).toContain(code);
    const { contests } = server.context.database.tables;
    const { query } = server.context.database;
    const [row] = await query.select({ settings: contests.settings }).from(contests);
    if (row === undefined) throw new Error('no contest');
    const show = (names: 'full' | 'short') =>
      server.context.database.atomic([query.update(contests).set({ settings: { ...row.settings, names } })]);
    await show('short');
    expect((await anybody.get(result)).body).toMatchObject({ name: 'Phạm Q. D.', certificates: [] });
    expect((await fourth?.visitor.get(result))?.body.certificates).toContain(code);
    await show('full');
    const forged = code.replace(/^./, (first) => (first === '2' ? '3' : '2'));
    expect((await anybody.get(`/api/certificates/${forged}`)).status).toBe(404);
    const revoked = await contest.owner.post(`${desk}/certificates/${code}/revocation`, { reason });
    expect(revoked.body).toMatchObject({ revokedReason: reason, hasFile: false });
    expect((await anybody.get(`/api/certificates/${code}/file`)).status).toBe(404);
    const second: string = body.lines[1].code;
    const [first] = contest.players;
    expect((await first?.visitor.post('/api/me/erase', { password: PASSWORD }))?.status).toBeLessThan(300);
    expect((await anybody.get(`/api/certificates/${second}`)).body).toMatchObject({
      name: 'Đã ẩn danh',
      hasFile: false,
    });
    expect((await anybody.get(`/api/certificates/${second}/file`)).status).toBe(404);
  });

  it('keeps a dossier of each attempt, for its organisers and its person alone', async () => {
    const [, second, third] = contest.players;
    const found = await contest.owner.get(`${desk}/attempts?q=${encodeURIComponent('tran van binh')}`);
    expect(found.body.attempts).toMatchObject([
      { id: second?.attempt, name: NAMES[1], number: expect.any(Number), marks: 1000 },
    ]);
    const { body: dossier } = await contest.owner.get(`${desk}/attempts/${second?.attempt}/dossier`);
    expect(dossier).toMatchObject({
      name: NAMES[1],
      state: 'submitted',
      marks: 1000,
      place: { rank: 3, of: 5 },
      versions: [
        { version: 0, counts: true },
        { version: 1, marks: 1000, counts: true },
      ],
    });
    expect(dossier.place.above.why.vi).toMatch(
      /^Lượt thi ở hạng 2 xếp trên lượt thi này: làm bài nhanh hơn \(1 phút 0[,\d]* giây so với 1 phút 1[,\d]* giây\)\.$/,
    );
    expect(dossier.place.below.why.vi).toContain('nhiều điểm hơn (10 điểm so với 9 điểm)');
    expect(dossier.questions.length).toBe(20);
    expect(dossier.questions[0].answer.vi).toBe('(bỏ trống)');
    expect(dossier.questions[0].key).not.toBeNull();
    const own = await second?.visitor.get(`/api/attempts/${second.attempt}/dossier`);
    expect(own?.body.name).toBe(NAMES[1]);
    expect((await third?.visitor.get(`/api/attempts/${second?.attempt}/dossier`))?.status).toBe(404);
    const pdf = await second?.visitor.get(`/api/attempts/${second.attempt}/dossier/file`);
    expect(pdf?.text.startsWith('%PDF')).toBe(true);
  });

  it('shows none of it to somebody who organises another contest', async () => {
    const other = await new Visitor(server).register();
    await other.become('organiser');
    const { snapshots } = await view();
    const [to, from] = snapshots;
    for (const address of [
      'closing',
      `comparison?from=${from?.id}&to=${to?.id}`,
      'prizes',
      `winners?board=${board}`,
      `notice?board=${board}&format=pdf`,
      'certificates',
      'certificate-batches/01890000-0000-7000-8000-000000000001',
      'certificate-batches/01890000-0000-7000-8000-000000000001/files',
      'attempts?q=1',
      `attempts/${contest.players[1]?.attempt}/dossier`,
      `attempts/${contest.players[1]?.attempt}/dossier/file`,
    ]) {
      const { status, text } = await other.get(`${desk}/${address}`);
      expect([address, status]).toEqual([address, 403]);
      for (const name of NAMES) expect(text).not.toContain(name);
    }
  });

  it('logs who declared, decided and published what, and why', async () => {
    const { body } = await contest.owner.get(`${desk}/changes`);
    const actions = body.changes.map(({ action }: { action: string }) => action);
    for (const action of [
      'results.provisional',
      'results.official',
      'results.amended',
      'prizes.changed',
      'prizes.excluded',
      'winners.decided',
      'winners.published',
      'certificates.ordered',
      'certificates.revoked',
      'dossier.read',
    ])
      expect(actions).toContain(action);
  });
});
