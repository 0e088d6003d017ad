/** Prize plans as rows, at a version; with the first prize the seeds of all lots are fixed. */
import { isDeepStrictEqual } from 'node:util';
import { and, eq } from 'drizzle-orm';
import { contestSubject, type WholeContest } from '../contests/store.ts';
import type { PrizePlan, PrizeRight, PrizesView, SavePrizes } from '../contracts/prizes.ts';
import { withAudit } from '../platform/audit.ts';
import { ConflictError, compile, expecting, type Statement } from '../platform/database/door.ts';
import { AppError } from '../platform/errors.ts';
import { type By, type ClosingContext, ownContest } from './closing-context.ts';
import type { Draws } from './draws.ts';
import { cleanPlan, EMPTY_PLAN, planProblems } from './plan-rules.ts';
import type { PrizeRights } from './prize-rights.ts';

export interface VersionedPlan {
  /** 0: nobody has written one yet. */
  readonly version: number;
  readonly plan: PrizePlan;
}

export class Plans {
  readonly #closing: ClosingContext;
  readonly #draws: Draws;
  readonly #rights: PrizeRights;

  constructor(closing: ClosingContext, draws: Draws, rights: PrizeRights) {
    this.#closing = closing;
    this.#draws = draws;
    this.#rights = rights;
  }

  async of(contestId: number): Promise<VersionedPlan> {
    const { database } = this.#closing.context;
    const { prizePlans: t } = database.tables;
    const [row] = await database.query.select().from(t).where(eq(t.contestId, contestId));
    return row === undefined ? { version: 0, plan: EMPTY_PLAN } : { version: row.version, plan: row.plan };
  }

  async view(contest: string, by: By): Promise<PrizesView> {
    return this.#view(await ownContest(this.#closing, contest, by.who));
  }

  async #view(whole: WholeContest): Promise<PrizesView> {
    const [{ version, plan }, exclusions] = await Promise.all([
      this.of(whole.contest.id),
      this.#rights.list(whole),
    ]);
    const blocks = new Set<string>();
    for (const { block } of this.#closing.units.index.all()) if (block !== null) blocks.add(block);
    return { version, plan, exclusions, blocks: [...blocks].sort((a, b) => a.localeCompare(b, 'vi')) };
  }

  /** Throws `request.invalid` with each place, and `conflict`. The same plan twice is once. */
  async save(
    contest: string,
    { expectedVersion, plan: given, reason }: SavePrizes,
    by: By,
  ): Promise<PrizesView> {
    const whole = await ownContest(this.#closing, contest, by.who);
    const plan = cleanPlan(given);
    const { units } = this.#closing;
    const errors = planProblems(plan, (uid) => units.index.byUid(uid) !== undefined);
    if (errors.length > 0) throw new AppError('request.invalid', { errors });
    const before = await this.of(whole.contest.id);
    if (before.version > 0 && isDeepStrictEqual(before.plan, plan)) return this.#view(whole);
    if (before.version !== expectedVersion)
      throw new AppError('conflict', { facts: { version: before.version } });
    const entry = {
      actor: by.who.uid,
      action: 'prizes.changed',
      subject: contestSubject(whole.contest),
      reason: reason ?? null,
      details: { version: expectedVersion + 1, prizes: plan.prizes.length },
      address: by.address,
    };
    const seeds = plan.prizes.length === 0 ? [] : this.#draws.commit(whole.contest.id, keysOf(whole), by.now);
    await withAudit(this.#closing.context, entry, [
      this.#write(whole.contest.id, expectedVersion, plan, by.now),
      ...seeds,
    ]).catch((error: unknown) => {
      if (error instanceof ConflictError) throw new AppError('conflict');
      throw error;
    });
    return this.#view(whole);
  }

  /** Whether one person may win. */
  async decideRight(contest: string, right: PrizeRight, by: By): Promise<PrizesView> {
    const whole = await ownContest(this.#closing, contest, by.who);
    await this.#rights.decide(whole, right, by);
    return this.#view(whole);
  }

  #write(contestId: number, expected: number, plan: PrizePlan, now: number): Statement {
    const { database } = this.#closing.context;
    const { prizePlans: t } = database.tables;
    const set = { version: expected + 1, plan, changedAt: now };
    if (expected === 0) return compile(database.query.insert(t).values({ contestId, ...set }));
    return expecting(
      1,
      database.query
        .update(t)
        .set(set)
        .where(and(eq(t.contestId, contestId), eq(t.version, expected))),
    );
  }
}

/** Boards that may be drawn for, also of rounds that are not published yet. */
export function keysOf({ contest, rounds }: WholeContest): string[] {
  return [...rounds.map(({ uid }) => `round-${uid}`), `contest-${contest.uid}`];
}
