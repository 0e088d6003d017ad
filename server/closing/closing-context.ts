/** What the parts of closing share, and the contests that somebody may close. */

import type { OpenContests } from '../contests/open-contests.ts';
import { type ContestStore, type RoundRow, stateOf, type WholeContest } from '../contests/store.ts';
import type { Context } from '../context.ts';
import type { Boards } from '../leaderboards/boards.ts';
import type { Identity } from '../platform/access.ts';
import { AppError } from '../platform/errors.ts';
import type { Units } from '../units/units.ts';

export interface ClosingContext {
  readonly context: Context;
  readonly boards: Pick<Boards, 'get' | 'catchUp' | 'refresh'>;
  readonly units: Units;
  readonly contests: ContestStore;
  /** Published contests as this node has them in memory. */
  readonly open: OpenContests;
  isOrganiser(contestId: number, personId: number): Promise<boolean>;
}

/** Who gives a command, from where. */
export interface By {
  readonly who: Identity;
  readonly address: string;
  readonly now: number;
}

/** A contest of one's own; throws `notFound`, `auth.forbidden`. */
export async function ownContest(closing: ClosingContext, uid: string, who: Identity): Promise<WholeContest> {
  const whole = await closing.contests.byUid(uid);
  const mine = who.roles.has('admin') || (await closing.isOrganiser(whole.contest.id, who.personId));
  if (!mine) throw new AppError('auth.forbidden');
  return whole;
}

/** One board of a contest: a round's, or the whole contest's (`round` null). */
export interface BoardOf {
  readonly key: string;
  readonly title: string;
  readonly round: RoundRow | null;
}

export function roundBoard(round: RoundRow): BoardOf {
  return { key: `round-${round.uid}`, title: round.title, round };
}

/** Boards of a published contest, rounds first. */
export function boardsOf({ contest, rounds }: WholeContest): readonly BoardOf[] {
  if (stateOf(contest) === 'draft') return [];
  const whole =
    contest.settings.overall && rounds.length > 1
      ? [{ key: `contest-${contest.uid}`, title: contest.title, round: null }]
      : [];
  return [...rounds.map(roundBoard), ...whole];
}

/** Throws `notFound`. */
export function boardOf(whole: WholeContest, key: string): BoardOf {
  const board = boardsOf(whole).find((one) => one.key === key);
  if (board === undefined) throw new AppError('notFound');
  return board;
}
