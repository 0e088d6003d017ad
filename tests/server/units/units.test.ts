import { eq } from 'drizzle-orm';
import Excel from 'exceljs';
import { beforeAll, describe, expect, it } from 'vitest';
import { firstBrokenLink, withAuditLines } from '../../../server/platform/audit.ts';
import { startServer, type TestServer } from '../../harness/app.ts';
import { dropPostgres, freshPostgres, onBothDatabases } from '../../harness/databases.ts';
import { Visitor } from '../../harness/visitor.ts';

const csv = (text: string, dryRun = false) => ({
  name: 'don-vi.csv',
  dataBase64: Buffer.from(text).toString('base64'),
  dryRun,
});

onBothDatabases('units', (databases) => {
  let server: TestServer;
  let organiser: Visitor;
  beforeAll(async () => {
    server = await startServer(await databases.location());
    organiser = await (await new Visitor(server).register()).become('organiser');
  });
  const make = async (name: string, more: object = {}) =>
    (await organiser.post('/api/units', { name, ...more })).body;
  const found = async (q: string, more = '') =>
    (await new Visitor(server).get(`/api/units?q=${encodeURIComponent(q)}${more}`)).body.units;

  it('are made, found by anybody, renamed and moved', async () => {
    const top = await make('Đảng bộ Khối', { code: 'DBK', headcount: 0 });
    expect(top).toMatchObject({ name: 'Đảng bộ Khối', path: [], parent: null, headcount: 0, children: 0 });
    const branch = await make('  Chi bộ   Ánh Sao ', { parent: top.uid, block: 'Khối 1' });
    expect(branch).toMatchObject({ name: 'Chi bộ Ánh Sao', path: ['Đảng bộ Khối'], parent: top.uid });
    const [seen] = await found('anh sao');
    expect(seen).toMatchObject({ uid: branch.uid, path: ['Đảng bộ Khối'] });
    expect(await found('anh sao', `&under=${branch.uid}`)).toHaveLength(1);
    const renamed = await organiser.patch(`/api/units/${branch.uid}`, {
      name: 'Chi bộ Sao Mai',
      parent: null,
    });
    expect(renamed.body).toMatchObject({ name: 'Chi bộ Sao Mai', path: [], block: 'Khối 1' });
    expect(await found('anh sao')).toEqual([]);
    const { body } = await new Visitor(server).get('/api/units?parent=top');
    expect(body.units.map(({ name }: { name: string }) => name)).toEqual(['Chi bộ Sao Mai', 'Đảng bộ Khối']);
    expect(body.total).toBe(2);
  });

  it('cannot stand below themselves, take a code twice, or be changed by citizens', async () => {
    const a = await make('Một', { code: 'L1' });
    const b = await make('Hai', { parent: a.uid });
    const c = await make('Ba', { parent: b.uid });
    const move = (uid: string, parent: string) => organiser.patch(`/api/units/${uid}`, { parent });
    expect((await move(a.uid, c.uid)).body.code).toBe('units.loop');
    expect((await move(a.uid, a.uid)).body.code).toBe('units.loop');
    const replies = await Promise.all([
      move(a.uid, (await make('Bốn')).uid),
      organiser.post('/api/units', { name: 'x', code: 'l1' }),
    ]);
    expect(replies.map(({ status }) => status)).toEqual([200, 409]);
    const citizen = await new Visitor(server).register();
    for (const who of [citizen, new Visitor(server)]) {
      expect([401, 403]).toContain((await who.post('/api/units', { name: 'x' })).status);
      expect([401, 403]).toContain((await who.patch(`/api/units/${a.uid}`, { name: 'x' })).status);
      expect([401, 403]).toContain((await who.post('/api/units/import', csv('a'))).status);
    }
  });

  it('never make a loop together, whoever is faster', async () => {
    const [a, b] = [await make('Trái'), await make('Phải')];
    const replies = await Promise.all([
      organiser.patch(`/api/units/${a.uid}`, { parent: b.uid }),
      organiser.patch(`/api/units/${b.uid}`, { parent: a.uid }),
    ]);
    expect(replies.map(({ status, body }) => (status === 200 ? 'moved' : body.code)).sort()).toEqual([
      'moved',
      'units.loop',
    ]);
  });

  it('change on a day with a reason, what is planned stays planned, and the history says so', async () => {
    const DAY = 86_400_000;
    const above = await make('Phường Cửa Nam');
    const { uid } = await make('Chi bộ Phố Một', { headcount: 10 });
    const change = (body: object) => organiser.patch(`/api/units/${uid}`, body);
    const from = server.clock.now() + DAY;
    const planned = await change({ name: 'Chi bộ Phố Hai', parent: above.uid, from, reason: 'theo đề án 5' });
    expect(planned.body).toMatchObject({ name: 'Chi bộ Phố Một', path: [] });
    await change({ headcount: 12, headcountFrom: from + DAY, reason: 'theo đề án 5' });
    // A mistake of today is put right; what comes tomorrow still comes.
    expect((await change({ name: 'Chi bộ Phố 1', code: 'CB-PHO' })).body.name).toBe('Chi bộ Phố 1');
    const early = await change({ name: 'Chi bộ Ba', from });
    expect([early.status, early.body.errors[0].path]).toEqual([400, 'from']);
    const history = (await organiser.get(`/api/units/${uid}/history`)).body;
    expect(history.steps).toEqual([
      { at: from + DAY, what: 'headcount', from: '10', to: '12' },
      { at: from, what: 'name', from: 'Chi bộ Phố 1', to: 'Chi bộ Phố Hai' },
      { at: from, what: 'parent', from: null, to: 'Phường Cửa Nam' },
    ]);
    expect(history.log.map(({ action }: { action: string }) => action)).toEqual([
      'unit.changed',
      'unit.changed',
      'unit.changed',
      'unit.made',
    ]);
    expect(history.log[2]).toMatchObject({
      actor: 'Nguyễn Văn An',
      reason: 'theo đề án 5',
      since: from,
      changes: [
        { what: 'name', from: 'Chi bộ Phố Một', to: 'Chi bộ Phố Hai' },
        { what: 'parent', from: null, to: 'Phường Cửa Nam' },
      ],
    });
    // Before the day comes it may be taken back: it is called so for a day only.
    await change({ name: 'Chi bộ Phố 1', from: from + DAY });
    const aDayLater = async () => {
      server.clock.advance(DAY);
      // Any change has the tree read again at once.
      await make('Đơn vị khác');
      return (await new Visitor(server).get(`/api/units/${uid}`)).body.name;
    };
    expect(await aDayLater()).toBe('Chi bộ Phố Hai');
    expect(await aDayLater()).toBe('Chi bộ Phố 1');
    expect((await new Visitor(server).get(`/api/units/${uid}/history`)).status).toBe(401);
  });

  it('are refused a place in which a planned move would close a circle, and a circle of before is put right', async () => {
    const DAY = 86_400_000;
    const [a, b, c] = [await make('Vòng Một'), await make('Vòng Hai'), await make('Vòng Ba')];
    const from = server.clock.now() + DAY;
    const change = (uid: string, body: object) => organiser.patch(`/api/units/${uid}`, body);
    expect((await change(a.uid, { parent: b.uid, from, reason: 'theo đề án' })).status).toBe(200);
    const refused = await change(b.uid, { parent: a.uid });
    expect([refused.status, refused.body.code]).toEqual([409, 'units.loop']);
    expect(refused.body.errors).toMatchObject([{ path: 'parent', vi: expect.stringContaining('Vòng Một') }]);
    const later = await change(b.uid, { parent: a.uid, from: from + DAY, reason: 'theo đề án' });
    expect([later.status, later.body.errors[0].path]).toEqual([409, 'parent']);
    // Through a merge: what stands below C goes below B, which is to go below it.
    const child = await make('Vòng Con', { parent: c.uid });
    expect((await change(b.uid, { parent: child.uid, from: from + DAY, reason: 'theo đề án' })).status).toBe(
      200,
    );
    const merged = await organiser.post(`/api/units/${c.uid}/merge`, {
      into: b.uid,
      at: from,
      reason: 'sáp nhập',
    });
    expect([merged.status, merged.body.errors[0].path]).toEqual([409, 'into']);

    // As rows of before may be: on the day, the tree can still be read, and the units can be moved.
    const { units } = server.context.database.tables;
    const { query } = server.context.database;
    const [row] = await query.select({ id: units.id }).from(units).where(eq(units.uid, a.uid));
    await server.context.database.atomic([
      query
        .update(units)
        .set({ parentId: row?.id ?? 0 })
        .where(eq(units.uid, b.uid)),
    ]);
    server.clock.advance(3 * DAY);
    await make('Đơn vị sau đó');
    const [top, below] = [a, b].map(({ uid }) => `/api/units/${uid}`);
    expect((await organiser.get(top ?? '')).body).toMatchObject({ path: [], parent: null });
    expect((await organiser.get(below ?? '')).body).toMatchObject({ path: ['Vòng Một'] });
    expect((await change(b.uid, { parent: c.uid })).body.path).toEqual(['Vòng Ba']);
    expect((await organiser.get(top ?? '')).body).toMatchObject({ path: ['Vòng Ba', 'Vòng Hai'] });
  });

  it('end at a date with a successor, keep their name, and can be opened again', async () => {
    const old = await make('Chi bộ Cũ');
    const next = await make('Chi bộ Kế Thừa');
    const validUntil = server.clock.now() + 86_400_000;
    const close = (uid: string, successor: string | null) =>
      organiser.post(`/api/units/${uid}/close`, { validUntil, successor, reason: 'sáp nhập năm 2025' });
    expect((await close(old.uid, old.uid)).body.errors[0].path).toBe('successor');
    expect((await close(old.uid, next.uid)).body).toMatchObject({ validUntil, successor: { uid: next.uid } });
    expect(await found('chi bo cu')).toHaveLength(1);
    server.clock.advance(86_400_000);
    expect(await found('chi bo cu')).toEqual([]);
    expect(await found('chi bo cu', '&ended=true')).toHaveLength(1);
    const citizen = new Visitor(server);
    const refused = await citizen.post('/api/accounts', {
      name: 'An',
      password: 'một mật khẩu dài',
      userName: 'vao.don.vi.cu',
      consentVersion: 1,
      unit: old.uid,
    });
    expect(refused.body.errors[0].path).toBe('unit');
    await organiser.post(`/api/units/${old.uid}/reopen`, { reason: 'nhập nhầm ngày' });
    expect(await found('chi bo cu')).toHaveLength(1);
    const an = await citizen.register({ unit: old.uid });
    expect((await an.get('/api/me')).body.unit).toEqual({ uid: old.uid, name: 'Chi bộ Cũ' });
    expect(await firstBrokenLink(server.context)).toBeNull();
  });

  it('come from a file: first shown, then written all together', async () => {
    const text =
      'Mã;Tên;Mã cấp trên;Khối;Sĩ số\nNH1;Đảng uỷ Ngân Hàng;;Ngân hàng;1.070\nNH2;Chi bộ Thẻ;NH1;Ngân hàng;12\n';
    const dry = await organiser.post('/api/units/import', csv(text, true));
    expect(dry.body).toMatchObject({ applied: false, created: 2, changed: 0, same: 0, errors: [] });
    expect(await found('ngan hang')).toEqual([]);
    expect((await organiser.post('/api/units/import', csv(text))).body).toMatchObject({
      applied: true,
      created: 2,
    });
    expect((await found('chi bo the'))[0]).toMatchObject({ code: 'NH2', path: ['Đảng uỷ Ngân Hàng'] });
    const again = await organiser.post(
      '/api/units/import',
      csv(text.replace('Chi bộ Thẻ', 'Chi bộ Thẻ 24/7')),
    );
    expect(again.body).toMatchObject({ applied: true, created: 0, changed: 1, same: 1 });
    const wrong = `${text}NH3;Chi bộ Mới;NH1;;5\nNH4;Chi bộ Sai;KHONG;;x\n`;
    const refused = await organiser.post('/api/units/import', csv(wrong));
    expect(refused.body).toMatchObject({ applied: false, errorCount: 2 });
    expect(
      refused.body.errors.map(({ row, column }: { row: number; column: string }) => [row, column]),
    ).toEqual([
      [5, 'Sĩ số'],
      [5, 'Mã cấp trên'],
    ]);
    expect(await found('chi bo moi')).toEqual([]);
  });

  it('keep what is planned when a file comes, and the history says from which file and from where', async () => {
    const DAY = 86_400_000;
    const above = await make('Phường Kế Hoạch', { code: 'KH' });
    const next = await make('Phường Tiếp Nhận', { code: 'TN' });
    const { uid } = await make('Chi bộ Kế Hoạch', { code: 'KH1', parent: above.uid, headcount: 10 });
    const from = server.clock.now() + DAY;
    await organiser.patch(`/api/units/${uid}`, { name: 'Chi bộ Đổi Tên', from });
    await organiser.patch(`/api/units/${uid}`, { headcount: 20, headcountFrom: from });
    const text = 'Mã;Tên;Mã cấp trên;Khối;Sĩ số\nKH1;Chi bộ Kế Hoạch;TN;Khối 9;11\n';
    const reply = await organiser.post('/api/units/import', csv(text));
    expect(reply.body).toMatchObject({ applied: true, changed: 1, overwriteCount: 0 });
    const now = (await organiser.get(`/api/units/${uid}`)).body;
    expect(now).toMatchObject({ name: 'Chi bộ Kế Hoạch', path: [next.name], block: 'Khối 9', headcount: 11 });
    const history = (await organiser.get(`/api/units/${uid}/history`)).body;
    expect(history.steps).toEqual([
      { at: from, what: 'name', from: 'Chi bộ Kế Hoạch', to: 'Chi bộ Đổi Tên' },
      { at: from, what: 'headcount', from: '11', to: '20' },
    ]);
    expect(history.log[0]).toMatchObject({
      action: 'unit.changed',
      actor: 'Nguyễn Văn An',
      file: 'don-vi.csv',
    });
    expect(history.log[0].changes.map(({ what }: { what: string }) => what).sort()).toEqual([
      'block',
      'headcount',
      'parent',
    ]);
    // The same file again changes nothing, and the day that comes brings the new name below the new parent.
    expect((await organiser.post('/api/units/import', csv(text))).body).toMatchObject({
      same: 1,
      changed: 0,
    });
    server.clock.advance(DAY);
    await make('Đơn vị nữa');
    const later = (await organiser.get(`/api/units/${uid}`)).body;
    expect(later).toMatchObject({ name: 'Chi bộ Đổi Tên', path: [next.name], headcount: 20 });
    const { auditLog } = server.context.database.tables;
    const addresses = await server.context.database.query
      .select({ action: auditLog.action, address: auditLog.address })
      .from(auditLog);
    const ofUnits = addresses.filter(({ action }) => action.startsWith('unit'));
    expect(ofUnits.length).toBeGreaterThan(5);
    expect(ofUnits.filter(({ address }) => address !== '203.0.113.1')).toEqual([]);
    expect(await firstBrokenLink(server.context)).toBeNull();
  });

  it('are asked about before a file undoes a planned end or a number for a day to come', async () => {
    const until = Date.UTC(2044, 0, 1) - 7 * 3_600_000;
    const { uid } = await make('Chi bộ Sắp Tan', { code: 'ST', headcount: 5 });
    await organiser.post(`/api/units/${uid}/close`, { validUntil: until, successor: null, reason: 'đề án' });
    await organiser.patch(`/api/units/${uid}`, { headcount: 6, headcountFrom: until - 1000 * 86_400_000 });
    const day = new Date(until - 1000 * 86_400_000 + 7 * 3_600_000).toISOString().slice(0, 10).split('-');
    const text = `Mã;Tên;Đến ngày;Sĩ số ${day.toReversed().join('/')}\nST;Chi bộ Sắp Tan;;9\n`;
    const tried = await organiser.post('/api/units/import', csv(text));
    expect(tried.body).toMatchObject({ applied: false, errorCount: 0, overwriteCount: 2 });
    expect(tried.body.overwrites).toMatchObject([
      { row: 2, code: 'ST', what: 'validUntil', at: until, to: null },
      { row: 2, code: 'ST', what: 'headcount', from: '6', to: '9' },
    ]);
    const before = (await organiser.get(`/api/units/${uid}`)).body;
    expect(before).toMatchObject({ validUntil: until });
    const asked = await organiser.post('/api/units/import', { ...csv(text), overwrite: true });
    expect(asked.body).toMatchObject({ applied: true, changed: 1 });
    const { validUntil, headcounts } = (await organiser.get(`/api/units/${uid}`)).body;
    expect([validUntil, headcounts[0].headcount]).toEqual([null, 9]);
    const { log } = (await organiser.get(`/api/units/${uid}/history`)).body;
    expect(log[0].changes).toEqual([
      { what: 'validUntil', from: String(until), to: null, at: null },
      { what: 'headcount', from: '6', to: '9', at: until - 1000 * 86_400_000 },
    ]);
  });

  it('tell their history a page at a time, down to the first line', async () => {
    const { uid } = await make('Chi bộ Lâu Đời');
    const lines = Array.from({ length: 120 }, (_, i) => ({
      ...{ actor: 'system', action: 'unit.changed', subject: `unit:${uid}` },
      details: { block: { from: null, to: `Khối ${i}` } },
    }));
    await withAuditLines(server.context, lines, []);
    const door = `/api/units/${uid}/history`;
    const { body: first } = await organiser.get(door);
    expect([first.log.length, first.total, first.log[0].changes[0].to]).toEqual([100, 121, 'Khối 119']);
    const { body: rest } = await organiser.get(`${door}?before=${first.older}`);
    expect([rest.log.length, rest.total, rest.older]).toEqual([21, 121, null]);
    expect(rest.log.at(-1).action).toBe('unit.made');
    expect(await firstBrokenLink(server.context)).toBeNull();
  });

  it('come by the thousand from XLSX', async () => {
    const book = new Excel.Workbook();
    const sheet = book.addWorksheet('1');
    sheet.addRow(['Mã đơn vị', 'Tên đơn vị', 'Mã cấp trên']);
    for (let i = 0; i < 5000; i++)
      sheet.addRow([`X${i}`, `Tổ dân phố ${i}`, i === 0 ? '' : `X${Math.floor((i - 1) / 10)}`]);
    const dataBase64 = Buffer.from(await book.xlsx.writeBuffer()).toString('base64');
    const { body } = await organiser.post('/api/units/import', {
      name: 'to.xlsx',
      dataBase64,
      dryRun: false,
    });
    expect(body).toMatchObject({ applied: true, created: 5000 });
    const [last] = await found('tổ dân phố 4999');
    expect(last.path).toHaveLength(4);
    const { log } = (await organiser.get(`/api/units/${last.uid}/history`)).body;
    expect(log).toMatchObject([{ action: 'unit.made', file: 'to.xlsx' }]);
  });
});

describe('units on two nodes', () => {
  it('are the same on both within a second', async () => {
    const { url: location, name } = await freshPostgres();
    const settings = { HOITHI_SECRET: 'a secret of more than thirty-two characters' };
    const [first, second] = [await startServer(location, settings), await startServer(location, settings)];
    const organiser = await (await new Visitor(first).register()).become('organiser');
    const replies = await Promise.all(
      [first, second].flatMap((server) =>
        Array.from({ length: 5 }, (_, i) => {
          const visitor = new Visitor(server);
          for (const [name, value] of organiser.cookies) visitor.cookies.set(name, value);
          return visitor.post('/api/units', { name: `Đơn vị ${i}`, code: `Đ${i}-${server === first}` });
        }),
      ),
    );
    expect(replies.map(({ status }) => status)).toEqual(Array(10).fill(200));
    const found = async (server: TestServer) =>
      (await new Visitor(server).get('/api/units?q=don%20vi')).body.total;
    for (const server of [first, second]) await expect.poll(() => found(server)).toBe(10);
    await Promise.all([first.close(), second.close()]);
    await dropPostgres([name]);
  });
});
