/** Public part of an ordering question: items to be put in order. Papers always show them shuffled. */
import { isStemmed, isTexts } from '../shapes.ts';

export type OrderingPrompt = {
  readonly stem: string;
  readonly rich?: boolean;
  readonly items: readonly string[];
};

/** Positions as shown on the paper, in the order that the citizen gave them; each exactly once. */
export type OrderingAnswer = readonly number[];

export const ORDERING_MAX = 20;

/** Whether the value can be shown as an ordering question. */
export function isOrderingPrompt(value: unknown): value is OrderingPrompt {
  return isStemmed(value) && isTexts(value.items);
}
