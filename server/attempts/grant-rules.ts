/**
 * Attempts that are granted in place of annulled ones: each has a window of its own, which may lie after the round's. Pure.
 *
 * An attempt that was annulled several times gives one window, the longest of those that stand. What somebody starts after
 * the round's close takes a window up; which one is chosen so that what is left is as long as it can be.
 */

/** One annulment that stands (it was not taken back) and grants another attempt. */
export interface Granting {
  /** Key of the attempt that it annulled. */
  readonly attempt: number;
  /** When it was decided, and until when another attempt may be started; ms since epoch. */
  readonly from: number;
  readonly until: number;
}

/** An attempt of the person in the round. */
interface Started {
  readonly startedAt: number;
  /** Annulled ones take nothing up. */
  readonly annulled: boolean;
}

interface Window {
  readonly from: number;
  readonly until: number;
}

/** Until when the person may start one more attempt after the close; null: not at all. `now` is at or after `closesAt`. */
export function grantedUntil(
  grantings: readonly Granting[],
  attempts: readonly Started[],
  closesAt: number,
  now: number,
): number | null {
  const free = windowsOf(grantings);
  const retakes = attempts
    .filter(({ annulled, startedAt }) => !annulled && startedAt >= closesAt)
    .map(({ startedAt }) => startedAt)
    .sort((a, b) => a - b);
  for (const at of retakes) take(free, at);
  const left = free.filter((window) => isWithin(window, now)).map(({ until }) => until);
  return left.length === 0 ? null : Math.max(...left);
}

/** One for each attempt, from the first decision to the last end. */
function windowsOf(grantings: readonly Granting[]): Window[] {
  const byAttempt = Map.groupBy(grantings, ({ attempt }) => attempt);
  return [...byAttempt.values()].map((same) => ({
    from: Math.min(...same.map(({ from }) => from)),
    until: Math.max(...same.map(({ until }) => until)),
  }));
}

function isWithin({ from, until }: Window, at: number): boolean {
  return from <= at && at < until;
}

/** Of the windows that were open at a start, the one that ends first is taken up. */
function take(free: Window[], at: number): void {
  const open = free.filter((window) => isWithin(window, at)).sort((a, b) => a.until - b.until);
  const [first] = open;
  if (first !== undefined) free.splice(free.indexOf(first), 1);
}
