/**
 * How rounds go, for those who watch over them: attempts by state and how many start. Rows are counted by a reader outside
 * the main thread; everybody who watches shares a count, and counting takes at most a twentieth of that reader's time however
 * many attempts there are.
 */
import { inArray, sql } from 'drizzle-orm';
import type { Database } from '../platform/database/door.ts';
import { AttemptState } from './open-attempt.ts';

export interface RoundProgress {
  readonly open: number;
  readonly submitted: number;
  /** Closed by the sweeper with what was saved. */
  readonly timedOut: number;
  /** Started in the minute before the count. */
  readonly startedLastMinute: number;
}

export interface Progress {
  /** When it was counted, ms since epoch. */
  readonly at: number;
  /** Id of the round → how it goes; a round that nobody has started is missing. */
  readonly rounds: ReadonlyMap<number, RoundProgress>;
}

interface Counted {
  readonly progress: Promise<Progress>;
  /** By `performance.now()`. */
  freshUntil: number;
}

const MINUTE_MS = 60_000;
const SHORTEST_FRESH_MS = 2_000;
const SHARE = 20;
/** Contests watched at once; more are counted again. */
const REMEMBERED = 200;

export class ProgressCounts {
  readonly #database: Database;
  readonly #counted = new Map<string, Counted>();

  constructor(database: Database) {
    this.#database = database;
  }

  of(roundIds: readonly number[], now: number): Promise<Progress> {
    const name = roundIds.join();
    const known = this.#counted.get(name);
    if (known !== undefined && performance.now() < known.freshUntil) return known.progress;
    const began = performance.now();
    const counted: Counted = { progress: this.#count(roundIds, now), freshUntil: Number.POSITIVE_INFINITY };
    if (this.#counted.size >= REMEMBERED) this.#counted.clear();
    this.#counted.set(name, counted);
    counted.progress.then(
      () => {
        const ended = performance.now();
        counted.freshUntil = ended + Math.max(SHORTEST_FRESH_MS, SHARE * (ended - began));
      },
      () => this.#counted.delete(name),
    );
    return counted.progress;
  }

  async #count(roundIds: readonly number[], now: number): Promise<Progress> {
    const { attempts: a } = this.#database.tables;
    const rounds = new Map<number, RoundProgress>();
    if (roundIds.length === 0) return { at: now, rounds };
    const recent = sql<number>`sum(case when ${a.startedAt} > ${now - MINUTE_MS} then 1 else 0 end)`;
    const grouped = this.#database.query
      .select({ roundId: a.roundId, state: a.state, count: sql<number>`count(*)`, recent })
      .from(a)
      .where(inArray(a.roundId, [...roundIds]))
      .groupBy(a.roundId, a.state);
    for await (const rows of this.#database.scan(grouped)) {
      for (const [roundId, state, count, started] of rows)
        add(rounds, Number(roundId), Number(state), Number(count), Number(started));
    }
    return { at: now, rounds };
  }
}

function add(
  rounds: Map<number, RoundProgress>,
  roundId: number,
  state: number,
  count: number,
  started: number,
): void {
  const before = rounds.get(roundId) ?? { open: 0, submitted: 0, timedOut: 0, startedLastMinute: 0 };
  rounds.set(roundId, {
    open: before.open + (state === AttemptState.open ? count : 0),
    submitted: before.submitted + (state === AttemptState.submitted ? count : 0),
    timedOut: before.timedOut + (state === AttemptState.timedOut ? count : 0),
    startedLastMinute: before.startedLastMinute + started,
  });
}
