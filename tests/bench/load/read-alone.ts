/** Reads one file in a process of its own: with our reader, or with the library that people take for such files. */
import { readFileSync } from 'node:fs';
import { formats } from '../../../questions/formats/formats.ts';
import type { TakeBlock } from '../../../questions/formats/reading.ts';
import { answerParent } from './child.ts';
import { waitedMs } from './waited.ts';

export interface Alone {
  readonly path: string;
  readonly format: string;
  readonly by: 'us' | 'library';
}

export interface ReadAlone {
  readonly library: string;
  /** Without what the thread waited for a processor: readers take turns on a machine that may be busy. */
  readonly ms: number;
  /** Questions of ours; rows, characters or elements of a library: it knows no questions. */
  readonly found: number;
  /** Peak of the process, MB. */
  readonly peakMb: number;
}

type Read = (bytes: Uint8Array) => Promise<number>;

/** What else these files are read with in this field; what it finds is counted so that nothing is left out. */
const LIBRARIES: Readonly<Record<string, readonly [string, () => Promise<Read>]>> = {
  xlsx: ['exceljs', exceljs],
  csv: ['papaparse', papaparse],
  docx: ['mammoth', mammoth],
  gift: ['gift-pegjs', giftPegjs],
  'moodle-xml': ['fast-xml-parser', fastXmlParser],
};

async function exceljs(): Promise<Read> {
  const { default: Excel } = await import('exceljs');
  return async (bytes) => {
    const book = new Excel.Workbook();
    await book.xlsx.load(bytes.slice().buffer);
    let rows = 0;
    book.worksheets[0]?.eachRow(() => {
      rows += 1;
    });
    return rows;
  };
}

async function papaparse(): Promise<Read> {
  const { default: Papa } = await import('papaparse');
  return async (bytes) => Papa.parse(new TextDecoder().decode(bytes), { delimiter: ';' }).data.length;
}

async function mammoth(): Promise<Read> {
  const { default: Mammoth } = await import('mammoth');
  return async (bytes) => (await Mammoth.convertToHtml({ buffer: Buffer.from(bytes) })).value.length;
}

async function giftPegjs(): Promise<Read> {
  const { parse } = await import('gift-pegjs');
  return async (bytes) => parse(new TextDecoder().decode(bytes)).length;
}

async function fastXmlParser(): Promise<Read> {
  const { XMLParser } = await import('fast-xml-parser');
  return async (bytes) =>
    new XMLParser({ ignoreAttributes: false, cdataPropName: 'cdata' }).parse(new TextDecoder().decode(bytes))
      .quiz.question.length;
}

async function ourReader(format: string): Promise<Read> {
  const { read } = formats.get(format) ?? {};
  if (read === undefined) throw new Error(`nothing reads ${format}`);
  return async (bytes) => {
    let imported = 0;
    const take: TakeBlock = ({ outcome }) => {
      if (outcome === 'imported') imported += 1;
    };
    const { failure } = await read(bytes, { take });
    if (failure !== null) throw new Error(failure.en);
    return imported;
  };
}

async function readAlone({ path, format, by }: Alone): Promise<ReadAlone> {
  const [library, load] = LIBRARIES[format] ?? [];
  if (library === undefined || load === undefined) throw new Error(`no library for ${format}`);
  const read = by === 'us' ? await ourReader(format) : await load();
  const bytes = new Uint8Array(readFileSync(path));
  const from = performance.now() - waitedMs();
  const found = await read(bytes);
  const ms = performance.now() - waitedMs() - from;
  return { library, ms, found, peakMb: process.resourceUsage().maxRSS / 1000 };
}

answerParent(import.meta.url, readAlone);
