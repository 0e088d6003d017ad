/** Grading of ordering questions: exactly right, or by neighbours that follow each other as they should. */
import type { Grading } from '../../grading.ts';
import {
  inOrder,
  keyUnreadable,
  originalPlace,
  partProblems,
  promptUnreadable,
  shownPlace,
  stemProblems,
} from '../shapes.ts';
import { isOrderingKey, type OrderingKey, orderingKeyProblems } from './key.ts';
import { isOrderingPrompt, ORDERING_MAX, type OrderingAnswer, type OrderingPrompt } from './prompt.ts';

function normalise({ items }: OrderingPrompt, value: unknown): OrderingAnswer | null | undefined {
  if (value === null) return null;
  if (!Array.isArray(value) || value.length !== items.length || items.length === 0) return undefined;
  const places: number[] = [];
  for (const place of value) {
    if (!Number.isInteger(place) || place < 0 || place >= items.length || places.includes(place))
      return undefined;
    places.push(place);
  }
  return places;
}

function grade(
  _prompt: OrderingPrompt,
  key: OrderingKey | null,
  answer: OrderingAnswer | null,
  order: readonly number[],
): number {
  if (key === null || answer === null) return 0;
  const given = answer.map((shown) => originalPlace(order, shown));
  if (given.length === key.order.length && given.every((item, i) => item === key.order[i])) return 1;
  if (key.scoring !== 'adjacent' || key.order.length < 2) return 0;
  let together = 0;
  for (let i = 1; i < key.order.length; i++) {
    const before = given.indexOf(key.order[i - 1] ?? -1);
    if (before >= 0 && given[before + 1] === key.order[i]) together += 1;
  }
  return together / (key.order.length - 1);
}

export const grading: Grading<OrderingPrompt, OrderingKey, OrderingAnswer> = {
  kind: 'ordering',
  isAlwaysShuffled: true,
  check(prompt, key) {
    if (!isOrderingPrompt(prompt)) return promptUnreadable;
    const problems = [
      ...stemProblems(prompt.stem),
      ...partProblems('items', prompt.items, { min: 2, max: ORDERING_MAX, distinct: true }),
    ];
    if (key === null) return problems;
    if (!isOrderingKey(key)) return [...problems, ...keyUnreadable];
    return [...problems, ...orderingKeyProblems(prompt, key)];
  },
  shuffleable: ({ items }) => items.length,
  arrange: (prompt, order) => ({ ...prompt, items: inOrder(prompt.items, order) }),
  normalise,
  grade,
  reveal: (_prompt, key, order) => (key === null ? null : key.order.map((item) => shownPlace(order, item))),
};
