/** Questions that a person was asked before in the contest. (What other rounds ask is kept apart by the rounds' shares.) */
import { type Papers, paperOf } from './papers.ts';
import type { RoundInForce, Rounds } from './rounds.ts';
import type { AttemptRow } from './store.ts';

/** Keys of the rounds that a start in this one looks back at: itself, and those of its contest that have opened when papers leave out what was seen. */
export function lookedBackAt(
  rounds: Pick<Rounds, 'ofContest'>,
  round: RoundInForce,
  now: number,
): readonly number[] {
  if (!round.settings.blueprint.leaveOutSeen) return [round.id];
  const others = rounds
    .ofContest(round.contestId)
    .filter(({ id, opensAt }) => id !== round.id && opensAt <= now);
  return [round.id, ...others.map(({ id }) => id)];
}

/** Ids of the questions that the papers of these attempts asked. */
export async function seenIn(papers: Papers, attempts: readonly AttemptRow[]): Promise<ReadonlySet<number>> {
  const seen = new Set<number>();
  for (const { paper } of attempts) {
    for (const { questionId } of await papers.versionsOf(paperOf(paper))) seen.add(questionId);
  }
  return seen;
}
