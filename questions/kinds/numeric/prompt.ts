/** Public part of a numeric question. The answer is the text as typed, so that a review can show what somebody meant. */
import { isStemmed } from '../shapes.ts';

export type NumericPrompt = {
  readonly stem: string;
  readonly rich?: boolean;
  /** Shown behind the field, e.g. "%", "tỷ đồng"; may be typed along; empty: none. */
  readonly unit: string;
};

/** Longest answer, in UTF-16 units after cleaning. */
export const NUMERIC_MAX = 40;

/** Whether the value can be shown as a numeric question. */
export function isNumericPrompt(value: unknown): value is NumericPrompt {
  return isStemmed(value) && typeof value.unit === 'string';
}
