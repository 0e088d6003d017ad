/** An information between questions: something to read, nothing to answer, no marks. Its key is always null. */
import { isStemmed } from '../shapes.ts';

export type InfoPrompt = { readonly stem: string; readonly rich?: boolean };

/** Whether the value can be shown as an information. */
export function isInfoPrompt(value: unknown): value is InfoPrompt {
  return isStemmed(value);
}
