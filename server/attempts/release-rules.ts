/** When results, keys and explanations may be shown. Pure. */
import type { RoundSettings } from '../contracts/contest-settings.ts';

/** Moments from which each part may be shown, ms; null = not (or not yet known). */
export interface Release {
  readonly result: number | null;
  readonly keys: number | null;
  readonly explanations: number | null;
}

/**
 * `submittedAt` null while the attempt is open: nothing is shown then. "close" means that the round is settled: its window
 * is over and no attempt is open any more, so nobody can still use what is shown.
 */
export function releaseOf(
  settings: Pick<RoundSettings, 'release'>,
  submittedAt: number | null,
  settledAt: number | null,
): Release {
  const moment = (when: 'submit' | 'close' | 'never'): number | null => {
    if (submittedAt === null || when === 'never') return null;
    return when === 'submit' ? submittedAt : settledAt;
  };
  const { result, keys, explanations } = settings.release;
  return { result: moment(result), keys: moment(keys), explanations: moment(explanations) };
}

/** Whether a moment of release has come. */
export function isReleased(at: number | null, now: number): boolean {
  return at !== null && at <= now;
}
