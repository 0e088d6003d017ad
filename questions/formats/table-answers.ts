/**
 * Keys on a sheet of their own: "Câu | Đáp án", numbers over letters, or a column for each version. They go to questions by
 * number; where several sheets have a question of that number, the name of the sheet tells, or nobody does.
 */
import { fold } from '../vietnamese.ts';
import type { Saying } from './message.ts';
import { Ignored, type Remarks } from './reading.ts';
import { lineOfCell, type Table, textOfCell } from './table-cells.ts';
import { fieldOfHeader } from './table-fields.ts';
import type { Mapping } from './table-mapping.ts';
import { tableSayings } from './table-messages.ts';
import { numberIn, numberSaid, stemNumbers } from './table-numbers.ts';
import { answersInGrid, type Grid, isNamedAnswers } from './word-answer-grid.ts';
import { type Answer, answersInLine } from './word-answers.ts';
import { wordSayings } from './word-messages.ts';
import { questionStart } from './word-patterns.ts';
import { isLetterAnswers } from './word-tables.ts';

/** Row number of a question → what sheets of answers say about it. */
export type KeysByRow = ReadonlyMap<number, readonly string[]>;

export interface SheetAnswers {
  readonly keys: ReadonlyMap<Table, KeysByRow>;
  /** Table → row number of a question → the reason that stands beside its answer. */
  readonly reasons: ReadonlyMap<Table, ReadonlyMap<number, string>>;
  /** What became of a sheet that holds answers. */
  readonly outcomes: ReadonlyMap<Table, (remarks: Remarks) => Ignored | null>;
  /** What became of answers that stood around the tables; null: there were none. */
  readonly around: Given | null;
}

/** What became of a list of answers. */
export interface Given {
  /** Numbers that found their question; null: whose they are is unclear, and `outcome` says so. */
  readonly used: ReadonlySet<number> | null;
  readonly outcome: (remarks: Remarks) => Ignored | null;
}

/** More rows than a list of answers has. */
const ROWS_MOST = 10_000;

type Mapped = readonly (readonly [Table, Mapping])[];

/** Tables by what they hold. */
export interface SortedTables {
  /** Those with questions. */
  readonly mapped: Mapped;
  /** Lists of letters for questions whose options stand on another sheet. */
  readonly lists: Mapped;
  /** Lists of answers that stand beside the questions of a table. */
  readonly sides: ReadonlyMap<Table, Grid>;
  readonly strangers: readonly Table[];
}

/**
 * Gives the answers of sheets without questions, and of lists of letters, to the sheets that have questions; `given`: answers
 * that stood around the tables, in a document.
 */
export function answersBeside(
  { mapped, lists, sides, strangers }: SortedTables,
  given: readonly Answer[] = [],
): SheetAnswers {
  const keys = new Map<Table, Map<number, string[]>>(mapped.map(([table]) => [table, new Map()]));
  const reasons = new Map<Table, Map<number, string>>(mapped.map(([table]) => [table, new Map()]));
  const giving = (name: string, grid: Grid, to: Mapped) => new Giving(name, grid, to, { keys, reasons });
  const outcomes = new Map<Table, (remarks: Remarks) => Ignored | null>();
  const grids = [
    ...lists.map(([sheet, mapping]) => [sheet, listGrid(sheet, mapping)] as const),
    ...strangers.map((sheet) => [sheet, answerGrid(sheet)] as const),
  ];
  for (const [sheet, grid] of mapped.length === 0 ? [] : grids)
    if (grid !== null) outcomes.set(sheet, giving(sheet.name, grid, mapped).give().outcome);
  for (const [table, mapping] of mapped) {
    const side = sides.get(table);
    if (side !== undefined) giving(table.name, side, [[table, mapping]]).give();
  }
  const around = given.length === 0 ? null : giving('', givenGrid(given), mapped).give();
  return { keys, reasons, outcomes, around };
}

/** The cells of a sheet that holds answers; null: it holds something else. */
function answerGrid({ rows }: Table): Grid | null {
  if (rows.length > ROWS_MOST) return null;
  const width = Math.max(0, ...rows.map(({ cells }) => cells.length));
  const all = rows.map(({ cells }) => Array.from({ length: width }, (_, i) => lineOfCell(cells[i])));
  const first = all.findIndex((row) => row.filter((cell) => cell !== '').length > 1);
  const grid = all.slice(Math.max(0, first));
  const { answers, versions, values } = answersInGrid(grid, null);
  const isSaid = isNamedAnswers(grid) || isLetterAnswers(values) || versions.length > 0;
  if (isSaid && answers.length + versions.length > 0) return grid;
  const listed = all.flatMap((row) => answersInLine(row.join(' ')));
  return listed.length >= 2 ? asGrid(listed.map(({ number, value }) => [String(number), value])) : null;
}

function asGrid(pairs: Grid): Grid {
  return [['Câu', 'Đáp án'], ...pairs];
}

function givenGrid(given: readonly Answer[]): Grid {
  const rows = given.map(({ number, value, why = '' }) => [String(number), value, why]);
  return [['Câu', 'Đáp án', 'Giải thích'], ...rows];
}

const LETTERS = /^\(?[A-H]\)?\.?(?:\s*[,;]\s*[A-H])*$/;

/** A key that names options and can be nothing else. */
export function isLetters(key: string): boolean {
  return LETTERS.test(key);
}

/** "STT | Câu hỏi | Đáp án" with nothing but letters: the options stand on another sheet, and this is a list of answers. */
export function isListOfLetters({ rows }: Table, { columns, header }: Mapping): boolean {
  const [number, key] = [columns.indexOf('number'), columns.indexOf('key')];
  if (number < 0 || key < 0 || HOLDS_OPTIONS.some((field) => columns.includes(field))) return false;
  const below = rows.filter((row) => row.number > (header ?? 0));
  const said = below.map(({ cells }) => lineOfCell(cells[key])).filter((text) => text !== '');
  return said.length >= 2 && said.every(isLetters);
}

/**
 * "… | Câu | Đáp án" to the right of the questions and in an order of its own: a list of answers, and no column of theirs.
 * Null: the key stands in the row of its question.
 */
export function sideAnswers({ rows }: Table, { columns, header }: Mapping): Grid | null {
  const [number, key] = [columns.indexOf('number'), columns.indexOf('key')];
  const titles = rows.find((row) => row.number === header)?.cells ?? [];
  const title = fieldOfHeader(lineOfCell(titles[key - 1]));
  if (number < 0 || key < 1 || columns[key - 1] !== null || !(title === 'number' || title === 'stem'))
    return null;
  const cells = rows
    .filter((row) => row.number > (header ?? 0) && lineOfCell(row.cells[key]) !== '')
    .map((row) => [number, key - 1, key].map((column) => lineOfCell(row.cells[column])));
  const numbers = cells.map(([, beside = '']) => numberIn(beside));
  const isList = new Set(numbers).size === numbers.length && !numbers.includes(null);
  const isByRow = cells.every(([own = ''], i) => numberIn(own) === numbers[i]);
  return isList && !isByRow ? asGrid(cells.map(([, beside = '', said = '']) => [beside, said])) : null;
}

const HOLDS_OPTIONS = ['option', 'options', 'wrong'] as const;

function listGrid({ rows }: Table, { columns, header }: Mapping): Grid {
  const [number, key] = [columns.indexOf('number'), columns.indexOf('key')];
  const below = rows.filter((row) => row.number > (header ?? 0));
  return asGrid(below.map(({ cells }) => [lineOfCell(cells[number]), lineOfCell(cells[key])]));
}

/** Where answers go. */
interface Receivers {
  readonly keys: ReadonlyMap<Table, Map<number, string[]>>;
  readonly reasons: ReadonlyMap<Table, Map<number, string>>;
}

/** The answers of one sheet on their way. */
class Giving {
  readonly #name: string;
  readonly #grid: Grid;
  readonly #mapped: Mapped;
  readonly #to: Receivers;

  constructor(name: string, grid: Grid, mapped: Mapped, to: Receivers) {
    this.#name = name;
    this.#grid = grid;
    this.#mapped = mapped;
    this.#to = to;
  }

  give(): Given {
    const named = this.#mapped.filter(([{ name }]) => isNamedAfter(this.#name, name));
    const wanted = this.#mapped.length === 1 || named.length === 0 ? this.#mapped : named;
    const used = new Set<number>();
    let all: readonly Answer[] = [];
    for (const [table, mapping] of wanted) {
      const { versions } = answersInGrid(this.#grid, null);
      const own = versions.find((version) => tokensOf(table.name).includes(version.toLowerCase())) ?? null;
      const found = answersInGrid(this.#grid, own);
      if (found.versions.length > 0) return refused(wordSayings.versions(found.versions.join(', '), null));
      const rows = rowsByNumber(table, mapping, found.answers);
      const shared = wanted.length === 1 ? [] : this.#sharedWith(table, wanted, found.answers);
      if (shared.length > 0) return refused(tableSayings.answersUnclear(shared.slice(0, 20).join(', ')));
      all = found.answers;
      for (const answer of found.answers) {
        const row = rows.get(answer.number);
        if (row === undefined) continue;
        used.add(answer.number);
        this.#giveTo(table, row, answer);
      }
    }
    const left = all.map(({ number }) => number).filter((number) => !used.has(number));
    const outcome = (remarks: Remarks): Ignored => {
      if (left.length > 0) remarks.warn(wordSayings.answersLeft(left.slice(0, 20).join(', ')));
      return new Ignored(wordSayings.answers(used.size, all.length));
    };
    return { used, outcome };
  }

  #giveTo(table: Table, row: number, { value, why }: Answer): void {
    const said = this.#to.keys.get(table);
    said?.set(row, [...new Set([...(said.get(row) ?? []), value])]);
    if (why !== undefined) this.#to.reasons.get(table)?.set(row, why);
  }

  /** Numbers of answers that another sheet has, too. */
  #sharedWith(table: Table, wanted: Mapped, answers: readonly Answer[]): readonly number[] {
    const others = wanted.filter(([other]) => other !== table);
    const numbers = others.map(([other, mapping]) => rowsByNumber(other, mapping, answers));
    const own = wanted.find(([one]) => one === table);
    const mine = own === undefined ? new Map<number, number>() : rowsByNumber(table, own[1], answers);
    return answers
      .map(({ number }) => number)
      .filter((number) => mine.has(number) && numbers.some((rows) => rows.has(number)));
  }
}

function refused(saying: Saying): Given {
  const outcome = (remarks: Remarks): null => {
    remarks.error(saying);
    return null;
  };
  return { used: null, outcome };
}

/** "Đáp án đề 1" for "Đề 1". */
function isNamedAfter(name: string, questions: string): boolean {
  const own = tokensOf(name);
  const wanted = tokensOf(questions);
  return wanted.length > 0 && wanted.every((token) => own.includes(token));
}

function tokensOf(name: string): readonly string[] {
  return fold(name).match(/[a-z]+|\d+/g) ?? [];
}

/** Number of a question → its row. Questions without numbers are counted where there are as many answers. */
function rowsByNumber(
  table: Table,
  mapping: Mapping,
  answers: readonly Answer[],
): ReadonlyMap<number, number> {
  const { columns, header } = mapping;
  const [number, stem] = [columns.indexOf('number'), columns.indexOf('stem')];
  const below = table.rows.filter((row) => row.number > (header ?? 0));
  const before = stemNumbers(table, mapping);
  const numbered = below.flatMap((row): [number, number][] => {
    const found =
      numberSaid(row, number) ??
      before.get(row.number)?.number ??
      questionStart(textOfCell(row.cells[stem]))?.number;
    return found === undefined ? [] : [[found, row.number]];
  });
  if (numbered.length > 0 || number >= 0) return onceOnly(numbered);
  const asked = below.filter(({ cells }) => textOfCell(cells[stem]) !== '');
  const areAll = asked.length === answers.length && answers.every((answer, i) => answer.number === i + 1);
  return new Map(areAll ? asked.map((row, i) => [i + 1, row.number]) : []);
}

/** A number that two rows have names neither. */
function onceOnly(numbered: readonly (readonly [number, number])[]): ReadonlyMap<number, number> {
  const times = new Map<number, number>();
  for (const [number] of numbered) times.set(number, (times.get(number) ?? 0) + 1);
  return new Map(numbered.filter(([number]) => times.get(number) === 1));
}
