/** What a frame on another site shows of a contest, kept for some seconds: a portal's front page is opened by everybody. */
import type { Entries } from '../contests/entries.ts';
import type { OpenContest, OpenRound } from '../contests/open-contests.ts';
import { currentRound, phaseOf } from '../contests/state-rules.ts';
import type { PeoplePage } from '../contracts/leaderboards.ts';
import type { ContestSummary } from '../contracts/reach.ts';
import { AppError } from '../platform/errors.ts';
import { Recent } from '../platform/recent.ts';

const FRESH_MS = 5000;
/** Counting entries walks over them. */
const COUNT_FRESH_MS = 60_000;
const KEPT = 500;
const TOP = 5;

/** The open board, as everybody sees it. */
export interface OpenBoards {
  people(key: string, query: { readonly limit: number }, audience: 'open'): Promise<PeoplePage>;
}

interface Kept<Value> {
  readonly at: number;
  readonly value: Promise<Value>;
}

export class Summaries {
  readonly #entries: Pick<Entries, 'count'>;
  readonly #boards: OpenBoards;
  readonly #made = new Recent<string, Kept<ContestSummary>>(KEPT);
  readonly #counts = new Recent<number, Kept<number>>(KEPT);

  constructor(entries: Pick<Entries, 'count'>, boards: OpenBoards) {
    this.#entries = entries;
    this.#boards = boards;
  }

  of(contest: OpenContest, now: number): Promise<ContestSummary> {
    return fresh(this.#made, contest.slug, now, FRESH_MS, () => this.#make(contest, now));
  }

  async #make(contest: OpenContest, now: number): Promise<ContestSummary> {
    const round = currentRound(contest.rounds, now);
    const shown = shownRound(contest.rounds, now);
    const [entrants, top] = await Promise.all([
      isPredicted(contest.rounds)
        ? null
        : fresh(this.#counts, contest.id, now, COUNT_FRESH_MS, () => this.#entries.count(contest.id)),
      shown === null ? [] : this.#top(shown),
    ]);
    return {
      at: now,
      title: contest.title,
      phase: phaseOf(contest.rounds, now) ?? 'soon',
      round:
        round === null
          ? null
          : {
              title: round.title,
              isOpen: round.opensAt <= now,
              opensAt: round.opensAt,
              closesAt: round.closesAt,
            },
      entrants,
      top,
    };
  }

  /** Through the public door of the board: what is frozen or hidden there is so here. */
  async #top(round: OpenRound): Promise<ContestSummary['top']> {
    const page = await this.#boards.people(`round-${round.uid}`, { limit: TOP }, 'open').catch(nullIfMissing);
    return (page?.lines ?? []).map(({ rank, name, marks }) => ({ rank, name, marks }));
  }
}

function nullIfMissing(error: unknown): null {
  if (error instanceof AppError && error.code === 'notFound') return null;
  throw error;
}

/** What was made a moment ago, else made now; a failure is not kept. */
function fresh<Key, Value>(
  kept: Recent<Key, Kept<Value>>,
  key: Key,
  now: number,
  freshMs: number,
  make: () => Promise<Value>,
): Promise<Value> {
  const known = kept.get(key);
  if (known !== undefined && now - known.at < freshMs && now >= known.at) return known.value;
  const value = make();
  kept.set(key, { at: now, value });
  value.catch(() => kept.delete(key));
  return value;
}

/** The round whose board is looked at: the open one that closes first, else the last that opened. */
function shownRound(rounds: readonly OpenRound[], now: number): OpenRound | null {
  const begun = rounds.filter(({ opensAt }) => opensAt <= now);
  const current = currentRound(begun, now);
  return current ?? begun.toSorted((a, b) => b.closesAt - a.closesAt)[0] ?? null;
}

/** Whether people still guess how many take part. */
function isPredicted(rounds: readonly OpenRound[]): boolean {
  return rounds.some(
    ({ settings, settledAt }) =>
      settledAt === null && settings.prediction !== null && settings.prediction.target !== 'allRight',
  );
}
