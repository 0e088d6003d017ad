/**
 * Tables as workbooks, CSV files and Word documents have them, before anybody knows what their columns mean. Most cells
 * are nothing but text, and fifty thousand rows have to fit into memory, so such a cell is its string.
 */
import { cleanText } from '../vietnamese.ts';
import { type FoundText, treeOfPlain } from './found-text.ts';
import type { Place, Saying } from './message.ts';
import { BOLD, HIGHLIGHT, type Looks, plainLooks, StyledText, UNDERLINE } from './styled-text.ts';
import { cleanLines } from './texts.ts';

/** What is wrong with a cell: a formula's error (#REF!), a formula without a value, a date that may have been "3-4". */
export type CellIssue = 'error' | 'formula' | 'date';

export interface SpecialCell {
  /** Cleaned, as people see it. */
  readonly text: string;
  /** Where parts of it look different, or hold pictures. */
  readonly styled: StyledText | null;
  /** Looks of the whole cell; HIGHLIGHT: its background. */
  readonly looks: Looks;
  readonly issue: CellIssue | null;
}

/** Cleaned text alone, or with more to it; '' is an empty cell. */
export type Cell = string | SpecialCell;

export interface TableRow {
  /** As people count it: row of the sheet, line of the file, from 1. */
  readonly number: number;
  readonly cells: readonly Cell[];
}

/** A rectangle of merged cells; indexes from 0 for columns, row numbers for rows, both ends included. */
export interface Merge {
  readonly top: number;
  readonly bottom: number;
  readonly left: number;
  readonly right: number;
}

/** What a spreadsheet has and does not show. */
export interface Hidden {
  readonly isSheet: boolean;
  /** By number. */
  readonly rows: ReadonlySet<number>;
  /** By index. */
  readonly columns: ReadonlySet<number>;
}

export interface Table {
  /** Name of the sheet; empty where there is only one. */
  readonly name: string;
  /** Rows with something in them. */
  readonly rows: readonly TableRow[];
  readonly merges: readonly Merge[];
  /** What is to be said about single rows, by their number. */
  readonly remarks?: ReadonlyMap<number, Saying>;
  readonly hidden?: Hidden;
  placeOf(row: number, column?: number): Place;
}

export function textOfCell(cell: Cell | undefined): string {
  if (cell === undefined) return '';
  return typeof cell === 'string' ? cell : cell.text;
}

/** The text on one line. */
export function lineOfCell(cell: Cell | undefined): string {
  const text = textOfCell(cell);
  return text.includes('\n') ? cleanText(text) : text;
}

export function styledOfCell(cell: Cell | undefined): StyledText {
  if (typeof cell === 'object' && cell.styled !== null) return cell.styled.squeezed;
  return StyledText.plain(textOfCell(cell));
}

export function foundOfCell(cell: Cell | undefined): FoundText {
  if (typeof cell === 'object' && cell.styled !== null) return cell.styled.found();
  return new PlainCellText(textOfCell(cell));
}

/** A cleaned text whose tree is made only when somebody looks: most questions are plain. */
export class PlainCellText implements FoundText {
  readonly plain: string;

  constructor(plain: string) {
    this.plain = plain;
  }

  get tree(): FoundText['tree'] {
    return treeOfPlain(this.plain);
  }
}

export function looksOfCell(cell: Cell | undefined): Looks {
  if (typeof cell !== 'object') return plainLooks;
  const { styled, looks } = cell;
  if (styled === null) return looks;
  const all = (bit: number) => (styled.share((look) => (look.marks & bit) !== 0) > 0.9 ? bit : 0);
  const colors = [...new Set(styled.atoms.map((atom) => atom.looks.color))];
  const color = colors.length === 1 ? (colors[0] ?? null) : null;
  const marks = (looks.marks & HIGHLIGHT) | all(BOLD) | all(UNDERLINE) | all(HIGHLIGHT);
  return { marks, color };
}

export function issueOfCell(cell: Cell | undefined): CellIssue | null {
  return typeof cell === 'object' ? cell.issue : null;
}

/** "A" for 0, "AA" for 26. */
export function columnName(index: number): string {
  const last = String.fromCharCode(0x41 + (index % 26));
  return index < 26 ? last : columnName(Math.floor(index / 26) - 1) + last;
}

/** The other way round; -1 for anything else. */
export function columnIndex(name: string): number {
  if (!/^[A-Z]{1,3}$/.test(name)) return -1;
  return [...name].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 0x40, 0) - 1;
}

/** Column of a cell by its address ("AB12"); -1: it is none. Looked at letter by letter: a sheet has hundreds of thousands. */
export function columnOfAddress(address: string): number {
  let index = 0;
  let at = 0;
  for (; at < 3; at += 1) {
    const letter = address.charCodeAt(at) - 0x40;
    if (!(letter >= 1 && letter <= 26)) break;
    index = index * 26 + letter;
  }
  const next = address.charCodeAt(at);
  return Number.isNaN(next) || (next >= 0x30 && next <= 0x39) ? index - 1 : -1;
}

/** Nothing in it has to be cleaned: letters, digits and signs that stay as they are, and single spaces. */
const CLEAN = /^[!-~¡-¬®-ÏÑ-ʯ\u1e00-\u1eff–—‘’“”…•→≤≥₫]+(?: [!-~¡-¬®-ÏÑ-ʯ\u1e00-\u1eff–—‘’“”…•→≤≥₫]+)*$/;
/** What our own writer puts before texts that a spreadsheet would take for a formula. */
const NEUTRALISED = /^'+[=+\-@\t\r]/;
const DANGEROUS = /^'*[=+\-@\t\r]/;

/** The text of a cell, cleaned, without the apostrophe that makes a text out of a formula. Almost always the very string that came in. */
export function cleanCell(text: string): string {
  if (text === '') return text;
  const real = NEUTRALISED.test(text) ? text.slice(1) : text;
  return CLEAN.test(real) ? real : cleanLines(real.replace(/_x000d_/gi, '').replace(/\r\n?/g, '\n'));
}

/** A text that no spreadsheet takes for a formula; `cleanCell` takes the apostrophe off again. See OWASP, "CSV Injection". */
export function neutralised(text: string): string {
  return DANGEROUS.test(text) ? `'${text}` : text;
}

/** Rows that cells merged downwards may fill; more is no table of questions. */
const MERGED_MOST = 200_000;

/** "column:row" → the cell that is merged over it from above, in these columns. */
export function mergedBelow({ rows, merges }: Table, columns: readonly number[]): ReadonlyMap<string, Cell> {
  const below = new Map<string, Cell>();
  const wanted = merges.filter(({ top, bottom, left }) => bottom > top && columns.includes(left));
  if (wanted.length === 0) return below;
  const byNumber = new Map(rows.map((row) => [row.number, row]));
  for (const { top, bottom, left } of wanted) {
    const cell = byNumber.get(top)?.cells[left];
    if (cell === undefined || textOfCell(cell) === '') continue;
    for (let row = top + 1; row <= bottom && below.size < MERGED_MOST; row += 1)
      below.set(`${left}:${row}`, cell);
  }
  return below;
}
