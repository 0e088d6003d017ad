/**
 * What the public may read off a board while somebody still predicts it. A place far down counts those above it: the last
 * one's rank is the number of entrants, the first rank after everybody with all right is their number, and shares say the
 * same. So only the leaders' ranks are told until the close, and within a unit fewer, since units add up. Pure.
 */
import type { Hidden } from './specs.ts';

/** Leaders whose lines and ranks everybody sees. */
export const OPEN_LINES = 100;
/** The same within one unit. */
export const OPEN_LINES_IN_UNIT = 10;

/** How many leaders are told; infinity when nothing is hidden. */
export function reachOf(hidden: Hidden, scope: 'all' | 'unit'): number {
  if (hidden === 'nothing') return Number.POSITIVE_INFINITY;
  return scope === 'all' ? OPEN_LINES : OPEN_LINES_IN_UNIT;
}

/** A rank as it may be told; null: beyond the leaders. */
export function toldRank(rank: number, reach: number): number | null {
  return rank <= reach ? rank : null;
}

/** Lines on each side of a rank that may be shown with it; null: not even its own. */
export function toldAround(
  rank: number,
  reach: number,
  each: number,
): { readonly before: number; readonly after: number } | null {
  if (rank > reach) return null;
  return { before: each, after: Math.max(0, Math.min(each, reach - rank)) };
}
