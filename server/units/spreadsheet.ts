/** A file from a browser → rows of texts. CSV (commas, semicolons or tabs; UTF-8 or Excel's UTF-16) and XLSX; anything hostile is refused. */
import { Readable } from 'node:stream';
import { Worker } from 'node:worker_threads';
import { unzipSync } from 'fflate';
import Papa from 'papaparse';
import type { Bilingual } from '../contracts/errors.ts';
import type { SpreadsheetAnswer, SpreadsheetTask } from './spreadsheet-worker.ts';

/** Row i of the file stands at i − 1. */
export type SpreadsheetRows = readonly (readonly string[])[];
export type ReadSpreadsheet = { readonly rows: SpreadsheetRows } | { readonly problem: Bilingual };

export const MAX_BYTES = 4_000_000;
const MAX_ROWS = 20_050;
const MAX_COLUMNS = 40;
/** Inside an XLSX, as its directory declares; what lies about it is cut off there. 20,000 rows of ten columns are 9.7 MB; reading takes four times as much. */
const UNPACKED = { mostBytes: 10_000_000, mostEntries: 500 };
/** Characters of CSV that are read at a stretch. */
const CSV_PIECE = 65_536;
const TIME_LIMIT_MS = 20_000;
const MEMORY_MB = 256;

const problems = {
  tooLarge: { vi: 'Tệp quá lớn (tối đa 4 MB).', en: 'The file is too large (at most 4 MB).' },
  type: { vi: 'Chỉ nhận tệp .csv hoặc .xlsx.', en: 'Only .csv and .xlsx files are accepted.' },
  unreadable: { vi: 'Không đọc được tệp.', en: 'The file cannot be read.' },
  encoding: {
    vi: 'Tệp CSV phải dùng bảng mã UTF-8. Trong Excel, chọn "CSV UTF-8" khi lưu.',
    en: 'The CSV file must be in UTF-8. In Excel, choose "CSV UTF-8" when saving.',
  },
  tooManyRows: {
    vi: 'Tệp có quá nhiều dòng (tối đa 20.000).',
    en: 'The file has too many rows (at most 20,000).',
  },
  tooManyLines: {
    vi: 'Tệp có quá nhiều dòng (tối đa 60.000 với CSV, 20.000 với Excel).',
    en: 'The file has too many rows (at most 60,000 of CSV, 20,000 of Excel).',
  },
} satisfies Record<string, Bilingual>;

/** Rows of CSV that a tree of units may have, and those of a list of people. */
export type CsvRows = 'few' | 'many';
const CSV_ROWS = {
  few: { most: MAX_ROWS, problem: problems.tooManyRows },
  many: { most: 60_050, problem: problems.tooManyLines },
} as const;

export async function readSpreadsheet(
  name: string,
  bytes: Uint8Array,
  csvRows: CsvRows = 'few',
): Promise<ReadSpreadsheet> {
  if (bytes.length > MAX_BYTES) return { problem: problems.tooLarge };
  if (/\.xlsx$/i.test(name)) return readXlsx(bytes);
  if (/\.(csv|txt|tsv)$/i.test(name)) return readCsv(bytes, csvRows);
  return { problem: problems.type };
}

async function readCsv(bytes: Uint8Array, csvRows: CsvRows): Promise<ReadSpreadsheet> {
  const text = decode(bytes);
  if (text === null) return { problem: problems.encoding };
  const { most, problem } = CSV_ROWS[csvRows];
  const rows = await csvRowsOf(text, most);
  return rows.length > most ? { problem } : { rows };
}

function* piecesOf(text: string): Generator<string> {
  for (let at = 0; at < text.length; at += CSV_PIECE) yield text.slice(at, at + CSV_PIECE);
}

/** A piece at a time: others have a turn between. Not much more than `most`. */
function csvRowsOf(text: string, most: number): Promise<string[][]> {
  const { promise, resolve, reject } = Promise.withResolvers<string[][]>();
  const rows: string[][] = [];
  Papa.parse<string[]>(Readable.from(piecesOf(text)), {
    delimiter: guessDelimiter(text),
    chunk({ data }: Papa.ParseResult<string[]>, parser: Papa.Parser) {
      for (const row of data) rows.push(row.slice(0, MAX_COLUMNS));
      if (rows.length > most) {
        parser.abort();
        return;
      }
      parser.pause();
      setImmediate(() => parser.resume());
    },
    complete: () => resolve(rows),
    error: reject,
  });
  return promise;
}

/** What cuts the most of the first rows into cells. (The parser's own guess is led astray by empty rows.) */
function guessDelimiter(text: string): string {
  const cut = (delimiter: string): number => {
    const { data } = Papa.parse<string[]>(text, { delimiter, preview: 30 });
    return data.filter((row) => row.length > 1).length * 100 + Math.max(0, ...data.map((row) => row.length));
  };
  return [',', ';', '\t'].reduce((best, sign) => (cut(sign) > cut(best) ? sign : best));
}

function decode(bytes: Uint8Array): string | null {
  const utf16 = bytes[0] === 0xff && bytes[1] === 0xfe;
  try {
    return new TextDecoder(utf16 ? 'utf-16le' : 'utf-8', { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

async function readXlsx(bytes: Uint8Array): Promise<ReadSpreadsheet> {
  if (!isHarmlessZip(bytes)) return { problem: problems.unreadable };
  const answer = await inThread({ bytes, limits: UNPACKED, maxRows: MAX_ROWS, maxColumns: MAX_COLUMNS });
  return 'rows' in answer ? answer : { problem: problems[answer.problem] };
}

/** Looks at the directory alone; nothing is unpacked. */
function isHarmlessZip(bytes: Uint8Array): boolean {
  let unpacked = 0;
  let entries = 0;
  try {
    unzipSync(bytes, {
      filter: ({ originalSize }) => {
        unpacked += originalSize;
        entries += 1;
        return false;
      },
    });
  } catch {
    return false;
  }
  return entries > 0 && entries <= UNPACKED.mostEntries && unpacked <= UNPACKED.mostBytes;
}

/** The thread ends with its answer, at the time limit, or when its memory is used up. */
async function inThread(task: SpreadsheetTask): Promise<SpreadsheetAnswer> {
  const worker = new Worker(new URL('./spreadsheet-worker.ts', import.meta.url), {
    workerData: task,
    resourceLimits: { maxOldGenerationSizeMb: MEMORY_MB },
    stdout: true,
    stderr: true,
  });
  const { promise, resolve } = Promise.withResolvers<SpreadsheetAnswer>();
  const giveUp = (): void => resolve({ problem: 'unreadable' });
  const timer = setTimeout(giveUp, TIME_LIMIT_MS);
  worker.once('message', resolve);
  worker.once('error', giveUp);
  worker.once('exit', giveUp);
  try {
    return await promise;
  } finally {
    clearTimeout(timer);
    await worker.terminate();
  }
}
