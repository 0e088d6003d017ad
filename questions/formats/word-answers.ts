/** Answers of a whole paper in one place: tables of numbers and letters, rows such as "1.A 2.B", columns "Câu | Đáp án". */
import { cleanText, fold } from '../vietnamese.ts';
import { truthOfWord } from './key-text.ts';

export interface Answer {
  readonly number: number;
  /** As it stands: "B", "ĐSSĐ", "12,5". */
  readonly value: string;
}

/** Rows of cells as text on one line each. */
export type Grid = readonly (readonly string[])[];

const PAIR = /^(?:câu\s*)?(\d{1,3})\s*[.:)\-–]?\s*(?:\(?([A-H](?:\s*[,&]\s*[A-H])*)\)?|([ĐSĐs]{2,8}))\.?$/iu;
const NUMBER = /^(?:câu\s*)?(\d{1,3})\.?$/iu;
const HEAD_NUMBER = /^(?:cau(?: hoi| so)?|stt|so|tt|question|q|no|so cau)\.?$/;
const HEAD_VALUE =
  /^(?:dap an(?: dung)?|da|d\/a|dap so|answer|key|ket qua|chon|tra loi|d\.? ?an|dap an chon)\.?$/;

export interface GridAnswers {
  /** Empty: it is no table of answers, or one of other versions. */
  readonly answers: readonly Answer[];
  /** Versions of the paper that the table is for, where none of them is surely ours. */
  readonly versions: readonly string[];
}

/** Answers of a table. `version`: the paper's own code, where rows or columns have several. */
export function answersInGrid(rows: Grid, version: string | null): GridAnswers {
  const grid = rows
    .map((row) => row.map((cell) => cleanText(cell)))
    .filter((row) => row.some((cell) => cell !== ''));
  const versions = versionsIn(grid);
  const foreign = version === null ? versions.length > 1 : versions.length > 0 && !versions.includes(version);
  if (foreign) return { answers: [], versions };
  for (const read of [pairedCells, truthColumns, besideNumbers, belowNumbers]) {
    const answers = read(grid, version);
    if (answers.length >= 2 || (answers.length === 1 && read !== pairedCells))
      return { answers, versions: [] };
  }
  return { answers: [], versions: [] };
}

const VERSION = /^(?:mã\s*(?:đề)?\s*(?:thi)?\s*:?\s*|đề\s*(?:số)?\s*)?(\d{3,4})$/iu;
const HEAD_VERSION = /^(?:ma(?: de)?(?: thi)?|de)(?:\s*[\\/|]?\s*cau.*)?$/;

/** Codes of versions that head columns beside "Câu", or rows below numbers. */
function versionsIn(grid: Grid): readonly string[] {
  const [head = [], ...rest] = grid;
  const codeOf = (cell: string) => VERSION.exec(cell)?.[1] ?? null;
  const first = fold(head[0] ?? '').trim();
  const areRowsNumbered = rest.length > 0 && rest.every(([cell = '']) => NUMBER.test(cell));
  if (HEAD_NUMBER.test(first) && areRowsNumbered) {
    const codes = head.slice(1).map(codeOf);
    if (codes.length > 0 && codes.every((code) => code !== null)) return codes;
  }
  if (!HEAD_VERSION.test(first) && !isCounted(head)) return [];
  const codes = rest.map(([cell = '']) => codeOf(cell));
  return codes.length > 0 && codes.every((code) => code !== null) ? codes : [];
}

/** A head of numbers that rise by one: questions. */
function isCounted(head: readonly string[]): boolean {
  return numbersIn(head).length >= 2;
}

/** Whether a table says of itself that it holds answers. */
export function isNamedAnswers(grid: Grid): boolean {
  const words = [...grid.map(([first = '']) => first), ...(grid[0] ?? [])].map((cell) => fold(cell).trim());
  return words.some((word) => HEAD_NUMBER.test(word)) && words.some((word) => HEAD_VALUE.test(word));
}

/** "1.A | 2.B | 3.C" */
function pairedCells(grid: Grid): readonly Answer[] {
  const filled = grid.flat().filter((cell) => cell !== '');
  const answers = filled.flatMap((cell) => pairOf(cell));
  return answers.length >= filled.length * 0.7 ? answers : [];
}

function pairOf(cell: string): Answer[] {
  const [, number, letters, truths] = PAIR.exec(cell) ?? [];
  const value = letters ?? truths;
  return number === undefined || value === undefined
    ? []
    : [{ number: Number(number), value: value.toUpperCase() }];
}

/** "Câu | a | b | c | d" with a row a question. */
function truthColumns(grid: Grid): readonly Answer[] {
  const at = grid.findIndex((row) => row.filter((cell) => /^[a-d]\)?\.?$/i.test(cell)).length >= 2);
  const head = grid[at];
  if (head === undefined) return [];
  const columns = head.flatMap((cell, i) => (/^[a-h]\)?\.?$/i.test(cell) ? [i] : []));
  return grid.slice(at + 1).flatMap((row): Answer[] => {
    const number = NUMBER.exec(row[0] ?? '')?.[1];
    const words = columns.map((i) => row[i] ?? '');
    if (number === undefined || words.some((word) => truthOfWord(word) === null)) return [];
    return [{ number: Number(number), value: words.map(truthLetter).join('') }];
  });
}

function truthLetter(word: string): string {
  return truthOfWord(word) === true ? 'Đ' : 'S';
}

/** Columns "Câu" and "Đáp án", once or several times side by side; or a first column of numbers. */
function besideNumbers(grid: Grid, version: string | null): readonly Answer[] {
  const [head = [], ...rest] = grid;
  const words = head.map((cell) => fold(cell).trim());
  const pairs = words.flatMap((word, i) =>
    HEAD_NUMBER.test(word) ? [[i, valueColumn(words, i, version)] as const] : [],
  );
  const named = pairs.flatMap(([number, value]) =>
    value === null ? [] : rest.flatMap((row) => answerOf(row[number], row[value])),
  );
  if (named.length > 0 || pairs.length > 0) return named;
  if (grid.some((row) => row.length < 2) || grid.some((row) => row.length % 2 === 1)) return [];
  const bare = grid.flatMap((row) =>
    row.flatMap((cell, i) => (i % 2 === 0 ? answerOf(cell, row[i + 1]) : [])),
  );
  return bare.length >= grid.length && bare.every(({ value }) => /^[A-H]$|^[ĐS]{2,}$/.test(value))
    ? bare
    : [];
}

function valueColumn(words: readonly string[], number: number, version: string | null): number | null {
  const versions = words.flatMap((word, i) => (i > number && /^(?:ma de )?\d{3,4}$/.test(word) ? [i] : []));
  const own = versions.find((i) => version !== null && (words[i] ?? '').endsWith(version));
  if (versions.length > 0) return own ?? versions[0] ?? null;
  return HEAD_VALUE.test(words[number + 1] ?? '') ? number + 1 : null;
}

function answerOf(number: string | undefined, value: string | undefined): Answer[] {
  const found = NUMBER.exec(number ?? '')?.[1];
  if (found === undefined || value === undefined || value === '') return [];
  return [{ number: Number(found), value }];
}

/** A row of numbers, and below it the letters; or below it rows a, b, c, d of truths. */
function belowNumbers(grid: Grid, version: string | null): readonly Answer[] {
  const answers: Answer[] = [];
  for (let at = 0; at < grid.length; at++) {
    const numbers = numbersIn(grid[at] ?? []);
    if (numbers.length === 0) continue;
    const below: (readonly string[])[] = [];
    for (const row of grid.slice(at + 1)) {
      if (numbersIn(row).length > 0 && below.length > 0) break;
      below.push(row);
    }
    const own = below.filter(([cell = '']) => version !== null && VERSION.exec(cell)?.[1] === version);
    answers.push(...columnAnswers(numbers, own.length > 0 ? own : below));
    at += below.length;
  }
  return answers;
}

/** Columns with rising numbers, at least two of them and nearly all of the row. */
function numbersIn(row: readonly string[]): readonly (readonly [column: number, number: number])[] {
  const found = row.flatMap((cell, i): [number, number][] => {
    const number = NUMBER.exec(cell)?.[1];
    return number === undefined ? [] : [[i, Number(number)]];
  });
  const filled = row.filter((cell) => cell !== '').length;
  const isNamed = HEAD_NUMBER.test(fold(row[0] ?? '').trim());
  const isRising = found.every(([, number], i) => {
    const step = number - (found[i - 1]?.[1] ?? 0);
    return i === 0 || step === 1 || (isNamed && step > 0);
  });
  return found.length >= (isNamed ? 1 : 2) && isRising && found.length >= filled - 1 ? found : [];
}

function columnAnswers(
  numbers: readonly (readonly [column: number, number: number])[],
  rows: Grid,
): readonly Answer[] {
  const truths = rows.filter((row) => numbers.every(([column]) => truthOfWord(row[column] ?? '') !== null));
  if (truths.length >= 2)
    return numbers.map(([column, number]) => ({
      number,
      value: truths.map((row) => truthLetter(row[column] ?? '')).join(''),
    }));
  const [values = []] = rows;
  return numbers.flatMap(([column, number]) => {
    const value = values[column] ?? '';
    return value === '' ? [] : [{ number, value }];
  });
}

const LISTED =
  /(?:^|[\s,;|])(?:câu\s*)?(\d{1,3})\s*[.:)\-–=>]*\s*(?:\(?([A-H](?:\s*[,&]\s*[A-H](?![\p{L}.]))*)\)?(?![\p{L}\d])|([ĐS]{2,8})(?!\p{L}))/giu;

/** Answers on a line of text, "1.A 2.B 3-C", with nothing else on it; empty: it is something else. */
export function answersInLine(line: string): readonly Answer[] {
  const text = cleanText(line).replace(/^(?:đáp án|đáp án phần \S+|key)\s*[:.]\s*/iu, '');
  const found = [...text.matchAll(LISTED)];
  const rest = text.replace(LISTED, ' ').replace(/[\s.,;|:–-]/g, '');
  if (found.length === 0 || rest !== '') return [];
  return found.map(([, number, letters, truths]) => ({
    number: Number(number),
    value: (letters ?? truths ?? '').toUpperCase(),
  }));
}
