/**
 * Boards that are settled, as rows: ranks, lists in pages and sums of units, so that they need no memory and no building
 * after a restart. Everything here can be made again from results.
 */
import type { Vocabulary } from '../vocabulary.ts';

/** A list's entry: whose it is (person or unit) and its rank. */
export type StoredEntry = readonly [id: number, rank: number];
/** Where a person stands within a unit of theirs. */
export type StoredPlace = readonly [unit: number, rank: number, below: number, of: number];

export function defineLeaderboards(w: Vocabulary) {
  /** One writing-down of a board; the newest complete one of a key counts. */
  const storedBoards = w.table(
    'stored_boards',
    {
      id: w.key('id'),
      key: w.text('key').notNull(),
      /** What the board was made for: a board with another signature is another board. */
      signature: w.text('signature').notNull(),
      /** How far the change feed is in it. */
      feedTransaction: w.int('feed_transaction').notNull(),
      feedSeq: w.int('feed_seq').notNull(),
      people: w.int('people').notNull(),
      revision: w.int('revision').notNull(),
      /** Null until all its rows are there. */
      storedAt: w.int('stored_at'),
    },
    (t) => [w.index('stored_boards_key').on(t.key)],
  );
  const storedStandings = w.table(
    'stored_standings',
    {
      boardId: w.int('board_id').notNull(),
      personId: w.int('person_id').notNull(),
      /** From 0; equals have different ones. */
      position: w.int('position').notNull(),
      rank: w.int('rank').notNull(),
      /** How many rank strictly worse. */
      below: w.int('below').notNull(),
      unitId: w.int('unit_id'),
      /** Hundredths. */
      marks: w.int('marks').notNull(),
      predictionDistance: w.int('prediction_distance'),
      elapsedMs: w.int('elapsed_ms').notNull(),
      submittedAt: w.int('submitted_at').notNull(),
      sequence: w.int('sequence').notNull(),
      /** In the unit and all above it. */
      places: w.json('places').$type<readonly StoredPlace[]>().notNull(),
    },
    (t) => [w.primaryKey({ columns: [t.boardId, t.personId] })],
  );
  /** Lists in their order, a hundred entries a row: people of all or of a unit, units below a unit by a measure. */
  const storedLists = w.table(
    'stored_lists',
    {
      boardId: w.int('board_id').notNull(),
      list: w.text('list').notNull(),
      /** From 0. */
      page: w.int('page').notNull(),
      /** Entries of the whole list. */
      total: w.int('total').notNull(),
      entries: w.json('entries').$type<readonly StoredEntry[]>().notNull(),
    },
    (t) => [w.primaryKey({ columns: [t.boardId, t.list, t.page] })],
  );
  const storedUnits = w.table(
    'stored_units',
    {
      boardId: w.int('board_id').notNull(),
      unitId: w.int('unit_id').notNull(),
      entrants: w.int('entrants').notNull(),
      attempts: w.int('attempts').notNull(),
      counted: w.int('counted').notNull(),
      /** Hundredths, added up. */
      marks: w.int('marks').notNull(),
      members: w.int('members'),
    },
    (t) => [w.primaryKey({ columns: [t.boardId, t.unitId] })],
  );
  return { storedBoards, storedStandings, storedLists, storedUnits };
}
