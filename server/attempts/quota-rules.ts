/** How many attempts a person has left. Pure. */
import type { RoundSettings } from '../contracts/contest-settings.ts';

const DAY_MS = 86_400_000;
/** UTC+7 all year. */
const HANOI_MS = 7 * 3_600_000;

/** Number of the day in Hà Nội. */
export const localDay = (at: number): number => Math.floor((at + HANOI_MS) / DAY_MS);

/** Annulled attempts (state 4) do not count against anybody. */
export function quotaLeft(
  settings: Pick<RoundSettings, 'attemptsAllowed' | 'attemptsPer'>,
  attempts: readonly { readonly startedAt: number; readonly state: number }[],
  now: number,
): number {
  const counted = attempts.filter(
    ({ state, startedAt }) =>
      state !== 4 && (settings.attemptsPer === 'round' || localDay(startedAt) === localDay(now)),
  );
  return Math.max(0, settings.attemptsAllowed - counted.length);
}
