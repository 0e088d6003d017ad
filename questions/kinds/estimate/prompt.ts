/** Public part of an estimate: a number that nobody has to know exactly. The answer is the text as typed. */
import { isStemmed } from '../shapes.ts';

export type EstimatePrompt = {
  readonly stem: string;
  readonly rich?: boolean;
  /** Shown behind the field, e.g. "người"; may be typed along; empty: none. */
  readonly unit: string;
};

/** Longest answer, in UTF-16 units after cleaning. */
export const ESTIMATE_MAX = 40;

/** Whether the value can be shown as an estimate. */
export function isEstimatePrompt(value: unknown): value is EstimatePrompt {
  return isStemmed(value) && typeof value.unit === 'string';
}
