/** The lines in which people or units stand for prizes: who qualifies, in which order, and what puts one above the next. Pure. */
import type { Decider, Prize, PrizeMetric } from '../contracts/prizes.ts';
import type { Criterion } from '../leaderboards/order.ts';
import { byLot, type Draw, lotKeyOf, lotOf, TIES } from './lot-rules.ts';
import type { CountedUnit, PlacedPerson } from './snapshot-rows.ts';

/** Somebody or some unit in a line. */
export interface Candidate {
  /** Id of the person or unit. */
  readonly id: number;
  readonly label: string;
  /** Among those of the board, or of the units that compete. */
  readonly rank: number;
  /** Unit of a person; null for units. */
  readonly unit: number | null;
  readonly person: PlacedPerson | null;
  readonly figures: CountedUnit | null;
  /** Hex; null where no lot was needed. */
  readonly lot: string | null;
}

/** What put one candidate above another. */
export interface Decision {
  readonly by: Decider;
  readonly mine: number | null;
  readonly theirs: number | null;
}

/** Candidates one after another. */
export interface Line {
  readonly candidates: Iterator<Candidate>;
  decide(winner: Candidate, next: Candidate): Decision;
  /** How many qualify; null where it was not counted. */
  readonly size: number | null;
}

/** Units that may compete. */
export interface UnitTree {
  /** Whether a unit is `above` or stands below it. */
  isWithin(unit: number, above: number): boolean;
  parentOf(unit: number): number | null;
  blockOf(unit: number): string | null;
  labelOf(unit: number): string;
  /** Database id of a unit's uid. */
  idOf(uid: string): number | null;
}

export interface LinesOf {
  /** Everybody on the board, in its order. */
  readonly people: readonly PlacedPerson[];
  readonly units: readonly CountedUnit[];
  readonly order: readonly Criterion[];
  readonly tree: UnitTree;
  readonly draw: Draw;
}

export function labelOf({ number, attempt }: Pick<PlacedPerson, 'number' | 'attempt'>): string {
  return number === null ? `L${attempt}` : String(number);
}

/** Prizes with the same key share a line. */
export function lineKeyOf(prize: Prize): string {
  const { to, by, metric, unit, block, membersFrom, membersTo, minMarks, minEntrants } = prize;
  const forUnits = to === 'units' ? [metric, block, membersFrom, membersTo, minEntrants] : [minMarks];
  return JSON.stringify([to, by, unit, ...forUnits]);
}

/** The line of a prize; throws RangeError for a unit that is not there any more. */
export function lineOf(prize: Prize, from: LinesOf): Line {
  if (prize.to === 'units') return unitsLine(prize, from);
  return prize.by === 'lot' ? lotLine(prize, from) : rankLine(prize, from);
}

function qualifies(prize: Prize, { tree }: LinesOf): (one: PlacedPerson) => boolean {
  const above = prize.unit === null ? null : unitIdOf(prize.unit, tree);
  const { minMarks } = prize;
  return ({ unit, marks }) =>
    (above === null || (unit !== null && tree.isWithin(unit, above))) &&
    (minMarks === null || marks >= minMarks);
}

function unitIdOf(uid: string, tree: UnitTree): number {
  const id = tree.idOf(uid);
  if (id === null) throw new RangeError(`no unit ${uid}`);
  return id;
}

function personCandidate(person: PlacedPerson, lot: string | null): Candidate {
  const { person: id, rank, unit } = person;
  return { id, label: labelOf(person), rank, unit, person, figures: null, lot };
}

function rankLine(prize: Prize, from: LinesOf): Line {
  return {
    candidates: ranked(from, qualifies(prize, from)),
    size: null,
    decide: (a, b) => decidedByOrder(from.order, a, b),
  };
}

/** In the board's order; equals by their lots. */
function* ranked({ people, draw }: LinesOf, isIn: (one: PlacedPerson) => boolean): Generator<Candidate> {
  for (let at = 0; at < people.length; ) {
    const rank = people[at]?.rank;
    let end = at + 1;
    while (people[end]?.rank === rank && end < people.length) end += 1;
    const equals = people.slice(at, end).filter(isIn);
    at = end;
    const [only] = equals;
    if (equals.length === 1 && only !== undefined) yield personCandidate(only, null);
    else yield* drawn(equals, draw, TIES);
  }
}

function lotLine(prize: Prize, from: LinesOf): Line {
  const candidates = from.people.filter(qualifies(prize, from));
  return {
    candidates: drawn(candidates, from.draw, prize.id),
    size: candidates.length,
    decide: () => ({ by: 'lot', mine: null, theirs: null }),
  };
}

function* drawn(people: readonly PlacedPerson[], draw: Draw, line: string): Generator<Candidate> {
  const lotAt = (place: number): string => {
    const person = people[place];
    return person === undefined ? '' : lotOf(draw, line, labelOf(person));
  };
  const keys = Float64Array.from(people, (one) => lotKeyOf(draw, line, labelOf(one)));
  for (const place of byLot(keys, lotAt)) {
    const person = people[place];
    if (person !== undefined) yield personCandidate(person, lotAt(place));
  }
}

function decidedByOrder(order: readonly Criterion[], a: Candidate, b: Candidate): Decision {
  const [mine, theirs] = [a.person, b.person];
  if (mine !== null && theirs !== null) {
    for (const by of order) {
      const [x, y] = [figureOf(mine, by), figureOf(theirs, by)];
      if (x !== y) return { by, mine: x, theirs: y };
    }
  }
  return { by: 'lot', mine: null, theirs: null };
}

/** A criterion's value as people read it: marks, distance, time, moment. */
export function figureOf(one: PlacedPerson, criterion: Criterion): number | null {
  switch (criterion) {
    case 'marks':
      return one.marks;
    case 'prediction':
      return one.distance;
    case 'time':
      return one.elapsedMs;
    case 'submitted':
      return one.submittedAt;
  }
}

/* ------------------------------------------------------------------------ units */

/** After the prize's own figure: more people, more attempts, better marks. */
const THEN: readonly PrizeMetric[] = ['entrants', 'attempts', 'average', 'rate'];

function unitsLine(prize: Prize, from: LinesOf): Line {
  const metrics = [prize.metric, ...THEN.filter((metric) => metric !== prize.metric)];
  const competing = from.units.filter(competes(prize, from.tree)).map((figures) => ({
    figures,
    label: from.tree.labelOf(figures.unit),
    lot: lotOf(from.draw, TIES, from.tree.labelOf(figures.unit)),
  }));
  const compare = (a: CountedUnit, b: CountedUnit): number => {
    for (const metric of metrics) {
      const difference = (b[metric] ?? -1) - (a[metric] ?? -1);
      if (difference !== 0) return difference;
    }
    return 0;
  };
  competing.sort((a, b) => compare(a.figures, b.figures) || (a.lot < b.lot ? -1 : 1));
  let rank = 0;
  const candidates = competing.map(({ figures, label, lot }, i): Candidate => {
    const before = competing[i - 1];
    const after = competing[i + 1];
    const equal = before !== undefined && compare(before.figures, figures) === 0;
    if (!equal) rank = i + 1;
    const isTied = equal || (after !== undefined && compare(after.figures, figures) === 0);
    return { id: figures.unit, label, rank, unit: null, person: null, figures, lot: isTied ? lot : null };
  });
  return { candidates: candidates.values(), size: null, decide: (a, b) => decidedByFigures(metrics, a, b) };
}

function competes(prize: Prize, tree: UnitTree): (unit: CountedUnit) => boolean {
  const above = prize.unit === null ? null : unitIdOf(prize.unit, tree);
  const { block, membersFrom, membersTo, minEntrants, metric } = prize;
  const isPeer = (unit: number): boolean => {
    if (block === null) return tree.parentOf(unit) === above;
    return tree.blockOf(unit) === block && (above === null || tree.isWithin(unit, above));
  };
  return (one) =>
    isPeer(one.unit) &&
    one.attempts > 0 &&
    one[metric] !== null &&
    (membersFrom === null || (one.members !== null && one.members >= membersFrom)) &&
    (membersTo === null || (one.members !== null && one.members <= membersTo)) &&
    (minEntrants === null || one.entrants >= minEntrants);
}

function decidedByFigures(metrics: readonly PrizeMetric[], a: Candidate, b: Candidate): Decision {
  for (const by of metrics) {
    const [mine, theirs] = [a.figures?.[by] ?? null, b.figures?.[by] ?? null];
    if (mine !== theirs) return { by, mine, theirs };
  }
  return { by: 'lot', mine: null, theirs: null };
}
