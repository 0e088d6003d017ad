/** What the looks at an answer come to. Pure; marks in hundredths. */
import type { RubricLine } from '../../questions/kinds/essay/key.ts';
import type { EssayState } from '../contracts/marking.ts';

/** Percent of an answer's marks that two markers may be apart, unless the round says otherwise. */
export const GAP_DEFAULT = 20;

export interface Outcome {
  readonly state: EssayState;
  /** Null until it is done. */
  readonly marks: number | null;
}

/**
 * Two who are close: their mean. Two who are further apart than `gap` percent of the marks: a third looks, and the mean of
 * the two that are closest to each other counts; of all three where neither pair is closer.
 */
export function outcomeOf(given: readonly number[], points: number, gap: number): Outcome {
  const [a, b, c] = given;
  if (a === undefined || b === undefined) return { state: 'waiting', marks: null };
  if (Math.abs(a - b) * 100 <= gap * points) return { state: 'done', marks: mean([a, b]) };
  if (c === undefined) return { state: 'apart', marks: null };
  const [low = 0, middle = 0, high = 0] = [a, b, c].toSorted((one, other) => one - other);
  const [below, above] = [middle - low, high - middle];
  if (below === above) return { state: 'done', marks: mean([low, middle, high]) };
  return { state: 'done', marks: mean(below < above ? [low, middle] : [middle, high]) };
}

function mean(marks: readonly number[]): number {
  return Math.round(marks.reduce((sum, one) => sum + one, 0) / marks.length);
}

/** What lines of a rubric come to, in marks of the question: a rubric out of 10 serves a question worth 5. Null: they do not fit it. */
export function totalOf(
  lines: readonly number[],
  rubric: readonly RubricLine[],
  points: number,
): number | null {
  if (lines.length !== rubric.length) return null;
  if (lines.some((given, i) => given < 0 || given > (rubric[i]?.points ?? 0))) return null;
  const most = rubric.reduce((sum, line) => sum + line.points, 0);
  const sum = lines.reduce((total, given) => total + given, 0);
  return most === 0 ? 0 : Math.round((sum / most) * points);
}
