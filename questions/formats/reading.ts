/**
 * What reading a file gives: every block of it with what became of it. The balance "blocks seen = imported + imported
 * with warnings + quarantined + ignored" holds by construction: a block has one outcome, derived from what was said
 * about it, and a reader cannot take a block out of the list.
 */
import { gradings } from '../kinds/gradings.ts';
import type { Json } from '../question.ts';
import type { Draft } from './draft.ts';
import type { Media } from './media.ts';
import { type Message, type Place, type Saying, type Severity, sayings } from './message.ts';

/** A piece of a file that should be one question: where it starts and what stands there. */
export interface Source {
  readonly place: Place;
  readonly raw: string;
}

export type Outcome = 'imported' | 'warned' | 'quarantined' | 'ignored';

/** A block and what became of it. A quarantined one keeps what was understood, to be mended on the page. */
export type Block = Source & { readonly messages: readonly Message[] } & (
    | { readonly outcome: 'imported' | 'warned'; readonly draft: Draft }
    | { readonly outcome: 'quarantined'; readonly draft: Draft | null }
    | { readonly outcome: 'ignored'; readonly draft: null }
  );

/** A whole file. With a `failure` the blocks are those before it, and the file as a whole must not go in unseen. */
export interface Reading {
  /** Name of the format. */
  readonly format: string;
  /** Empty where each was taken while the file was read. */
  readonly blocks: readonly Block[];
  /** Lower case hex SHA-256 → what the texts refer to as `media:<sha256>`. */
  readonly media: ReadonlyMap<string, Media>;
  /** About the file as a whole. */
  readonly messages: readonly Message[];
  /** Why the file could not be read to its end. */
  readonly failure: Message | null;
  /** What the format decided by itself and a person may correct, e.g. which column is what; may be given back as `ReadOptions.settings`. */
  readonly settings?: Json;
}

/** How many blocks came to what; `seen` is their sum. */
export type Balance = Readonly<Record<Outcome | 'seen', number>>;

/** Counts the blocks of a reading. */
export function balanceOf({ blocks }: Pick<Reading, 'blocks'>): Balance {
  const balance = { seen: blocks.length, imported: 0, warned: 0, quarantined: 0, ignored: 0 };
  for (const { outcome } of blocks) balance[outcome] += 1;
  return balance;
}

/** Says why a block is no question, e.g. a category; returned instead of a draft. */
export class Ignored {
  readonly saying: Saying;
  constructor(saying: Saying) {
    this.saying = saying;
  }
}

/** Nobody reads more than this about one block. */
const MESSAGES_MAX = 50;

/** What a reader says while it reads one block. */
export class Remarks {
  readonly messages: Message[] = [];
  readonly #place: Place;

  constructor(place: Place) {
    this.#place = place;
  }

  /** Something that was settled and can be looked up; once is enough. */
  note(saying: Saying, place: Place = this.#place): void {
    this.#say('note', saying, place);
  }

  /** Something that somebody should look at. */
  warn(saying: Saying, place: Place = this.#place): void {
    this.#say('warning', saying, place);
  }

  /** Sends the block to quarantine. */
  error(saying: Saying, place: Place = this.#place): void {
    this.#say('error', saying, place);
  }

  has(severity: Severity): boolean {
    return this.messages.some((message) => message.severity === severity);
  }

  #say(severity: Severity, { code, vi, en }: Saying, place: Place): void {
    if (this.messages.length >= MESSAGES_MAX && (severity !== 'error' || this.has('error'))) return;
    if (this.messages.some((said) => said.code === code && said.vi === vi)) return;
    this.messages.push({ code, severity, vi, en, place });
  }
}

/** Reads one block: a draft, `null` when nothing could be understood (say why), or the reason to leave it out. */
export type ReadBlock = (remarks: Remarks) => Draft | Ignored | null;

/** Longest raw text that is kept of a block, in UTF-16 units; pictures inside XML are far longer. */
const RAW_MAX = 20_000;
/** A file may be wrong all over; nobody reads more messages than this about the whole. */
const FILE_MESSAGES_MAX = 100;

/** Takes blocks one after another while a file is still being read, so that they need not all be in memory. */
export type TakeBlock = (block: Block) => void;

/** Gathers a reading block by block, or hands each to whoever takes it. */
export class ReadingBuilder {
  readonly #format: string;
  readonly #blocks: Block[] = [];
  readonly #take: TakeBlock;
  #count = 0;
  readonly #about = new Remarks({ line: 1 });
  #failure: Message | null = null;
  #settings: Json | undefined;

  constructor(format: string, take?: TakeBlock) {
    this.#format = format;
    this.#take = take ?? ((block) => this.#blocks.push(block));
  }

  /** What was decided and can be corrected. */
  decided(settings: Json): void {
    this.#settings = settings;
  }

  /** Notes and warnings about the file as a whole. */
  get about(): Remarks {
    return this.#about;
  }

  /** Reads one block and books it. */
  block(source: Source, read: ReadBlock): void {
    const remarks = new Remarks(source.place);
    const result = readSafely(read, remarks);
    const kept = { place: source.place, raw: source.raw.slice(0, RAW_MAX) };
    this.#count += 1;
    if (result instanceof Ignored) {
      remarks.note(result.saying);
      this.#take({ ...kept, messages: remarks.messages, outcome: 'ignored', draft: null });
    } else this.#take({ ...kept, messages: remarks.messages, ...judge(result, remarks) });
  }

  /** The file ends here for us; the first failure counts. */
  fail(saying: Saying, place: Place): void {
    const { code, vi, en } = saying;
    this.#failure ??= { code, vi, en, severity: 'error', place };
  }

  /** The reading. A file without any block is a failure: never a silent empty result. */
  finish(media: ReadonlyMap<string, Media> = new Map()): Reading {
    if (this.#count === 0) this.fail(sayings.nothingFound, { line: 1 });
    return {
      format: this.#format,
      blocks: this.#blocks,
      media,
      messages: this.#about.messages.slice(0, FILE_MESSAGES_MAX),
      failure: this.#failure,
      ...(this.#settings === undefined ? {} : { settings: this.#settings }),
    };
  }
}

/** A fault of ours in one block must not cost a file of thousands: it is booked as such, and tests look for its code. */
function readSafely(read: ReadBlock, remarks: Remarks): Draft | Ignored | null {
  try {
    const result = read(remarks);
    if (result !== null && !(result instanceof Ignored)) checkDraft(result, remarks);
    return result;
  } catch {
    remarks.error(sayings.readerFailed);
    return null;
  }
}

type Judged =
  | { readonly outcome: 'imported' | 'warned'; readonly draft: Draft }
  | { readonly outcome: 'quarantined'; readonly draft: Draft | null };

function judge(draft: Draft | null, remarks: Remarks): Judged {
  if (draft === null) {
    if (!remarks.has('error')) remarks.error(sayings.readerFailed);
    return { outcome: 'quarantined', draft };
  }
  if (remarks.has('error')) return { outcome: 'quarantined', draft };
  return { outcome: remarks.has('warning') ? 'warned' : 'imported', draft };
}

/** No question has so many options; kinds compare them with one another. */
const PARTS_MAX = 500;

/** The kind looks at its parts, as it does when somebody saves a question by hand. */
function checkDraft({ kind, prompt, key }: Draft, remarks: Remarks): void {
  const grading = gradings.get(kind);
  if (grading === undefined) {
    remarks.error(sayings.kindUnknown(kind));
    return;
  }
  if (Object.values(prompt).some((part) => Array.isArray(part) && part.length > PARTS_MAX)) {
    remarks.error(sayings.tooManyParts);
    return;
  }
  for (const { at, vi, en } of grading.check(prompt, key)) {
    remarks.error({ code: `check-${at.replace(/\W\d+/g, '') || 'shape'}`, vi, en });
  }
  if (key === null && kind !== 'info' && kind !== 'essay') remarks.warn(sayings.keyMissing);
}
