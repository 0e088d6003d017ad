/** What a snapshot keeps of people and units, as columns of numbers and as objects. Pure. */
import type { UnitTotals } from '../leaderboards/units.ts';
import { totalsOf } from '../leaderboards/units.ts';
import type { Columns } from './number-packing.ts';

/** Somebody's place; in the order of the list, equals share a rank. */
export interface PlacedPerson {
  readonly person: number;
  /** Entry number in the contest; null for who never entered (a live round's player). */
  readonly number: number | null;
  readonly rank: number;
  readonly unit: number | null;
  /** Hundredths. */
  readonly marks: number;
  readonly distance: number | null;
  readonly elapsedMs: number;
  readonly submittedAt: number;
  /** The attempt that counts; of several added up, the latest. */
  readonly attempt: number;
}

export interface CountedUnit extends UnitTotals {
  readonly unit: number;
}

export function columnsOfPeople(people: readonly PlacedPerson[]): Columns {
  const column = (value: (one: PlacedPerson) => number | null): Float64Array =>
    Float64Array.from(people, (one) => value(one) ?? Number.NaN);
  return [
    column(({ person }) => person),
    column(({ number }) => number),
    column(({ rank }) => rank),
    column(({ unit }) => unit),
    column(({ marks }) => marks),
    column(({ distance }) => distance),
    column(({ elapsedMs }) => elapsedMs),
    column(({ submittedAt }) => submittedAt),
    column(({ attempt }) => attempt),
  ];
}

const numberOr = (value: number | undefined): number => value ?? 0;
const nullable = (value: number | undefined): number | null =>
  value === undefined || Number.isNaN(value) ? null : value;

export function peopleOfColumns(columns: Columns): PlacedPerson[] {
  const [persons, numbers, ranks, units, marks, distances, elapsed, submitted, attempts] = columns;
  return Array.from({ length: persons?.length ?? 0 }, (_, i) => ({
    person: numberOr(persons?.[i]),
    number: nullable(numbers?.[i]),
    rank: numberOr(ranks?.[i]),
    unit: nullable(units?.[i]),
    marks: numberOr(marks?.[i]),
    distance: nullable(distances?.[i]),
    elapsedMs: numberOr(elapsed?.[i]),
    submittedAt: numberOr(submitted?.[i]),
    attempt: numberOr(attempts?.[i]),
  }));
}

export function columnsOfUnits(units: readonly CountedUnit[]): Columns {
  const column = (value: (one: CountedUnit) => number | null): Float64Array =>
    Float64Array.from(units, (one) => value(one) ?? Number.NaN);
  return [
    column(({ unit }) => unit),
    column(({ entrants }) => entrants),
    column(({ attempts }) => attempts),
    column(({ counted }) => counted),
    column(({ marks }) => marks),
    column(({ members }) => members),
  ];
}

export function unitsOfColumns(columns: Columns): CountedUnit[] {
  const [units, entrants, attempts, counted, marks, members] = columns;
  return Array.from({ length: units?.length ?? 0 }, (_, i) => ({
    unit: numberOr(units?.[i]),
    ...totalsOf({
      entrants: numberOr(entrants?.[i]),
      attempts: numberOr(attempts?.[i]),
      counted: numberOr(counted?.[i]),
      marks: numberOr(marks?.[i]),
      members: nullable(members?.[i]),
    }),
  }));
}

/** Where an expanse of whole snapshots is compared person by person. */
export function sameStanding(a: PlacedPerson, b: PlacedPerson): boolean {
  return (
    a.marks === b.marks &&
    a.distance === b.distance &&
    a.elapsedMs === b.elapsedMs &&
    a.submittedAt === b.submittedAt &&
    a.attempt === b.attempt &&
    a.unit === b.unit
  );
}
