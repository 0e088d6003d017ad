/** Grading of numeric questions. A text that is no number is kept as an answer and earns 0: refusing it would lose what was typed. */
import type { Grading } from '../../grading.ts';
import { cleanText } from '../../vietnamese.ts';
import { keyUnreadable, promptUnreadable, stemProblems } from '../shapes.ts';
import { acceptedNumbers, isNumericKey, type NumericKey, numericKeyProblems, shareOfNumber } from './key.ts';
import { isNumericPrompt, NUMERIC_MAX, type NumericPrompt } from './prompt.ts';
import { formatNumber, readingsOf } from './readings.ts';

/** Nothing longer is even cleaned. */
const RAW_MAX = 4 * NUMERIC_MAX;

function normalise(_prompt: NumericPrompt, value: unknown): string | null | undefined {
  if (value === null) return null;
  if (typeof value !== 'string' || value.length > RAW_MAX) return undefined;
  const text = cleanText(value);
  if (text.length > NUMERIC_MAX) return undefined;
  return text === '' ? null : text;
}

function grade({ unit }: NumericPrompt, key: NumericKey | null, answer: string | null): number {
  return key === null || answer === null ? 0 : shareOfTypedNumber(unit, key, answer);
}

/** Share that a text earns, by whichever of its readings earns most. */
export function shareOfTypedNumber(unit: string, key: NumericKey, answer: string): number {
  return Math.max(0, ...readingsOf(answer, unit).map((reading) => shareOfNumber(key, reading)));
}

/** A right answer as people write it; a range with both ends. */
export function exampleNumber(key: NumericKey): string | null {
  const [first] = acceptedNumbers(key);
  if (first === undefined) return null;
  if ('value' in first) return formatNumber(first.value);
  return `${formatNumber(first.from)} – ${formatNumber(first.to)}`;
}

export const grading: Grading<NumericPrompt, NumericKey, string> = {
  kind: 'numeric',
  check(prompt, key) {
    if (!isNumericPrompt(prompt)) return promptUnreadable;
    if (key === null) return stemProblems(prompt.stem);
    if (!isNumericKey(key)) return [...stemProblems(prompt.stem), ...keyUnreadable];
    return [...stemProblems(prompt.stem), ...numericKeyProblems(key)];
  },
  shuffleable: () => 0,
  arrange: (prompt) => prompt,
  normalise,
  grade,
  reveal: (_prompt, key) => (key === null ? null : exampleNumber(key)),
};
