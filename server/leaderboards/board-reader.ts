/** What a board can be asked, wherever it is: in memory while its results move, in rows once they do not any more. */
import type { Entry, PersonRank } from './ranking.ts';
import type { UnitMetric } from './unit-ranking.ts';
import type { UnitEntry, UnitTotals } from './units.ts';

type Soon<Of> = Of | Promise<Of>;

/** Positions are from 0, ranks from 1; units and people are ids of the database. */
export interface BoardReader {
  /** Rises when something that shows has changed. */
  readonly revision: number;
  knows(unit: number): Soon<boolean>;
  count(unit?: number | null): Soon<number>;
  page(offset: number, limit: number, unit?: number | null): Soon<Entry[]>;
  rank(person: number, unit?: number | null): Soon<PersonRank | null>;
  /** Those of the people who are ranked, in the order given. */
  ranks(people: readonly number[]): Soon<PersonRank[]>;
  around(person: number, before: number, after: number): Soon<Entry[]>;
  unitsBelow(parent: number | null, metric: UnitMetric, offset: number, limit: number): Soon<UnitEntry[]>;
  /** Figures of those of the units that the board knows. */
  totals(units: readonly number[]): Soon<ReadonlyMap<number, UnitTotals>>;
  /** How many units stand directly below; `null`: the roots. */
  countBelow(parent: number | null): Soon<number>;
}
