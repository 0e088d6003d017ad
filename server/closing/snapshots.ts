/** Snapshots as rows: written page by page, complete or not at all, read page by page. */
import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { deflateRaw, inflateRaw } from 'node:zlib';
import { and, desc, eq, inArray, isNotNull, isNull, lt } from 'drizzle-orm';
import Papa from 'papaparse';
import type { Context } from '../context.ts';
import type { DeclaredStanding } from '../contracts/closing.ts';
import type { BoardReader } from '../leaderboards/board-reader.ts';
import type { Entry } from '../leaderboards/ranking.ts';
import { neutralised } from '../platform/cells.ts';
import { expecting, type Statement, type Tables } from '../platform/database/door.ts';
import { AppError } from '../platform/errors.ts';
import { uidAt } from '../platform/uid.ts';
import { labelOf } from './lines.ts';
import { packColumns, unpackColumns } from './number-packing.ts';
import {
  type CountedUnit,
  columnsOfPeople,
  columnsOfUnits,
  type PlacedPerson,
  peopleOfColumns,
} from './snapshot-rows.ts';

export type SnapshotRow = Tables['snapshots']['$inferSelect'];
export type Part = 'people' | 'units';

/** What a snapshot is taken of. */
export interface Taking {
  readonly contestId: number;
  readonly roundId: number | null;
  readonly board: string;
  readonly standing: DeclaredStanding;
  readonly order: readonly string[];
  readonly position: { readonly transaction: number; readonly number: number };
  readonly by: string;
  readonly reason: string;
  readonly now: number;
}

/** People a page: a few milliseconds of packing. */
const PAGE = 1000;
/** Times that a board may change under the pen. */
const TRIES = 5;
/** A taking that was cut off is swept up when it is so old, ms. */
const ABANDONED_MS = 3_600_000;

const deflate = promisify(deflateRaw);
const inflate = promisify(inflateRaw);

type SnapshotContext = Pick<Context, 'database' | 'keys'>;

export class Snapshots {
  readonly #context: SnapshotContext;

  constructor(context: SnapshotContext) {
    this.#context = context;
  }

  /** Complete ones of these boards, the newest first. */
  async of(boards: readonly string[]): Promise<readonly SnapshotRow[]> {
    const { snapshots: t } = this.#context.database.tables;
    if (boards.length === 0) return [];
    return this.#context.database.query
      .select()
      .from(t)
      .where(and(inArray(t.board, [...boards]), isNotNull(t.completeAt)))
      .orderBy(desc(t.number));
  }

  async newest(board: string): Promise<SnapshotRow | null> {
    const [row] = await this.of([board]);
    return row ?? null;
  }

  async byId(id: number): Promise<SnapshotRow | null> {
    const { snapshots: t } = this.#context.database.tables;
    const [row] = await this.#context.database.query.select().from(t).where(eq(t.id, id));
    return row ?? null;
  }

  async byUid(uid: string): Promise<SnapshotRow | null> {
    const { snapshots: t } = this.#context.database.tables;
    const [row] = await this.#context.database.query
      .select()
      .from(t)
      .where(and(eq(t.uid, uid), isNotNull(t.completeAt)));
    return row ?? null;
  }

  /**
   * Writes a board down; it counts once `finish` was written. Throws `busy` when the board kept changing.
   * `numbers`: entry numbers by person.
   */
  async write(
    taking: Taking,
    board: BoardReader,
    units: readonly number[],
    numbers: ReadonlyMap<number, number>,
  ): Promise<SnapshotRow> {
    await this.#sweep(taking.now);
    for (let tried = 0; tried < TRIES; tried += 1) {
      const row = await this.#begin(taking);
      const { revision } = board;
      const pages = await this.#pages(row.id, board, units, numbers);
      if (pages !== null && board.revision === revision) return { ...row, ...pages };
      await this.#remove([row.id]);
    }
    throw new AppError('busy');
  }

  /** Statement that makes a written snapshot count, as number so-and-so of its board: a second one of that number conflicts. */
  finish(row: SnapshotRow, number: number, now: number): Statement {
    const { snapshots: t } = this.#context.database.tables;
    const { people, units, fingerprint } = row;
    return expecting(
      1,
      this.#context.database.query
        .update(t)
        .set({ number, people, units, fingerprint, completeAt: now })
        .where(and(eq(t.id, row.id), isNull(t.completeAt))),
    );
  }

  async #begin(taking: Taking): Promise<SnapshotRow> {
    const { database, keys } = this.#context;
    const id = await keys.next('snapshots');
    const { contestId, roundId, board, standing, order, position, by, reason, now } = taking;
    const row: SnapshotRow = {
      id,
      uid: uidAt(now),
      contestId,
      roundId,
      board,
      number: -id,
      standing,
      order,
      people: 0,
      units: 0,
      fingerprint: '',
      feedTransaction: position.transaction,
      feedSeq: position.number,
      takenAt: now,
      takenBy: by,
      reason,
      completeAt: null,
    };
    await database.atomic([database.query.insert(database.tables.snapshots).values(row)]);
    return row;
  }

  /** Null when the list ended early: somebody left it meanwhile. */
  async #pages(
    id: number,
    board: BoardReader,
    units: readonly number[],
    numbers: ReadonlyMap<number, number>,
  ): Promise<Pick<SnapshotRow, 'people' | 'units' | 'fingerprint'> | null> {
    const print = createHash('sha256');
    const people = await board.count();
    for (let offset = 0; offset < people; offset += PAGE) {
      const entries = await board.page(offset, PAGE);
      if (entries.length !== Math.min(PAGE, people - offset)) return null;
      const placed = entries.map((entry) => placedOf(entry, numbers));
      print.update(await this.#page(id, 'people', offset / PAGE, packColumns(columnsOfPeople(placed))));
    }
    for (let at = 0; at < units.length; at += PAGE) {
      const some = units.slice(at, at + PAGE);
      const counted = [...(await board.totals(some))].map(
        ([unit, totals]): CountedUnit => ({ unit, ...totals }),
      );
      print.update(await this.#page(id, 'units', at / PAGE, packColumns(columnsOfUnits(counted))));
    }
    return { people, units: units.length, fingerprint: print.digest('hex') };
  }

  async #page(snapshotId: number, part: Part, page: number, bytes: Uint8Array): Promise<string> {
    const { database } = this.#context;
    const body = (await deflate(bytes)).toString('base64');
    const row = { snapshotId, part, page, body };
    await database.atomic([database.query.insert(database.tables.snapshotPages).values(row)], 'low');
    return body;
  }

  /** Pages as they are stored, one read at a time. */
  async *bodies(snapshotId: number, part: Part): AsyncGenerator<string> {
    const { snapshotPages: t } = this.#context.database.tables;
    for (let page = 0; ; page += 1) {
      const [row] = await this.#context.database.query
        .select({ body: t.body })
        .from(t)
        .where(and(eq(t.snapshotId, snapshotId), eq(t.part, part), eq(t.page, page)));
      if (row === undefined) return;
      yield row.body;
    }
  }

  /** Who stood on it, a page at a time. */
  async *people(snapshotId: number): AsyncGenerator<readonly PlacedPerson[]> {
    for await (const body of this.bodies(snapshotId, 'people')) yield await peopleOfBody(body);
  }

  /** Who stood on it, a page of lines at a time: how lots call them, rank, marks in hundredths, unit. */
  async *labels(snapshotId: number, unitCode: (unit: number | null) => string): AsyncGenerator<string> {
    yield toText([['label', 'rank', 'marks', 'unit']]);
    for await (const people of this.people(snapshotId))
      yield toText(people.map((one) => [labelOf(one), one.rank, one.marks, unitCode(one.unit)]));
  }

  async #sweep(now: number): Promise<void> {
    const { snapshots: t } = this.#context.database.tables;
    const rows = await this.#context.database.query
      .select({ id: t.id })
      .from(t)
      .where(and(isNull(t.completeAt), lt(t.takenAt, now - ABANDONED_MS)));
    await this.#remove(rows.map(({ id }) => id));
  }

  async #remove(ids: readonly number[]): Promise<void> {
    if (ids.length === 0) return;
    const { database } = this.#context;
    const { snapshots, snapshotPages } = database.tables;
    await database.atomic(
      [
        database.query.delete(snapshotPages).where(inArray(snapshotPages.snapshotId, [...ids])),
        database.query.delete(snapshots).where(inArray(snapshots.id, [...ids])),
      ],
      'low',
    );
  }
}

function placedOf(
  { person, rank, unit, standing }: Entry,
  numbers: ReadonlyMap<number, number>,
): PlacedPerson {
  return {
    person,
    number: numbers.get(person) ?? null,
    rank,
    unit,
    marks: standing.marks,
    distance: standing.predictionDistance,
    elapsedMs: standing.elapsedMs,
    submittedAt: standing.submittedAt,
    attempt: standing.sequence,
  };
}

function toText(rows: readonly (readonly (string | number)[])[]): string {
  return `${Papa.unparse(
    rows.map((row) => row.map(neutralised)),
    { newline: '\r\n' },
  )}\r\n`;
}

async function peopleOfBody(body: string): Promise<PlacedPerson[]> {
  return peopleOfColumns(unpackColumns(await inflate(Buffer.from(body, 'base64'))));
}
