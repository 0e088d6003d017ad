/**
 * Tables → blocks: every row of a table is in one of them. A question takes a row, or several in stacked tables; headers,
 * explanations, headings and rows with nothing but a number are ignored with their reason.
 */
import { cleanText } from '../vietnamese.ts';
import type { Draft } from './draft.ts';
import { truthOfWord } from './key-text.ts';
import { kindOfWord } from './labels-vi.ts';
import { Ignored, type ReadingBuilder, type Remarks } from './reading.ts';
import { answersBeside, isLetters, type KeysByRow } from './table-answers.ts';
import { type Cell, lineOfCell, mergedBelow, type Table, type TableRow, textOfCell } from './table-cells.ts';
import { sayColumns } from './table-columns.ts';
import { type Field, fieldOfHeader, headerWord, SHARED } from './table-fields.ts';
import { ConventionVote } from './table-keys.ts';
import { type LooksConvention, LooksVote } from './table-looks.ts';
import { type Mapping, settingsOf } from './table-mapping.ts';
import { tableSayings } from './table-messages.ts';
import { type StemNumber, stemNumbers, uncounted } from './table-numbers.ts';
import { splitCell, type TableOption } from './table-options.ts';
import { draftOfTable, type TableConvention, type TableQuestion } from './table-question.ts';
import { blankMapping, bookStranger, rawOf, sortTables, sourceOf } from './table-sorting.ts';
import {
  isTitleOfStatements,
  markOf,
  placesOfTrue,
  type StackedQuestion,
  stackedColumns,
  stackedQuestions,
} from './table-stacked.ts';
import { excerpt } from './texts.ts';
import type { Answer } from './word-answers.ts';

export interface TableSettings {
  /** What a person decided; see `settingsOf`. */
  readonly settings?: unknown;
  readonly progress?: (share: number) => void;
  /** Answers that stand around the tables of a document. */
  readonly answers?: readonly Answer[];
  /** Turns a row that our own writer made into its question; null: the row is somebody else's. */
  readonly own?: (question: TableQuestion, data: string, remarks: Remarks) => Draft | null;
}

/**
 * Reads tables into a builder. Says so when none of them is a table of questions. Returns the numbers of those answers around
 * the tables that found their question; null: that is unclear, and was said.
 */
export function readTables(
  tables: readonly Table[],
  builder: ReadingBuilder,
  options: TableSettings,
): ReadonlySet<number> | null {
  const sorted = sortTables(tables, options.settings);
  const { mapped, lists, strangers } = sorted;
  const all = mapped.reduce((sum, [{ rows }]) => sum + rows.length, 0);
  const { keys, reasons, outcomes, around } = answersBeside(sorted, options.answers);
  let before = 0;
  for (const [table, mapping] of mapped) {
    const start = before;
    const progress = (rows: number) => options.progress?.((start + rows) / all);
    const given = { keys: keys.get(table), reasons: reasons.get(table) };
    new TableReader(table, mapping, builder, { ...options, progress, ...given }).read();
    before += table.rows.length;
  }
  for (const table of [...lists.map(([table]) => table), ...strangers]) {
    const outcome = outcomes.get(table) ?? null;
    if (outcome !== null) builder.block(sourceOf(table), outcome);
    else bookStranger(table, builder, mapped.length > 0);
  }
  builder.decided(
    settingsOf([...mapped, ...lists, ...strangers.map((table) => [table, blankMapping(table)] as const)]),
  );
  if (around?.used === null) around.outcome(builder.about);
  return around === null ? new Set() : around.used;
}

const HELP =
  /\(?(?:required|optional|bắt buộc|tuỳ chọn|không bắt buộc|default is|in case of|text of the|max(?:imum)? \d+|tối đa \d+|nhập |điền |ví dụ:|choose from)/iu;
const SECTION =
  /^(?:phần|chương|chủ đề|chuyên đề|mục|bài|nhóm|lĩnh vực|part|section|chapter|unit)(?!\p{L})/iu;
const SECTION_NUMBER = /^(?:[IVX]{1,5}\s*[.:–-]|[A-ZĐ]\s*[.–-]\s*[A-ZĐÀ-Ỹ]{2})/u;
const NOTE =
  /^\(?(?:ghi chú|lưu ý|chú ý|note|nguồn|tổng(?: số| cộng)?|người (?:lập|biên soạn|soạn)|\*+)\s*[:.]?/iu;

/** What a reader of one table goes by. */
interface Surroundings extends Omit<TableSettings, 'progress'> {
  readonly progress: (rows: number) => void;
  readonly keys: KeysByRow | undefined;
  readonly reasons: ReadonlyMap<number, string> | undefined;
}

class TableReader {
  readonly #table: Table;
  readonly #mapping: Mapping;
  readonly #builder: ReadingBuilder;
  readonly #around: Surroundings;
  readonly #fields = new Map<Field, number>();
  readonly #optionColumns: readonly number[];
  readonly #wrongColumns: readonly number[];
  readonly #markColumns: readonly number[];
  readonly #keyColumns: readonly number[];
  readonly #hasStatements: boolean;
  /** "column:row" → what a merged cell above says there. */
  readonly #merged: ReadonlyMap<string, Cell>;
  /** What counts the questions, by the number of the row. */
  readonly #stemNumbers: ReadonlyMap<number, StemNumber>;
  #heading = '';
  #convention: TableConvention;
  #bare: TableRow[] = [];

  constructor(table: Table, mapping: Mapping, builder: ReadingBuilder, around: Surroundings) {
    this.#table = table;
    this.#mapping = mapping;
    this.#builder = builder;
    this.#around = around;
    for (const [i, field] of mapping.columns.entries())
      if (field !== null && !this.#fields.has(field)) this.#fields.set(field, i);
    const columnsOf = (wanted: Field) => mapping.columns.flatMap((field, i) => (field === wanted ? [i] : []));
    this.#merged = mergedBelow(
      table,
      SHARED.flatMap((field) => this.#fields.get(field) ?? []),
    );
    this.#optionColumns = columnsOf('option');
    this.#wrongColumns = columnsOf('wrong');
    this.#markColumns = columnsOf('mark');
    this.#keyColumns = columnsOf('key');
    const titles = table.rows.find(({ number }) => number === mapping.header)?.cells ?? [];
    this.#hasStatements = this.#optionColumns.some((column) =>
      isTitleOfStatements(lineOfCell(titles[column])),
    );
    this.#stemNumbers = stemNumbers(table, mapping);
    this.#convention = this.#vote();
  }

  read(): void {
    this.#bookHead();
    const rows = this.#rows();
    const columns = stackedColumns(this.#table, this.#mapping);
    if (columns === null) {
      for (const [i, row] of rows.entries()) {
        this.#row(row, i);
        if (i % 500 === 0) this.#around.progress(i);
      }
    } else {
      for (const stacked of stackedQuestions(rows, columns))
        this.#question(stacked.rows, this.#stackedQuestion(stacked));
    }
    this.#bookBare();
    sayColumns(this.#table, this.#mapping, this.#builder.about);
  }

  #rows(): readonly TableRow[] {
    const { header } = this.#mapping;
    return header === null ? this.#table.rows : this.#table.rows.filter(({ number }) => number > header);
  }

  /** What stands above the first row of data. */
  #bookHead(): void {
    const { header } = this.#mapping;
    if (header === null) return;
    const above = this.#table.rows.filter(({ number }) => number < header);
    this.#ignore(above, tableSayings.preamble);
    this.#ignore(
      this.#table.rows.filter(({ number }) => number === header),
      tableSayings.header,
    );
  }

  #ignore(rows: readonly TableRow[], saying: (typeof tableSayings)['header' | 'preamble']): void {
    const [first] = rows;
    if (first === undefined) return;
    const source = { place: this.#table.placeOf(first.number), raw: rows.map(rawOf).join('\n') };
    this.#builder.block(source, () => new Ignored(saying));
  }

  #cell(row: TableRow, field: Field): Cell | undefined {
    const column = this.#fields.get(field);
    if (column === undefined) return undefined;
    const own = row.cells[column];
    return textOfCell(own) === '' ? (this.#merged.get(`${column}:${row.number}`) ?? own) : own;
  }

  /** What sheets of answers say about the question of a row. */
  #answers({ number }: TableRow): readonly string[] {
    return this.#around.keys?.get(number) ?? [];
  }

  #options(row: TableRow): readonly TableOption[] {
    const inOne = this.#fields.get('options');
    if (inOne !== undefined) return splitCell(row.cells[inOne] ?? '');
    if (this.#optionColumns.length === 0 && this.#wrongColumns.length > 0) return this.#rightAndWrong(row);
    return this.#optionColumns.map((column, place) => ({ cell: row.cells[column] ?? '', place }));
  }

  /** The right text stands in the column of keys, the wrong ones beside it. */
  #rightAndWrong(row: TableRow): readonly TableOption[] {
    const right = this.#cell(row, 'key') ?? '';
    const wrong = this.#wrongColumns.map((column) => row.cells[column] ?? '');
    return [right, ...wrong].map((cell, place) => ({ cell, place }));
  }

  /** What the whole table says about its keys. */
  #vote(): TableConvention {
    const keys = new ConventionVote();
    let notGiven = 0;
    let truths = 0;
    let filled = 0;
    let letters = 0;
    const isInOne = this.#fields.has('options');
    const hasColumns = this.#optionColumns.length > 0 || this.#wrongColumns.length > 0;
    for (const row of this.#rows()) {
      const key = textOfCell(this.#cell(row, 'key')) || (this.#answers(row)[0] ?? '');
      if (/^(?:not given|ng)$/i.test(key)) notGiven += 1;
      if (key !== '') filled += 1;
      if (truthOfWord(key) !== null) truths += 1;
      if (isLetters(key)) letters += 1;
      if (/^\d/.test(key)) keys.add(key, this.#filledOptions(row).map(textOfCell));
    }
    return {
      key: keys.convention,
      looks: this.#voteOnLooks(),
      hasOptions: isInOne || hasColumns || (letters >= 2 && letters === filled),
      hasNotGiven: notGiven > 0,
      isMostlyTruths: truths >= 2 && truths > filled * 0.6,
      isJudged: this.#fields.has('isTrue') && this.#fields.has('isFalse'),
    };
  }

  #filledOptions(row: TableRow): readonly Cell[] {
    return this.#options(row)
      .map(({ cell }) => cell)
      .filter((cell) => textOfCell(cell) !== '');
  }

  #voteOnLooks(): LooksConvention {
    const vote = new LooksVote();
    const stacked = stackedColumns(this.#table, this.#mapping);
    if (stacked !== null) {
      for (const { options } of stackedQuestions(this.#rows(), stacked))
        vote.add(options.map(({ cell }) => cell));
      return vote.convention;
    }
    for (const row of this.#rows())
      if (row.cells.some((cell) => typeof cell !== 'string')) vote.add(this.#filledOptions(row));
    return vote.convention;
  }

  #row(row: TableRow, index: number): void {
    const filled = row.cells.filter((cell) => textOfCell(cell) !== '');
    if (this.#isBare(row, filled)) {
      this.#bare.push(row);
      return;
    }
    this.#bookBare();
    if (this.#isHelp(row, index)) this.#ignoreRow(row, tableSayings.help);
    else if (this.#isHeaderAgain(row)) this.#ignoreRow(row, tableSayings.header);
    else if (this.#isFooter(row, filled)) this.#ignoreRow(row, tableSayings.note);
    else if (!this.#isAlone(row, filled))
      this.#question([row], this.#questionOf(row, this.#options(row), null));
    else this.#alone(row, filled.map(lineOfCell).join('. '));
  }

  #ignoreRow(row: TableRow, saying: { code: string; vi: string; en: string }): void {
    const source = { place: this.#table.placeOf(row.number), raw: rawOf(row) };
    this.#builder.block(source, () => new Ignored(saying));
  }

  /** Only a number, as in templates that are numbered to 1000. */
  #isBare(row: TableRow, filled: readonly Cell[]): boolean {
    const [only] = filled;
    const number = this.#fields.get('number');
    if (filled.length === 0) return true;
    return (
      filled.length === 1 &&
      number !== undefined &&
      row.cells[number] === only &&
      /^\d{1,5}\.?$/.test(textOfCell(only))
    );
  }

  #bookBare(): void {
    const [first] = this.#bare;
    if (first === undefined) return;
    const saying = tableSayings.numberedOnly(this.#bare.length);
    const source = { place: this.#table.placeOf(first.number), raw: rawOf(first) };
    this.#builder.block(source, () => new Ignored(saying));
    this.#bare = [];
  }

  #isHelp({ cells }: TableRow, index: number): boolean {
    if (index > 1 || this.#mapping.header === null) return false;
    const filled = cells.map(lineOfCell).filter((text) => text !== '');
    const helping = filled.filter((text) => HELP.test(text)).length;
    return helping >= 2 && helping >= filled.length * 0.4;
  }

  /** "Người lập biểu … Thủ trưởng" below the table. */
  #isFooter(row: TableRow, filled: readonly Cell[]): boolean {
    const stem = textOfCell(this.#cell(row, 'stem'));
    return stem === '' && filled.length <= 3 && NOTE.test(lineOfCell(filled[0]));
  }

  /** Long tables repeat their header on every page. */
  #isHeaderAgain({ cells }: TableRow): boolean {
    const column = this.#fields.get('stem') ?? 0;
    const stem = lineOfCell(cells[column]);
    if (stem.length > 40 || fieldOfHeader(stem) !== 'stem') return false;
    const named = this.#mapping.columns.filter(
      (field, i) => field !== null && fieldOfHeader(lineOfCell(cells[i])) === field,
    ).length;
    return named >= 2 && headerWord(stem) !== '';
  }

  /** One cell of a row that should have more. */
  #isAlone(row: TableRow, filled: readonly Cell[]): boolean {
    if (!(this.#convention.hasOptions || this.#fields.has('key'))) return false;
    if (filled.length === 2) return this.#isNumberedHeading(row);
    if (filled.length !== 1) return false;
    const text = lineOfCell(filled[0]);
    return SECTION.test(text) || SECTION_NUMBER.test(text) || NOTE.test(text) || this.#isMerged(row);
  }

  /** "II | CHUYÊN MÔN": a Roman number or a letter where questions have theirs, and capitals. */
  #isNumberedHeading(row: TableRow): boolean {
    const number = lineOfCell(this.#cell(row, 'number'));
    const text = lineOfCell(this.#cell(row, 'stem'));
    return /^(?:[IVX]{1,5}|[A-E])[.)]?$/.test(number) && text !== '' && text === text.toLocaleUpperCase('vi');
  }

  #isMerged({ number }: TableRow): boolean {
    return this.#table.merges.some(({ top, left, right }) => top === number && right - left >= 2);
  }

  #alone(row: TableRow, text: string): void {
    if (NOTE.test(text)) {
      this.#ignoreRow(row, tableSayings.note);
      return;
    }
    this.#heading = cleanText(text).slice(0, 200);
    this.#ignoreRow(row, tableSayings.section(excerpt(this.#heading)));
  }

  #questionOf(
    row: TableRow,
    options: readonly TableOption[],
    marked: readonly number[] | null,
  ): TableQuestion {
    const marks = this.#markColumns.map((column) => markOf(row.cells[column]));
    const isRightFirst = this.#wrongColumns.length > 0 && textOfCell(options[0]?.cell) !== '';
    const right = isRightFirst ? [0] : placesOfTrue(marks);
    return {
      cell: (field) =>
        this.#cell(row, field) ||
        (field === 'explanation' ? this.#around.reasons?.get(row.number) : undefined),
      options,
      marked: marked ?? right,
      truths: marks.length > 0 && this.#hasStatements ? marks : null,
      heading: this.#heading,
      answers: this.#answers(row),
      otherKeys: this.#keyColumns.slice(1).map((column) => textOfCell(row.cells[column])),
    };
  }

  #stackedQuestion({ first, options, marked, truths, areStatements }: StackedQuestion): TableQuestion {
    const question = this.#questionOf(first, options, marked);
    const isSaid = kindOfWord(lineOfCell(question.cell('kind'))) === 'statements';
    return { ...question, truths: areStatements || isSaid ? truths : null };
  }

  #question(rows: readonly TableRow[], question: TableQuestion): void {
    const [first] = rows;
    if (first === undefined) return;
    const raw = rows.length === 1 ? rawOf(first) : rows.map(rawOf).join('\n');
    const data = this.#data(first);
    this.#builder.block({ place: this.#table.placeOf(first.number), raw }, (remarks) => {
      const remark = this.#table.remarks?.get(first.number);
      if (remark !== undefined) remarks.warn(remark);
      this.#sayHidden(rows, remarks);
      const own = data === '' ? null : (this.#around.own?.(question, data, remarks) ?? null);
      const bare = uncounted(question, this.#stemNumbers.get(first.number));
      return own ?? draftOfTable(bare, this.#convention, remarks);
    });
  }

  #sayHidden(rows: readonly TableRow[], remarks: Remarks): void {
    const { hidden, name, placeOf } = this.#table;
    if (hidden?.isSheet === true) remarks.warn(tableSayings.fromHiddenSheet(name));
    const row = rows.find(({ number }) => hidden?.rows.has(number));
    if (row !== undefined) remarks.warn(tableSayings.hiddenRow, placeOf(row.number));
  }

  /** What our own writer keeps for itself, over several cells where it is long. */
  #data(row: TableRow): string {
    if (!this.#fields.has('data')) return '';
    return this.#mapping.columns
      .map((field, i) => (field === 'data' ? textOfCell(row.cells[i]) : ''))
      .join('');
  }
}
