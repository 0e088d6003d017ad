/** Secret part of a cloze: the key of each gap, in the shape of the kind that the gap is. Server only. */
import type { Problem } from '../../grading.ts';
import { type ChoiceKey, choiceKeyProblems, isChoiceKey } from '../choice/key.ts';
import { isNumericKey, type NumericKey, numericKeyProblems } from '../numeric/key.ts';
import { isNumbers, isRecord, keyUnreadable } from '../shapes.ts';
import { isShortTextKey, type ShortTextKey, shortTextKeyProblems } from '../short-text/key.ts';
import type { ClozeGap, ClozePrompt } from './prompt.ts';

/** A choice gap has a ChoiceKey with one right option or weights, a text gap a ShortTextKey, a number gap a NumericKey; null: not given. */
export type ClozeGapKey = ChoiceKey | ShortTextKey | NumericKey | null;

export type ClozeKey = {
  readonly gaps: readonly ClozeGapKey[];
  /** What each gap counts for, above 0; left out: all the same. */
  readonly weights?: readonly number[];
};

function isGapKey(value: unknown): value is ClozeGapKey {
  return value === null || isChoiceKey(value) || isShortTextKey(value) || isNumericKey(value);
}

/** Whether the value can be used as a key. */
export function isClozeKey(value: unknown): value is ClozeKey {
  if (!isRecord(value) || !Array.isArray(value.gaps)) return false;
  return value.gaps.every(isGapKey) && (value.weights === undefined || isNumbers(value.weights));
}

/** What is wrong with the key of this prompt. */
export function clozeKeyProblems({ gaps }: ClozePrompt, key: ClozeKey): readonly Problem[] {
  const problems: Problem[] = gaps.flatMap((gap, i) =>
    gapKeyProblems(gap, key.gaps[i] ?? null).map(({ at, vi, en }) => ({
      at: at === '' ? `gaps.${i}` : `gaps.${i}.${at}`,
      vi: `Chỗ trống ${i + 1}: ${vi}`,
      en: `Gap ${i + 1}: ${en}`,
    })),
  );
  if (key.gaps.length !== gaps.length) {
    problems.push({
      at: 'gaps',
      vi: `Có ${gaps.length} chỗ trống nhưng đáp án cho ${key.gaps.length}.`,
      en: `There are ${gaps.length} gaps, but the key is for ${key.gaps.length}.`,
    });
  }
  const { weights } = key;
  if (weights !== undefined && (weights.length !== gaps.length || weights.some((weight) => weight <= 0))) {
    problems.push({
      at: 'weights',
      vi: 'Mỗi chỗ trống phải có một trọng số lớn hơn 0.',
      en: 'Every gap must have a weight above 0.',
    });
  }
  return problems;
}

function gapKeyProblems(gap: ClozeGap, key: ClozeGapKey): readonly Problem[] {
  if (key === null) return [];
  if (gap.kind === 'choice' && isChoiceKey(key))
    return choiceKeyProblems({ stem: '', options: gap.options, multiple: false }, key);
  if (gap.kind === 'text' && isShortTextKey(key)) return shortTextKeyProblems(key);
  if (gap.kind === 'number' && isNumericKey(key)) return numericKeyProblems(key);
  return keyUnreadable;
}
