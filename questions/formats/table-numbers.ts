/**
 * Numbers before the stems of a table ("Câu 12:", "3."). They count the questions where most rows have one and they follow
 * one another; then they are taken off, as everywhere else. Anything else that begins with a number is text.
 */
import { type Cell, lineOfCell, type Table, type TableRow, textOfCell } from './table-cells.ts';
import type { Mapping } from './table-mapping.ts';
import type { TableQuestion } from './table-question.ts';
import { stackedColumns, stackedQuestions } from './table-stacked.ts';
import { numberedStart, questionStart } from './word-patterns.ts';

export interface StemNumber {
  readonly number: number;
  /** Where the stem's own text begins. */
  readonly end: number;
}

interface Start extends StemNumber {
  readonly row: number;
  /** "Câu 3:" rather than "3.". */
  readonly isWord: boolean;
  /** A sign stands behind the number, or the column of numbers says the same. */
  readonly isSure: boolean;
}

const NUMBER = /^(?:câu\s*)?(\d{1,4})\s*[.:)]?$/iu;
/** "1.5 lít", "3:2", "2/9" are no numbers of questions. */
const BARE = /^\s*\(?\d{1,3}\s*[.)](?!\d)/;
const SIGN = /[.:)\]>–—-]\s*$/;

/** "12", "Câu 12:" → 12; null: it is not the number of a question, and nothing else. */
export function numberIn(text: string): number | null {
  const said = NUMBER.exec(text)?.[1];
  return said === undefined ? null : Number(said);
}

/** The number that a column of numbers says; null: it says none. */
export function numberSaid(row: TableRow, column: number): number | null {
  return numberIn(lineOfCell(row.cells[column]));
}

/** Number of a row → what its stem begins with, where that counts the questions. */
export function stemNumbers(table: Table, mapping: Mapping): ReadonlyMap<number, StemNumber> {
  const stem = mapping.columns.indexOf('stem');
  const asked = questionRows(table, mapping).filter(({ cells }) => textOfCell(cells[stem]) !== '');
  const starts = asked.flatMap((row) => startOf(row, stem, mapping.columns.indexOf('number')) ?? []);
  if (starts.length === 0 || starts.length < asked.length * 0.6) return new Map();
  const follows = starts.map((start, i) => areNeighbours(starts, start, i));
  const inOrder = follows.filter(Boolean).length >= starts.length * 0.8;
  const areWords = starts.every(({ isWord, isSure }) => isWord && isSure);
  const areOnce = new Set(starts.map(({ number }) => number)).size === starts.length;
  if (!inOrder && !(areWords && areOnce && starts.length === asked.length)) return new Map();
  if (starts.length === 1 && !(areWords && starts[0]?.number === 1)) return new Map();
  const counting = starts.filter(({ isWord, isSure }, i) => follows[i] === true || (isWord && isSure));
  return new Map(counting.map(({ row, number, end }) => [row, { number, end }]));
}

/** The rows that questions begin with. */
function questionRows(table: Table, mapping: Mapping): readonly TableRow[] {
  const below = table.rows.filter((row) => row.number > (mapping.header ?? 0));
  const columns = stackedColumns(table, mapping);
  return columns === null ? below : stackedQuestions(below, columns).map(({ first }) => first);
}

function startOf(row: TableRow, stem: number, number: number): Start | null {
  const text = textWithin(row.cells[stem]);
  const word = questionStart(text);
  const found = word ?? (BARE.test(text) ? numberedStart(text) : null);
  if (found === null || text.slice(found.end).trim() === '') return null;
  const isSaid = numberSaid(row, number) === found.number;
  const isSure = isSaid || SIGN.test(text.slice(0, found.end));
  return { row: row.number, number: found.number, end: found.end, isWord: word !== null, isSure };
}

/** It goes on with the number before it, or the one behind it goes on with it. */
function areNeighbours(starts: readonly Start[], { number }: Start, at: number): boolean {
  if (starts.length === 1) return true;
  const [before, behind] = [starts[at - 1]?.number, starts[at + 1]?.number];
  return before === number - 1 || behind === number + 1;
}

/** Where it has looks, the text that has them: it may begin with spaces. */
function textWithin(cell: Cell | undefined): string {
  return typeof cell === 'object' && cell.styled !== null ? cell.styled.text : textOfCell(cell);
}

/** A question without the number before its stem. */
export function uncounted(question: TableQuestion, counted: StemNumber | undefined): TableQuestion {
  if (counted === undefined) return question;
  const stem = cellFrom(question.cell('stem') ?? '', counted.end);
  return { ...question, cell: (field) => (field === 'stem' ? stem : question.cell(field)) };
}

function cellFrom(cell: Cell, from: number): Cell {
  if (typeof cell === 'string') return cell.slice(from).trim();
  const styled = cell.styled?.slice(from).trim() ?? null;
  return { ...cell, text: styled?.paragraph ?? cell.text.slice(from), styled };
}
