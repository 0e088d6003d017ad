/** Public part of a true/false question: one statement. The answer is a boolean; `false` is an answer, a blank is not. */
import { isStemmed } from '../shapes.ts';

export type TrueFalsePrompt = { readonly stem: string; readonly rich?: boolean };

/** Whether the value can be shown as a true/false question. */
export function isTrueFalsePrompt(value: unknown): value is TrueFalsePrompt {
  return isStemmed(value);
}
