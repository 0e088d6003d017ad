/** What a review may say of one question, from what has been released. Pure. */
import type { ReviewedQuestion } from '../api/attempts.ts';

/** `unknown`: the key is not released, or there is none. */
export type Verdict = 'right' | 'wrong' | 'part' | 'blank' | 'unknown';

export function verdictOf({ answer, key, marks, points }: ReviewedQuestion): Verdict {
  if (marks === undefined || key === undefined || key === null) return answer === null ? 'blank' : 'unknown';
  if (answer === null) return 'blank';
  if (marks >= points) return 'right';
  return marks > 0 ? 'part' : 'wrong';
}

/** A source that can be followed; others are names of publications. */
export function isAddress(source: string): boolean {
  return /^https?:\/\/\S+$/.test(source);
}
