/** Secret part of an ordering question. Server only. */
import type { Problem } from '../../grading.ts';
import { isNumbers, isRecord } from '../shapes.ts';
import type { OrderingPrompt } from './prompt.ts';

export type OrderingKey = {
  /** Original indexes of the items in the right order, each exactly once. */
  readonly order: readonly number[];
  /** `exact` (the default): all or nothing. `adjacent`: neighbours of the right order that follow each other / all such neighbours. */
  readonly scoring?: 'exact' | 'adjacent';
};

/** Whether the value can be used as a key. */
export function isOrderingKey(value: unknown): value is OrderingKey {
  if (!isRecord(value)) return false;
  const { order, scoring } = value;
  return isNumbers(order) && (scoring === undefined || scoring === 'exact' || scoring === 'adjacent');
}

/** What is wrong with the key of this prompt. */
export function orderingKeyProblems({ items }: OrderingPrompt, { order }: OrderingKey): readonly Problem[] {
  if (order.length === items.length && items.every((_, i) => order.includes(i))) return [];
  return [
    {
      at: 'order',
      vi: 'Thứ tự đúng phải gồm mọi mục, mỗi mục một lần.',
      en: 'The right order must hold every item exactly once.',
    },
  ];
}
