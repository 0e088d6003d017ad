/** What becomes of two people's attempts when they turn out to be one person. Pure. */
import type { RoundSettings } from '../contracts/contest-settings.ts';

/** An attempt of either. */
export interface MergedAttempt {
  readonly id: number;
  readonly roundId: number;
  readonly personId: number;
  readonly number: number;
  readonly state: number;
  readonly startedAt: number;
}

export interface MergePlan {
  /** Attempts of the other one, with the number that they get. */
  readonly moved: readonly { readonly attempt: MergedAttempt; readonly number: number }[];
  /** Attempts beyond what a round allows, of either: the latest ones. They no longer count. */
  readonly dropped: ReadonlySet<number>;
}

type Limits = Pick<RoundSettings, 'attemptsAllowed' | 'attemptsPer'>;

const ANNULLED = 4;
const DAY_MS = 86_400_000;
const HANOI_MS = 7 * 3_600_000;

/** `limitsOf`: of a round by its key. */
export function planMerge(
  attempts: readonly MergedAttempt[],
  keep: number,
  limitsOf: (roundId: number) => Limits,
): MergePlan {
  const moved: { attempt: MergedAttempt; number: number }[] = [];
  const dropped = new Set<number>();
  for (const [roundId, all] of Map.groupBy(attempts, (attempt) => attempt.roundId)) {
    let last = all.reduce((most, one) => (one.personId === keep ? Math.max(most, one.number) : most), 0);
    const others = all.filter(({ personId }) => personId !== keep).sort((a, b) => a.number - b.number);
    for (const attempt of others) moved.push({ attempt, number: ++last });
    for (const id of beyond(all, limitsOf(roundId))) dropped.add(id);
  }
  return { moved, dropped };
}

/** Attempts that one person could not have had, by the round's own count; those that were annulled never counted. */
function beyond(attempts: readonly MergedAttempt[], { attemptsAllowed, attemptsPer }: Limits): number[] {
  const counted = attempts
    .filter(({ state }) => state !== ANNULLED)
    .sort((a, b) => a.startedAt - b.startedAt || a.id - b.id);
  const spans = Map.groupBy(counted, ({ startedAt }) =>
    attemptsPer === 'round' ? 0 : Math.floor((startedAt + HANOI_MS) / DAY_MS),
  );
  return [...spans.values()].flatMap((span) => span.slice(attemptsAllowed).map(({ id }) => id));
}
