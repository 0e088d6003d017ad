/** Grading of short text questions. */
import type { Grading } from '../../grading.ts';
import { cleanText } from '../../vietnamese.ts';
import { keyUnreadable, promptUnreadable, stemProblems } from '../shapes.ts';
import { exampleOf, isShortTextKey, type ShortTextKey, shareOfText, shortTextKeyProblems } from './key.ts';
import { isShortTextPrompt, SHORT_TEXT_MAX, type ShortTextPrompt } from './prompt.ts';

/** Nothing longer is even cleaned. */
const RAW_MAX = 4 * SHORT_TEXT_MAX;

function normalise(_prompt: ShortTextPrompt, value: unknown): string | null | undefined {
  if (value === null) return null;
  if (typeof value !== 'string' || value.length > RAW_MAX) return undefined;
  const text = cleanText(value);
  if (text.length > SHORT_TEXT_MAX) return undefined;
  return text === '' ? null : text;
}

export const grading: Grading<ShortTextPrompt, ShortTextKey, string> = {
  kind: 'shortText',
  check(prompt, key) {
    if (!isShortTextPrompt(prompt)) return promptUnreadable;
    if (key === null) return stemProblems(prompt.stem);
    if (!isShortTextKey(key)) return [...stemProblems(prompt.stem), ...keyUnreadable];
    return [...stemProblems(prompt.stem), ...shortTextKeyProblems(key)];
  },
  shuffleable: () => 0,
  arrange: (prompt) => prompt,
  normalise,
  grade: (_prompt, key, answer) => (key === null || answer === null ? 0 : shareOfText(key, answer)),
  reveal: (_prompt, key) => (key === null ? null : exampleOf(key)),
};
