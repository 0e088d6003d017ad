/** Uploads and their blocks as rows. */
import { and, desc, eq, inArray, lt } from 'drizzle-orm';
import type { Message } from '../../../questions/formats/message.ts';
import type { Outcome } from '../../../questions/formats/reading.ts';
import type { Json } from '../../../questions/question.ts';
import type { Context } from '../../context.ts';
import { AppError } from '../../platform/errors.ts';
import { uidAt } from '../../platform/uid.ts';

export type ImportState = 'reading' | 'ready' | 'committing' | 'committed' | 'undoing';
export type Fate = 'none' | 'new' | 'same' | 'changed';

/** About the file as a whole; what people see beside the blocks. */
export interface Report {
  readonly messages: readonly Message[];
  readonly failure: Message | null;
  /** What the format decided and a person may correct. */
  readonly settings: Json | null;
  /** When the same bytes went into this bank before, ms. */
  readonly sameFileAt: number | null;
  /** Why the last commit or undo failed. */
  readonly problem: { readonly vi: string; readonly en: string } | null;
  readonly counts: Counts;
}

export interface Counts {
  readonly outcomes: Readonly<Record<Outcome, number>>;
  readonly fates: Readonly<Record<Fate, number>>;
  /** By flag: code of a message, "no-topic" …, "twin". */
  readonly flags: Readonly<Record<string, number>>;
}

export const NO_COUNTS: Counts = {
  outcomes: { imported: 0, warned: 0, quarantined: 0, ignored: 0 },
  fates: { none: 0, new: 0, same: 0, changed: 0 },
  flags: {},
};

export const NO_REPORT: Report = {
  messages: [],
  failure: null,
  settings: null,
  sameFileAt: null,
  problem: null,
  counts: NO_COUNTS,
};

export interface ImportRow {
  readonly id: number;
  readonly uid: string;
  readonly bankId: number;
  readonly personId: number | null;
  readonly name: string;
  readonly hash: string;
  readonly bytes: number;
  readonly format: string;
  readonly settings: Json | null;
  readonly state: ImportState;
  readonly progress: number;
  readonly movedAt: number;
  readonly report: Report;
  readonly createdAt: number;
  readonly committedAt: number | null;
  readonly undoneAt: number | null;
}

export type StoreContext = Pick<Context, 'database' | 'keys' | 'clock'>;

const ANSWERS_PIECE = 600_000;
const belowZero = (place: number): number => -1 - place;

const STATES: readonly ImportState[] = ['reading', 'ready', 'committing', 'committed', 'undoing'];

export class ImportStore {
  readonly #context: StoreContext;

  constructor(context: StoreContext) {
    this.#context = context;
  }

  get #tables() {
    return this.#context.database.tables;
  }

  get #query() {
    return this.#context.database.query;
  }

  async create(
    given: Pick<ImportRow, 'bankId' | 'personId' | 'name' | 'bytes' | 'format'>,
  ): Promise<ImportRow> {
    const now = this.#context.clock.now();
    const row = {
      ...given,
      id: await this.#context.keys.next('imports'),
      uid: uidAt(now),
      hash: '',
      settings: '',
      state: 'reading',
      progress: 0,
      movedAt: now,
      report: JSON.stringify(NO_REPORT),
      createdAt: now,
      committedAt: null,
      undoneAt: null,
    };
    await this.#context.database.atomic([this.#query.insert(this.#tables.imports).values(row)]);
    return toImport(row);
  }

  /** Throws `notFound`. */
  async byUid(uid: string): Promise<ImportRow> {
    const [row] = await this.#query
      .select()
      .from(this.#tables.imports)
      .where(eq(this.#tables.imports.uid, uid));
    if (row === undefined) throw new AppError('notFound');
    return toImport(row);
  }

  async byId(id: number): Promise<ImportRow> {
    const [row] = await this.#query
      .select()
      .from(this.#tables.imports)
      .where(eq(this.#tables.imports.id, id));
    if (row === undefined) throw new AppError('notFound');
    return toImport(row);
  }

  /** What this person has under way, and what everybody brought in, the newest first. */
  async ofBank(bankId: number, personId: number): Promise<readonly ImportRow[]> {
    const { imports } = this.#tables;
    const rows = await this.#query
      .select()
      .from(imports)
      .where(eq(imports.bankId, bankId))
      .orderBy(desc(imports.createdAt))
      .limit(200);
    return rows.map(toImport).filter((one) => one.personId === personId || one.committedAt !== null);
  }

  /** When the same bytes were committed to the bank; null: never. */
  async committedBefore(bankId: number, hash: string): Promise<number | null> {
    const { imports } = this.#tables;
    const rows = await this.#query
      .select({ at: imports.committedAt })
      .from(imports)
      .where(and(eq(imports.bankId, bankId), eq(imports.hash, hash), eq(imports.state, 'committed')));
    return rows.reduce<number | null>((last, { at }) => Math.max(last ?? 0, at ?? 0), null);
  }

  /** Goes from one state to another; false when it was in none of these any more. */
  async move(id: number, from: readonly ImportState[], to: ImportState): Promise<boolean> {
    const { imports } = this.#tables;
    const update = this.#query
      .update(imports)
      .set({ state: to, progress: 0, movedAt: this.#context.clock.now() })
      .where(and(eq(imports.id, id), inArray(imports.state, [...from])));
    const [{ changes }] = await this.#context.database.atomic([update]);
    return changes === 1;
  }

  async set(
    id: number,
    set: { hash?: string; format?: string; settings?: string; progress?: number; report?: string },
  ): Promise<void> {
    const { imports } = this.#tables;
    const update = this.#query
      .update(imports)
      .set({ ...set, movedAt: this.#context.clock.now() })
      .where(eq(imports.id, id));
    await this.#context.database.atomic([update]);
  }

  async keepFile(importId: number, number: number, bytes: string): Promise<void> {
    const insert = this.#query.insert(this.#tables.importFiles).values({ importId, number, bytes });
    await this.#context.database.atomic([insert], 'low');
  }

  /** The file in its pieces. */
  async file(importId: number): Promise<readonly Uint8Array[]> {
    return this.#pieces(importId, (place) => place);
  }

  /** Another file with the answers takes the place of the one before; its pieces have the numbers below zero. */
  async keepAnswers(importId: number, bytes: Uint8Array): Promise<void> {
    const { importFiles: t } = this.#tables;
    const before = this.#query.delete(t).where(and(eq(t.importId, importId), lt(t.number, 0)));
    await this.#context.database.atomic([before], 'low');
    for (let from = 0; from < bytes.length; from += ANSWERS_PIECE) {
      const piece = Buffer.from(bytes.subarray(from, from + ANSWERS_PIECE)).toString('base64');
      await this.keepFile(importId, belowZero(from / ANSWERS_PIECE), piece);
    }
  }

  /** Null: none were given. */
  async answers(importId: number): Promise<Uint8Array | null> {
    const pieces = await this.#pieces(importId, belowZero);
    return pieces.length === 0 ? null : new Uint8Array(Buffer.concat(pieces));
  }

  async #pieces(importId: number, numberOf: (place: number) => number): Promise<readonly Uint8Array[]> {
    const { importFiles } = this.#tables;
    const pieces: Uint8Array[] = [];
    for (let place = 0; ; place += 1) {
      const [row] = await this.#query
        .select({ bytes: importFiles.bytes })
        .from(importFiles)
        .where(and(eq(importFiles.importId, importId), eq(importFiles.number, numberOf(place))));
      if (row === undefined) return pieces;
      pieces.push(new Uint8Array(Buffer.from(row.bytes, 'base64')));
    }
  }

  /** File and record. */
  async drop(importId: number): Promise<void> {
    const { imports, importFiles } = this.#tables;
    await this.#context.database.atomic([
      this.#query.delete(importFiles).where(eq(importFiles.importId, importId)),
      this.#query.delete(imports).where(eq(imports.id, importId)),
    ]);
  }

  /** Previews that nobody touched since, and the blocks of what was committed long ago. */
  async forgotten(before: number): Promise<readonly ImportRow[]> {
    const { imports } = this.#tables;
    const rows = await this.#query
      .select()
      .from(imports)
      .where(and(lt(imports.movedAt, before), inArray(imports.state, ['ready', 'reading'])))
      .limit(20);
    return rows.map(toImport);
  }

  async openOf(personId: number): Promise<readonly ImportRow[]> {
    const { imports } = this.#tables;
    const rows = await this.#query
      .select()
      .from(imports)
      .where(and(eq(imports.personId, personId), inArray(imports.state, ['ready', 'reading'])))
      .orderBy(desc(imports.createdAt))
      .limit(100);
    return rows.map(toImport);
  }

  async mapping(signature: string): Promise<Json | null> {
    const { importMappings: t } = this.#tables;
    const [row] = await this.#query
      .select({ settings: t.settings })
      .from(t)
      .where(eq(t.signature, signature));
    return row === undefined ? null : JSON.parse(row.settings);
  }

  async rememberMapping(signature: string, settings: Json): Promise<void> {
    const set = { settings: JSON.stringify(settings), at: this.#context.clock.now() };
    const insert = this.#query.insert(this.#tables.importMappings).values({ signature, ...set });
    await this.#context.database.atomic([
      insert.onConflictDoUpdate({ target: this.#tables.importMappings.signature, set }),
    ]);
  }
}

function toImport(
  row: Omit<ImportRow, 'state' | 'settings' | 'report'> & { state: string; settings: string; report: string },
): ImportRow {
  return {
    ...row,
    state: STATES.find((state) => state === row.state) ?? 'ready',
    settings: row.settings === '' ? null : JSON.parse(row.settings),
    report: JSON.parse(row.report),
  };
}
