/** Grading of choice questions. Sets of options are held in the bits of one integer, so that a regrade of millions allocates nothing. */
import type { Grading } from '../../grading.ts';
import { inOrder, keyUnreadable, promptUnreadable } from '../shapes.ts';
import { type ChoiceKey, choiceKeyProblems, FORGIVEN, isChoiceKey } from './key.ts';
import {
  type ChoiceAnswer,
  type ChoicePrompt,
  choicePromptProblems,
  isChoicePrompt,
  OPTIONS_MAX,
  placesOfOptions,
  shuffledOptions,
} from './prompt.ts';

/** The bit of anything that is no option; never right. */
const NO_OPTION = 1 << 31;

function bitOf(original: number | undefined): number {
  return original !== undefined && original >= 0 && original < OPTIONS_MAX ? 1 << original : NO_OPTION;
}

function chosenBits(answer: ChoiceAnswer, order: readonly number[]): number {
  let bits = 0;
  for (const position of answer) bits |= bitOf(order.length === 0 ? position : order[position]);
  return bits;
}

function rightBits(key: ChoiceKey): number {
  let bits = 0;
  for (const original of key.right) bits |= bitOf(original);
  return bits & ~NO_OPTION;
}

function countBits(bits: number): number {
  let count = 0;
  for (let rest = bits; rest !== 0; rest &= rest - 1) count++;
  return count;
}

function normalise({ options, multiple }: ChoicePrompt, value: unknown): ChoiceAnswer | null | undefined {
  if (value === null) return null;
  if (!Array.isArray(value) || value.length > options.length) return undefined;
  const positions: number[] = [];
  for (const position of value) {
    if (!Number.isInteger(position) || position < 0 || position >= options.length) return undefined;
    if (!positions.includes(position)) positions.push(position);
  }
  if (positions.length === 0) return null;
  if (!multiple && positions.length > 1) return undefined;
  return positions.sort((a, b) => a - b);
}

/** Weights of what was chosen, added up; never under 0 nor over 1. */
function weighed({ weights = [] }: ChoiceKey, answer: ChoiceAnswer, places: readonly number[]): number {
  let sum = 0;
  for (const position of answer)
    sum += weights[places.length === 0 ? position : (places[position] ?? -1)] ?? 0;
  if (sum <= 0) return 0;
  return sum > 1 - FORGIVEN ? 1 : sum;
}

function grade(
  prompt: ChoicePrompt,
  key: ChoiceKey | null,
  answer: ChoiceAnswer | null,
  order: readonly number[],
): number {
  if (key === null || answer === null) return 0;
  const places = placesOfOptions(prompt, order);
  if (key.scoring === 'weights') return weighed(key, answer, places);
  const right = rightBits(key);
  const chosen = chosenBits(answer, places);
  if (right === 0) return 0;
  if (key.scoring !== 'share') return chosen === right ? 1 : 0;
  const net = countBits(chosen & right) - countBits(chosen & ~right);
  return net > 0 ? net / countBits(right) : 0;
}

/** With weights for a single choice, only the best ones are the right answer. */
function revealed(
  { multiple }: ChoicePrompt,
  { right, scoring, weights = [] }: ChoiceKey,
): readonly number[] {
  if (multiple || scoring !== 'weights') return right;
  const best = Math.max(...right.map((index) => weights[index] ?? 0));
  return right.filter((index) => weights[index] === best);
}

function reveal(prompt: ChoicePrompt, key: ChoiceKey | null, order: readonly number[]): ChoiceAnswer | null {
  if (key === null) return null;
  const places = placesOfOptions(prompt, order);
  const right = revealed(prompt, key);
  const shown = prompt.options.map((_, position) => position);
  return shown.filter((position) =>
    right.includes(places.length === 0 ? position : (places[position] ?? -1)),
  );
}

function arrange(prompt: ChoicePrompt, order: readonly number[]): ChoicePrompt {
  if (order.length === 0) return prompt;
  return { ...prompt, options: inOrder(prompt.options, placesOfOptions(prompt, order)) };
}

export const grading: Grading<ChoicePrompt, ChoiceKey, ChoiceAnswer> = {
  kind: 'choice',
  check(prompt, key) {
    if (!isChoicePrompt(prompt)) return promptUnreadable;
    if (key === null) return choicePromptProblems(prompt);
    if (!isChoiceKey(key)) return [...choicePromptProblems(prompt), ...keyUnreadable];
    return [...choicePromptProblems(prompt), ...choiceKeyProblems(prompt, key)];
  },
  shuffleable: (prompt) => shuffledOptions(prompt).length,
  arrange,
  normalise,
  grade,
  reveal,
};
