/** Writes one workbook in a thread of its own, a page of rows at a time: rows that were written leave its memory. */
import { Writable } from 'node:stream';
import { parentPort, workerData } from 'node:worker_threads';
import Excel from 'exceljs';

/** A moment is a date in a workbook and a text in CSV. */
export type Cell = string | number | Date;

/** What the file says above its rows; texts are neutral already. */
export interface ExportOrder {
  readonly title: string;
  readonly tab: string;
  readonly headings: readonly string[];
  readonly widths: readonly number[];
}
export type ExportRows = { readonly rows: readonly (readonly Cell[])[] } | 'end';
/** `file` comes at the end; before that an answer asks for the next page. */
export interface ExportAnswer {
  readonly file?: Uint8Array;
}

const FONT = { name: 'Times New Roman', size: 12 };
/** Seconds decide about ranks. */
const MOMENT = 'dd/mm/yyyy hh:mm:ss';
/** Excel's dates know no zone: they are given as they are read in Hà Nội. */
const HANOI_MS = 7 * 3_600_000;
const HEAD_ROW = 3;

const chunks: Uint8Array[] = [];
const stream = new Writable({
  write(chunk: Uint8Array, _encoding, done) {
    chunks.push(chunk);
    done();
  },
});
const workbook = new Excel.stream.xlsx.WorkbookWriter({ stream, useStyles: true });
const sheet = begin(workerData);

function begin({ title, tab, headings, widths }: ExportOrder): Excel.Worksheet {
  const made = workbook.addWorksheet(tab, {
    pageSetup: {
      paperSize: 9,
      orientation: 'portrait',
      fitToPage: true,
      fitToHeight: 0,
      printTitlesRow: `${HEAD_ROW}:${HEAD_ROW}`,
    },
    views: [{ state: 'frozen', ySplit: HEAD_ROW }],
  });
  made.columns = widths.map((width) => ({ width, style: { font: FONT } }));
  made.mergeCells(1, 1, 1, headings.length);
  const heading = made.getCell(1, 1);
  heading.value = title;
  heading.font = { ...FONT, size: 14, bold: true };
  heading.alignment = { horizontal: 'center' };
  const head = made.getRow(HEAD_ROW);
  head.values = [...headings];
  head.font = { ...FONT, bold: true };
  head.alignment = { wrapText: true, vertical: 'middle', horizontal: 'center' };
  return made;
}

function add(cells: readonly Cell[]): void {
  const row = sheet.addRow(
    cells.map((cell) => (cell instanceof Date ? new Date(cell.getTime() + HANOI_MS) : cell)),
  );
  for (const [i, cell] of cells.entries()) if (cell instanceof Date) row.getCell(i + 1).numFmt = MOMENT;
  row.commit();
}

async function take(given: ExportRows): Promise<void> {
  if (given === 'end') {
    sheet.commit();
    await workbook.commit();
    const file = new Uint8Array(Buffer.concat(chunks));
    parentPort?.postMessage({ file } satisfies ExportAnswer, [file.buffer]);
    return;
  }
  given.rows.forEach(add);
  parentPort?.postMessage({} satisfies ExportAnswer);
}

parentPort?.on('message', (given: ExportRows) => void take(given));
