/**
 * All contests that were ever published, in memory: who starts an attempt or opens a page waits for no database. A
 * projection: a nudge on `contests` (or, when one was lost, a slow poll) makes it read again; drafts never come here.
 */
import { count, sum } from 'drizzle-orm';
import type { RoundInForce } from '../attempts/rounds.ts';
import type { Context } from '../context.ts';
import type { DeskState } from '../contracts/contest-desk.ts';
import type { ContestSettings } from '../contracts/contest-settings.ts';
import type { Block } from '../contracts/contests.ts';
import { parsePage } from './page-rules.ts';
import {
  CONTESTS_TOPIC,
  type ContestRow,
  type ContestStore,
  type RoundRow,
  stateOf,
  type WholeContest,
} from './store.ts';

/** A round of a contest that was published. */
export interface OpenRound extends RoundInForce {
  /** Results submitted later are not shown; null: not frozen. */
  readonly frozenAt: number | null;
  /** What the prediction asked for, once it is settled. */
  readonly predictionTruth: number | null;
  /** Question ids that it alone may ask; null: all that fit. */
  readonly share: ReadonlySet<number> | null;
}

/** A contest that was published, with its texts ready to be shown. */
export interface OpenContest {
  readonly id: number;
  readonly uid: string;
  readonly slug: string;
  readonly title: string;
  readonly summary: string;
  readonly image: string | null;
  readonly state: DeskState;
  readonly settings: ContestSettings;
  readonly page: readonly Block[];
  readonly rules: readonly Block[];
  readonly prizes: readonly Block[];
  /** By number. */
  readonly rounds: readonly OpenRound[];
}

/** A nudge that was lost is healed after so long, ms. */
const POLL_MS = 15_000;

type FollowContext = Pick<Context, 'database' | 'announcer' | 'log'>;

/** One reading of the tables, with what is asked for most at hand. */
class Snapshot {
  readonly stamp: string;
  readonly contests: readonly OpenContest[];
  readonly rounds: readonly OpenRound[];
  readonly contestById: ReadonlyMap<number, OpenContest>;
  readonly contestByUid: ReadonlyMap<string, OpenContest>;
  readonly contestBySlug: ReadonlyMap<string, OpenContest>;
  readonly roundById: ReadonlyMap<number, OpenRound>;
  readonly roundByUid: ReadonlyMap<string, OpenRound>;

  constructor(contests: readonly OpenContest[], stamp: string) {
    this.stamp = stamp;
    this.contests = contests;
    this.rounds = contests.flatMap(({ rounds }) => rounds);
    this.contestById = new Map(contests.map((contest) => [contest.id, contest]));
    this.contestByUid = new Map(contests.map((contest) => [contest.uid, contest]));
    this.contestBySlug = new Map(contests.map((contest) => [contest.slug, contest]));
    this.roundById = new Map(this.rounds.map((round) => [round.id, round]));
    this.roundByUid = new Map(this.rounds.map((round) => [round.uid, round]));
  }
}

export class OpenContests {
  readonly #context: FollowContext;
  readonly #store: ContestStore;
  readonly #stops: (() => void)[] = [];
  #now = new Snapshot([], '');
  #loading: Promise<void> | null = null;
  #again = false;

  private constructor(context: FollowContext, store: ContestStore) {
    this.#context = context;
    this.#store = store;
  }

  /** Reads everything, then follows changes until `close`. */
  static async start(context: FollowContext, store: ContestStore): Promise<OpenContests> {
    const open = new OpenContests(context, store);
    await open.refresh();
    open.#stops.push(
      context.announcer.listen(CONTESTS_TOPIC, (topic) => topic === CONTESTS_TOPIC && open.#follow()),
    );
    const poll = setInterval(() => open.#poll(), POLL_MS).unref();
    open.#stops.push(() => clearInterval(poll));
    return open;
  }

  close(): void {
    for (const stop of this.#stops) stop();
  }

  /** Another object whenever anything changed: what is made from it can be kept until then. */
  get contests(): readonly OpenContest[] {
    return this.#now.contests;
  }

  get rounds(): readonly OpenRound[] {
    return this.#now.rounds;
  }

  contestById(id: number): OpenContest | null {
    return this.#now.contestById.get(id) ?? null;
  }

  contestByUid(uid: string): OpenContest | null {
    return this.#now.contestByUid.get(uid) ?? null;
  }

  contestBySlug(slug: string): OpenContest | null {
    return this.#now.contestBySlug.get(slug) ?? null;
  }

  roundById(id: number): OpenRound | null {
    return this.#now.roundById.get(id) ?? null;
  }

  roundByUid(uid: string): OpenRound | null {
    return this.#now.roundByUid.get(uid) ?? null;
  }

  /** Reads again what was committed before this call. */
  async refresh(): Promise<void> {
    if (this.#loading !== null) {
      this.#again = true;
      return this.#loading;
    }
    this.#loading = this.#load().finally(() => {
      this.#loading = null;
    });
    return this.#loading;
  }

  async #load(): Promise<void> {
    do {
      this.#again = false;
      // The stamp first: what changes meanwhile makes it old, and the poll reads once more.
      const stamp = await this.#stamp();
      const published = await this.#store.published();
      this.#now = new Snapshot(published.map(openContest), stamp);
    } while (this.#again);
  }

  /** Every change of a contest or round counts its version up; settling and freezing write their moment. */
  async #stamp(): Promise<string> {
    const { contests, rounds } = this.#context.database.tables;
    const [[contest], [round]] = await Promise.all([
      this.#context.database.query.select({ n: count(), versions: sum(contests.version) }).from(contests),
      this.#context.database.query
        .select({
          n: count(),
          versions: sum(rounds.version),
          settled: count(rounds.settledAt),
          truths: count(rounds.predictionTruth),
          frozen: sum(rounds.frozenAt),
        })
        .from(rounds),
    ]);
    return JSON.stringify([contest, round]);
  }

  #follow(): void {
    this.refresh().catch((error: unknown) =>
      this.#context.log.warn({ err: error }, 'contests not read again'),
    );
  }

  #poll(): void {
    this.#stamp().then(
      (stamp) => stamp === this.#now.stamp || this.#follow(),
      (error: unknown) => this.#context.log.warn({ err: error }, 'versions of contests not read'),
    );
  }
}

export function openContest({ contest, rounds }: WholeContest): OpenContest {
  const { id, uid, slug, title, summary, imageId, settings, page } = contest;
  return {
    id,
    uid,
    slug,
    title,
    summary,
    image: imageId,
    state: stateOf(contest),
    settings,
    page: parsePage(page),
    rules: parsePage(settings.rules),
    prizes: parsePage(settings.prizes),
    rounds: rounds.map((round) => openRound(contest, round)),
  };
}

function openRound({ uid, slug, title, settings }: ContestRow, round: RoundRow): OpenRound {
  return {
    id: round.id,
    uid: round.uid,
    contestId: round.contestId,
    contest: { uid, slug, title, watchesPages: settings.watchesPages ?? false },
    number: round.number,
    title: round.title,
    opensAt: round.opensAt,
    closesAt: round.closesAt,
    durationMs: round.durationMs,
    settings: round.settings,
    settledAt: round.settledAt,
    standing: round.standing,
    frozenAt: round.frozenAt,
    predictionTruth: round.predictionTruth,
    share: round.share === null ? null : new Set(round.share),
  };
}
