/**
 * Which column of a table is what: proposed from its header, or from what stands in it where there is none, and corrected
 * by a person. A mapping is data: it is returned with a reading and may be given back as its settings.
 */
import { isRecord } from '../kinds/shapes.ts';
import type { Json } from '../question.ts';
import { lettersOf, numbersOf } from './key-text.ts';
import { columnIndex, columnName, lineOfCell, type Table, type TableRow, textOfCell } from './table-cells.ts';
import { FIELDS, type Field, fieldOfHeader, headerWord, isTruthHeader, optionPlace } from './table-fields.ts';

export interface Mapping {
  readonly sheet: string;
  /** Row number of the header; null: the table has none. With a header of two rows the lower one. */
  readonly header: number | null;
  /** By column index; null: left out. */
  readonly columns: readonly (Field | null)[];
}

/** More than one column may be that. */
const MANY: ReadonlySet<Field> = new Set<Field>(['option', 'wrong', 'mark', 'data']);

/** A header may stand under a letterhead, a title and explanations. */
const HEADER_WITHIN = 60;
const SAMPLE = 200;

/** The mapping that a person gave for this sheet, or null. The shape is that of `settingsOf`. */
export function givenMapping(settings: unknown, sheet: string): Mapping | null {
  if (!isRecord(settings) || !Array.isArray(settings.sheets)) return null;
  for (const given of settings.sheets) {
    if (!isRecord(given) || given.sheet !== sheet || !Array.isArray(given.columns)) continue;
    const columns: (Field | null)[] = [];
    for (const use of given.columns) {
      if (!isRecord(use) || typeof use.column !== 'string') continue;
      const index = columnIndex(use.column);
      if (index >= 0) columns[index] = FIELDS.find((field) => field === use.field) ?? null;
    }
    const header = typeof given.header === 'number' ? given.header : null;
    return { sheet, header, columns: Array.from(columns, (field) => field ?? null) };
  }
  return null;
}

/** Mappings as data: `{ sheets: [{ sheet, header, columns: [{ column: "A", title, field }] }] }`. */
export function settingsOf(tables: readonly (readonly [Table, Mapping])[]): Json {
  return {
    sheets: tables.map(([table, { header, columns }]) => {
      const titles = table.rows.find(({ number }) => number === header)?.cells ?? [];
      return {
        sheet: table.name,
        header,
        columns: columns.map((field, i) => ({
          column: columnName(i),
          title: lineOfCell(titles[i]),
          field,
        })),
      };
    }),
  };
}

/** The likeliest mapping; null: this does not look like a table of questions. */
export function proposeMapping(table: Table): Mapping | null {
  return byHeader(table) ?? byContent(table);
}

interface Candidate {
  readonly at: number;
  readonly columns: readonly (Field | null)[];
  readonly score: number;
}

function byHeader(table: Table): Mapping | null {
  let best: Candidate | null = null;
  for (const [at, row] of table.rows.slice(0, HEADER_WITHIN).entries()) {
    for (const candidate of [rowAsHeader(row, at), twoRowsAsHeader(table, at)]) {
      if (candidate !== null && (best === null || candidate.score > best.score)) best = candidate;
    }
  }
  if (best === null) return null;
  const header = table.rows[best.at]?.number ?? null;
  const columns = optionsBesideKey(completed(best.columns, table, best.at), table, best.at);
  return isAnswersOnly(columns, table, best.at) ? null : { sheet: table.name, header, columns };
}

const LABELLED_LINES = /^\s*[*#]?\(?A\s?[.)/:][^\n]*\n\s*[*#]?\(?B\s?[.)/:]/i;

/** "Đáp án" may be the title of the options, with or without "Đáp án đúng" beside it: no key has several lines with letters. */
function optionsBesideKey(
  columns: readonly (Field | null)[],
  table: Table,
  at: number,
): readonly (Field | null)[] {
  const key = columns.indexOf('key');
  if (key < 0 || columns.includes('option') || columns.includes('options')) return columns;
  const titles = table.rows[at]?.cells ?? [];
  const other = columns.findIndex(
    (field, i) => i > key && field === null && fieldOfHeader(lineOfCell(titles[i])) === 'key',
  );
  const texts = textsBelow(table, at, key);
  const several = texts.filter((text) => LABELLED_LINES.test(text)).length;
  if (texts.length === 0 || several < texts.length * 0.5) return columns;
  return columns.map((field, i) => (i === key ? 'options' : i === other ? 'key' : field));
}

/** Numbers and letters, as in a table of answers: the questions stand elsewhere. */
function isAnswersOnly(columns: readonly (Field | null)[], table: Table, at: number): boolean {
  if (columns.includes('option') || columns.includes('options') || !columns.includes('key')) return false;
  const stems = textsBelow(table, at, columns.indexOf('stem'));
  return stems.length > 0 && stems.every((text) => /^(?:câu\s*)?\d{1,4}[.:]?$/iu.test(text));
}

function textsBelow({ rows }: Table, at: number, column: number): readonly string[] {
  return rows
    .slice(at + 1, at + 1 + SAMPLE)
    .map(({ cells }) => textOfCell(cells[column]))
    .filter((text) => text !== '');
}

function rowAsHeader({ cells }: TableRow, at: number): Candidate | null {
  return scored(settled(cells.map((cell) => lineOfCell(cell))), at);
}

/** "Phương án" over A, B, C, D: what stands below names the column where it can, else what stands above. */
function twoRowsAsHeader({ rows }: Table, at: number): Candidate | null {
  const upper = rows[at];
  const lower = rows[at + 1];
  if (upper === undefined || lower === undefined || lower.number !== upper.number + 1) return null;
  const width = Math.max(upper.cells.length, lower.cells.length);
  const words = Array.from({ length: width }, (_, i) => {
    const below = lineOfCell(lower.cells[i]);
    return below === '' ? lineOfCell(upper.cells[i]) : below;
  });
  const names = Array.from({ length: width }, (_, i) => lineOfCell(lower.cells[i]));
  const options = names.filter((name) => optionPlace(name) !== null && name.length < 20).length;
  const above = upper.cells.filter((cell) => optionPlace(lineOfCell(cell)) !== null).length;
  if (options < 2 || above >= 2 || names.some((name) => fieldOfHeader(name) === 'stem')) return null;
  return scored(settled(words), at + 1);
}

function scored(columns: readonly (Field | null)[], at: number): Candidate | null {
  const known = columns.filter((field) => field !== null);
  const distinct = new Set(known);
  const options = known.filter((field) => field === 'option').length;
  const hasBody = distinct.has('stem') && (distinct.size >= 2 || options > 0);
  if (!hasBody && !(options >= 2 && distinct.has('key'))) return null;
  return { at, columns, score: distinct.size * 2 + Math.min(options, 6) - at * 0.02 };
}

/** Words → fields; what can be only once is so in the first place that says it best. */
function settled(words: readonly string[]): (Field | null)[] {
  const columns = words.map((word) => (word.length > 80 ? null : fieldOfHeader(word)));
  const stems = columns.filter((field) => field === 'stem').length;
  if (stems === 0) {
    const number = words.findIndex((word) => /^câu(?: hỏi)?$/iu.test(word.trim()));
    if (number >= 0) columns[number] = 'stem';
  }
  nameTruths(columns, words);
  nameRepeated(columns, words);
  const seen = new Set<Field>();
  for (const [i, field] of columns.entries()) {
    if (field === null || MANY.has(field)) continue;
    if (seen.has(field)) columns[i] = again(field, words[i] ?? '', columns);
    else seen.add(field);
  }
  const keys = columns.filter((field) => field === 'key').length;
  const options = columns.indexOf('options');
  if (options >= 0 && columns.includes('option')) columns[options] = null;
  if (keys === 0 && options >= 0 && columns.includes('option')) columns[options] = 'key';
  return columns;
}

/** "Đúng" beside "Sai": a cross in one of them. */
function nameTruths(columns: (Field | null)[], words: readonly string[]): void {
  const yes = words.findIndex((word) => isTruthHeader(word, true));
  const no = words.findIndex((word) => isTruthHeader(word, false));
  if (yes < 0 || no < 0 || columns.includes('option')) return;
  columns[yes] = 'isTrue';
  columns[no] = 'isFalse';
}

/** "Choice", "Choice", "Choice": an option each, where the key has another name. */
function nameRepeated(columns: (Field | null)[], words: readonly string[]): void {
  for (const [i, field] of columns.entries()) {
    if (field !== 'options' && field !== 'key') continue;
    const word = headerWord(words[i] ?? '');
    const same = words.flatMap((other, at) => (headerWord(other) === word ? [at] : []));
    if (same.length >= (field === 'options' ? 2 : 3)) for (const at of same) columns[at] = 'option';
  }
}

/** A second "Câu" beside "Câu hỏi" numbers the questions; another repetition means nothing. */
function again(field: Field, word: string, columns: (Field | null)[]): Field | null {
  if (field !== 'stem') return null;
  const first = columns.indexOf('stem');
  if (/^câu$/iu.test(word)) return null;
  columns[first] = columns.includes('number') ? null : 'number';
  return 'stem';
}

/** Columns without a title are looked at: numbers that count, and options that go on. */
function completed(columns: readonly (Field | null)[], table: Table, at: number): (Field | null)[] {
  const rows = table.rows.slice(at + 1, at + 1 + SAMPLE);
  const titles = table.rows[at]?.cells ?? [];
  const all = [...columns];
  const width = Math.max(all.length, ...rows.map(({ cells }) => cells.length));
  while (all.length < width) all.push(null);
  for (const [i, field] of all.entries()) {
    if (field !== null || textOfCell(titles[i]) !== '') continue;
    if (!all.includes('number') && isCounting(rows, i)) all[i] = 'number';
  }
  spreadOptions(all, titles.map(textOfCell), rows);
  nameMarks(all, titles.map(lineOfCell), rows);
  return all;
}

const MARKED = /^(?:[x✓✔√v*01]|true|false|đúng|sai|đ|s)?$/iu;

/** "A, B, C, D" and once more "Đáp án A … D" with nothing but crosses: which of the options are right. */
function nameMarks(columns: (Field | null)[], titles: readonly string[], rows: readonly TableRow[]): void {
  const options = columns.flatMap((field, i) => (field === 'option' ? [i] : []));
  const marks = options.filter((i) => {
    const place = optionPlace(titles[i] ?? '');
    const isAgain =
      place !== null && options.some((other) => other !== i && optionPlace(titles[other] ?? '') === place);
    const texts = rows.map(({ cells }) => textOfCell(cells[i]));
    return isAgain && texts.every((text) => MARKED.test(text));
  });
  if (marks.length * 2 === options.length) for (const i of marks) columns[i] = 'mark';
}

/** One title over several columns ("Phương án trả lời" in merged cells): what stands below it is an option each. */
function spreadOptions(
  columns: (Field | null)[],
  titles: readonly string[],
  rows: readonly TableRow[],
): void {
  const first = columns.indexOf('options');
  if (first < 0) return;
  const isFilled = (i: number) =>
    rows.filter(({ cells }) => textOfCell(cells[i]) !== '').length > rows.length * 0.4;
  let end = first + 1;
  while (end < columns.length && columns[end] === null && (titles[end] ?? '') === '' && isFilled(end))
    end += 1;
  if (end > first + 1) columns.fill('option', first, end);
}

function isCounting(rows: readonly TableRow[], column: number): boolean {
  const texts = rows.map(({ cells }) => textOfCell(cells[column])).filter((text) => text !== '');
  const rising = texts.filter((text, i) => Number(text) === Number(texts[0]) + i).length;
  return texts.length > 0 && /^\d+$/.test(texts[0] ?? '') && rising / texts.length > 0.8;
}

interface ColumnLooks {
  readonly filled: number;
  readonly length: number;
  readonly keys: number;
  readonly counts: boolean;
  readonly multiline: number;
  /** Letters, or numbers that options may have. */
  readonly isSmall: boolean;
}

/** A table without a header: the longest texts are stems, what follows them are options, letters or numbers are keys. */
function byContent(table: Table): Mapping | null {
  const rows = table.rows.slice(0, SAMPLE);
  const width = Math.max(0, ...rows.map(({ cells }) => cells.length));
  const looks = Array.from({ length: width }, (_, i) => looksOfColumn(rows, i));
  const usual = Math.max(0, ...looks.map(({ filled }) => filled));
  const isText = (look: ColumnLooks) => look.filled > usual * 0.5 && look.keys < 0.8 && !look.counts;
  const texts = looks.flatMap((look, i) => (isText(look) ? [i] : []));
  const stem = stemAmong(texts, looks);
  if (stem === null) return null;
  const columns = looks.map((look, i): Field | null => {
    if (i === stem) return 'stem';
    return i < stem && look.counts ? 'number' : null;
  });
  const keys = looks.flatMap((look, i) =>
    i > stem && look.keys >= 0.8 && look.filled > usual * 0.5 ? [i] : [],
  );
  const key = keys.find((i) => looks[i]?.isSmall === true) ?? keys[0] ?? -1;
  const end = key < 0 ? width : key;
  const options = texts.filter((i) => i > stem && i < end && (looks[i]?.length ?? 0) <= 400);
  const [first] = options;
  if (first === undefined) return null;
  if (options.length === 1) {
    if ((looks[first]?.multiline ?? 0) < 0.5) return null;
    columns[first] = 'options';
  } else nameOptions(columns, options, looks, rows, key);
  if (key >= 0) columns[key] = 'key';
  return isLikely(columns, rows, stem) ? { sheet: table.name, header: null, columns } : null;
}

const ASKING = /[?:…]\s*$|_{2,}|\.{3}|\slà\s*$/u;
const STARRED = /^\s*\*|\*\s*$/;

/** Lists of people have long and short columns, too: somebody must ask something, or a key must be there. */
function isLikely(columns: readonly (Field | null)[], rows: readonly TableRow[], stem: number): boolean {
  if (columns.includes('key')) return true;
  const texts = rows.map(({ cells }) => textOfCell(cells[stem])).filter((text) => text !== '');
  const asking = texts.filter((text) => ASKING.test(text)).length;
  const starred = rows.filter(({ cells }) => cells.some((cell) => STARRED.test(textOfCell(cell)))).length;
  return asking >= texts.length * 0.3 || starred >= rows.length * 0.5;
}

/** The last text column repeats one of the options in every row: it is the key. */
function nameOptions(
  columns: (Field | null)[],
  options: readonly number[],
  looks: readonly ColumnLooks[],
  rows: readonly TableRow[],
  key: number,
): void {
  const last = options.at(-1) ?? -1;
  const others = options.slice(0, -1);
  const repeats = rows.filter(({ cells }) => {
    const text = textOfCell(cells[last]);
    return text !== '' && others.some((i) => textOfCell(cells[i]) === text);
  }).length;
  const isKey = key < 0 && others.length >= 2 && repeats >= 0.8 * (looks[last]?.filled ?? 0);
  for (const i of isKey ? others : options.slice(0, 10)) columns[i] = 'option';
  if (isKey) columns[last] = 'key';
}

function stemAmong(texts: readonly number[], looks: readonly ColumnLooks[]): number | null {
  const longest = Math.max(0, ...texts.map((i) => looks[i]?.length ?? 0));
  const found = texts.find((i) => (looks[i]?.length ?? 0) >= Math.max(8, longest * 0.6));
  return found ?? null;
}

function looksOfColumn(rows: readonly TableRow[], column: number): ColumnLooks {
  const texts = rows.map(({ cells }) => textOfCell(cells[column])).filter((text) => text !== '');
  const share = (test: (text: string) => boolean) =>
    texts.length === 0 ? 0 : texts.filter(test).length / texts.length;
  return {
    filled: texts.length,
    length: texts.length === 0 ? 0 : texts.reduce((sum, { length }) => sum + length, 0) / texts.length,
    keys: share((text) => text.length <= 12 && (isLetters(text) || numbersOf(text) !== null)),
    counts: texts.length > 1 && isCounting(rows, column),
    multiline: share((text) => text.includes('\n')),
    isSmall: texts.every(
      (text) => isLetters(text) || (numbersOf(text) ?? [99]).every((number) => number <= 8),
    ),
  };
}

function isLetters(text: string): boolean {
  const letters = lettersOf(text);
  return letters !== null && letters.said === '' && letters.right.every((index) => index < 10);
}
