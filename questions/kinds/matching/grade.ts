/** Grading of matching questions. Only the right column is shuffled: the left one is what is asked. */
import type { Grading } from '../../grading.ts';
import {
  inOrder,
  keyUnreadable,
  originalPlace,
  partProblems,
  promptUnreadable,
  shownPlace,
  stemProblems,
} from '../shapes.ts';
import { isMatchingKey, type MatchingKey, matchingKeyProblems } from './key.ts';
import { isMatchingPrompt, MATCHING_MAX, type MatchingAnswer, type MatchingPrompt } from './prompt.ts';

function normalise({ lefts, rights }: MatchingPrompt, value: unknown): MatchingAnswer | null | undefined {
  if (value === null) return null;
  if (!Array.isArray(value) || value.length !== lefts.length) return undefined;
  const matched: (number | null)[] = [];
  for (const right of value) {
    if (right !== null && !(Number.isInteger(right) && right >= 0 && right < rights.length)) return undefined;
    matched.push(right);
  }
  return matched.every((right) => right === null) ? null : matched;
}

function grade(
  { lefts }: MatchingPrompt,
  key: MatchingKey | null,
  answer: MatchingAnswer | null,
  order: readonly number[],
): number {
  if (key === null || answer === null || lefts.length === 0) return 0;
  let right = 0;
  for (const [left, shown] of answer.entries())
    if (shown !== null && originalPlace(order, shown) === key.pairs[left]) right += 1;
  if (right === lefts.length) return 1;
  return key.scoring === 'allOrNothing' ? 0 : right / lefts.length;
}

export const grading: Grading<MatchingPrompt, MatchingKey, MatchingAnswer> = {
  kind: 'matching',
  isAlwaysShuffled: true,
  check(prompt, key) {
    if (!isMatchingPrompt(prompt)) return promptUnreadable;
    const size = { min: 2, max: MATCHING_MAX, distinct: true };
    const problems = [
      ...stemProblems(prompt.stem),
      ...partProblems('lefts', prompt.lefts, { ...size, min: 1 }),
      ...partProblems('rights', prompt.rights, size),
    ];
    if (key === null) return problems;
    if (!isMatchingKey(key)) return [...problems, ...keyUnreadable];
    return [...problems, ...matchingKeyProblems(prompt, key)];
  },
  shuffleable: ({ rights }) => rights.length,
  arrange: (prompt, order) => ({ ...prompt, rights: inOrder(prompt.rights, order) }),
  normalise,
  grade,
  reveal: (_prompt, key, order) => (key === null ? null : key.pairs.map((right) => shownPlace(order, right))),
};
