/**
 * What a person's results come to: which show, which count, and what they add up to. Pure.
 *
 * Results are versions, append-only: a regrade or a void adds one. Of each result the latest version that may be seen
 * holds; under a freeze those are the versions that were in the feed by its position, of what was submitted by its
 * moment. So a void or a regrade after a freeze changes nothing that is shown frozen.
 */
import { type Criterion, compareStandings, type Standing } from './order.ts';

/** Which of a person's results in a round count: one of them, or all added up. */
export type Counting = 'best' | 'first' | 'last' | 'all';

/** Where an entry stands in the change feed: below another by transaction, then by number (`traps.md` 3). */
export interface FeedPosition {
  /** Writing transaction on PostgreSQL; 0 on SQLite. */
  readonly transaction: number;
  readonly number: number;
}

/** One version of a submitted result, with what it is ranked by. */
export interface ResultVersion extends Standing {
  /** Rises with each version of the same result (`sequence`). */
  readonly version: number;
  /** Position in the feed at which this version came. */
  readonly feed: FeedPosition;
  readonly round: number;
  /** Unit at submission, `null` for none; it stays, wherever the person goes later. */
  readonly unit: number | null;
  readonly voided: boolean;
}

/** What a frozen board may know: submitted by the moment (ms since epoch, inclusive) and in the feed by the position. */
export interface Freeze {
  readonly moment: number;
  readonly position: FeedPosition;
}

/** How results are counted. */
export interface CountingRules {
  readonly order: readonly Criterion[];
  readonly counting: Counting;
  /** `null`: everything shows. */
  readonly freeze: Freeze | null;
}

/** What one person brings to one unit, by the unit's database id. */
export interface UnitShare {
  readonly unit: number;
  readonly attempts: number;
  readonly counted: number;
  readonly marks: number;
}

/** What a person's results come to. */
export interface Tally {
  /** Of one round, or added up over rounds: marks, distances and times summed, the latest submission. */
  readonly standing: Standing;
  /** Unit of the latest result that counts. */
  readonly unit: number | null;
  /** One a unit in which the person has a result that shows. */
  readonly shares: readonly UnitShare[];
}

/** The tally of all versions of a person's results, in any order; `null` when nothing shows. */
export function tally(versions: readonly ResultVersion[], rules: CountingRules): Tally | null {
  const results = showing(versions, rules.freeze);
  const counted = results.length > 1 ? countedOf(results, rules) : results;
  const [first] = counted;
  if (first === undefined) return null;
  const latest = counted.reduce((a, b) => (isEarlier(a, b) ? b : a), first);
  return {
    standing: counted.length === 1 ? latest : addUp(counted, latest),
    unit: latest.unit,
    shares: sharesOf(results, counted),
  };
}

/** Latest version that may be seen of each result, without voided ones. */
export function showing(versions: readonly ResultVersion[], freeze: Freeze | null): readonly ResultVersion[] {
  // One version each, as almost always: no two are of the same result when all have the same number.
  const number = versions[0]?.version;
  if (versions.every((one) => one.version === number && !one.voided && isVisible(one, freeze)))
    return versions;
  const latest = new Map<number, ResultVersion>();
  for (const version of versions) {
    if (!isVisible(version, freeze)) continue;
    const known = latest.get(version.sequence);
    if (known === undefined || known.version < version.version) latest.set(version.sequence, version);
  }
  return [...latest.values()].filter(({ voided }) => !voided);
}

function isVisible(version: ResultVersion, freeze: Freeze | null): boolean {
  if (freeze === null) return true;
  return version.submittedAt <= freeze.moment && comparePositions(version.feed, freeze.position) <= 0;
}

/** Below 0 when `a` comes before `b` in the feed. */
export function comparePositions(a: FeedPosition, b: FeedPosition): number {
  return a.transaction - b.transaction || a.number - b.number;
}

/** In each round the one that counts, or all. */
function countedOf(results: readonly ResultVersion[], rules: CountingRules): readonly ResultVersion[] {
  const [first] = results;
  if (first === undefined || rules.counting === 'all') return results;
  if (results.every(({ round }) => round === first.round)) {
    return [results.reduce((known, result) => (isPreferred(result, known, rules) ? result : known))];
  }
  const chosen = new Map<number, ResultVersion>();
  for (const result of results) {
    const known = chosen.get(result.round);
    if (known === undefined || isPreferred(result, known, rules)) chosen.set(result.round, result);
  }
  return [...chosen.values()];
}

function isPreferred(result: ResultVersion, to: ResultVersion, rules: CountingRules): boolean {
  switch (rules.counting) {
    case 'best':
      return (to.marks - result.marks || compareStandings(rules.order, result, to)) < 0;
    case 'first':
      return isEarlier(result, to);
    case 'last':
      return isEarlier(to, result);
    case 'all':
      return false;
  }
}

function isEarlier(a: Standing, b: Standing): boolean {
  return (a.submittedAt - b.submittedAt || a.sequence - b.sequence) < 0;
}

/** One missing prediction makes the sum missing. */
function addUp(results: readonly ResultVersion[], latest: Standing): Standing {
  let marks = 0;
  let elapsedMs = 0;
  let distance: number | null = 0;
  for (const result of results) {
    marks += result.marks;
    elapsedMs += result.elapsedMs;
    distance =
      distance === null || result.predictionDistance === null ? null : distance + result.predictionDistance;
  }
  const { submittedAt, sequence } = latest;
  return { marks, elapsedMs, predictionDistance: distance, submittedAt, sequence };
}

function sharesOf(
  results: readonly ResultVersion[],
  counted: readonly ResultVersion[],
): readonly UnitShare[] {
  const [first] = results;
  if (first === undefined) return [];
  const { unit: firstUnit } = first;
  if (results.every(({ unit }) => unit === firstUnit)) {
    if (firstUnit === null) return [];
    const marks = counted.reduce((sum, result) => sum + result.marks, 0);
    return [{ unit: firstUnit, attempts: results.length, counted: counted.length, marks }];
  }
  const shares = new Map<number, { unit: number; attempts: number; counted: number; marks: number }>();
  for (const { unit } of results) {
    if (unit === null) continue;
    const known = shares.get(unit);
    if (known) known.attempts += 1;
    else shares.set(unit, { unit, attempts: 1, counted: 0, marks: 0 });
  }
  for (const { unit, marks } of counted) {
    const share = unit === null ? undefined : shares.get(unit);
    if (share === undefined) continue;
    share.counted += 1;
    share.marks += marks;
  }
  return [...shares.values()];
}
