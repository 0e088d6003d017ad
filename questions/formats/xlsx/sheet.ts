/** One sheet of a workbook → rows, read as it comes out of the archive. Formulas are never evaluated: their stored values count. */
import { readPart, type XmlAttributes, type XmlEvents } from '../open-xml.ts';
import { type Looks, plainLooks, StyledText } from '../styled-text.ts';
import {
  type Cell,
  type CellIssue,
  cleanCell,
  columnIndex,
  columnOfAddress,
  type Merge,
  type TableRow,
} from '../table-cells.ts';
import type { ZipArchive } from '../zip.ts';
import { type SharedText, TextGatherer } from './shared-strings.ts';
import { type CellStyle, plainStyle } from './styles.ts';
import { shownIsoDate, shownNumber } from './values.ts';

/** More rows with something in them than anybody's bank has. */
export const ROWS_MAX = 200_000;
/** Columns beyond are left out; their letters go to "GR". */
export const COLUMNS_MAX = 200;

export interface WorkbookTexts {
  /** Plain texts are cleaned in place when a cell first wants them. */
  readonly shared: SharedText[];
  readonly styles: readonly CellStyle[];
  readonly from1904: boolean;
}

export interface SheetContent {
  readonly rows: readonly TableRow[];
  readonly merges: readonly Merge[];
  /** Numbers of rows and indexes of columns that the spreadsheet does not show. */
  readonly hiddenRows: ReadonlySet<number>;
  readonly hiddenColumns: ReadonlySet<number>;
  /** There was more than is taken. */
  readonly isCut: boolean;
}

/** Reads a sheet. Throws ZipError; what came before is in `rows` of the reader that is passed in. */
export function readSheet(archive: ZipArchive, part: string, reader: SheetReader): SheetContent {
  readPart(archive, part, reader);
  return reader.content;
}

export class SheetReader implements XmlEvents {
  readonly #texts: WorkbookTexts;
  readonly #rows: TableRow[] = [];
  readonly #merges: Merge[] = [];
  readonly #hiddenRows = new Set<number>();
  readonly #hiddenColumns = new Set<number>();
  readonly #isClean: Uint8Array;
  readonly #progress: (rows: number) => void;
  #isCut = false;
  #row = 0;
  #cells: Cell[] = [];
  #column = -1;
  #type = 'n';
  #style: CellStyle = plainStyle;
  #value = '';
  #hasFormula = false;
  #isInValue = false;
  #inline: TextGatherer | null = null;

  constructor(texts: WorkbookTexts, progress: (rows: number) => void = () => undefined) {
    this.#texts = texts;
    this.#isClean = new Uint8Array(texts.shared.length);
    this.#progress = progress;
  }

  get content(): SheetContent {
    return {
      rows: this.#rows,
      merges: this.#merges,
      hiddenRows: this.#hiddenRows,
      hiddenColumns: this.#hiddenColumns,
      isCut: this.#isCut,
    };
  }

  open(name: string, attributes: XmlAttributes): void {
    if (this.#inline !== null) this.#inline.open(name, attributes);
    else if (name === 'c') this.#openCell(attributes);
    else if (name === 'v') this.#isInValue = true;
    else if (name === 'f') this.#hasFormula = true;
    else if (name === 'is') this.#inline = new TextGatherer();
    else if (name === 'row') this.#openRow(attributes);
    else if (name === 'col') this.#openColumns(attributes);
    else if (name === 'mergeCell') this.#merge(attributes.ref ?? '');
  }

  text(text: string): void {
    if (this.#isInValue) this.#value += text;
    else this.#inline?.text(text);
  }

  close(name: string): void {
    if (name === 'v') this.#isInValue = false;
    else if (name === 'c') this.#closeCell();
    else if (name === 'row') this.#closeRow();
    else if (this.#inline !== null && name !== 'is') this.#inline.close(name);
  }

  #openColumns({ min, max, hidden, width }: XmlAttributes): void {
    if (!isOn(hidden) && Number(width || 1) !== 0) return;
    const last = Math.min(Number(max), COLUMNS_MAX);
    for (let column = Number(min); column <= last; column += 1) this.#hiddenColumns.add(column - 1);
  }

  #openRow({ r, hidden, ht }: XmlAttributes): void {
    const number = Number(r);
    this.#row = Number.isInteger(number) && number > 0 ? number : this.#row + 1;
    if (isOn(hidden) || (ht !== undefined && Number(ht) === 0)) this.#hiddenRows.add(this.#row);
    this.#cells = [];
    this.#column = -1;
  }

  #openCell({ r, t, s }: XmlAttributes): void {
    this.#column = r === undefined ? this.#column + 1 : columnOfAddress(r);
    this.#type = t ?? 'n';
    this.#style = s === undefined ? plainStyle : (this.#texts.styles[Number(s)] ?? plainStyle);
    this.#value = '';
    this.#hasFormula = false;
    this.#inline = null;
  }

  #closeCell(): void {
    const cell = this.#cell();
    this.#inline = null;
    if (cell === '' || this.#column < 0) return;
    if (this.#column >= COLUMNS_MAX) {
      this.#isCut = true;
      return;
    }
    while (this.#cells.length < this.#column) this.#cells.push('');
    this.#cells[this.#column] = cell;
  }

  #closeRow(): void {
    if (this.#cells.length === 0) return;
    if (this.#rows.length >= ROWS_MAX) this.#isCut = true;
    else this.#rows.push({ number: this.#row, cells: this.#cells });
    if (this.#rows.length % 2_000 === 0) this.#progress(this.#rows.length);
  }

  #cell(): Cell {
    if (this.#inline !== null) return this.#ofShared(this.#inline.take());
    const value = this.#value;
    if (value === '') return this.#hasFormula ? this.#special('', 'formula') : '';
    switch (this.#type) {
      case 's':
        return this.#sharedCell(Number(value));
      case 'str':
        return this.#plain(cleanCell(value));
      case 'b':
        return this.#plain(value === '1' ? 'TRUE' : 'FALSE');
      case 'e':
        return this.#special(value, 'error');
      case 'd':
        return this.#plain(shownIsoDate(value));
      default: {
        const { text, isDoubtful } = shownNumber(value, this.#style, this.#texts.from1904);
        return isDoubtful ? this.#special(text, 'date') : this.#plain(text);
      }
    }
  }

  /** Each shared text is cleaned once, and all its cells hold the same string. */
  #sharedCell(index: number): Cell {
    const { shared } = this.#texts;
    const text = shared[index];
    if (typeof text !== 'string') return text === undefined ? '' : this.#ofShared(text);
    if (this.#isClean[index] === 1) return this.#plain(text);
    const clean = cleanCell(text);
    shared[index] = clean;
    this.#isClean[index] = 1;
    return this.#plain(clean);
  }

  #ofShared(text: SharedText): Cell {
    if (typeof text === 'string') return this.#plain(cleanCell(text));
    const styled = new StyledText(text.atoms);
    return { text: cleanCell(styled.text), styled, looks: this.#style.looks, issue: null };
  }

  #plain(text: string): Cell {
    const { looks } = this.#style;
    return looks === plainLooks || text === '' || !isMarked(looks)
      ? text
      : { text, styled: null, looks, issue: null };
  }

  #special(text: string, issue: CellIssue): Cell {
    return { text, styled: null, looks: this.#style.looks, issue };
  }

  #merge(ref: string): void {
    const [, left, top, right, bottom] = /^([A-Z]+)(\d+):([A-Z]+)(\d+)$/.exec(ref) ?? [];
    if (left === undefined || right === undefined || this.#merges.length > ROWS_MAX) return;
    this.#merges.push({
      top: Number(top),
      bottom: Number(bottom),
      left: columnIndex(left),
      right: columnIndex(right),
    });
  }
}

function isOn(value: string | undefined): boolean {
  return value === '1' || value === 'true';
}

function isMarked({ marks, color }: Looks): boolean {
  return marks !== 0 || color !== null;
}
