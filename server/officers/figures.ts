/** Figures of a unit and those right below it: what boards have in memory, and entries and rosters counted a few seconds ago. */

import type { OpenContest } from '../contests/open-contests.ts';
import type { Context } from '../context.ts';
import type { UnitStanding } from '../contracts/officers.ts';
import type { Boards } from '../leaderboards/boards.ts';
import type { UnitTotals } from '../leaderboards/units.ts';
import type { Unit } from '../units/unit-index.ts';
import type { Units } from '../units/units.ts';
import { type CountedByUnit, countByUnit, type RosterCount } from './store.ts';

type FiguresContext = Pick<Context, 'database' | 'clock'>;
type Counted = UnitStanding['totals'];

/** Counts are kept for so long, ms: a hundred officers who look cost one look. */
const KEPT_MS = 5000;
const MOST_UNITS = 100_000;

interface Kept {
  readonly at: number;
  readonly counts: Promise<CountedByUnit>;
}

export class Figures {
  readonly #context: FiguresContext;
  readonly #units: Pick<Units, 'index'>;
  readonly #boards: Pick<Boards, 'get'>;
  readonly #kept = new Map<number, Kept>();

  constructor(context: FiguresContext, units: Pick<Units, 'index'>, boards: Pick<Boards, 'get'>) {
    this.#context = context;
    this.#units = units;
    this.#boards = boards;
  }

  async of(
    contest: OpenContest,
    unit: Unit,
  ): Promise<Pick<UnitStanding, 'totals' | 'roster' | 'rounds' | 'below'>> {
    const { index } = this.#units;
    const counts = await this.#counts(contest);
    const parent = unit.parentId === null ? null : (index.byId(unit.parentId) ?? null);
    const whole = wholeBoard(contest);
    const ranked = whole === null ? new Map() : await this.#ranked(whole, parent);
    const children = index.children(unit, { now: this.#context.clock.now(), ended: true });
    const rankedBelow = whole === null ? new Map() : await this.#ranked(whole, unit);
    const below = children.map((child) => ({
      id: child.uid,
      name: child.name,
      headcount: child.headcount,
      ...figuresOf(this.#entered(child, counts), rankedBelow.get(child.id), whole !== null),
      hasBelow: index.children(child, { now: 0, ended: true }).length > 0,
    }));
    const rounds = contest.rounds.map(async ({ uid, title }) => {
      const board = `round-${uid}`;
      const totals = (await this.#ranked(board, parent)).get(unit.id);
      const entered = this.#entered(unit, counts);
      return { id: uid, title, ...figuresOf(entered, totals, this.#boards.get(board) !== undefined) };
    });
    return {
      totals: figuresOf(this.#entered(unit, counts), ranked.get(unit.id), whole !== null),
      roster: this.#roster(unit, counts),
      rounds: await Promise.all(rounds),
      below: below.filter((one) => one.entered > 0 || one.people !== 0 || this.#isAlive(one.id)),
    };
  }

  #isAlive(uid: string): boolean {
    const unit = this.#units.index.byUid(uid);
    const now = this.#context.clock.now();
    return unit !== undefined && (unit.validUntil === null || unit.validUntil > now);
  }

  /** Sums of the units right below `parent`, by unit. */
  async #ranked(key: string, parent: Unit | null): Promise<ReadonlyMap<number, UnitTotals>> {
    const board = this.#boards.get(key)?.staff;
    if (board === undefined || (parent !== null && !(await board.knows(parent.id)))) return new Map();
    const entries = await board.unitsBelow(parent?.id ?? null, 'entrants', 0, MOST_UNITS);
    return new Map(entries.map(({ unit, totals }) => [unit, totals]));
  }

  #entered(unit: Unit, { entered }: CountedByUnit): number {
    let sum = 0;
    for (const { id } of this.#units.index.within(unit)) sum += entered.get(id) ?? 0;
    return sum;
  }

  #roster(unit: Unit, { rosters }: CountedByUnit): RosterCount | null {
    const sum = { members: 0, registered: 0, played: 0 };
    for (const { id } of this.#units.index.within(unit)) {
      const own = rosters.get(id);
      if (own === undefined) continue;
      sum.members += own.members;
      sum.registered += own.registered;
      sum.played += own.played;
    }
    return sum.members === 0 ? null : sum;
  }

  #counts(contest: OpenContest): Promise<CountedByUnit> {
    const now = performance.now();
    const kept = this.#kept.get(contest.id);
    if (kept !== undefined && now - kept.at < KEPT_MS) return kept.counts;
    const rounds = contest.rounds.map(({ id }) => id);
    const counts = countByUnit(this.#context.database, contest.id, rounds);
    this.#kept.set(contest.id, { at: now, counts });
    counts.catch(() => this.#kept.delete(contest.id));
    return counts;
  }
}

/** The board on which each person counts once; null where rounds are not added up. */
function wholeBoard({ uid, settings, rounds }: OpenContest): string | null {
  const [first] = rounds;
  if (rounds.length === 1 && first !== undefined) return `round-${first.uid}`;
  return settings.overall && rounds.length > 1 ? `contest-${uid}` : null;
}

function figuresOf(entered: number, totals: UnitTotals | undefined, isCounted: boolean): Counted {
  if (!isCounted) return { entered, people: null, attempts: null, average: null };
  const { entrants = 0, attempts = 0, average = null } = totals ?? {};
  return { entered, people: entrants, attempts, average };
}
