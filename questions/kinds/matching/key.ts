/** Secret part of a matching question. Server only. */
import type { Problem } from '../../grading.ts';
import { isNumbers, isRecord } from '../shapes.ts';
import type { MatchingPrompt } from './prompt.ts';

export type MatchingKey = {
  /** For each left the original index of its right. */
  readonly pairs: readonly number[];
  /** `share` (the default): right pairs / all pairs. */
  readonly scoring?: 'share' | 'allOrNothing';
};

/** Whether the value can be used as a key. */
export function isMatchingKey(value: unknown): value is MatchingKey {
  if (!isRecord(value)) return false;
  const { pairs, scoring } = value;
  return isNumbers(pairs) && (scoring === undefined || scoring === 'share' || scoring === 'allOrNothing');
}

/** What is wrong with the key of this prompt. */
export function matchingKeyProblems(
  { lefts, rights }: MatchingPrompt,
  { pairs }: MatchingKey,
): readonly Problem[] {
  const problems: Problem[] = pairs.flatMap((right, i) =>
    Number.isInteger(right) && right >= 0 && right < rights.length
      ? []
      : [
          {
            at: `pairs.${i}`,
            vi: 'Đáp án chỉ vào mục không có ở cột bên phải.',
            en: 'The key names an item that the right column does not have.',
          },
        ],
  );
  if (pairs.length !== lefts.length) {
    problems.push({
      at: 'pairs',
      vi: `Có ${lefts.length} mục cần ghép nhưng đáp án cho ${pairs.length}.`,
      en: `There are ${lefts.length} items to match, but the key is for ${pairs.length}.`,
    });
  }
  return problems;
}
