/** The last page before the paper: what the round is like, how much time is really left, its code, the start. */

import { clock } from '../api/clock.ts';
import type { PublicRound } from '../api/contests.ts';
import { myRounds } from '../api/my-rounds.ts';
import { Submission } from '../api/submission.svelte.ts';
import { handOver } from '../attempt/handed-over.ts';
import { contest } from '../messages/contest.ts';
import type { ContestModel } from './contest.svelte.ts';
import { grantedIn, type NextStep, stepIn } from './next-step.ts';

export class RoundModel {
  readonly contest: ContestModel;
  readonly number: string;
  code = $state('');
  readonly submission = new Submission();

  constructor(contest: ContestModel, number: string) {
    this.contest = contest;
    this.number = number;
  }

  get round(): PublicRound | null {
    return this.contest.round(this.number);
  }

  /** What this person may do in this round; null until it is known. */
  get step(): NextStep | null {
    const { round, contest } = this;
    const next = contest.next;
    const mine = contest.mine.value;
    if (round === null || next === null) return null;
    const running = mine?.attempts.find((attempt) => attempt.state === 'open');
    if (running !== undefined) return { do: 'resume', attempt: running };
    if (round.state === 'soon') return { do: 'wait', round };
    if (round.state !== 'open') return (mine === null ? null : grantedIn(round, mine)) ?? { do: 'results' };
    return mine === null || mine.entry.entry === null ? { do: 'enter' } : stepIn(round, mine);
  }

  /** Time for an attempt started now, ms: shorter near the end of the round, or of a window of one's own. */
  timeLeftMs(round: PublicRound): number {
    const { step } = this;
    const endsAt = step?.do === 'again' ? step.until : round.closesAt;
    return Math.min(round.durationMs, endsAt - clock.now());
  }

  /** Starts the attempt, or gets the one that an earlier press started. Its id, or null when it was refused. */
  async begin(): Promise<string | null> {
    const round = this.round;
    if (round === null) return null;
    const number = this.contest.mine.value?.rounds.get(round.id)?.next ?? 1;
    const code = round.entry.code ? { code: this.code.trim() } : {};
    const done = await this.submission.run(() => myRounds.start(round.id, { number, ...code }), {
      code: round.entry.code && this.code.trim() === '' ? () => contest.codeMissing : undefined,
    });
    if (done === null) return null;
    handOver(done.reply);
    return done.reply.id;
  }
}
