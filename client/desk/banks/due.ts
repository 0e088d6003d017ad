/** By when a review is wanted, as editors say it: in so many days. */
import { bankWork as t } from '../../messages/desk-bank-work.ts';

export type DueIn = 'none' | '1' | '3' | '7' | '14';
const dues: readonly DueIn[] = ['none', '1', '3', '7', '14'];
const DAY_MS = 86_400_000;

export const dueOptions = (): { value: DueIn; label: string }[] =>
  dues.map((value) => ({ value, label: t.dueIn[value] }));

/** ms since epoch; null: whenever. */
export function dueAt(due: DueIn, now: number): number | null {
  return due === 'none' ? null : Math.round(now) + Number(due) * DAY_MS;
}
