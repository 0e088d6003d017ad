/**
 * Writes a settled board down, in small pieces that give way to everything else, and finds what was written down before.
 * A writing-down counts once its row says when it was complete; one that a crash cut off is swept up by the next.
 */
import { and, desc, eq, inArray, isNotNull, sql } from 'drizzle-orm';
import type { Clock } from '../platform/clock.ts';
import { type Database, expecting, type Tables, type Writable } from '../platform/database/door.ts';
import type { Keys } from '../platform/database/keys.ts';
import type { Board } from './board.ts';
import { comparePositions, type FeedPosition } from './counting.ts';
import type { Entry } from './ranking.ts';
import { afterPosition, START } from './results-feed.ts';
import type { BoardSpec } from './specs.ts';
import { LIST_PAGE, listOf, StoredBoard, type StoredBoardRow } from './stored-board.ts';
import type { UnitMetric } from './unit-ranking.ts';
import { UnitTree } from './unit-tree.ts';
import type { UnitEntry } from './units.ts';

type ListRow = Tables['storedLists']['$inferInsert'];

interface StoringContext {
  readonly database: Database;
  readonly keys: Keys;
  readonly clock: Clock;
}

const METRICS: readonly UnitMetric[] = ['entrants', 'attempts', 'rate', 'average'];
/** Rows of short lists written together. */
const ROWS_A_WRITE = 100;

/** Nothing of it moves any more, and the public sees what its organisers see. */
export function isStorable(spec: BoardSpec): boolean {
  return spec.final && spec.freeze === null;
}

/** Units that move later do not change what was settled. */
function signatureOf({ rounds, rules, truths }: BoardSpec): string {
  return JSON.stringify([rounds, rules, truths]);
}

export class BoardStore {
  readonly #context: StoringContext;

  constructor(context: StoringContext) {
    this.#context = context;
  }

  /** Those of the boards that stand in rows and that nothing happened to since, by key. */
  async find(specs: readonly BoardSpec[]): Promise<ReadonlyMap<string, StoredBoard>> {
    const stored = (
      await Promise.all(specs.map(async (spec) => ({ spec, row: await this.#newest(spec) })))
    ).flatMap(({ spec, row }) => (row === undefined ? [] : [{ spec, row }]));
    const touched = await this.#touchedSince(stored.map(({ row }) => positionOf(row)));
    return new Map(
      stored
        .filter(
          ({ spec, row }) =>
            !spec.rounds.some((round) => comparePositions(touched.get(round) ?? START, positionOf(row)) > 0),
        )
        .map(({ spec, row }) => [spec.key, new StoredBoard(this.#context.database, row)]),
    );
  }

  /** Writes a board down as it is at `position`; null when it changed meanwhile, and nothing was kept. */
  async store(spec: BoardSpec, board: Board, position: FeedPosition): Promise<StoredBoard | null> {
    const { database, keys, clock } = this.#context;
    const { storedBoards } = database.tables;
    await this.#sweep(spec.key);
    const id = await keys.next('stored_boards');
    const row = {
      id,
      key: spec.key,
      signature: signatureOf(spec),
      feedTransaction: position.transaction,
      feedSeq: position.number,
      people: board.count(),
      revision: board.revision,
      storedAt: null,
    };
    await database.atomic([database.query.insert(storedBoards).values(row)], 'low');
    for (const statement of statementsOf(database, id, board)) {
      await database.atomic([statement], 'low');
      if (board.revision !== row.revision) return null;
    }
    const storedAt = clock.now();
    const complete = database.query.update(storedBoards).set({ storedAt }).where(eq(storedBoards.id, id));
    await database.atomic([expecting(1, complete)], 'low');
    return new StoredBoard(database, { ...row, storedAt });
  }

  async #newest(spec: BoardSpec): Promise<StoredBoardRow | undefined> {
    const { storedBoards: t } = this.#context.database.tables;
    const [row] = await this.#context.database.query
      .select()
      .from(t)
      .where(and(eq(t.key, spec.key), eq(t.signature, signatureOf(spec)), isNotNull(t.storedAt)))
      .orderBy(desc(t.feedTransaction), desc(t.feedSeq), desc(t.id))
      .limit(1);
    return row;
  }

  /** Newest change of each round after the earliest of the positions: read outside the main thread. */
  async #touchedSince(positions: readonly FeedPosition[]): Promise<ReadonlyMap<number, FeedPosition>> {
    const touched = new Map<number, FeedPosition>();
    const [first] = positions.toSorted(comparePositions);
    if (first === undefined) return touched;
    const { database } = this.#context;
    const { results: r } = database.tables;
    const query = database.query
      .select({ round: r.roundId, xid: r.xid, seq: sql<number>`max(${r.seq})` })
      .from(r)
      .where(afterPosition(database, first))
      .groupBy(r.roundId, r.xid);
    for await (const numbers of database.scanNumbers(query)) {
      for (let at = 0; at < numbers.length; at += 3) {
        const [round = 0, transaction = 0, number = 0] = numbers.subarray(at, at + 3);
        const position = { transaction, number };
        if (comparePositions(position, touched.get(round) ?? START) > 0) touched.set(round, position);
      }
    }
    return touched;
  }

  /** Takes away what no longer counts: all but the newest complete one. The newest serves until another is there. */
  async #sweep(key: string): Promise<void> {
    const { database } = this.#context;
    const { storedBoards: t } = database.tables;
    const rows = await database.query
      .select({ id: t.id, storedAt: t.storedAt })
      .from(t)
      .where(eq(t.key, key))
      .orderBy(desc(t.storedAt), desc(t.id));
    const kept = rows.filter(({ storedAt }) => storedAt !== null).at(0)?.id;
    for (const { id } of rows) if (id !== kept) await this.#remove(id);
  }

  async #remove(id: number): Promise<void> {
    const { database } = this.#context;
    const { storedBoards, storedLists, storedStandings, storedUnits } = database.tables;
    for (;;) {
      const people = await database.query
        .select({ person: storedStandings.personId })
        .from(storedStandings)
        .where(eq(storedStandings.boardId, id))
        .limit(500);
      if (people.length === 0) break;
      const some = people.map(({ person }) => person);
      const gone = and(eq(storedStandings.boardId, id), inArray(storedStandings.personId, some));
      await database.atomic([database.query.delete(storedStandings).where(gone)], 'low');
    }
    await database.atomic(
      [
        database.query.delete(storedLists).where(eq(storedLists.boardId, id)),
        database.query.delete(storedUnits).where(eq(storedUnits.boardId, id)),
        database.query.delete(storedBoards).where(eq(storedBoards.id, id)),
      ],
      'low',
    );
  }
}

function positionOf({ feedTransaction, feedSeq }: StoredBoardRow): FeedPosition {
  return { transaction: feedTransaction, number: feedSeq };
}

/** All rows of a board, made a piece at a time as they are taken. */
function* statementsOf(database: Database, boardId: number, board: Board): Generator<Writable> {
  const { storedLists, storedStandings, storedUnits } = database.tables;
  const { query } = database;
  const tree = new UnitTree(board.settings.units);
  for (let offset = 0; offset < board.count(); offset += LIST_PAGE) {
    const entries = board.page(offset, LIST_PAGE);
    yield query
      .insert(storedStandings)
      .values(entries.map((entry, i) => standingRow(boardId, board, tree, entry, offset + i)));
  }
  for (const rows of gathered(listsOf(boardId, board, tree))) yield query.insert(storedLists).values(rows);
  for (let at = 0; at < tree.size; at += ROWS_A_WRITE) {
    const units = tree.units.slice(at, at + ROWS_A_WRITE);
    yield query.insert(storedUnits).values(
      units.map(({ unit }) => {
        const { entrants, attempts, counted, marks, members } = board.unit(unit);
        return { boardId, unitId: unit, entrants, attempts, counted, marks, members };
      }),
    );
  }
}

function standingRow(
  boardId: number,
  board: Board,
  tree: UnitTree,
  { person, unit, standing }: Entry,
  position: number,
): Tables['storedStandings']['$inferInsert'] {
  const ranked = board.rank(person);
  if (ranked === null) throw new RangeError(`person ${person} is on a page and not ranked`);
  const places = unitsAbove(tree, unit).flatMap((within) => {
    const place = board.rank(person, within);
    return place === null ? [] : [[within, place.rank, place.below, place.of] as const];
  });
  const { rank, below } = ranked;
  return { boardId, personId: person, position, rank, below, unitId: unit, ...standing, places };
}

function unitsAbove(tree: UnitTree, unit: number | null): number[] {
  const units: number[] = [];
  for (let node = unit === null ? -1 : tree.node(unit); node >= 0; node = tree.parent(node))
    units.push(tree.unit(node));
  return units;
}

function* listsOf(boardId: number, board: Board, tree: UnitTree): Generator<ListRow> {
  const list = function* (
    name: string,
    total: number,
    page: (offset: number) => ListRow['entries'],
  ): Generator<ListRow> {
    for (let offset = 0; offset < total; offset += LIST_PAGE)
      yield { boardId, list: name, page: offset / LIST_PAGE, total, entries: page(offset) };
  };
  const people = (unit: number | null) =>
    list(listOf.people(unit), board.count(unit), (offset) =>
      board.page(offset, LIST_PAGE, unit).map(({ person, rank }: Entry) => [person, rank] as const),
    );
  const below = (parent: number | null, metric: UnitMetric) =>
    list(listOf.below(parent, metric), board.countBelow(parent), (offset) =>
      board
        .unitsBelow(parent, metric, offset, LIST_PAGE)
        .map(({ unit, rank }: UnitEntry) => [unit, rank] as const),
    );
  for (const unit of [null, ...tree.units.map((own) => own.unit)]) {
    yield* people(unit);
    for (const metric of METRICS) yield* below(unit, metric);
  }
}

function* gathered(rows: Iterable<ListRow>): Generator<ListRow[]> {
  let some: ListRow[] = [];
  let entries = 0;
  for (const row of rows) {
    some.push(row);
    entries += row.entries.length;
    if (some.length < ROWS_A_WRITE && entries < LIST_PAGE * 5) continue;
    yield some;
    some = [];
    entries = 0;
  }
  if (some.length > 0) yield some;
}
