/**
 * Tables in which a question takes several rows: one for itself and one for each option, with a mark where the option is
 * right. Either options have a column of their own (and the question's cell is merged or empty below), or questions and
 * options share a column and only questions have a number.
 */
import { truthOfWord } from './key-text.ts';
import { type Cell, type Table, type TableRow, textOfCell } from './table-cells.ts';
import { type Field, headerWord } from './table-fields.ts';
import type { Mapping } from './table-mapping.ts';
import type { TableOption } from './table-options.ts';

/** Rows of one question: the first is its own. */
export interface StackedQuestion {
  readonly first: TableRow;
  readonly rows: readonly TableRow[];
  readonly options: readonly TableOption[];
  /** Null: no row says whether it is right. */
  readonly marked: readonly number[] | null;
  /** What is said of each option; null: nothing is. */
  readonly truths: readonly (boolean | null)[];
  /** Each is judged by itself, and none of them is to be chosen. */
  readonly areStatements: boolean;
}

interface Columns {
  readonly stem: number;
  /** Where options stand; the column of the stem when they share one. */
  readonly option: number;
  readonly key: number;
  readonly number: number;
  /** Columns of crosses; −1: there are none. */
  readonly isTrue: number;
  readonly isFalse: number;
  /** The title calls what stands there statements. */
  readonly hasStatements: boolean;
}

const STATEMENTS = /^y(?: |$)|nhan dinh|menh de|phat bieu|khang dinh|statement/;

/** Whether a title says that statements stand below it. */
export function isTitleOfStatements(title: string): boolean {
  return STATEMENTS.test(headerWord(title));
}

/** "a) …": how papers number statements; options have capitals. */
const SMALL_LABEL = /^\(?[a-h]\s*[.)/:]\s/;
/** "a" or "1a" in the column of numbers. */
const SMALL_NUMBER = /^\d{0,3}(?:\s*[.)-])?\s*[a-h][.)]?$/;
const LABEL = /^\(?[A-Ha-h]\s*[.)/:]\s/;

/** Where a stacked table has its things; null: every row is a question. */
export function stackedColumns({ rows }: Table, { columns, header }: Mapping): Columns | null {
  const at = (field: Field) => columns.indexOf(field);
  const [stem, key, number, isTrue, isFalse] = [
    at('stem'),
    at('key'),
    at('number'),
    at('isTrue'),
    at('isFalse'),
  ];
  const own = at('options') >= 0 ? at('options') : at('option');
  const data = rows.filter((row) => row.number > (header ?? 0)).slice(0, 400);
  if (stem < 0 || columns.filter((field) => field === 'option').length > 1) return null;
  const titles = rows.find((row) => row.number === header)?.cells ?? [];
  const hasStatements = isTitleOfStatements(textOfCell(titles[own >= 0 ? own : stem]));
  const found = { stem, option: own >= 0 ? own : stem, key, number, isTrue, isFalse, hasStatements };
  const isFilled = (row: TableRow, column: number) => textOfCell(row.cells[column]) !== '';
  if (own >= 0) {
    const below = data.filter((row) => !isFilled(row, stem) && isFilled(row, own)).length;
    return below >= data.length * 0.4 ? found : null;
  }
  if (key < 0) return null;
  const options = data.filter((row) => isOptionRow(row, found));
  const marks = options.filter((row) => markOf(row.cells[key]) !== null).length;
  const questions = data.length - options.length;
  const isStacked = questions > 0 && options.length >= 2 * questions && marks >= options.length * 0.2;
  return isStacked ? found : null;
}

/** In a shared column an option has no number where questions have one, or a letter before it. */
function isOptionRow({ cells }: TableRow, { stem, key, number }: Columns): boolean {
  const text = textOfCell(cells[stem]);
  if (text === '') return false;
  if (number >= 0) {
    const own = textOfCell(cells[number]);
    return own === '' || /^(?:\d{1,3}(?:\s*[.)-])?\s*)?[A-Ha-h][.)]?$/.test(own);
  }
  return LABEL.test(text) || /^[01x✓✔√*]$/iu.test(textOfCell(cells[key]));
}

/** What stands beside an option: 1, x, Đ, TRUE: right; 0, S, FALSE: wrong; null: nothing. */
export function markOf(cell: Cell | undefined): boolean | null {
  const text = textOfCell(cell).trim();
  if (/^(?:1|x|✓|✔|√|\*|v|100%?|đúng|correct|right)$/iu.test(text)) return true;
  if (/^(?:0|0%)$/.test(text)) return false;
  return truthOfWord(text);
}

/** Places of what is right; null: nothing is said to be. */
export function placesOfTrue(truths: readonly (boolean | null)[]): readonly number[] | null {
  const right = truths.flatMap((truth, place) => (truth === true ? [place] : []));
  return right.length === 0 ? null : right;
}

/** Puts rows together; what stands before the first question comes back as a question of its own row. */
export function stackedQuestions(rows: readonly TableRow[], columns: Columns): readonly StackedQuestion[] {
  const groups: TableRow[][] = [];
  for (const row of rows) {
    const begins =
      columns.option === columns.stem
        ? !isOptionRow(row, columns)
        : textOfCell(row.cells[columns.stem]) !== '';
    const last = groups.at(-1);
    if (begins || last === undefined) groups.push([row]);
    else last.push(row);
  }
  return groups.flatMap((group) => questionOf(group, columns));
}

function questionOf(group: readonly TableRow[], columns: Columns): StackedQuestion[] {
  const { stem, option } = columns;
  const [first] = group;
  if (first === undefined) return [];
  const below = option === stem ? group.slice(1) : group;
  const withOption = below.filter(({ cells }) => textOfCell(cells[option]) !== '');
  const options = withOption.map(({ cells }, place): TableOption => ({ cell: cells[option] ?? '', place }));
  const truths = withOption.map((row) => truthOfRow(row, columns));
  const right = truths.flatMap((truth, place) => (truth === true ? [place] : []));
  const isMarked = truths.some((truth) => truth !== null) && (truths.length > 1 || right.length > 0);
  const isJudged = columns.hasStatements || areJudged(withOption, columns);
  return [{ first, rows: group, options, marked: isMarked ? right : null, truths, areStatements: isJudged }];
}

/** What stands beside an option, or under "Đúng" and "Sai"; a cross under both says nothing. */
function truthOfRow({ cells }: TableRow, { key, isTrue, isFalse }: Columns): boolean | null {
  if (key >= 0) return markOf(cells[key]);
  const [yes, no] = [isCrossed(cells[isTrue]), isCrossed(cells[isFalse])];
  return yes === no ? null : yes;
}

function isCrossed(cell: Cell | undefined): boolean {
  return !/^[☐□○.…_–\s-]*$/u.test(textOfCell(cell));
}

/** "a) … Đ, b) … S": small letters, and a word beside each. */
function areJudged(rows: readonly TableRow[], { option, key, number, isTrue, isFalse }: Columns): boolean {
  if (key < 0) return isTrue >= 0 && isFalse >= 0;
  const isSmall = ({ cells }: TableRow) =>
    SMALL_LABEL.test(textOfCell(cells[option])) || SMALL_NUMBER.test(textOfCell(cells[number]));
  return (
    rows.length > 1 &&
    rows.every(isSmall) &&
    rows.every(({ cells }) => truthOfWord(textOfCell(cells[key])) !== null)
  );
}
