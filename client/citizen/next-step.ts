/** What somebody should do next in a contest: the one red button of its page. Pure. */
import type { Bar, ContestPage, EntryReply, PublicRound } from '../api/contests.ts';
import type { MyAttempt, MyRoundReply } from '../api/my-rounds.ts';

/** What is known about the reader; null: nobody is signed in. */
export interface Mine {
  readonly entry: EntryReply;
  /** Of this contest, the newest first. */
  readonly attempts: readonly MyAttempt[];
  /** For the open rounds, and those in which an attempt was annulled, by id. */
  readonly rounds: ReadonlyMap<string, MyRoundReply>;
}

export type NextStep =
  | { readonly do: 'resume'; readonly attempt: MyAttempt }
  | { readonly do: 'enter' }
  | { readonly do: 'start'; readonly round: PublicRound; readonly left: number }
  /** The round has closed, but another attempt was granted to this person. */
  | { readonly do: 'again'; readonly round: PublicRound; readonly until: number }
  | { readonly do: 'barred'; readonly round: PublicRound; readonly bars: readonly Bar[] }
  /** No attempt left; `last` is the newest one of the round. */
  | { readonly do: 'used'; readonly round: PublicRound; readonly last: MyAttempt | null }
  | { readonly do: 'wait'; readonly round: PublicRound }
  | { readonly do: 'results' };

type Contest = Pick<ContestPage, 'archived' | 'rounds'>;

/** An attempt in progress comes first, then one that was granted, then entering, then the open round that closes first. */
export function nextStep(contest: Contest, mine: Mine | null): NextStep {
  const running = mine?.attempts.find((attempt) => attempt.state === 'open');
  if (running !== undefined) return { do: 'resume', attempt: running };
  const again = mine === null ? [] : contest.rounds.flatMap((round) => grantedIn(round, mine) ?? []);
  const [first] = again.sort((a, b) => a.until - b.until);
  if (first !== undefined && !contest.archived) return first;
  const open = roundsIn(contest, 'open').sort((a, b) => a.closesAt - b.closesAt);
  const soon = roundsIn(contest, 'soon').sort((a, b) => a.opensAt - b.opensAt);
  if (contest.archived || open.length + soon.length === 0) return { do: 'results' };
  if (mine === null || mine.entry.entry === null) return { do: 'enter' };
  const steps = open.map((round) => stepIn(round, mine));
  const start = steps.find((step) => step.do === 'start') ?? steps[0];
  if (start !== undefined) return start;
  const [next] = soon;
  return next === undefined ? { do: 'results' } : { do: 'wait', round: next };
}

function roundsIn({ rounds }: Contest, state: PublicRound['state']): PublicRound[] {
  return rounds.filter((round) => round.state === state);
}

/** Whether a round that has closed may be taken again, and until when it can be started. */
export function grantedIn(
  round: PublicRound,
  mine: Mine,
): Extract<NextStep, { readonly do: 'again' }> | null {
  const own = mine.rounds.get(round.id);
  const hasClosed = round.state !== 'open' && round.state !== 'soon';
  if (!hasClosed || own === undefined || own.next === null || own.until === null) return null;
  return { do: 'again', round, until: own.until };
}

/** What an open round has for somebody who entered. */
export function stepIn(round: PublicRound, mine: Mine): NextStep {
  const bars = mine.entry.rounds.find(({ id }) => id === round.id)?.bars ?? [];
  if (bars.length > 0) return { do: 'barred', round, bars };
  const own = mine.rounds.get(round.id);
  if (own !== undefined && own.next === null)
    return { do: 'used', round, last: mine.attempts.find((attempt) => attempt.round === round.id) ?? null };
  return { do: 'start', round, left: own?.left ?? round.attemptsAllowed };
}
