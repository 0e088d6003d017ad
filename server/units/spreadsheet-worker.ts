/** Reads one XLSX file in a thread of its own, whose memory and time are limited by whoever starts it. Answers with the cells as texts. */
import { parentPort, workerData } from 'node:worker_threads';
import Excel from 'exceljs';
import { unpacked } from './unpack.ts';

export interface SpreadsheetTask {
  readonly bytes: Uint8Array;
  readonly limits: { readonly mostBytes: number; readonly mostEntries: number };
  readonly maxRows: number;
  readonly maxColumns: number;
}
/** Row i of the sheet stands at i − 1; empty rows are empty lists. */
export type SpreadsheetAnswer =
  | { readonly rows: readonly (readonly string[])[] }
  | { readonly problem: 'unreadable' | 'tooManyRows' };

function textOf(cell: Excel.Cell): string {
  const { value } = cell;
  if (value === null || value === undefined) return '';
  if (value instanceof Date) return dayText(value);
  if (typeof value === 'object' && 'result' in value && value.result instanceof Date)
    return dayText(value.result);
  if (typeof value === 'object' && 'result' in value) return String(value.result ?? '');
  return cell.text;
}

/** A day as people write it; Excel's dates know no zone. */
function dayText(day: Date): string {
  return Number.isNaN(day.getTime()) ? '' : day.toISOString().slice(0, 10).split('-').reverse().join('/');
}

/** Copied only when the bytes are a part of a larger buffer. */
function wholeBuffer({ buffer, byteOffset, byteLength }: Uint8Array): ArrayBuffer {
  const isWhole = byteLength === buffer.byteLength && buffer instanceof ArrayBuffer;
  return (isWhole ? buffer : buffer.slice(byteOffset, byteOffset + byteLength)) as ArrayBuffer;
}

async function read({ bytes, limits, maxRows, maxColumns }: SpreadsheetTask): Promise<SpreadsheetAnswer> {
  const book = new Excel.Workbook();
  await book.xlsx.load(wholeBuffer(unpacked(bytes, limits)));
  const sheet = book.worksheets.find((one) => one.state === 'visible') ?? book.worksheets[0];
  if (sheet === undefined) return { problem: 'unreadable' };
  if (sheet.rowCount > maxRows) return { problem: 'tooManyRows' };
  const rows: string[][] = [];
  for (let number = 1; number <= sheet.rowCount; number++) {
    const row = sheet.getRow(number);
    const width = Math.min(row.cellCount, maxColumns);
    rows.push(Array.from({ length: width }, (_, column) => textOf(row.getCell(column + 1))));
  }
  return { rows };
}

read(workerData).then(
  (answer) => parentPort?.postMessage(answer),
  () => parentPort?.postMessage({ problem: 'unreadable' } satisfies SpreadsheetAnswer),
);
