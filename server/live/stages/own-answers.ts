/** Answers to what stages ask themselves (polls, clouds), normalised like those of question kinds. */

import { isRecord } from '../../../questions/kinds/shapes.ts';
import type { Json } from '../../../questions/question.ts';
import { cleanText } from '../../../questions/vietnamese.ts';
import { unfitText } from '../name-rules.ts';

/** Shown positions, ascending, each once; undefined when they do not fit the prompt. */
export function normaliseChosen(prompt: Json, value: unknown): Json | undefined {
  if (!isRecord(prompt)) return undefined;
  const { options, multiple } = prompt;
  if (!Array.isArray(options) || !Array.isArray(value)) return undefined;
  const positions = new Set<number>();
  for (const position of value) {
    if (!Number.isInteger(position) || position < 0 || position >= options.length) return undefined;
    positions.add(position);
  }
  if (positions.size === 0 || (multiple !== true && positions.size > 1)) return undefined;
  return [...positions].sort((a, b) => a - b);
}

/** Cleaned texts, each once; unfit words are left out. Undefined when nothing is left or there are too many. */
export function normaliseWords(prompt: Json, value: unknown): Json | undefined {
  if (!isRecord(prompt)) return undefined;
  const { words, length } = prompt;
  if (!Array.isArray(value) || typeof words !== 'number' || typeof length !== 'number') return undefined;
  if (value.length > words) return undefined;
  const texts = new Set<string>();
  for (const text of value) {
    if (typeof text !== 'string' || text.length > 4 * length) return undefined;
    const clean = cleanText(text);
    if ([...clean].length > length) return undefined;
    if (clean !== '' && !unfitText(clean)) texts.add(clean);
  }
  return texts.size === 0 ? undefined : [...texts];
}
