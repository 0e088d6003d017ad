/** Fractions of options ↔ the key of a choice question. */
import type { ChoiceKey } from '../../kinds/choice/key.ts';

/** Files write thirds as 33.33333. */
const CLOSE = 1e-4;
const DIGITS = 1e7;

/** Percent of a file → share, without the noise of a division. */
export function shareOfPercent(percent: number): number {
  return Math.round((percent / 100) * DIGITS) / DIGITS;
}

/** Share → percent with five decimals, as platforms write it. */
export function percentOfShare(share: number): string {
  return String(Number((share * 100).toFixed(5)));
}

function isClose(a: number, b: number): boolean {
  return Math.abs(a - b) < CLOSE;
}

/** The key that these fractions mean; null when no option earns anything: not given. `single`: one option can be chosen. */
export function choiceKeyOf(
  fractions: readonly number[],
  single: boolean,
): Omit<ChoiceKey, 'feedback'> | null {
  const right = fractions.flatMap((fraction, index) => (fraction > 0 ? [index] : []));
  if (right.length === 0) return null;
  if (single && right.length === 1 && fractions.every((fraction) => fraction === 0 || fraction === 1))
    return { right, scoring: 'allOrNothing' };
  const each = 1 / right.length;
  const isShare = fractions.every((fraction) => isClose(fraction, fraction > 0 ? each : -each));
  if (!single && isShare) return { right, scoring: 'share' };
  return { right, scoring: 'weights', weights: fractions };
}

/** Fractions for a key; all 0 where there is none. */
export function fractionsOf(key: ChoiceKey | null, options: number, single: boolean): readonly number[] {
  const places = Array.from({ length: options }, (_, index) => index);
  if (key === null) return places.map(() => 0);
  const { weights } = key;
  if (key.scoring === 'weights' && weights !== undefined) return places.map((index) => weights[index] ?? 0);
  if (single) return places.map((index) => (key.right[0] === index ? 1 : 0));
  const each = 1 / Math.max(1, key.right.length);
  return places.map((index) => (key.right.includes(index) ? each : -each));
}
