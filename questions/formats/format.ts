/**
 * What a format is. `questions/formats/<format>/format.ts` exports one `format`; a new format is one new folder, found by
 * looking for it. Reading and writing are pure over their arguments: no clock, no disk, no network.
 */
import type { Question } from '../question.ts';
import type { Media } from './media.ts';
import type { Reading, TakeBlock } from './reading.ts';

/** Largest file of text that is read, in bytes; formats with their own containers have their own limits. */
export const TEXT_BYTES_MAX = 64_000_000;

/** What is looked at to tell formats from each other: content, never the name. */
export interface Specimen {
  readonly bytes: Uint8Array;
  /** The beginning as text (up to 64 kB decoded), or null when the bytes are no text. */
  readonly head: string | null;
}

export interface ReadOptions {
  /** Told from time to time how far reading is, 0..1. */
  readonly progress?: (share: number) => void;
  /** Takes each block as soon as it is read; the reading has none then. */
  readonly take?: TakeBlock | undefined;
  /** Called when the bytes have become text: whoever has them may let go of them. */
  readonly release?: (() => void) | undefined;
  /** Another file with nothing but the answers, for formats that take one. */
  readonly answers?: Uint8Array | undefined;
  /** What a person decided about this file, e.g. a mapping of columns; its shape belongs to the format. */
  readonly settings?: unknown;
}

/** Something that a question does not keep in a format. */
export interface Loss {
  /** Index of the question in what is written. */
  readonly question: number;
  /** Stable name of what is lost, e.g. "citation"; "omitted": the whole question is left out. */
  readonly code: string;
  readonly vi: string;
  readonly en: string;
}

export interface Writing {
  readonly bytes: Uint8Array;
  readonly losses: readonly Loss[];
}

export interface WriteOptions {
  /** Title of the bank, where a format has a place for it. */
  readonly title: string;
  /** Pictures that the texts refer to. */
  readonly media: ReadonlyMap<string, Media>;
}

export interface Format {
  /** Name of the folder and in addresses, e.g. "moodle-xml". */
  readonly name: string;
  readonly vi: string;
  readonly en: string;
  /** Usual ends of file names without the dot; the first is given to files that we write. */
  readonly extensions: readonly string[];
  readonly mediaType: string;
  /** How likely the content is of this format, 0..1. */
  sniff(specimen: Specimen): number;
  read?(bytes: Uint8Array, options: ReadOptions): Reading | Promise<Reading>;
  write?(questions: readonly Question[], options: WriteOptions): Writing | Promise<Writing>;
  /** A file to start from, with examples and what to know. */
  template?(): Uint8Array | Promise<Uint8Array>;
}
