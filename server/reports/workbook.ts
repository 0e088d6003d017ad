/**
 * Writes a workbook row by row; rows that were written leave memory. For threads: writing holds the one that it runs in. Cells
 * are texts, numbers and dates, never formulas, whatever they begin with.
 */
import { Writable } from 'node:stream';
import Excel from 'exceljs';

/** A moment is a date; null and undefined are empty cells. */
export type Cell = string | number | boolean | Date | null | undefined;

export interface SheetStart {
  readonly name: string;
  /** Over the table, the first one large. */
  readonly above: readonly string[];
  readonly headings: readonly string[];
  /** Of the columns, in characters. */
  readonly widths: readonly number[];
  /** Number formats of Excel by column; null: as it is. */
  readonly formats?: readonly (string | null)[];
  readonly landscape?: boolean;
  /** Columns whose numbers are drawn as bars. */
  readonly bars?: readonly number[];
}

export interface SheetRow {
  readonly cells: readonly Cell[];
  readonly bold?: boolean;
  /** Levels by which the second cell stands in. */
  readonly indent?: number;
}

/** Excel has no room for more rows in a sheet. */
export const SHEET_ROWS = 1_048_576;
const FONT = { name: 'Times New Roman', size: 12 };
const MOMENT = 'dd/mm/yyyy hh:mm:ss';
/** Excel's dates know no zone: they are given as they are read in Hà Nội. */
const HANOI_MS = 7 * 3_600_000;
const THIN = { style: 'thin', color: { argb: 'FFBFBFBF' } } as const;
const EDGES = { top: THIN, left: THIN, bottom: THIN, right: THIN };
const BAR_COLOUR = { argb: 'FFE3A5A5' };

export class Workbook {
  readonly #written: Uint8Array[] = [];
  readonly #book: Excel.stream.xlsx.WorkbookWriter;
  #sheet: Excel.Worksheet | null = null;
  #start: SheetStart | null = null;
  #rows = 0;

  constructor() {
    const written = this.#written;
    const stream = new Writable({
      write(chunk: Uint8Array, _encoding, done) {
        written.push(chunk);
        done();
      },
    });
    this.#book = new Excel.stream.xlsx.WorkbookWriter({ stream, useStyles: true });
  }

  /** Rows of the sheet that is being written, those above the table too. */
  get rows(): number {
    return this.#rows;
  }

  begin(start: SheetStart): void {
    this.#finishSheet();
    const head = start.above.length === 0 ? 1 : start.above.length + 2;
    const sheet = this.#book.addWorksheet(start.name, {
      pageSetup: {
        paperSize: 9,
        orientation: start.landscape === true ? 'landscape' : 'portrait',
        fitToPage: true,
        fitToHeight: 0,
        printTitlesRow: `${head}:${head}`,
      },
      views: [{ state: 'frozen', ySplit: head }],
    });
    sheet.columns = start.widths.map((width, i) => {
      const numFmt = start.formats?.[i] ?? null;
      return { width, style: { font: FONT, ...(numFmt === null ? {} : { numFmt }) } };
    });
    start.above.forEach((text, i) => {
      sheet.mergeCells(i + 1, 1, i + 1, start.headings.length);
      const cell = sheet.getCell(i + 1, 1);
      cell.value = text;
      cell.font = i === 0 ? { ...FONT, size: 14, bold: true } : { ...FONT, italic: true };
      cell.alignment = { horizontal: 'center', wrapText: true };
    });
    const row = sheet.getRow(head);
    row.values = [...start.headings];
    row.font = { ...FONT, bold: true };
    row.alignment = { wrapText: true, vertical: 'middle', horizontal: 'center' };
    row.eachCell((cell) => {
      cell.border = EDGES;
      cell.numFmt = '@';
    });
    this.#sheet = sheet;
    this.#start = start;
    this.#rows = head;
  }

  add({ cells, bold = false, indent = 0 }: SheetRow): void {
    const sheet = this.#sheet;
    if (sheet === null) throw new RangeError('no sheet was begun');
    const row = sheet.addRow(cells.map(cellValue));
    this.#rows += 1;
    cells.forEach((cell, i) => {
      if (cell instanceof Date) row.getCell(i + 1).numFmt = MOMENT;
    });
    if (bold) row.font = { ...FONT, bold: true };
    if (indent > 0) row.getCell(2).alignment = { indent };
    row.commit();
  }

  /** A row of plain cells, as fast as the library writes one. */
  addPlain(cells: readonly Cell[]): void {
    this.add({ cells });
  }

  /** What was written since it was last asked for. */
  taken(): Uint8Array {
    const bytes = new Uint8Array(Buffer.concat(this.#written));
    this.#written.length = 0;
    return bytes;
  }

  /** Writes the rest; `taken` gives it. */
  async end(): Promise<void> {
    this.#finishSheet();
    await this.#book.commit();
  }

  #finishSheet(): void {
    const sheet = this.#sheet;
    if (sheet === null) return;
    const head = (this.#start?.above.length ?? 0) + 2;
    for (const column of this.#start?.bars ?? []) {
      const letter = sheet.getColumn(column).letter;
      sheet.addConditionalFormatting({
        ref: `${letter}${head + 1}:${letter}${Math.max(this.#rows, head + 1)}`,
        rules: [
          {
            type: 'dataBar',
            priority: 1,
            cfvo: [{ type: 'num', value: 0 }, { type: 'max' }],
            gradient: false,
            color: BAR_COLOUR,
          } as Excel.ConditionalFormattingRule,
        ],
      });
    }
    sheet.commit();
    this.#sheet = null;
  }
}

function cellValue(cell: Cell): Excel.CellValue {
  if (cell === undefined) return null;
  return cell instanceof Date ? new Date(cell.getTime() + HANOI_MS) : cell;
}
