/**
 * The slow, obvious leaderboard: filter, choose, sort everything, count. Shares no code with the product, so that
 * a mistake would have to be made twice to go unseen.
 */
import type { PersonFact } from '../../../server/leaderboards/board.ts';
import type { CountingRules, ResultVersion } from '../../../server/leaderboards/counting.ts';
import type { Standing } from '../../../server/leaderboards/order.ts';
import type { UnitInTree } from '../../../server/leaderboards/unit-tree.ts';

export interface SlowEntry {
  person: number;
  rank: number;
  unit: number | null;
  standing: Standing;
}

interface Counted {
  person: number;
  shown: ResultVersion[];
  counting: ResultVersion[];
  unit: number | null;
  standing: Standing;
}

/** The key of a standing in the contest's order, smaller is better. */
function key(standing: Standing, order: readonly string[]): number[] {
  const far = standing.predictionDistance === null ? Number.MAX_VALUE : standing.predictionDistance;
  const all: Record<string, number> = {
    marks: -standing.marks,
    prediction: far,
    time: standing.elapsedMs,
    submitted: standing.submittedAt,
  };
  return order.map((name) => all[name] ?? Number.NaN);
}

function compareKeys(a: readonly number[], b: readonly number[]): number {
  for (let i = 0; i < a.length; i += 1) {
    const x = a[i] ?? 0;
    const y = b[i] ?? 0;
    if (x < y) return -1;
    if (x > y) return 1;
  }
  return 0;
}

function shownOf(fact: PersonFact, { freeze }: CountingRules): ResultVersion[] {
  const known = fact.results.filter((version) => {
    if (freeze === null) return true;
    if (version.submittedAt > freeze.moment) return false;
    const { transaction, number } = version.feed;
    if (transaction !== freeze.position.transaction) return transaction < freeze.position.transaction;
    return number <= freeze.position.number;
  });
  return known
    .filter((a) => !known.some((b) => b.sequence === a.sequence && b.version > a.version))
    .filter((version) => !version.voided);
}

function chosenOf(shown: readonly ResultVersion[], rules: CountingRules): ResultVersion[] {
  if (rules.counting === 'all') return [...shown];
  return [...new Set(shown.map(({ round }) => round))].flatMap((round) => {
    const inRound = shown.filter((result) => result.round === round);
    const earliest = [...inRound].sort((a, b) => a.submittedAt - b.submittedAt || a.sequence - b.sequence);
    if (rules.counting === 'first') return earliest.slice(0, 1);
    if (rules.counting === 'last') return earliest.slice(-1);
    const bestFirst = [...inRound].sort((a, b) =>
      compareKeys(
        [-a.marks, ...key(a, rules.order), a.sequence],
        [-b.marks, ...key(b, rules.order), b.sequence],
      ),
    );
    return bestFirst.slice(0, 1);
  });
}

function countOne(fact: PersonFact, rules: CountingRules): Counted[] {
  const shown = shownOf(fact, rules);
  const counting = chosenOf(shown, rules);
  const latest = [...counting].sort((a, b) => b.submittedAt - a.submittedAt || b.sequence - a.sequence)[0];
  if (latest === undefined) return [];
  const standing = {
    marks: counting.map(({ marks }) => marks).reduce((a, b) => a + b),
    predictionDistance: counting
      .map(({ predictionDistance }) => predictionDistance)
      .reduce((a, b) => (a === null || b === null ? null : a + b)),
    elapsedMs: counting.map(({ elapsedMs }) => elapsedMs).reduce((a, b) => a + b),
    submittedAt: latest.submittedAt,
    sequence: latest.sequence,
  };
  return [{ person: fact.person, shown, counting, unit: latest.unit, standing }];
}

export class SlowBoard {
  readonly #rules: CountingRules;
  readonly #units: readonly UnitInTree[];
  readonly #counted: readonly Counted[];

  constructor(facts: Iterable<PersonFact>, rules: CountingRules, units: readonly UnitInTree[]) {
    this.#rules = rules;
    this.#units = units;
    this.#counted = [...facts].flatMap((fact) => countOne(fact, rules));
  }

  /** The whole board, in all or within a unit, each with the number of those strictly better + 1. */
  list(unit: number | null): SlowEntry[] {
    const order = this.#rules.order;
    const inside = this.#counted
      .filter((counted) => unit === null || this.#path(counted.unit).includes(unit))
      .map((counted) => ({ ...counted, key: key(counted.standing, order) }))
      .sort((a, b) => compareKeys([...a.key, a.standing.sequence], [...b.key, b.standing.sequence]));
    let rank = 0;
    return inside.map(({ person, unit: own, standing, key: mine }, i) => {
      const previous = inside[i - 1];
      if (previous === undefined || compareKeys(previous.key, mine) !== 0) rank = i + 1;
      return { person, rank, unit: own, standing };
    });
  }

  totals(unit: number): Record<string, number | null> {
    const inUnit = (result: ResultVersion): boolean => this.#path(result.unit).includes(unit);
    const attempts = this.#counted.flatMap(({ shown }) => shown.filter(inUnit));
    const counting = this.#counted.flatMap((counted) => counted.counting.filter(inUnit));
    const entrants = this.#counted.filter(({ shown }) => shown.some(inUnit)).length;
    const marks = counting.reduce((sum, result) => sum + result.marks, 0);
    const members = this.#members(unit);
    return {
      entrants,
      attempts: attempts.length,
      counted: counting.length,
      marks,
      members,
      rate: members === null || members === 0 ? null : entrants / members,
      average: counting.length === 0 ? null : marks / counting.length,
    };
  }

  /** Units of one group in the order of a figure: unit and rank. */
  units(
    metric: string,
    among: (unit: UnitInTree, depth: number) => boolean,
  ): { unit: number; rank: number }[] {
    const peers = this.#units
      .filter((unit) => among(unit, this.#path(unit.unit).length - 1))
      .map(({ unit }) => ({ unit, value: this.totals(unit)[metric] ?? Number.NEGATIVE_INFINITY }))
      .sort((a, b) => (a.value === b.value ? a.unit - b.unit : b.value > a.value ? 1 : -1));
    return peers.map(({ unit, value }) => ({
      unit,
      rank: 1 + peers.filter((other) => other.value > value).length,
    }));
  }

  /** The unit and all above it. */
  #path(unit: number | null): number[] {
    if (unit === null) return [];
    return [unit, ...this.#path(this.#units.find((candidate) => candidate.unit === unit)?.parent ?? null)];
  }

  #members(unit: number): number | null {
    const given = this.#units.find((candidate) => candidate.unit === unit)?.members ?? null;
    if (given !== null) return given;
    const below = this.#units
      .filter(({ parent }) => parent === unit)
      .map((child) => this.#members(child.unit))
      .filter((members) => members !== null);
    return below.length === 0 ? null : below.reduce((a, b) => a + b);
  }
}
