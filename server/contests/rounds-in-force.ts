/** What attempts need to know of contests: the rounds in force, who may start, and what papers are drawn from. */
import { eq } from 'drizzle-orm';
import { type Pool, preparePool } from '../attempts/draw-rules.ts';
import type { RoundInForce, Rounds } from '../attempts/rounds.ts';
import type { BankPools } from '../banks/pool.ts';
import type { Context } from '../context.ts';
import type { Bar } from '../contracts/entering.ts';
import { AppError } from '../platform/errors.ts';
import type { Units } from '../units/units.ts';
import { CodeTries, type CodeTyper } from './code-tries.ts';
import { barsOf, isRightCode } from './eligibility-rules.ts';
import type { Entries, EntryRow } from './entries.ts';
import type { OpenContests, OpenRound } from './open-contests.ts';
import type { StaffStore } from './staff-store.ts';

export interface RoundsSources {
  readonly open: OpenContests;
  readonly entries: Entries;
  readonly staff: StaffStore;
  readonly pools: BankPools;
  readonly units: Pick<Units, 'byId' | 'index'>;
}

interface ShareOfPool {
  readonly share: ReadonlySet<number>;
  readonly pool: Pool;
}

export class RoundsInForce implements Rounds {
  readonly #database: Context['database'];
  readonly #from: RoundsSources;
  readonly #codeTries = new CodeTries();
  /** What is left of a pool for a round that has a share of its own. */
  readonly #shares = new WeakMap<Pool, Map<number, ShareOfPool>>();

  constructor({ database }: Pick<Context, 'database'>, sources: RoundsSources) {
    this.#database = database;
    this.#from = sources;
  }

  byUid(uid: string): OpenRound | null {
    return this.#from.open.roundByUid(uid);
  }

  byId(id: number): OpenRound | null {
    return this.#from.open.roundById(id);
  }

  all(): readonly OpenRound[] {
    return this.#from.open.rounds;
  }

  ofContest(contestId: number): readonly OpenRound[] {
    return this.#from.open.contestById(contestId)?.rounds ?? [];
  }

  async admit(
    round: RoundInForce,
    personId: number,
    now: number,
    code: string | undefined,
    network: string | null = null,
  ): Promise<{ readonly unitId: number | null }> {
    const entry = await this.#from.entries.of(round.contestId, personId);
    if (entry === null) throw new AppError('round.entryNeeded');
    if (entry.mergedInto !== null) throw new AppError('entry.merged');
    const bars = await this.bars(round, entry, now);
    if (bars.length > 0) throw new AppError('round.notEligible', { facts: { bars: bars.join(' ') } });
    this.#demandCode(round, { scope: round.id, personId, network }, now, code);
    return { unitId: this.#unitInForce(entry.unitId, now) };
  }

  /** Of a unit that was merged, the one that goes on; one that ended without a successor stays as it is. */
  #unitInForce(unitId: number | null, now: number): number | null {
    const { units } = this.#from;
    const unit = unitId === null ? undefined : units.byId(unitId);
    return unit === undefined ? unitId : (units.index.inForce(unit, now)?.id ?? unitId);
  }

  #demandCode(round: RoundInForce, typer: CodeTyper, now: number, code: string | undefined): void {
    const right = round.settings.entry.code;
    if (right === null) return;
    if (code !== undefined) this.#codeTries.demandRoom(typer, now);
    if (isRightCode(right, code)) return;
    if (code !== undefined) this.#codeTries.wrong(typer, now);
    throw new AppError('round.wrongCode');
  }

  /** What bars somebody who entered from this round. */
  async bars(round: Pick<RoundInForce, 'settings'>, entry: EntryRow, now: number): Promise<Bar[]> {
    const { entry: rules } = round.settings;
    const limitsAge = rules.minAge !== null || rules.maxAge !== null;
    const birthDate = limitsAge ? await this.#birthDate(entry.personId) : null;
    const units = rules.units.length === 0 ? [] : this.#unitsOf(this.#unitInForce(entry.unitId, now));
    return barsOf(rules, { birthDate, group: entry.group, units }, now);
  }

  async #birthDate(personId: number): Promise<string | null> {
    const { people } = this.#database.tables;
    const [row] = await this.#database.query
      .select({ birthDate: people.birthDate })
      .from(people)
      .where(eq(people.id, personId));
    return row?.birthDate ?? null;
  }

  /** uids of a unit and of those above it. */
  #unitsOf(unitId: number | null): string[] {
    const { units } = this.#from;
    const unit = unitId === null ? undefined : units.byId(unitId);
    if (unit === undefined) return [];
    return [unit, ...units.index.ancestors(unit)].map(({ uid }) => uid);
  }

  async pool(round: RoundInForce): Promise<Pool> {
    const { cells, approvedOnly } = round.settings.blueprint;
    const pool = await this.#from.pools.pool(
      cells.flatMap((cell) => cell.banks),
      approvedOnly,
    );
    const share = this.byId(round.id)?.share ?? null;
    return share === null ? pool : this.#withinShare(pool, round.id, share);
  }

  #withinShare(pool: Pool, roundId: number, share: ReadonlySet<number>): Pool {
    const byRound = this.#shares.get(pool) ?? new Map<number, ShareOfPool>();
    this.#shares.set(pool, byRound);
    const known = byRound.get(roundId);
    if (known?.share === share) return known.pool;
    const own = preparePool(pool.questions.filter(({ questionId }) => share.has(questionId)));
    byRound.set(roundId, { share, pool: own });
    return own;
  }

  isOrganiser(contestId: number, personId: number): Promise<boolean> {
    return this.#from.staff.isOrganiser(contestId, personId);
  }
}
