/**
 * Reads one file in a thread of its own, whose memory and time are limited by whoever starts it, and hands over what it found
 * piece by piece: the next one goes when the last was taken, so that nothing piles up.
 */
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { parentPort, workerData } from 'node:worker_threads';
import { readPaste } from '../../../questions/formats/docx/paste.ts';
import type { Format } from '../../../questions/formats/format.ts';
import { formats } from '../../../questions/formats/formats.ts';
import type { Message } from '../../../questions/formats/message.ts';
import type { Reading } from '../../../questions/formats/reading.ts';
import { refusalOf } from '../../../questions/formats/refusals.ts';
import { candidatesOf } from '../../../questions/formats/sniff.ts';
import type { Json } from '../../../questions/question.ts';
import { type BlockRow, BlockRows } from './block-row.ts';

export interface ReadingTask {
  /** The file, in the order of its pieces. */
  readonly pieces: readonly Uint8Array[];
  readonly name: string;
  /** Null: by its content. */
  readonly format: string | null;
  /** What a person decided, for the format. */
  readonly settings: Json | null;
  /** Whether the file itself is to be handed over as well. */
  readonly isNew: boolean;
}

/** About the file as a whole. */
export interface ReadingHead {
  readonly format: string;
  /** SHA-256 of the bytes. */
  readonly hash: string;
  readonly messages: readonly Message[];
  readonly failure: Message | null;
  readonly settings: Json | null;
  readonly blocks: number;
}

/** What the thread says; all but `progress` is answered before the next. */
export type ReadingNews =
  | { readonly is: 'progress'; readonly share: number }
  | { readonly is: 'file'; readonly number: number; readonly data: string }
  | { readonly is: 'head'; readonly head: ReadingHead }
  | { readonly is: 'picture'; readonly id: string; readonly type: string; readonly data: string }
  | { readonly is: 'rows'; readonly rows: readonly BlockRow[]; readonly share: number }
  | { readonly is: 'end' };

/** No file: the clipboard of a word processor as HTML, with its colours and fonts. */
const PASTE = 'paste';
const FILE_PIECE = 600_000;
const ROWS = 50;

async function tell(news: ReadingNews): Promise<void> {
  if (parentPort === null) return;
  parentPort.postMessage(news);
  if (news.is !== 'end') await once(parentPort, 'message');
}

function sayProgress(share: number): void {
  parentPort?.postMessage({ is: 'progress', share } satisfies ReadingNews);
}

async function work({ pieces, name, format: chosen, settings, isNew }: ReadingTask): Promise<void> {
  const bytes = pieces.length === 1 && pieces[0] !== undefined ? pieces[0] : Buffer.concat(pieces);
  const hash = createHash('sha256').update(bytes).digest('hex');
  if (isNew) await tellFile(bytes);
  const format = chosen === null ? candidatesOf(bytes, name)[0]?.format : formats.get(chosen);
  const reading =
    chosen === PASTE ? readPaste(new TextDecoder().decode(bytes)) : await read(format, bytes, settings);
  const { messages, failure } = reading;
  const head = {
    format: chosen === PASTE ? PASTE : reading.format,
    hash,
    messages,
    failure,
    settings: reading.settings ?? null,
    blocks: reading.blocks.length,
  };
  await tell({ is: 'head', head });
  for (const { sha256, type, bytes: picture } of reading.media.values())
    await tell({ is: 'picture', id: sha256, type, data: Buffer.from(picture).toString('base64') });
  await tellRows(reading);
  await tell({ is: 'end' });
}

async function read(format: Format | undefined, bytes: Uint8Array, settings: Json | null): Promise<Reading> {
  if (format?.read === undefined) {
    const failure: Message = { ...refusalOf(bytes), severity: 'error', place: { line: 1 } };
    return { format: '', blocks: [], media: new Map(), messages: [], failure };
  }
  return format.read(bytes, { progress: sayProgress, ...(settings === null ? {} : { settings }) });
}

async function tellFile(bytes: Uint8Array): Promise<void> {
  for (let from = 0; from < bytes.length; from += FILE_PIECE) {
    const data = Buffer.from(bytes.subarray(from, from + FILE_PIECE)).toString('base64');
    await tell({ is: 'file', number: from / FILE_PIECE, data });
  }
}

async function tellRows({ blocks }: Reading): Promise<void> {
  const maker = new BlockRows();
  for (let from = 0; from < blocks.length; from += ROWS) {
    const rows = blocks.slice(from, from + ROWS).map((block, i) => maker.row(block, from + i + 1));
    await tell({ is: 'rows', rows, share: (from + rows.length) / blocks.length });
  }
}

await work(workerData);
