/**
 * Settles rounds that are over: when the window is closed and no attempt is open any more, the prediction's target is
 * counted, and the round is settled, once, whichever node comes first. Keys and explanations wait for this moment.
 */
import { and, eq, lt, ne, sql } from 'drizzle-orm';
import { unmarked } from '../attempts/store.ts';
import type { Announcer } from '../platform/announcer.ts';
import { type AuditEntry, withAudit } from '../platform/audit.ts';
import type { Clock } from '../platform/clock.ts';
import { ConflictError, type Database, expecting, type Tables } from '../platform/database/door.ts';
import type { Logger } from '../platform/log.ts';
import type { Secrets } from '../platform/secrets.ts';
import { awaitedIn, grantingSince } from './awaited.ts';

type RoundRow = Tables['rounds']['$inferSelect'];

interface SettlingContext {
  readonly database: Database;
  readonly clock: Clock;
  readonly announcer: Announcer;
  readonly secrets: Secrets;
  readonly log: Logger;
  readonly config: { readonly graceMs: number };
}

const EVERY_MS = 2000;
const DAY_MS = 86_400_000;
/** Organisers who change a round at the same moment are gone around so often. */
const TRIES = 20;
/** After the grace, until what was received in it is certainly graded. */
const SETTLING_MS = 3000;

export class Settling {
  readonly #context: SettlingContext;
  readonly #stopListening: () => void;
  /** Contests in which a result came after the settling. */
  readonly #late = new Set<number>();
  #timer: NodeJS.Timeout | null = null;
  #running: Promise<number> | null = null;

  constructor(context: SettlingContext) {
    this.#context = context;
    this.#stopListening = context.announcer.listen('late:', (topic) =>
      this.#late.add(Number(topic.slice('late:'.length))),
    );
  }

  /** What was granted lately may have been handed in just before a crash: those contests are counted again once. */
  async start(): Promise<void> {
    const { database, clock } = this.#context;
    for (const contestId of await grantingSince(database, clock.now() - DAY_MS)) this.#late.add(contestId);
    this.#timer = setInterval(() => void this.settle(), EVERY_MS).unref();
  }

  async stop(): Promise<void> {
    this.#stopListening();
    if (this.#timer !== null) clearInterval(this.#timer);
    await this.#running;
  }

  /** Settles what is due; how many rounds were. */
  settle(): Promise<number> {
    this.#running ??= this.#settle()
      .catch((error: unknown) => {
        this.#context.log.error({ err: error }, 'settling failed; tried again in a moment');
        return 0;
      })
      .finally(() => {
        this.#running = null;
      });
    return this.#running;
  }

  async #settle(): Promise<number> {
    const { database, clock, config, announcer } = this.#context;
    const { rounds, contests } = database.tables;
    const over = clock.now() - config.graceMs - SETTLING_MS;
    const due = await database.query
      .select({ round: rounds })
      .from(rounds)
      .innerJoin(contests, eq(contests.id, rounds.contestId))
      .where(and(lt(rounds.closesAt, over), ne(rounds.state, 'settled'), ne(contests.state, 'draft')));
    let settled = 0;
    for (const { round } of due) {
      if ((await this.#anyToCome(round.id)) || !(await this.#settleRound(round))) continue;
      settled += 1;
      // What was annulled between the count and the commit found no target yet that it could change.
      this.#late.add(round.contestId);
    }
    if (settled > 0) announcer.announce('contests');
    for (const contestId of this.#late) await this.#recountLate(contestId);
    return settled;
  }

  async #recountLate(contestId: number): Promise<void> {
    this.#late.delete(contestId);
    try {
      await this.recount(contestId);
    } catch (error) {
      this.#late.add(contestId);
      throw error;
    }
  }

  /**
   * Counts again what the settled rounds of a contest predicted, after results were marked again or annulled; how many
   * targets changed. Boards are ranked by the new ones.
   */
  async recount(contestId: number): Promise<number> {
    let changed = 0;
    for (let tried = 1; ; tried++) {
      const { done, missed } = await this.#recountOnce(contestId);
      changed += done;
      if (missed === 0) break;
      if (tried === TRIES) throw new ConflictError('rounds');
    }
    if (changed > 0) this.#context.announcer.announce('contests');
    return changed;
  }

  /** How many targets changed, and how many rounds somebody else changed meanwhile. */
  async #recountOnce(contestId: number): Promise<{ readonly done: number; readonly missed: number }> {
    const { database } = this.#context;
    const { rounds: t } = database.tables;
    const all = await database.query.select().from(t).where(eq(t.contestId, contestId));
    let done = 0;
    let missed = 0;
    for (const round of all) {
      const { prediction } = round.settings;
      if (prediction === null || round.predictionTruth === null) continue;
      const truth = await this.#count(prediction.target, prediction.scope === 'round' ? [round] : all);
      if (truth === round.predictionTruth) continue;
      if (await this.#retarget(round, truth)) done += 1;
      else missed += 1;
    }
    return { done, missed };
  }

  async #retarget(round: RoundRow, truth: number): Promise<boolean> {
    const { rounds: t } = this.#context.database.tables;
    const write = this.#context.database.query
      .update(t)
      .set({ predictionTruth: truth, version: round.version + 1 })
      .where(and(eq(t.id, round.id), eq(t.version, round.version)));
    const entry: AuditEntry = {
      actor: 'system',
      action: 'round.recounted',
      subject: `round:${round.uid}`,
      details: { from: round.predictionTruth, to: truth },
    };
    try {
      await withAudit(this.#context, entry, [expecting(1, write)]);
      return true;
    } catch (error) {
      if (error instanceof ConflictError) return false;
      throw error;
    }
  }

  /**
   * Whether an attempt is open, one was closed by a node that has not marked it yet, or somebody may still start the one
   * that was granted to them.
   */
  async #anyToCome(roundId: number): Promise<boolean> {
    const { database, clock } = this.#context;
    const { attempts } = database.tables;
    const found = await database.query
      .select({ id: attempts.id })
      .from(attempts)
      // The plus keeps SQLite from walking over every attempt of the round: open ones have an index of their own.
      .where(sql`${attempts.state} = 1 and +${attempts.roundId} = ${roundId}`)
      .limit(1);
    const closed = await database.query
      .select({ id: attempts.id })
      .from(attempts)
      .where(sql`${unmarked(database.tables)} and +${attempts.roundId} = ${roundId}`)
      .limit(1);
    return found.length + closed.length > 0 || (await awaitedIn(database, [roundId], clock.now())).size > 0;
  }

  async #settleRound(round: RoundRow): Promise<boolean> {
    const { database, clock } = this.#context;
    const { rounds } = database.tables;
    const siblings = await database.query.select().from(rounds).where(eq(rounds.contestId, round.contestId));
    const truths = await this.#truths(round, siblings);
    const own = truths.find(([id]) => id === round.id)?.[1] ?? null;
    // Another node that settles another round at this moment would not see this one as settled, either: then neither would
    // be the last. Audited writes follow one another, so the second of them sees the first here.
    const others = siblings.filter(({ id, state }) => id !== round.id && state === 'settled').length;
    const settledNow = sql`(select count(*) from rounds other where other.contest_id = ${round.contestId} and other.state = 'settled')`;
    const close = database.query
      .update(rounds)
      .set({ state: 'settled', settledAt: clock.now(), predictionTruth: own })
      .where(and(eq(rounds.id, round.id), ne(rounds.state, 'settled'), sql`${settledNow} = ${others}`));
    const targets = truths
      .filter(([id]) => id !== round.id)
      .map(([id, truth]) =>
        database.query.update(rounds).set({ predictionTruth: truth }).where(eq(rounds.id, id)),
      );
    const entry: AuditEntry = {
      actor: 'system',
      action: 'round.settled',
      subject: `round:${round.uid}`,
      details: { predictionTruth: own },
    };
    try {
      await withAudit(this.#context, entry, [expecting(1, close), ...targets]);
      return true;
    } catch (error) {
      if (error instanceof ConflictError) return false;
      throw error;
    }
  }

  /** Targets that are known now: of this round, and, with the last one, of all rounds that ask about the whole contest. */
  async #truths(
    round: RoundRow,
    siblings: readonly RoundRow[],
  ): Promise<readonly (readonly [number, number])[]> {
    const prediction = round.settings.prediction;
    const own =
      prediction?.scope === 'round'
        ? [[round.id, await this.#count(prediction.target, [round])] as const]
        : [];
    const isLast = siblings.every((other) => other.id === round.id || other.state === 'settled');
    if (!isLast) return own;
    const asking = siblings.filter((other) => other.settings.prediction?.scope === 'contest');
    const whole = await Promise.all(
      asking.map(
        async (other) =>
          [other.id, await this.#count(other.settings.prediction?.target ?? 'entrants', siblings)] as const,
      ),
    );
    return [...own, ...whole];
  }

  /** People with everything right, attempts, or people, in these rounds; annulled results do not count. Read outside the main thread. */
  async #count(target: 'allRight' | 'attempts' | 'entrants', rounds: readonly RoundRow[]): Promise<number> {
    const { results: r } = this.#context.database.tables;
    const counted =
      target === 'attempts'
        ? sql<number>`count(distinct ${r.attemptId})`
        : sql<number>`count(distinct ${r.personId})`;
    const newest = sql`${r.counts} = 1 and not exists (select 1 from results later where later.attempt_id = ${r.attemptId} and later.version > ${r.version})`;
    const inRounds = sql.join(
      rounds.map((round) => {
        const here = sql`${r.roundId} = ${round.id}`;
        return target === 'allRight'
          ? sql`(${here} and ${r.rightCount} = ${questionsOf(round)})`
          : sql`(${here})`;
      }),
      sql` or `,
    );
    const query = this.#context.database.query
      .select({ count: counted })
      .from(r)
      .where(sql`${newest} and (${inRounds})`);
    for await (const numbers of this.#context.database.scanNumbers(query)) return numbers[0] ?? 0;
    return 0;
  }
}

function questionsOf({ settings }: RoundRow): number {
  return settings.blueprint.cells.reduce((sum, cell) => sum + cell.count, 0);
}
