/** The Monday report and the files of a contest through the doors, on both databases. */
import { once } from 'node:events';
import { request } from 'node:http';
import { sql } from 'drizzle-orm';
import Excel from 'exceljs';
import { strFromU8, unzipSync } from 'fflate';
import Papa from 'papaparse';
import { beforeAll, describe, expect, it } from 'vitest';
import { withAuditLines } from '../../../server/platform/audit.ts';
import type { RowOrder } from '../../../server/reports/exporting/row-worker.ts';
import { auditPages } from '../../../server/reports/exporting/statements.ts';
import { runningStreams, streamRows } from '../../../server/reports/exporting/streaming.ts';
import { onBothDatabases } from '../../harness/databases.ts';
import { Visitor } from '../../harness/visitor.ts';
import { entrant, type ReportWorld, reportWorld, take } from './world.ts';

const DAY = 86_400_000;

async function workbookOf(bytes: Buffer): Promise<Excel.Workbook> {
  const book = new Excel.Workbook();
  await book.xlsx.load(new Uint8Array(bytes).buffer);
  return book;
}

onBothDatabases('reports', (databases, dialect) => {
  let world: ReportWorld;
  const owner = () => world.contest.owner;
  const door = () => `/api/desk/contests/${world.contest.id}`;

  const raw = async (visitor: Visitor, url: string) =>
    world.server.app.http.inject({
      method: 'GET',
      url,
      headers: { cookie: [...visitor.cookies].map(([name, value]) => `${name}=${value}`).join('; ') },
    });

  /** Asks for a file as the page does: POST with a reason, then the address that it gives. */
  const rows = async (visitor: Visitor, body: object) => {
    const asked = await visitor.post(`${door()}/exports`, {
      format: 'csv',
      personal: false,
      reason: 'kiểm tra',
      ...body,
    });
    expect(asked.text).toContain('/api/desk/exports?ticket=');
    return raw(visitor, asked.body.path);
  };
  const csv = async (visitor: Visitor, body: object): Promise<Record<string, string>[]> =>
    Papa.parse<Record<string, string>>((await rows(visitor, body)).body.replace(/^\uFEFF/, ''), {
      header: true,
      skipEmptyLines: true,
    }).data;

  beforeAll(async () => {
    world = await reportWorld(await databases.location());
    const an = await entrant(world, '=An', 'Phường Hàng Bạc');
    const binh = await entrant(world, 'Bình', 'Phường Cửa Nam');
    const chi = await entrant(world, 'Chi', null);
    await take(world, an, 1);
    await take(world, binh, 1);
    await take(world, chi, 1, false);
    world.server.clock.advance(DAY);
    await take(world, an, 2);
    // Monday a week later.
    world.server.clock.advance(6 * DAY);
  });

  describe('by unit and period', () => {
    it('last week has every unit, zeros too, and counts each person once in every unit above', async () => {
      const { status, body, text } = await owner().get(`${door()}/report?preset=lastWeek`);
      expect(status, text).toBe(200);
      expect(body.period.text).toBe('01/08/2022 – 07/08/2022');
      const line = (name: string) => body.lines.find((one: { name: string }) => one.name === name);
      expect(body.lines.map(({ name }: { name: string }) => name)).toEqual([
        'Quận Hoàn Kiếm',
        'Phường Cửa Nam',
        'Phường Hàng Bạc',
        'Sở Tư pháp',
        'Không thuộc đơn vị nào',
      ]);
      expect(line('Quận Hoàn Kiếm')).toMatchObject({
        people: 2,
        attempts: 3,
        headcount: 10,
        rate: 0.2,
        level: 0,
      });
      expect(line('Phường Hàng Bạc')).toMatchObject({
        people: 1,
        attempts: 2,
        rate: 0.25,
        level: 1,
        block: 'Khối quận',
      });
      expect(line('Sở Tư pháp')).toMatchObject({
        people: 0,
        attempts: 0,
        rate: 0,
        average: null,
        fullShare: null,
      });
      expect(line('Không thuộc đơn vị nào')).toMatchObject({
        people: 1,
        attempts: 1,
        average: 0,
        kind: 'nowhere',
      });
      expect(body.total).toMatchObject({ people: 3, attempts: 4, headcount: 20 });
      expect(body.total.before).toEqual({ people: 0, attempts: 0, average: null });
      expect(body.silent).toBe(1);
      expect(body.days.map(({ attempts }: { attempts: number }) => attempts)).toEqual([3, 1]);
    });

    it('sorts by a figure or under blocks, is limited to a unit, and pages', async () => {
      const names = async (query: string): Promise<string[]> =>
        (await owner().get(`${door()}/report?preset=contest&${query}`)).body.lines.map(
          ({ name }: { name: string }) => name,
        );
      expect((await names('sort=attempts&descending=true')).slice(0, 2)).toEqual([
        'Quận Hoàn Kiếm',
        'Phường Hàng Bạc',
      ]);
      expect(await names('sort=block')).toEqual([
        'Khối quận',
        'Quận Hoàn Kiếm',
        'Phường Cửa Nam',
        'Phường Hàng Bạc',
        'Khối sở',
        'Sở Tư pháp',
        'Không thuộc đơn vị nào',
      ]);
      expect(await names('levels=1&limit=1&offset=1')).toEqual(['Sở Tư pháp']);
      const { body } = await owner().get(
        `${door()}/report?preset=lastWeek&unit=${world.units['Phường Hàng Bạc']}`,
      );
      expect(body.lines).toHaveLength(1);
      expect(body.total).toMatchObject({ people: 1, attempts: 2, headcount: 4 });
      expect(body.days.map(({ attempts }: { attempts: number }) => attempts)).toEqual([1, 1]);
    });

    it('follows what is annulled', async () => {
      const { database } = world.server.context;
      const { results } = database.tables;
      const [row] = await database.query.select().from(results).orderBy(results.attemptId).limit(1);
      if (row === undefined) throw new Error('no result');
      const { seq: _seq, xid: _xid, ...kept } = row;
      const path = `${door()}/report?preset=custom&from=${row.submittedAt - DAY}&to=${row.submittedAt + 3 * DAY}`;
      expect((await owner().get(path)).body.total).toMatchObject({ people: 3, attempts: 4 });
      await database.atomic([database.query.insert(results).values({ ...kept, version: 1, counts: 0 })]);
      const later = path.replace(/to=\d+/, `to=${row.submittedAt + 3 * DAY + 1}`);
      expect((await owner().get(later)).body.total).toMatchObject({ people: 3, attempts: 3 });
    });

    it('says what is wrong with the time, at its place, and knows no other round or unit', async () => {
      const ask = (query: string) => owner().get(`${door()}/report?${query}`);
      expect((await ask('preset=custom&from=1000')).body.errors[0].path).toBe('to');
      expect((await ask('preset=custom&from=2000&to=1000')).body.errors[0].path).toBe('to');
      expect((await ask('preset=round')).body.errors[0].path).toBe('round');
      expect((await ask(`preset=round&round=${world.contest.id}`)).status).toBe(404);
      expect((await ask(`preset=lastWeek&unit=${world.contest.id}`)).status).toBe(404);
    });

    it('is a workbook whose cells are right, and print that says the same', async () => {
      const file = await raw(owner(), `${door()}/report/file?preset=lastWeek&format=xlsx`);
      const book = await workbookOf(file.rawPayload);
      expect(book.worksheets.map(({ name }) => name)).toEqual([
        'Theo đơn vị',
        'Theo khối',
        'Theo ngày',
        'Giải thích',
      ]);
      const [sheet] = book.worksheets;
      const values: unknown[][] = [];
      sheet?.eachRow((row) =>
        values.push([row.getCell(1).value, row.getCell(2).value, row.getCell(4).value, row.getCell(7).value]),
      );
      expect(values).toContainEqual(['HK', 'Quận Hoàn Kiếm', 2, 0.2]);
      // The code begins like a formula: it is a text behind an apostrophe.
      expect(values).toContainEqual(["'=HB", 'Phường Hàng Bạc', 1, 0.25]);
      expect(values.at(-1)?.slice(1, 3)).toEqual(['Tổng cộng', 3]);
      expect(file.headers['content-disposition']).toContain('bao-cao-2022-08-01.xlsx');
      if (dialect === 'postgres') return;
      const docx = await raw(owner(), `${door()}/report/file?preset=lastWeek&format=docx`);
      const text = strFromU8(unzipSync(docx.rawPayload)['word/document.xml'] ?? new Uint8Array());
      expect(text).toContain('BÁO CÁO THAM GIA THEO ĐƠN VỊ');
      expect(text).toContain('Phường Hàng Bạc');
      const pdf = await raw(owner(), `${door()}/report/file?preset=lastWeek&format=pdf`);
      expect(pdf.rawPayload.subarray(0, 5).toString()).toBe('%PDF-');
    });

    it('is nobody else’s', async () => {
      const other = await (await new Visitor(world.server).register()).become('organiser');
      for (const path of ['report?preset=lastWeek', 'report/file?preset=lastWeek&format=xlsx'])
        expect((await other.get(`${door()}/${path}`)).status).toBe(404);
      const asked = await owner().post(`${door()}/exports`, {
        of: 'people',
        format: 'csv',
        personal: true,
        reason: 'kiểm tra',
      });
      expect((await other.get(asked.body.path)).status).toBe(404);
      expect(
        (
          await other.post(`${door()}/exports`, {
            of: 'people',
            format: 'csv',
            personal: false,
            reason: 'xem',
          })
        ).status,
      ).toBe(404);
    });
  });

  describe('rows', () => {
    it('of attempts say who only when it is asked for, and cells are no formulas', async () => {
      const plain = await csv(owner(), { of: 'attempts' });
      expect(plain).toHaveLength(4);
      expect(plain[0]).toMatchObject({
        Vòng: '1',
        'Mã đơn vị': "'=HB",
        'Lần thi': '1',
        'Trạng thái': 'đã nộp',
        'Được tính': '0',
        'Bản chấm': '1',
      });
      expect(plain[0]?.['Bắt đầu']).toMatch(/^01\/08\/2022 09:\d\d:\d\d$/);
      expect(Object.keys(plain[0] ?? {})).not.toContain('Họ và tên');
      const named = await csv(owner(), { of: 'attempts', personal: true });
      expect(named.map((row) => row['Họ và tên'])).toEqual(["'=An", 'Bình', 'Chi', "'=An"]);
    });

    it('of answers are a line a question, with marks once keys are no secret any more', async () => {
      const open = await csv(owner(), { of: 'answers', round: world.contest.round });
      expect(open).toHaveLength(4 * 20);
      expect(open.every((row) => row['Điểm câu'] === '' && row['Điểm tối đa'] === '')).toBe(true);
      expect(open.some((row) => /^[A-Z]$/.test(row['Trả lời'] ?? '') && row['Số lần đổi'] === '1')).toBe(
        true,
      );
      world.server.clock.advance(DAY);
      await world.server.app.boards.settling.settle();
      await world.server.app.boards.settling.settle();
      const settled = await csv(owner(), { of: 'answers' });
      const marks = settled.reduce((sum, row) => sum + Number(row['Điểm câu']), 0);
      const attempts = await csv(owner(), { of: 'attempts' });
      expect(marks).toBeCloseTo(
        attempts.reduce((sum, row) => sum + Number(row.Điểm), 0),
        5,
      );
      expect(marks).toBeGreaterThan(0);
    });

    it('of people are all who entered, in a workbook too, with what its columns mean', async () => {
      const people = await csv(owner(), { of: 'people' });
      expect(people.map((row) => [row['Số lượt thi'], row.Khách]).sort()).toEqual([
        ['1', '1'],
        ['1', '1'],
        ['2', '1'],
      ]);
      expect(new Set(people.map((row) => row['Số báo danh'])).size).toBe(3);
      const book = await workbookOf(
        (await rows(owner(), { of: 'people', format: 'xlsx', personal: true })).rawPayload,
      );
      expect(book.worksheets.map(({ name }) => name)).toEqual(['Người dự thi', 'Từ điển dữ liệu']);
      const [sheet] = book.worksheets;
      expect([2, 3, 4].map((line) => sheet?.getRow(line).getCell(8).value)).toContain('Bình');
      expect(String(sheet?.getRow(2).getCell(6).text)).toContain('2022');
      expect(sheet?.getRow(2).getCell(6).value).toBeInstanceOf(Date);
    });

    it('are logged with their reason, and the ticket ends', async () => {
      const admin = await (await new Visitor(world.server).register()).become('admin');
      const { body } = await admin.get('/api/audit?action=rows.exported');
      expect(body.entries[0]).toMatchObject({
        reason: 'kiểm tra',
        subject: `contest:${world.contest.id}`,
        details: { of: 'people', format: 'xlsx', personal: true },
        address: '203.0.113.1',
      });
      const asked = await owner().post(`${door()}/exports`, {
        of: 'people',
        format: 'csv',
        personal: false,
        reason: 'kiểm tra',
      });
      world.server.clock.advance(11 * 60_000);
      expect((await owner().get(asked.body.path)).status).toBe(404);
      expect((await owner().get('/api/desk/exports?ticket=a.b')).status).toBe(404);
      await expect.poll(runningStreams).toBe(0);
    });

    it('have a dictionary of every column', async () => {
      const { body } = await owner().get('/api/desk/data-dictionary');
      const attempts = body.tables.find(({ of }: { of: string }) => of === 'attempts');
      const [first] = await csv(owner(), { of: 'attempts', personal: true });
      expect(attempts.columns.map(({ title }: { title: string }) => title)).toEqual(Object.keys(first ?? {}));
      expect((await owner().get('/api/desk/data-dictionary/file')).text).toContain('Mã lượt');
    });
  });

  describe('the log', () => {
    it('is found by person, deed, subject and time, exported, and its chain holds', async () => {
      const admin = await (await new Visitor(world.server).register()).become('admin');
      const all = (await admin.get('/api/audit?limit=200')).body.entries;
      const mine = (await admin.get(`/api/audit?actor=${owner().uid}&limit=200`)).body.entries;
      expect(mine.length).toBeGreaterThan(5);
      expect(mine.length).toBeLessThan(all.length);
      const contests = (await admin.get('/api/audit?subject=contest:&limit=200')).body.entries;
      expect(new Set(contests.map(({ subject }: { subject: string }) => subject))).toEqual(
        new Set([`contest:${world.contest.id}`]),
      );
      const [newest] = all;
      const since = (await admin.get(`/api/audit?from=${newest.at}&limit=200`)).body.entries;
      expect(since.every(({ at }: { at: number }) => at >= newest.at)).toBe(true);
      expect((await admin.get(`/api/audit?to=${all.at(-1).at}`)).body.entries).toEqual([]);
      expect((await admin.get('/api/audit/actions')).body.actions).toContain('rows.exported');
      const asked = await admin.post('/api/audit/exports', { subject: 'contest:', reason: 'lưu hồ sơ' });
      const { data } = Papa.parse<string[]>((await raw(admin, asked.body.path)).body, {
        skipEmptyLines: true,
      });
      expect(data).toHaveLength(contests.length + 1);
      const checked = (await admin.post('/api/audit/check')).body;
      expect(checked).toMatchObject({ broken: null });
      expect(checked.rows).toBeGreaterThan(all.length);
      expect((await owner().get('/api/audit')).status).toBe(403);
    });
  });

  describe('whoever leaves in the middle of a file', () => {
    const LINES = 12_000;
    /** Connections of exports as PostgreSQL knows of them; on SQLite there is one in each thread that runs. */
    const readers = async (): Promise<number> => {
      if (dialect === 'sqlite') return runningStreams();
      const [row] = await world.server.context.database.query
        .select({ n: sql<number>`count(*)` })
        .from(sql`pg_stat_activity`)
        .where(sql`application_name = 'hoithi-export' and datname = current_database()`);
      return Number(row?.n ?? 0);
    };

    beforeAll(async () => {
      const lines = Array.from({ length: LINES }, (_, i) => ({
        ...{ actor: 'system', action: 'test.line', subject: `line:${i}` },
        details: { text: `${i}`.padEnd(2000, 'x') },
      }));
      await withAuditLines(world.server.context, lines, []);
    });

    it('lets go of the database through the door: nothing goes on reading', async () => {
      const { http } = world.server.app;
      if (!http.server.listening) await http.listen({ port: 0, host: '127.0.0.1' });
      const address = http.server.address();
      const port = typeof address === 'object' && address !== null ? address.port : 0;
      const admin = await (await new Visitor(world.server).register()).become('admin');
      const asked = await admin.post('/api/audit/exports', { action: 'test.line', reason: 'lưu hồ sơ' });
      const cookie = [...admin.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
      const going = request({ port, path: asked.body.path, headers: { cookie } });
      going.end();
      const [reply] = await once(going, 'response');
      await once(reply, 'readable');
      // More is to come than all buffers hold, so the file waits for its reader.
      await expect.poll(runningStreams).toBe(1);
      expect(await readers()).toBe(1);
      reply.destroy();
      await expect.poll(runningStreams, { timeout: 30_000 }).toBe(0);
      await expect.poll(readers, { timeout: 30_000 }).toBe(0);
    });

    it.each(['csv', 'xlsx'] as const)(
      'lets go of it as %s, before its first byte and after',
      async (format) => {
        const { database, config } = world.server.context;
        const order: RowOrder = {
          ...{ dialect, location: config.databaseUrl, of: 'audit', format, title: 'Nhật ký' },
          ...{ units: [], rounds: [], versions: [], secret: null },
        };
        const pages = auditPages(database, { action: 'test.line' });
        const unread = streamRows({ order, pages, limit: 100 });
        unread.destroy();
        const begun = streamRows({ order, pages, limit: 100 });
        await once(begun, 'readable');
        expect(begun.read()?.length).toBeGreaterThan(0);
        begun.destroy();
        await expect.poll(runningStreams, { timeout: 30_000 }).toBe(0);
        await expect.poll(readers, { timeout: 30_000 }).toBe(0);
      },
    );
  });

  it('count two at once; whoever asks for many different ones waits, then comes again later', async () => {
    const from = world.server.clock.now() - 30 * DAY;
    const asked = Array.from({ length: 30 }, (_, i) =>
      owner().get(`${door()}/report?preset=custom&from=${from + i * 60_000}&to=${from + 29 * DAY}`),
    );
    const statuses = (await Promise.all(asked)).map(({ status }) => status);
    expect(new Set(statuses)).toEqual(new Set([200, 503]));
    expect(statuses.filter((status) => status === 200).length).toBe(22);
    expect((await owner().get(`${door()}/report?preset=custom&from=${from}&to=${from + DAY}`)).status).toBe(
      200,
    );
  }, 120_000);
});
