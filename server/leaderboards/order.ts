/**
 * How two standings compare: column by column, in the order that the contest sets.
 *
 * Columns and not one packed number: marks, distances and milliseconds together do not fit a double, and a key that
 * overflows ranks people wrongly without a sound. People who are equal in every criterion share a rank
 * ("1, 2, 2, 4"); the sequence only decides who is listed first among them.
 */

/** What a contest may rank by; the names that its settings use. */
export type Criterion = 'marks' | 'prediction' | 'time' | 'submitted';

/** Every criterion, in the usual order. */
export const CRITERIA: readonly Criterion[] = ['marks', 'prediction', 'time', 'submitted'];

/** What one person is ranked by. All numbers are integers less than 2^52 from 0, so that differences are exact. */
export interface Standing {
  /** Hundredths of a mark; more is better. */
  readonly marks: number;
  /** How far the prediction was from its target; less is better, `null` (none given) stands behind every number. */
  readonly predictionDistance: number | null;
  /** Time taken, ms; less is better. */
  readonly elapsedMs: number;
  /** Moment of submission, ms since epoch; earlier is better. */
  readonly submittedAt: number;
  /** Unique among results: the last word on who is listed first, never on who ranks better. */
  readonly sequence: number;
}

/** A criterion's value, turned so that less is better. No prediction is infinitely far. */
export function ascending(standing: Standing, criterion: Criterion): number {
  switch (criterion) {
    case 'marks':
      return 0 - standing.marks;
    case 'prediction':
      return standing.predictionDistance ?? Number.POSITIVE_INFINITY;
    case 'time':
      return standing.elapsedMs;
    case 'submitted':
      return standing.submittedAt;
  }
}

/** Below 0 when `a` ranks better, above when `b` does, 0 when they share a rank. */
export function compareRank(order: readonly Criterion[], a: Standing, b: Standing): number {
  for (const criterion of order) {
    const x = ascending(a, criterion);
    const y = ascending(b, criterion);
    if (x !== y) return x < y ? -1 : 1;
  }
  return 0;
}

/** As `compareRank`, and never 0 for two results: the lower sequence is listed first. */
export function compareStandings(order: readonly Criterion[], a: Standing, b: Standing): number {
  return compareRank(order, a, b) || a.sequence - b.sequence;
}
