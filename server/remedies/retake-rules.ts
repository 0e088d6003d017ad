/**
 * What becomes of attempts that were granted in place of annulled ones when these are given back. They stay on record; beside
 * the attempt that counts again they count only as far as the round allows so many attempts anyway, so that nobody has more
 * goes than the others. The latest ones give way. Pure.
 */
import { localDay } from '../attempts/quota-rules.ts';
import type { RoundSettings } from '../contracts/contest-settings.ts';

/** An attempt of the person in the round, as it would be when the annulment no longer stands. */
export interface Taken {
  readonly id: number;
  readonly startedAt: number;
  readonly standing: 'counts' | 'annulled' | 'setAside';
}

interface RoundOfRetakes {
  readonly closesAt: number;
  readonly settings: Pick<RoundSettings, 'attemptsAllowed' | 'attemptsPer'>;
}

/** Ids of the retakes that no longer count. `since`: when the annulment was decided; what was started from then on is a retake. */
export function surplusRetakes(
  { closesAt, settings }: RoundOfRetakes,
  attempts: readonly Taken[],
  since: number,
): readonly number[] {
  const counted = attempts.filter(({ standing }) => standing === 'counts');
  const granted = attempts.filter(({ standing }) => standing === 'annulled').length;
  const isByDay = settings.attemptsPer === 'day';
  // After the close no day allows any more: there only what stands in place of an attempt that stays annulled counts.
  const shares = Map.groupBy(counted, ({ startedAt }) =>
    isByDay ? (startedAt < closesAt ? localDay(startedAt) : 'afterwards') : 'round',
  );
  return [...shares].flatMap(([share, same]) => {
    const allowed = share === 'afterwards' ? granted : settings.attemptsAllowed;
    const surplus = Math.max(0, same.length - allowed);
    return same
      .filter(({ startedAt }) => startedAt >= since)
      .sort((a, b) => b.startedAt - a.startedAt)
      .slice(0, surplus)
      .map(({ id }) => id);
  });
}
