/** What organisers see of their own contests. */
import { standingOf } from '../closing/standing-rules.ts';
import type { CheckReply, DeskContest, DeskContestCard, DeskRound } from '../contracts/contest-desk.ts';
import { hasOpened } from './change-rules.ts';
import type { Organiser } from './staff-store.ts';
import { firstOpening, lastClosing, phaseOf, roundState } from './state-rules.ts';
import { type RoundRow, stateOf, type WholeContest } from './store.ts';

interface RecordedOutage {
  readonly roundId: number | null;
  readonly fromAt: number;
  readonly toAt: number;
}

/** What stands around the rows. */
export interface AroundContest {
  readonly organisers: readonly Organiser[];
  readonly entries: number;
  readonly check: CheckReply;
  readonly outages: readonly RecordedOutage[];
}

export function presentDeskCard({ contest, rounds }: WholeContest, now: number): DeskContestCard {
  const { uid, slug, title, version } = contest;
  const dated = rounds.length > 0;
  return {
    id: uid,
    slug,
    title,
    state: stateOf(contest),
    phase: phaseOf(rounds, now),
    opensAt: dated ? firstOpening(rounds) : null,
    closesAt: dated ? lastClosing(rounds) : null,
    rounds: rounds.length,
    version,
  };
}

export function presentDeskContest(whole: WholeContest, around: AroundContest, now: number): DeskContest {
  const { contest, rounds } = whole;
  return {
    id: contest.uid,
    version: contest.version,
    state: stateOf(contest),
    title: contest.title,
    slug: contest.slug,
    summary: contest.summary,
    page: contest.page,
    image: contest.imageId,
    settings: contest.settings,
    rounds: rounds.map((round) => presentDeskRound(whole, round, around.outages, now)),
    organisers: around.organisers.map(({ uid, name, creator }) => ({ id: uid, name, creator })),
    entries: around.entries,
    publishedAt: contest.publishedAt,
    check: around.check,
  };
}

function presentDeskRound(
  { contest }: WholeContest,
  round: RoundRow,
  outages: readonly RecordedOutage[],
  now: number,
): DeskRound {
  const published = stateOf(contest) === 'published';
  return {
    id: round.uid,
    number: round.number,
    title: round.title,
    state: roundState(round, now),
    standing: standingOf(round, now),
    opensAt: round.opensAt,
    closesAt: round.closesAt,
    durationMs: round.durationMs,
    settings: round.settings,
    settledAt: round.settledAt,
    frozenAt: round.frozenAt,
    outages: outages
      .filter(({ roundId, toAt, fromAt }) =>
        roundId === null ? toAt > round.opensAt && fromAt < round.closesAt : roundId === round.id,
      )
      .map(({ fromAt, toAt }) => ({ fromAt, toAt })),
    opened: hasOpened({ published }, round, now),
  };
}
