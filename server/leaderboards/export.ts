/** Boards as files that open in Excel: CSV with a BOM, XLSX with a heading. Cells cannot become formulas. */
import ExcelJS from 'exceljs';
import Papa from 'papaparse';
import { formatMoment } from '../contests/time-rules.ts';
import type { PersonLine, UnitLine } from '../contracts/leaderboards.ts';

/** A file of lines: headings, then rows. */
export interface Sheet {
  readonly title: string;
  readonly headings: readonly string[];
  readonly rows: readonly (readonly (string | number)[])[];
}

export function peopleSheet(title: string, lines: readonly PersonLine[]): Sheet {
  return {
    title,
    headings: ['Hạng', 'Họ và tên', 'Đơn vị', 'Điểm', 'Thời gian (giây)', 'Nộp bài lúc'],
    rows: lines.map((line) => [
      line.rank,
      line.name,
      line.unit?.name ?? '',
      line.marks / 100,
      line.elapsedMs / 1000,
      formatMoment(line.submittedAt),
    ]),
  };
}

export function unitsSheet(title: string, lines: readonly UnitLine[]): Sheet {
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
    rows: lines.map((line) => [
      line.rank,
      line.name,
      line.entrants,
      line.attempts,
      line.members ?? '',
      line.rate ?? '',
      line.average === null ? '' : line.average / 100,
    ]),
  };
}

/** Characters with which a spreadsheet begins a formula. */
const FORMULA = /^[=+\-@\t\r]/;

/** Text that a spreadsheet takes as text: an apostrophe goes before what would begin a formula. */
export function neutralised(value: string | number): string | number {
  return typeof value === 'string' && FORMULA.test(value) ? `'${value}` : value;
}

export function toCsv({ headings, rows }: Sheet): string {
  const cells = [headings, ...rows].map((row) => row.map(neutralised));
  return `\uFEFF${Papa.unparse(cells, { newline: '\r\n' })}\r\n`;
}

export async function toXlsx({ title, headings, rows }: Sheet): Promise<Buffer> {
  const workbook = new ExcelJS.Workbook();
  const sheet = workbook.addWorksheet('Bảng xếp hạng', {
    pageSetup: { paperSize: 9, orientation: 'portrait', fitToPage: true, fitToHeight: 0 },
    views: [{ state: 'frozen', ySplit: 3 }],
  });
  const font = { name: 'Times New Roman', size: 12 };
  sheet.columns = headings.map((heading, i) => ({
    width: i === 1 || i === 2 ? 36 : Math.max(12, heading.length + 2),
    style: { font },
  }));
  sheet.mergeCells(1, 1, 1, headings.length);
  const heading = sheet.getCell(1, 1);
  heading.value = neutralised(title);
  heading.font = { ...font, size: 14, bold: true };
  heading.alignment = { horizontal: 'center' };
  const head = sheet.getRow(3);
  head.values = [...headings];
  head.font = { ...font, bold: true };
  head.alignment = { wrapText: true, vertical: 'middle', horizontal: 'center' };
  for (const row of rows) sheet.addRow(row.map(neutralised));
  return Buffer.from(await workbook.xlsx.writeBuffer());
}
