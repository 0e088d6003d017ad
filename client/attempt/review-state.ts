/** What a review may say of one question, from what has been released. Pure. */
import type { ReviewedQuestion } from '../api/attempts.ts';

/** `unknown`: the key is not released, there is none, or people have yet to mark it. `read`: there was nothing to answer. */
export type Verdict = 'right' | 'wrong' | 'part' | 'blank' | 'unknown' | 'read';

export function verdictOf({ answer, key, marks, points }: ReviewedQuestion): Verdict {
  if (points === 0) return 'read';
  if (marks === undefined || key === undefined || key === null) return answer === null ? 'blank' : 'unknown';
  if (answer === null) return 'blank';
  if (marks >= points) return 'right';
  return marks > 0 ? 'part' : 'wrong';
}

/** Host of a source that can be followed; null for names of publications, and for addresses that are none. */
export function hostOf(source: string): string | null {
  if (!/^https?:\/\/\S+$/.test(source)) return null;
  try {
    return new URL(source).host;
  } catch {
    return null;
  }
}
