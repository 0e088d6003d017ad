/** What the columns of a table of units mean, by their headers. Pure. */
import { cleanText, fold } from '../../questions/vietnamese.ts';

export type Column = 'code' | 'name' | 'parentCode' | 'block' | 'headcount' | 'from' | 'until' | 'successor';

const COLUMNS: readonly Column[] = [
  'code',
  'name',
  'parentCode',
  'block',
  'headcount',
  'from',
  'until',
  'successor',
];

/** Headers in folded letters; what stands in brackets is left out. */
const HEADERS: Readonly<Record<Column, readonly string[]>> = {
  code: ['ma', 'ma don vi', 'ma so', 'code', 'unit code'],
  name: ['ten', 'ten don vi', 'don vi', 'name', 'unit', 'unit name'],
  parentCode: [
    'ma cap tren',
    'ma don vi cap tren',
    'don vi cap tren',
    'cap tren',
    'ma cha',
    'ma don vi cha',
    'thuoc',
    'truc thuoc',
    'parent',
    'parent code',
  ],
  block: ['khoi', 'cum', 'khoi thi dua', 'cum thi dua', 'block'],
  headcount: [
    'si so',
    'quan so',
    'so nguoi',
    'so luong',
    'so thanh vien',
    'so dang vien',
    'headcount',
    'members',
  ],
  from: ['tu ngay', 'ngay bat dau', 'ngay thanh lap', 'hieu luc tu', 'from', 'valid from'],
  until: ['den ngay', 'den het ngay', 'ngay ket thuc', 'ngay giai the', 'until', 'valid until'],
  successor: ['ma ke thua', 'ma don vi ke thua', 'don vi ke thua', 'sap nhap vao', 'successor'],
};
/** Titles and seals may stand above the header. */
const HEADER_WITHIN_ROWS = 15;
/** A title is short; the patterns below take the square of the length to read. */
const TITLE_LENGTH = 200;
const DAY = /(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})/;
const HANOI_MS = 7 * 3_600_000;

/** Members from a day on: one column for each day. */
export interface CountColumn {
  readonly place: number;
  readonly title: string;
  readonly fromAt: number;
}

export interface Header {
  /** As the spreadsheet counts. */
  readonly row: number;
  readonly columns: ReadonlyMap<Column, number>;
  readonly titles: ReadonlyMap<Column, string>;
  readonly counts: readonly CountColumn[];
  /** Titles that mean nothing to us: their cells are not read, and people are told so. */
  readonly ignored: readonly string[];
}

export function findHeader(rows: readonly (readonly string[])[]): Header | null {
  for (const [i, cells] of rows.slice(0, HEADER_WITHIN_ROWS).entries()) {
    const header = readHeader(cells, i + 1);
    if (header.columns.has('code') && header.columns.has('name')) return header;
  }
  return null;
}

function readHeader(cells: readonly string[], row: number): Header {
  const columns = new Map<Column, number>();
  const titles = new Map<Column, string>();
  const counts: CountColumn[] = [];
  const ignored: string[] = [];
  for (const [place, cell] of cells.entries()) {
    const title = cleanText(cell.slice(0, TITLE_LENGTH + 1));
    const column = columnOf(title);
    const fromAt = column === 'headcount' ? readDay(title) : null;
    if (fromAt !== null && counts.every((one) => one.fromAt !== fromAt))
      counts.push({ place, title, fromAt });
    else if (column !== null && fromAt === null && !columns.has(column)) {
      columns.set(column, place);
      titles.set(column, title);
    } else if (title !== '') ignored.push(title);
  }
  return { row, columns, titles, counts, ignored };
}

function columnOf(title: string): Column | null {
  if (title.length > TITLE_LENGTH) return null;
  const bare = fold(title.replace(/\(.*\)/, '').replace(DAY, ''))
    .replace(/[*:]/g, '')
    .replace(/ (tu|tinh den|den|ngay)+(?= |$)/g, (words) => (DAY.test(title) ? '' : words))
    .trim();
  return COLUMNS.find((column) => HEADERS[column].includes(bare)) ?? null;
}

/** The beginning of the day that stands in a text, "01/08/2025", in Hà Nội; null when there is none. */
export function readDay(text: string): number | null {
  const [, day = '', month = '', year = ''] = DAY.exec(text) ?? [];
  if (year === '') return null;
  const at = Date.UTC(Number(year), Number(month) - 1, Number(day));
  const isReal =
    new Date(at).getUTCDate() === Number(day) && new Date(at).getUTCMonth() + 1 === Number(month);
  return isReal ? at - HANOI_MS : null;
}
