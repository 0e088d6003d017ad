/**
 * Ordering questions of a paper: items with letters or numbers, and a key that has each of them once: "c - a - b". They are
 * told by that key alone, where the question asks for an order or the line of the key says so; the line may be left to be filled in.
 */
import { fold } from '../vietnamese.ts';
import type { StyledText } from './styled-text.ts';
import type { Labelled } from './word-labels.ts';
import { listInLines, type PairItem } from './word-pairs.ts';
import type { PaperQuestion } from './word-paper.ts';
import { asksOrder } from './word-patterns.ts';

export interface OrderedItems {
  /** What stands above the items. */
  readonly stem: StyledText;
  readonly items: readonly PairItem[];
  /** What each source of a key says: indexes of items in the right order. */
  readonly orders: readonly (readonly number[])[];
}

/** Items and their order; null: the question is another one. `cut`: its body by letters. */
export function orderedItems(question: PaperQuestion, whole: StyledText, cut: Labelled): OrderedItems | null {
  const said = [...question.keys.map(({ line }) => line), ...question.answers];
  const isAsked = question.isOrdered || question.body.some(({ text }) => asksOrder(text));
  if (!isAsked) return null;
  if (said.length === 0) return question.isOrdered ? unkeyed(cut) : null;
  const lettered = cut.parts.map(({ letter, text }) => ({ label: letter.toLowerCase(), text }));
  const numbered = listInLines(whole);
  const lists = [{ stem: cut.stem, items: lettered }, ...(numbered === null ? [] : [numbered])];
  for (const { stem, items } of lists) {
    const labels = items.map(({ label }) => label);
    const orders = said.flatMap((text) => orderIn(text, labels) ?? []);
    if (orders.length === said.length) return { stem, items, orders: orders.map(({ order }) => order) };
  }
  return null;
}

/** "Thứ tự đúng: ……" below items with small letters: their order is not given. */
function unkeyed({ stem, parts }: Labelled): OrderedItems | null {
  const items = parts.map(({ letter, text }) => ({ label: letter, text }));
  return items.length > 1 && items.every(({ label }) => /[a-z]/.test(label))
    ? { stem, items, orders: [] }
    : null;
}

/** "c - a - b" → indexes; null: it does not have each label once. */
function orderIn(text: string, labels: readonly string[]): { readonly order: readonly number[] } | null {
  const named = fold(text)
    .split(/[\s\-–—→⇒>,;.()]+/u)
    .filter((label) => label !== '');
  const order = named.map((label) => labels.indexOf(label));
  const isWhole =
    labels.length > 1 && order.length === labels.length && labels.every((_, i) => order.includes(i));
  return isWhole ? { order } : null;
}
