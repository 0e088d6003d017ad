/** What may leave about contests to everybody: never a key, never a round's code, never who organises. */
import { standingOf } from '../closing/standing-rules.ts';
import type { ContestDraft } from '../contracts/contest-desk.ts';
import type { Block, ContestCard, ContestList, ContestPage, PublicRound } from '../contracts/contests.ts';
import { questionsOf } from './draft-rules.ts';
import { guardianText, MINOR_UNDER } from './minor-rules.ts';
import type { OpenContest, OpenRound } from './open-contests.ts';
import { parsePage } from './page-rules.ts';
import { currentRound, firstOpening, lastClosing, phaseOf, roundState } from './state-rules.ts';

/** Units by uid, as far as names go. */
export interface UnitNames {
  byUid(uid: string): { readonly name: string } | undefined;
}

/** Units that a round's page names; beyond, their number has to do. */
const UNITS_NAMED = 50;
/** Ids of rounds that are not stored yet, in a preview. */
const DRAFT_ID = '00000000-0000-7000-8000-';

/** A contest's card in a list; null for one without rounds. */
export function presentCard(contest: OpenContest, now: number): ContestCard | null {
  const { rounds } = contest;
  const phase = phaseOf(rounds, now);
  if (phase === null) return null;
  const current = currentRound(rounds, now);
  return {
    id: contest.uid,
    slug: contest.slug,
    title: contest.title,
    summary: contest.summary,
    image: contest.image,
    phase,
    opensAt: firstOpening(rounds),
    closesAt: lastClosing(rounds),
    rounds: rounds.length,
    current:
      current === null
        ? null
        : {
            id: current.uid,
            number: current.number,
            title: current.title,
            state: roundState(current, now),
            opensAt: current.opensAt,
            closesAt: current.closesAt,
          },
  };
}

/** Published contests by phase; archived ones are in no list. */
export function presentList(contests: readonly OpenContest[], now: number): ContestList {
  const cards = contests
    .filter(({ state }) => state === 'published')
    .map((contest) => presentCard(contest, now))
    .filter((card) => card !== null);
  const of = (phase: ContestCard['phase']) => cards.filter((card) => card.phase === phase);
  return {
    now: of('now').sort((a, b) => next(a) - next(b)),
    soon: of('soon').sort((a, b) => a.opensAt - b.opensAt),
    past: of('past').sort((a, b) => b.closesAt - a.closesAt),
  };
}

/** What happens next in a contest that is going on: the open round closes, or the next one opens. */
function next({ current, closesAt }: ContestCard): number {
  if (current === null) return closesAt;
  return current.state === 'open' ? current.closesAt : current.opensAt;
}

export function presentPage(contest: OpenContest, now: number, units: UnitNames): ContestPage {
  const { names, fields, consents, guests, unitRanking, overall, rosterCodes, watchesPages } =
    contest.settings;
  return {
    id: contest.uid,
    slug: contest.slug,
    title: contest.title,
    summary: contest.summary,
    image: contest.image,
    phase: phaseOf(contest.rounds, now) ?? 'soon',
    archived: contest.state === 'archived',
    page: copied(contest.page),
    rules: copied(contest.rules),
    prizes: copied(contest.prizes),
    names,
    fields,
    consents,
    guests,
    roster: rosterCodes ?? false,
    watchesPages: watchesPages ?? false,
    unitRanking,
    overall,
    guardian: { under: MINOR_UNDER, ...guardianText },
    retentionDays: contest.settings.retentionDays ?? null,
    rounds: contest.rounds.map((round) => presentRound(round, now, units)),
  };
}

function copied(blocks: readonly Block[]): Block[] {
  return [...blocks];
}

function presentRound(round: OpenRound, now: number, units: UnitNames): PublicRound {
  const { settings } = round;
  const { entry } = settings;
  return {
    id: round.uid,
    number: round.number,
    title: round.title,
    state: roundState(round, now),
    standing: standingOf(round, now),
    opensAt: round.opensAt,
    closesAt: round.closesAt,
    durationMs: round.durationMs,
    questions: questionsOf(settings.blueprint),
    attemptsAllowed: settings.attemptsAllowed,
    attemptsPer: settings.attemptsPer,
    counting: settings.counting,
    prediction: settings.prediction,
    order: settings.order,
    release: settings.release,
    layout: settings.layout,
    frozen: round.frozenAt !== null,
    entry: {
      units: entry.units
        .slice(0, UNITS_NAMED)
        .map((id) => ({ id, name: units.byUid(id)?.name ?? '' }))
        .filter(({ name }) => name !== ''),
      unitCount: entry.units.length,
      groups: entry.groups,
      minAge: entry.minAge,
      maxAge: entry.maxAge,
      code: entry.code !== null,
    },
  };
}

/** The page that a draft would give. */
export function presentPreview(draft: ContestDraft, now: number, units: UnitNames): ContestPage {
  const id = `${DRAFT_ID}${'0'.repeat(12)}`;
  const { slug, title, summary, image, settings } = draft;
  const contest: OpenContest = {
    id: 0,
    uid: id,
    slug,
    title,
    summary,
    image,
    state: 'draft',
    settings,
    page: parsePage(draft.page),
    rules: parsePage(settings.rules),
    prizes: parsePage(settings.prizes),
    rounds: draft.rounds.map((round, i) => ({
      id: 0,
      uid: round.id ?? `${DRAFT_ID}${String(i + 1).padStart(12, '0')}`,
      contestId: 0,
      contest: { uid: id, slug, title },
      number: i + 1,
      title: round.title,
      opensAt: round.opensAt,
      closesAt: round.closesAt,
      durationMs: round.durationMs,
      settings: round.settings,
      settledAt: null,
      standing: null,
      frozenAt: null,
      predictionTruth: null,
      share: null,
    })),
  };
  return presentPage(contest, now, units);
}
