/** Public part of a true/false question: one statement. The answer is a boolean; `false` is an answer, a blank is not. */
import { isRecord } from '../shapes.ts';

export type TrueFalsePrompt = { readonly stem: string };

/** Whether the value can be shown as a true/false question. */
export function isTrueFalsePrompt(value: unknown): value is TrueFalsePrompt {
  return isRecord(value) && typeof value.stem === 'string';
}
