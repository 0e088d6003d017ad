/** Boards as files that open in Excel: CSV with a BOM, XLSX with a heading. Cells cannot become formulas. */
import { Worker } from 'node:worker_threads';
import Papa from 'papaparse';
import { formatMoment } from '../contests/time-rules.ts';
import type { PersonLine, UnitLine } from '../contracts/leaderboards.ts';
import { neutralised } from '../platform/cells.ts';
import { AppError } from '../platform/errors.ts';
import type { Cell, ExportAnswer, ExportOrder, ExportRows } from './export-worker.ts';

type Pages<Of> = AsyncIterable<readonly Of[]>;

/** A file of lines: headings, then rows, a page at a time. */
export interface Sheet {
  readonly title: string;
  /** Name of the sheet in a workbook; "Bảng xếp hạng" unless said. */
  readonly tab?: string;
  readonly headings: readonly string[];
  /** Of the columns, in characters. */
  readonly widths: readonly number[];
  readonly pages: Pages<readonly Cell[]>;
}

export function peopleSheet(title: string, pages: Pages<PersonLine>): Sheet {
  return {
    title,
    headings: ['Hạng', 'Họ và tên', 'Đơn vị', 'Điểm', 'Thời gian (giây)', 'Nộp bài lúc'],
    widths: [8, 36, 36, 10, 18, 22],
    pages: mapped(pages, (line) => [
      line.rank,
      line.name,
      line.unit?.name ?? '',
      line.marks / 100,
      line.elapsedMs / 1000,
      new Date(line.submittedAt),
    ]),
  };
}

export function unitsSheet(title: string, pages: Pages<UnitLine>): Sheet {
  return {
    title,
    headings: [
      'Hạng',
      'Đơn vị',
      'Số người dự thi',
      'Số lượt thi',
      'Số người của đơn vị',
      'Tỷ lệ tham gia',
      'Điểm trung bình',
    ],
    widths: [8, 48, 18, 14, 22, 18, 18],
    pages: mapped(pages, (line) => [
      line.rank,
      line.name,
      line.entrants ?? '',
      line.attempts ?? '',
      line.members ?? '',
      line.rate ?? '',
      line.average === null ? '' : line.average / 100,
    ]),
  };
}

async function* mapped<From, To>(pages: Pages<From>, row: (line: From) => To): AsyncGenerator<To[]> {
  for await (const lines of pages) yield lines.map(row);
}

/** The file, a page at a time. */
export async function* toCsv({ headings, pages }: Sheet): AsyncGenerator<string> {
  const lines = (rows: readonly (readonly Cell[])[]): string =>
    `${Papa.unparse(
      rows.map((row) => row.map(shownInCsv)),
      { newline: '\r\n' },
    )}\r\n`;
  yield `\uFEFF${lines([headings])}`;
  for await (const rows of pages) if (rows.length > 0) yield lines(rows);
}

function shownInCsv(value: Cell): string | number {
  const shown = neutralised(value);
  return shown instanceof Date ? formatMoment(shown.getTime()) : shown;
}

/** Workbooks made at the same time; each takes a core for as long as it lasts. */
const MOST = 2;
let making = 0;

/** The file; made in a thread of its own, since half a million rows take a minute. Throws `busy`. */
export async function toXlsx({
  title,
  tab = 'Bảng xếp hạng',
  headings,
  widths,
  pages,
}: Sheet): Promise<Uint8Array> {
  if (making >= MOST) throw new AppError('busy');
  making += 1;
  const order: ExportOrder = { title: neutralised(title), tab, headings, widths };
  const worker = new Worker(new URL('./export-worker.ts', import.meta.url), { workerData: order });
  const { promise: failed, reject } = Promise.withResolvers<never>();
  failed.catch(() => undefined);
  worker.once('error', reject);
  const ask = (rows: ExportRows): Promise<ExportAnswer> => Promise.race([answerOf(worker, rows), failed]);
  try {
    for await (const rows of pages) await ask({ rows: rows.map((row) => row.map(neutralised)) });
    const { file } = await ask('end');
    if (file === undefined) throw new Error('no file came of an export');
    return file;
  } finally {
    making -= 1;
    await worker.terminate();
  }
}

function answerOf(worker: Worker, rows: ExportRows): Promise<ExportAnswer> {
  const { promise, resolve } = Promise.withResolvers<ExportAnswer>();
  worker.once('message', resolve);
  worker.postMessage(rows);
  return promise;
}
