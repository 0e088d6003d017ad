/**
 * Answers of a whole paper in a table. Numbers stand in a row over the letters or in a column beside them, once or several
 * times; versions of the paper ("Mã đề 101") head columns, rows, or rows of their own. Which answers are ours is decided
 * last, by the paper's own version: where nobody knows it, none are.
 */
import { cleanText, fold } from '../vietnamese.ts';
import { truthOfWord } from './key-text.ts';
import { type Answer, pairOf } from './word-answers.ts';

/** Rows of cells as text on one line each. */
export type Grid = readonly (readonly string[])[];

export interface GridAnswers {
  /** Empty: it is no table of answers, or one of other versions. */
  readonly answers: readonly Answer[];
  /** Versions of the paper that the table is for, where none of them is surely ours. */
  readonly versions: readonly string[];
  /** All that it says, also for others. */
  readonly values: readonly string[];
}

interface VersionedAnswer extends Answer {
  readonly version: string | null;
}

const NUMBER = /^(?:câu\s*)?(\d{1,3})\.?$/iu;
/** Beside its answer no year is meant. */
const NUMBER_BESIDE = /^(?:câu\s*)?(\d{1,4})\.?$/iu;
const HEAD_NUMBER = /^(?:cau(?: hoi| so)?|stt|so|tt|question|q|no|so cau|cau ?tron)\.?$/;
const HEAD_VALUE =
  /^(?:dap ?an(?: dung)?|da|d\/a|dap so|answer|key|ket qua|chon|tra loi|d\.? ?an|dap an chon)\.?$/;
const HEAD_WHY = /^(?:giai thich|loi giai|huong dan|can cu|ly do|explanation|trich dan)/;
const HEAD_VERSION = /^(?:cau(?: hoi)?\s*[\\/|]\s*)?(?:ma ?de|ma|de)(?: thi)?(?:\s*[\\/|,-]?\s*cau.*)?$/;
const VERSION =
  /^(?:đáp án\s*)?(?:(?:mã\s*đề|mã|đề)\s*(?:thi|số)?\s*[:.]?\s*(\d{1,4}|[A-Z])|(\d{3,4})|(?:đề\s*)?(gốc))$/iu;

/** Answers of a table. `own`: the paper's version, where the table has several. */
export function answersInGrid(rows: Grid, own: string | null): GridAnswers {
  const found = segmentsOf(cleaned(rows)).flatMap(({ version, grid }) =>
    answersOf(grid).map((answer) => ({ ...answer, version: answer.version ?? version })),
  );
  const values = found.map(({ value }) => value);
  const versions = [...new Set(found.flatMap(({ version }) => version ?? []))];
  const isForeign = own === null ? versions.length > 1 : versions.length > 0 && !versions.includes(own);
  if (isForeign) return { answers: [], versions, values };
  const ours = found.filter(({ version }) => version !== null);
  const common = found.filter(
    ({ version, number }) => version === null && !ours.some((answer) => answer.number === number),
  );
  const wanted = own === null || versions.length === 0 ? ours : ours.filter(({ version }) => version === own);
  const answers = found.filter((answer) => wanted.includes(answer) || common.includes(answer));
  return { answers: answers.map(({ version: _version, ...answer }) => answer), versions: [], values };
}

/** Whether a table says of itself that it holds answers. */
export function isNamedAnswers(grid: Grid): boolean {
  const words = [...grid.map(([first = '']) => first), ...(grid[0] ?? [])].map(headOf);
  return words.some((word) => HEAD_NUMBER.test(word)) && words.some((word) => HEAD_VALUE.test(word));
}

function cleaned(rows: Grid): Grid {
  return rows
    .map((row) => row.map((cell) => cleanText(cell)))
    .filter((row) => row.some((cell) => cell !== ''));
}

function headOf(cell: string | undefined): string {
  return fold(cell ?? '').trim();
}

/** "Mã đề 101" → "101"; null: something else. */
function codeOf(cell: string | undefined): string | null {
  const [, named, bare, master] = VERSION.exec(cell ?? '') ?? [];
  return (named ?? bare ?? master)?.toUpperCase() ?? null;
}

/** A row with nothing but a title: "Mã đề 101" counts for what follows, "BẢNG ĐÁP ÁN MÔN TOÁN" says nothing. */
function segmentsOf(grid: Grid): readonly { readonly version: string | null; readonly grid: Grid }[] {
  const segments: { version: string | null; grid: (readonly string[])[] }[] = [{ version: null, grid: [] }];
  for (const row of grid) {
    const filled = row.filter((cell) => cell !== '');
    const [only = ''] = filled;
    if (filled.length > 1 || row.length < 2 || isSaid(only)) segments.at(-1)?.grid.push(row);
    else if (codeOf(only) !== null) segments.push({ version: codeOf(only), grid: [] });
  }
  return segments;
}

/** A number, a value or a head: no title. */
function isSaid(cell: string): boolean {
  const isBareCode = /^\d+$/.test(cell);
  return (
    isBareCode ||
    cell.length < 4 ||
    pairOf(cell).length > 0 ||
    NUMBER.test(cell) ||
    HEAD_NUMBER.test(headOf(cell))
  );
}

function answersOf(grid: Grid): readonly VersionedAnswer[] {
  for (const read of [listedRows, pairedCells, truthColumns, besideNumbers, belowNumbers]) {
    const answers = read(grid);
    if (answers.length >= 2 || (answers.length === 1 && read !== pairedCells)) return answers;
  }
  return [];
}

/** "made | cautron | dapan": a row an answer, as programs that shuffle papers export them. */
function listedRows(grid: Grid): readonly VersionedAnswer[] {
  const [head = [], ...rest] = grid;
  const words = head.map(headOf);
  const [version, number, value] = [HEAD_VERSION, HEAD_NUMBER, HEAD_VALUE].map((pattern) =>
    words.findIndex((word) => pattern.test(word)),
  );
  if (version === undefined || version < 0 || number === undefined || value === undefined) return [];
  return rest.flatMap((row) => answerOf(row[number], row[value], codeOf(row[version])));
}

/** "1.A | 2.B | 3.C", sometimes behind the version. */
function pairedCells(grid: Grid): readonly VersionedAnswer[] {
  const rows = grid.map((row) => ({ version: codeOf(row[0]), cells: row.filter((cell) => cell !== '') }));
  const cells = rows.flatMap((row) => (row.version === null ? row.cells : row.cells.slice(1)));
  const answers = rows.flatMap((row) =>
    row.cells.flatMap((cell) => pairOf(cell).map((answer) => ({ ...answer, version: row.version }))),
  );
  return answers.length >= cells.length * 0.7 ? answers : [];
}

/** "Câu | a | b | c | d" with a row a question. */
function truthColumns(grid: Grid): readonly VersionedAnswer[] {
  const at = grid.findIndex((row) => row.filter((cell) => /^[a-d]\)?\.?$/i.test(cell)).length >= 2);
  const head = grid[at];
  if (head === undefined) return [];
  const columns = head.flatMap((cell, i) => (/^[a-h]\)?\.?$/i.test(cell) ? [i] : []));
  return grid.slice(at + 1).flatMap((row) => {
    const words = columns.map((i) => row[i] ?? '');
    if (words.some((word) => truthOfWord(word) === null)) return [];
    return answerOf(row[0], words.map(truthLetter).join(''), null);
  });
}

function truthLetter(word: string): string {
  return truthOfWord(word) === true ? 'Đ' : 'S';
}

/** Columns "Câu" and "Đáp án" or versions, once or several times side by side; or a first column of numbers. */
function besideNumbers(grid: Grid): readonly VersionedAnswer[] {
  const [head = [], ...rest] = withOneHead(grid);
  const numbers = numberColumns(head, rest);
  const named = numbers.flatMap((column, i) => {
    const values = valueColumns(head, column, numbers[i + 1] ?? head.length);
    const why = head.findIndex((cell, at) => at > column && HEAD_WHY.test(headOf(cell)));
    return rest.flatMap((row) =>
      values
        .flatMap((value) => answerOf(row[column], row[value], codeOf(head[value])))
        .map((answer) => (row[why] ? { ...answer, why: row[why] } : answer)),
    );
  });
  if (named.length > 0 || head.some((cell) => HEAD_NUMBER.test(headOf(cell)))) return named;
  if (grid.some((row) => row.length < 2 || row.length % 2 === 1)) return [];
  const bare = grid.flatMap((row) =>
    row.flatMap((cell, i) => (i % 2 === 0 ? answerOf(cell, row[i + 1], null) : [])),
  );
  return bare.length >= grid.length && bare.every(({ value }) => /^[A-H]$|^[ĐS]{2,}$/.test(value))
    ? bare
    : [];
}

/** "Câu | Mã đề" over "… | 101 | 102", and "Mã đề | 101 | 102" over "Câu", are one head. */
function withOneHead(grid: Grid): Grid {
  const [head = [], second = [], ...rest] = grid;
  const filled = second.filter((cell) => cell !== '');
  const areCodes = filled.length > 0 && filled.every((cell) => codeOf(cell) !== null);
  const [first = ''] = second;
  if (areCodes && first === '') return [head.map((cell, i) => second[i] || cell), ...rest];
  const isAlone = filled.length === 1 && HEAD_NUMBER.test(headOf(first));
  return isAlone ? [[first, ...head.slice(1)], ...rest] : grid;
}

/** Columns that are headed "Câu"; a first one of numbers also below "Mã đề" or nothing, where versions head the others. */
function numberColumns(head: readonly string[], rest: Grid): readonly number[] {
  const named = head.flatMap((cell, i) => (HEAD_NUMBER.test(headOf(cell)) ? [i] : []));
  if (named.length > 0) return named;
  const first = headOf(head[0]);
  const areVersions = head.length > 1 && head.slice(1).every((cell) => codeOf(cell) !== null);
  const areNumbers = rest.length > 0 && rest.every(([cell = '']) => NUMBER.test(cell));
  return areVersions && areNumbers && (first === '' || HEAD_VERSION.test(first)) ? [0] : [];
}

function valueColumns(head: readonly string[], number: number, end: number): readonly number[] {
  const between = head.flatMap((_, i) => (i > number && i < end ? [i] : []));
  const versions = between.filter((i) => codeOf(head[i]) !== null);
  if (versions.length > 0) return versions;
  return HEAD_VALUE.test(headOf(head[number + 1])) && number + 1 < end ? [number + 1] : [];
}

function answerOf(
  number: string | undefined,
  value: string | undefined,
  version: string | null,
): VersionedAnswer[] {
  const found = NUMBER_BESIDE.exec(number ?? '')?.[1];
  return found === undefined || value === undefined || value === ''
    ? []
    : [{ number: Number(found), value, version }];
}

type NumberCell = readonly [column: number, number: number];

/** A row of numbers, and below it the letters, a row a version; or below it rows a, b, c, d of truths. */
function belowNumbers(grid: Grid): readonly VersionedAnswer[] {
  const answers: VersionedAnswer[] = [];
  for (let at = 0; at < grid.length; at++) {
    const numbers = numbersIn(grid[at] ?? []);
    if (numbers.length === 0) continue;
    const below: (readonly string[])[] = [];
    for (const row of grid.slice(at + 1)) {
      if (numbersIn(row).length > 0 && below.length > 0) break;
      below.push(row);
    }
    answers.push(...columnAnswers(numbers, below));
    at += below.length;
  }
  return answers;
}

/** Columns with rising numbers, at least two of them and nearly all of the row. */
function numbersIn(row: readonly string[]): readonly NumberCell[] {
  const found = row.flatMap((cell, i): NumberCell[] => {
    const number = NUMBER.exec(cell)?.[1];
    return number === undefined ? [] : [[i, Number(number)]];
  });
  const heads = row.slice(0, found[0]?.[0] ?? 0).map(headOf);
  const isNamed = heads.some((head) => HEAD_NUMBER.test(head) || HEAD_VERSION.test(head));
  const filled = row.filter((cell) => cell !== '').length - heads.filter((head) => head !== '').length;
  const isRising = found.every(([, number], i) => {
    const step = number - (found[i - 1]?.[1] ?? 0);
    return i === 0 || step === 1 || (isNamed && step > 0);
  });
  return found.length >= (isNamed ? 1 : 2) && isRising && found.length >= filled ? found : [];
}

function columnAnswers(numbers: readonly NumberCell[], rows: Grid): readonly VersionedAnswer[] {
  const first = numbers[0]?.[0] ?? 0;
  const groups = new Map<string | null, (readonly string[])[]>();
  let version: string | null = null;
  for (const row of rows) {
    version =
      row
        .slice(0, first)
        .map(codeOf)
        .find((code) => code !== null) ?? version;
    groups.set(version, [...(groups.get(version) ?? []), row]);
  }
  return [...groups].flatMap(([own, group]) => groupAnswers(numbers, group, own));
}

function groupAnswers(
  numbers: readonly NumberCell[],
  rows: Grid,
  version: string | null,
): readonly VersionedAnswer[] {
  const truths = rows.filter((row) => numbers.every(([column]) => truthOfWord(row[column] ?? '') !== null));
  if (truths.length >= 2)
    return numbers.map(([column, number]) => ({
      number,
      value: truths.map((row) => truthLetter(row[column] ?? '')).join(''),
      version,
    }));
  const [values = []] = rows;
  return numbers.flatMap(([column, number]) => {
    const value = values[column] ?? '';
    return value === '' ? [] : [{ number, value, version }];
  });
}
