/**
 * Tables in which a question takes several rows: one for itself and one for each option, with a mark where the option is
 * right. Either options have a column of their own (and the question's cell is merged or empty below), or questions and
 * options share a column and only questions have a number.
 */
import { truthOfWord } from './key-text.ts';
import { type Cell, type Table, type TableRow, textOfCell } from './table-cells.ts';
import type { Field } from './table-fields.ts';
import type { Mapping } from './table-mapping.ts';
import type { TableOption } from './table-options.ts';

/** Rows of one question: the first is its own. */
export interface StackedQuestion {
  readonly first: TableRow;
  readonly rows: readonly TableRow[];
  readonly options: readonly TableOption[];
  /** Null: no row says whether it is right. */
  readonly marked: readonly number[] | null;
}

interface Columns {
  readonly stem: number;
  /** Where options stand; the column of the stem when they share one. */
  readonly option: number;
  readonly key: number;
  readonly number: number;
}

const LABEL = /^\(?[A-Ha-h]\s*[.)/:]\s/;

/** Where a stacked table has its things; null: every row is a question. */
export function stackedColumns({ rows }: Table, { columns, header }: Mapping): Columns | null {
  const at = (field: Field) => columns.indexOf(field);
  const [stem, key, number] = [at('stem'), at('key'), at('number')];
  const own = at('options') >= 0 ? at('options') : at('option');
  const data = rows.filter((row) => row.number > (header ?? 0)).slice(0, 400);
  if (stem < 0 || columns.filter((field) => field === 'option').length > 1) return null;
  const isFilled = (row: TableRow, column: number) => textOfCell(row.cells[column]) !== '';
  if (own >= 0) {
    const below = data.filter((row) => !isFilled(row, stem) && isFilled(row, own)).length;
    return below >= data.length * 0.4 ? { stem, option: own, key, number } : null;
  }
  if (key < 0) return null;
  const options = data.filter((row) => isOptionRow(row, { stem, option: stem, key, number }));
  const marks = options.filter((row) => markOf(row.cells[key]) !== null).length;
  const questions = data.length - options.length;
  const isStacked = questions > 0 && options.length >= 2 * questions && marks >= options.length * 0.2;
  return isStacked ? { stem, option: stem, key, number } : null;
}

/** In a shared column an option has no number where questions have one, or a letter before it. */
function isOptionRow({ cells }: TableRow, { stem, key, number }: Columns): boolean {
  const text = textOfCell(cells[stem]);
  if (text === '') return false;
  if (number >= 0) {
    const own = textOfCell(cells[number]);
    return own === '' || /^[A-Ha-h][.)]?$/.test(own);
  }
  return LABEL.test(text) || /^[01x✓✔√*]$/iu.test(textOfCell(cells[key]));
}

/** What stands beside an option: 1, x, Đ, TRUE: right; 0, S, FALSE: wrong; null: nothing. */
function markOf(cell: Cell | undefined): boolean | null {
  const text = textOfCell(cell).trim();
  if (/^(?:1|x|✓|✔|√|\*|v|100%?|đúng|correct|right)$/iu.test(text)) return true;
  if (/^(?:0|0%)$/.test(text)) return false;
  return truthOfWord(text);
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

function questionOf(group: readonly TableRow[], { stem, option, key }: Columns): StackedQuestion[] {
  const [first] = group;
  if (first === undefined) return [];
  const below = option === stem ? group.slice(1) : group;
  const withOption = below.filter(({ cells }) => textOfCell(cells[option]) !== '');
  const options = withOption.map(({ cells }, place): TableOption => ({ cell: cells[option] ?? '', place }));
  const marks = withOption.map(({ cells }) => (key < 0 ? null : markOf(cells[key])));
  const right = marks.flatMap((mark, place) => (mark === true ? [place] : []));
  const isMarked = marks.some((mark) => mark !== null) && (marks.length > 1 || right.length > 0);
  return [{ first, rows: group, options, marked: isMarked ? right : null }];
}
