/** Public part of a short text question: a word, a name or a phrase to be typed. The answer is the text, cleaned. */
import { isStemmed } from '../shapes.ts';

export type ShortTextPrompt = { readonly stem: string; readonly rich?: boolean };

/** Longest answer, in UTF-16 units after cleaning. */
export const SHORT_TEXT_MAX = 500;

/** Whether the value can be shown as a short text question. */
export function isShortTextPrompt(value: unknown): value is ShortTextPrompt {
  return isStemmed(value);
}
