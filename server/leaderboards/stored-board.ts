/** A settled board read from its rows: every answer is a handful of indexed reads, and nothing of it is in memory. */
import { and, eq, inArray, or } from 'drizzle-orm';
import type { StoredEntry } from '../../drizzle/schema/leaderboards.ts';
import type { Database, Tables } from '../platform/database/door.ts';
import type { BoardReader } from './board-reader.ts';
import type { Entry, PersonRank } from './ranking.ts';
import type { UnitMetric } from './unit-ranking.ts';
import { totalsOf, type UnitEntry, type UnitTotals } from './units.ts';

export type StoredBoardRow = Tables['storedBoards']['$inferSelect'];
type StandingRow = Tables['storedStandings']['$inferSelect'];

/** Entries a row of a list. */
export const LIST_PAGE = 100;
/** People asked for in one statement. */
const PEOPLE_A_READ = 500;

/** Names of the lists. */
export const listOf = {
  people: (unit: number | null): string => (unit === null ? 'people' : `people/${unit}`),
  below: (parent: number | null, metric: UnitMetric): string => `below/${parent ?? ''}/${metric}`,
} as const;

export class StoredBoard implements BoardReader {
  readonly revision: number;
  readonly #database: Database;
  readonly #id: number;
  readonly #people: number;

  constructor(database: Database, { id, people, revision }: StoredBoardRow) {
    this.#database = database;
    this.#id = id;
    this.#people = people;
    this.revision = revision;
  }

  async knows(unit: number): Promise<boolean> {
    const { storedUnits: t } = this.#database.tables;
    const found = await this.#database.query
      .select({ unit: t.unitId })
      .from(t)
      .where(and(eq(t.boardId, this.#id), eq(t.unitId, unit)));
    return found.length > 0;
  }

  async count(unit: number | null = null): Promise<number> {
    return unit === null ? this.#people : (await this.#list(listOf.people(unit), 0, 0)).total;
  }

  async page(offset: number, limit: number, unit: number | null = null): Promise<Entry[]> {
    const { entries } = await this.#list(listOf.people(unit), offset, limit);
    const rows = await this.#standings(entries.map(([person]) => person));
    return entries.flatMap(([person, rank]) => {
      const row = rows.get(person);
      return row === undefined ? [] : [{ ...entryOf(row), rank }];
    });
  }

  async rank(person: number, unit: number | null = null): Promise<PersonRank | null> {
    const row = (await this.#standings([person])).get(person);
    return row === undefined ? null : this.#rankOf(row, unit);
  }

  async ranks(people: readonly number[]): Promise<PersonRank[]> {
    const rows = await this.#standings(people);
    return people.flatMap((person) => {
      const row = rows.get(person);
      return row === undefined ? [] : (this.#rankOf(row, null) ?? []);
    });
  }

  async around(person: number, before: number, after: number): Promise<Entry[]> {
    const row = (await this.#standings([person])).get(person);
    if (row === undefined) return [];
    const from = Math.max(0, row.position - before);
    return this.page(from, row.position - from + 1 + after);
  }

  async unitsBelow(
    parent: number | null,
    metric: UnitMetric,
    offset: number,
    limit: number,
  ): Promise<UnitEntry[]> {
    const { entries } = await this.#list(listOf.below(parent, metric), offset, limit);
    const totals = await this.totals(entries.map(([unit]) => unit));
    return entries.flatMap(([unit, rank]) => {
      const own = totals.get(unit);
      return own === undefined ? [] : [{ unit, rank, totals: own }];
    });
  }

  async totals(units: readonly number[]): Promise<ReadonlyMap<number, UnitTotals>> {
    const { storedUnits: t } = this.#database.tables;
    const totals = new Map<number, UnitTotals>();
    for (const some of chunksOf(units)) {
      const rows = await this.#database.query
        .select()
        .from(t)
        .where(and(eq(t.boardId, this.#id), inArray(t.unitId, some)));
      for (const row of rows) totals.set(row.unitId, totalsOf(row));
    }
    return totals;
  }

  async countBelow(parent: number | null): Promise<number> {
    return (await this.#list(listOf.below(parent, 'entrants'), 0, 0)).total;
  }

  #rankOf(row: StandingRow, unit: number | null): PersonRank | null {
    const place =
      unit === null
        ? ([0, row.rank, row.below, this.#people] as const)
        : row.places.find(([within]) => within === unit);
    if (place === undefined) return null;
    const [, rank, below, of] = place;
    return { ...entryOf(row), rank, of, below, shareBelow: of > 1 ? below / (of - 1) : 0 };
  }

  async #standings(people: readonly number[]): Promise<ReadonlyMap<number, StandingRow>> {
    const { storedStandings: t } = this.#database.tables;
    const found = new Map<number, StandingRow>();
    for (const some of chunksOf(people)) {
      const rows = await this.#database.query
        .select()
        .from(t)
        .where(and(eq(t.boardId, this.#id), inArray(t.personId, some)));
      for (const row of rows) found.set(row.personId, row);
    }
    return found;
  }

  /** A part of a list; its first page says how long the whole is. */
  async #list(
    list: string,
    offset: number,
    limit: number,
  ): Promise<{ readonly total: number; readonly entries: readonly StoredEntry[] }> {
    const { storedLists: t } = this.#database.tables;
    const first = Math.floor(offset / LIST_PAGE);
    const last = Math.floor((Math.min(offset + limit, this.#longest()) - 1) / LIST_PAGE);
    const pages = Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => first + i);
    const rows = await this.#database.query
      .select()
      .from(t)
      .where(
        and(eq(t.boardId, this.#id), eq(t.list, list), or(eq(t.page, 0), inArray(t.page, [-1, ...pages]))),
      )
      .orderBy(t.page);
    const entries = rows.filter(({ page }) => page >= first).flatMap((row) => row.entries);
    const skipped = offset - first * LIST_PAGE;
    return { total: rows[0]?.total ?? 0, entries: entries.slice(skipped, skipped + limit) };
  }

  /** No list is longer: people, or all the units of a country. */
  #longest(): number {
    return Math.max(this.#people, 100_000);
  }
}

function chunksOf(ids: readonly number[]): number[][] {
  const chunks: number[][] = [];
  for (let at = 0; at < ids.length; at += PEOPLE_A_READ) chunks.push(ids.slice(at, at + PEOPLE_A_READ));
  return chunks;
}

function entryOf(row: StandingRow): Entry {
  const { personId: person, rank, unitId: unit, marks, predictionDistance, elapsedMs, submittedAt } = row;
  const standing = { marks, predictionDistance, elapsedMs, submittedAt, sequence: row.sequence };
  return { person, rank, unit, standing };
}
