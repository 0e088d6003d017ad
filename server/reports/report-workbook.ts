/** A report as a workbook: by unit, by block, by day, and what each column says. */
import { formatMoment } from '../contests/time-rules.ts';
import { periodText } from './period-rules.ts';
import { reportColumns } from './report-columns.ts';
import { type Line, type LineOrder, linesIn, type Report } from './report-rules.ts';
import type { SheetRow, SheetStart } from './workbook.ts';
import { type WorkbookSheet, workbookOf } from './workbook-file.ts';

const DAY_MS = 86_400_000;
const AHEAD_MS = 7 * 3_600_000;
const PEOPLE_COLUMN = 4;

/** Title and what the report is about, as it stands above every form of it. */
export function headingsOf({ contest, period, root, at }: Report): readonly string[] {
  return [
    'BÁO CÁO THAM GIA THEO ĐƠN VỊ',
    contest.title,
    ...(period.round === null ? [] : [period.round.title]),
    ...(root === null ? [] : [root.unit.name]),
    `Kỳ: ${periodText(period)}`,
    `Số liệu lúc ${formatMoment(at)}`,
  ];
}

/** Throws `busy`. */
export function toWorkbook(report: Report, order: LineOrder): Promise<Uint8Array> {
  const above = headingsOf(report);
  const common = { above, landscape: true };
  return workbookOf([
    { start: tableStart('Theo đơn vị', common), rows: unitRows(report, order) },
    ...(report.blocks.length === 0
      ? []
      : [{ start: tableStart('Theo khối', common), rows: report.blocks.map((line) => rowOf(line, 0)) }]),
    daySheet(report, above),
    {
      start: { name: 'Giải thích', above: [], headings: ['Cột', 'Ý nghĩa'], widths: [26, 100] },
      rows: reportColumns.map(({ title, about }) => ({ cells: [title, about] })),
    },
  ]);
}

function tableStart(
  name: string,
  common: { readonly above: readonly string[]; readonly landscape: boolean },
): SheetStart {
  return {
    ...common,
    name,
    headings: reportColumns.map(({ title }) => title),
    widths: reportColumns.map(({ width }) => width),
    formats: reportColumns.map(({ format }) => format),
    bars: [PEOPLE_COLUMN],
  };
}

function* unitRows(report: Report, order: LineOrder): Generator<SheetRow> {
  const steps = order.sort === 'tree' || order.sort === 'block';
  for (const line of linesIn(report, order)) yield rowOf(line, steps ? line.level : 0);
  yield { ...rowOf(report.total, 0), bold: true };
}

function rowOf(line: Line, indent: number): SheetRow {
  const cells = reportColumns.map(({ value }) => value(line));
  return { cells, indent, bold: line.kind === 'block' || (line.kind === 'unit' && line.hasBelow) };
}

function daySheet({ days }: Report, above: readonly string[]): WorkbookSheet {
  return {
    start: {
      name: 'Theo ngày',
      above,
      headings: ['Ngày', 'Số lượt thi', 'Số người dự thi'],
      widths: [14, 16, 18],
      formats: ['dd/mm/yyyy', '#,##0', '#,##0'],
      bars: [2],
    },
    rows: days.map(({ day, attempts, people }) => ({
      cells: [formatMoment(day * DAY_MS - AHEAD_MS).slice(0, 10), attempts, people],
    })),
  };
}
