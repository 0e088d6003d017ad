/** The number that an entrant goes by where names are not shown ("số báo danh"): a counter that has gone through a permutation. */
import type { Secrets } from '../platform/secrets.ts';

/** The first nine million entrants have seven digits, the next ninety million eight, and so on: none begins with a zero. */
const SMALLEST = 1_000_000;

/** `count`: 1 for the first. No two counts of a contest have the same number. */
export function entryNumber(secrets: Secrets, contestId: number, count: number): number {
  let [smallest, before] = [SMALLEST, 0];
  while (count - 1 - before >= 9 * smallest) {
    before += 9 * smallest;
    smallest *= 10;
  }
  const permutation = secrets.permutation(`entry/${contestId}`, 9 * smallest);
  return smallest + permutation.forward(count - 1 - before);
}
