/**
 * Reads one file in a thread of its own, whose memory and time are limited by whoever starts it, and hands over what it found
 * piece by piece: the next one goes when the last was taken, so that nothing piles up.
 */
import { createHash } from 'node:crypto';
import { parentPort, workerData } from 'node:worker_threads';
import { readPaste } from '../../../questions/formats/docx/paste.ts';
import type { Format } from '../../../questions/formats/format.ts';
import { formats } from '../../../questions/formats/formats.ts';
import type { Message } from '../../../questions/formats/message.ts';
import type { Block, Reading } from '../../../questions/formats/reading.ts';
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
  /** Another file with the answers; null: there is none. */
  readonly answers: Uint8Array | null;
  /** What a person decided, for the format. */
  readonly settings: Json | null;
  /** Whether the file itself is to be handed over as well. */
  readonly isNew: boolean;
}

/** What the thread is started with. */
export interface ReadingStart {
  readonly task: ReadingTask;
  /** One number: how much of what was handed over has been taken. */
  readonly taken: SharedArrayBuffer;
}

/** About the file as a whole. */
export interface ReadingHead {
  readonly format: string;
  /** SHA-256 of the bytes. */
  readonly hash: string;
  readonly messages: readonly Message[];
  readonly failure: Message | null;
  readonly settings: Json | null;
}

/** What the thread says; of all but `progress` no more than a few wait to be taken. The head comes behind the rows. */
export type ReadingNews =
  | { readonly is: 'progress'; readonly share: number }
  | { readonly is: 'file'; readonly number: number; readonly data: string }
  | { readonly is: 'head'; readonly head: ReadingHead }
  | { readonly is: 'picture'; readonly id: string; readonly type: string; readonly data: string }
  | { readonly is: 'rows'; readonly rows: readonly BlockRow[] }
  | { readonly is: 'end' };

/** No file: the clipboard of a word processor as HTML, with its colours and fonts. */
const PASTE = 'paste';
const FILE_PIECE = 600_000;
const ROWS = 50;

/** What may lie on its way: the thread stands still meanwhile, in the middle of a file too. */
const UNDER_WAY_MOST = 2;
const WAIT_MS = 1000;

const { task, taken }: ReadingStart = workerData;
const counter = new Int32Array(taken);
let told = 0;

function tell(news: ReadingNews): void {
  waitUntilUnderWay(UNDER_WAY_MOST - 1);
  told += 1;
  parentPort?.postMessage(news);
}

/** Returns when no more than so many were told and not yet taken. */
function waitUntilUnderWay(most: number): void {
  for (;;) {
    const done = Atomics.load(counter, 0);
    if (told - done <= most) return;
    Atomics.wait(counter, 0, done, WAIT_MS);
  }
}

function sayProgress(share: number): void {
  parentPort?.postMessage({ is: 'progress', share } satisfies ReadingNews);
}

/** Blocks as rows, handed over some at a time. */
class RowTeller {
  readonly #maker = new BlockRows();
  #rows: BlockRow[] = [];
  #count = 0;

  take(block: Block): void {
    this.#count += 1;
    this.#rows.push(this.#maker.row(block, this.#count));
    if (this.#rows.length >= ROWS) this.flush();
  }

  flush(): void {
    if (this.#rows.length > 0) tell({ is: 'rows', rows: this.#rows });
    this.#rows = [];
  }
}

async function work(given: ReadingTask): Promise<void> {
  const { pieces, name, format: chosen, isNew } = given;
  const bytes = pieces.length === 1 && pieces[0] !== undefined ? pieces[0] : Buffer.concat(pieces);
  const hash = createHash('sha256').update(bytes).digest('hex');
  if (isNew) tellFile(bytes);
  const format = chosen === null ? candidatesOf(bytes, name)[0]?.format : formats.get(chosen);
  const rows = new RowTeller();
  const reading =
    chosen === PASTE ? readPaste(new TextDecoder().decode(bytes)) : await read(format, bytes, given, rows);
  for (const block of reading.blocks) rows.take(block);
  rows.flush();
  for (const { sha256, type, bytes: picture } of reading.media.values())
    tell({ is: 'picture', id: sha256, type, data: Buffer.from(picture).toString('base64') });
  const { messages, failure } = reading;
  const head = {
    format: chosen === PASTE ? PASTE : reading.format,
    hash,
    messages,
    failure,
    settings: reading.settings ?? null,
  };
  tell({ is: 'head', head });
  tell({ is: 'end' });
  // What a thread said last may be lost when it ends too soon.
  waitUntilUnderWay(0);
}

async function read(
  format: Format | undefined,
  bytes: Uint8Array,
  { settings, answers }: ReadingTask,
  rows: RowTeller,
): Promise<Reading> {
  if (format?.read === undefined) {
    const failure: Message = { ...refusalOf(bytes), severity: 'error', place: { line: 1 } };
    return { format: '', blocks: [], media: new Map(), messages: [], failure };
  }
  return format.read(bytes, {
    progress: sayProgress,
    take: (block) => rows.take(block),
    // A file of text is held twice otherwise, as bytes and as text.
    release: () => void (bytes.buffer instanceof ArrayBuffer && bytes.buffer.transfer(0)),
    answers: answers ?? undefined,
    ...(settings === null ? {} : { settings }),
  });
}

function tellFile(bytes: Uint8Array): void {
  for (let from = 0; from < bytes.length; from += FILE_PIECE) {
    const data = Buffer.from(bytes.subarray(from, from + FILE_PIECE)).toString('base64');
    tell({ is: 'file', number: from / FILE_PIECE, data });
  }
}

await work(task);
