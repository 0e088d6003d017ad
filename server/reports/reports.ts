/** Reports as doors, files and schedules ask for them: which contest, which time, which part of the tree. */
import { eq } from 'drizzle-orm';
import type { Context } from '../context.ts';
import type { RoundSettings } from '../contracts/contest-settings.ts';
import type { ReportPreset } from '../contracts/unit-reports.ts';
import { AppError, invalidField } from '../platform/errors.ts';
import type { Units } from '../units/units.ts';
import { Counts } from './counting.ts';
import { type Period, type PeriodChoice, periodOf, type RoundSpan } from './period-rules.ts';
import { type Report, reportOf } from './report-rules.ts';
import { type ReportUnit, UnitsOfReport } from './units-of-report.ts';

export interface ContestOfReport {
  readonly id: number;
  readonly uid: string;
  readonly title: string;
  /** By number. */
  readonly rounds: readonly (RoundSpan & {
    readonly settings: RoundSettings;
    /** When all was graded and keys could be shown; null before. */
    readonly settledAt: number | null;
  })[];
}

/** As a door takes it. */
export interface ReportChoice {
  readonly preset: ReportPreset;
  readonly round?: string;
  readonly from?: number;
  readonly to?: number;
  readonly unit?: string;
}

/** Trees that are kept: now, last week, a round or two. */
const TREES = 4;

export class Reports {
  readonly #context: Context;
  readonly #units: Pick<Units, 'index'>;
  readonly #counts: Counts;
  #trees: readonly UnitsOfReport[] = [];

  constructor(context: Context, units: Pick<Units, 'index'>) {
    this.#context = context;
    this.#units = units;
    this.#counts = new Counts(context.database, context.config.databaseUrl);
  }

  /** Throws `notFound`. */
  async contest(uid: string): Promise<ContestOfReport> {
    const { contests } = this.#context.database.tables;
    const [row] = await this.#context.database.query
      .select({ id: contests.id, uid: contests.uid, title: contests.title })
      .from(contests)
      .where(eq(contests.uid, uid));
    if (row === undefined) throw new AppError('notFound');
    return this.#withRounds(row);
  }

  /** Throws `notFound`. */
  async contestById(id: number): Promise<ContestOfReport> {
    const { contests } = this.#context.database.tables;
    const [row] = await this.#context.database.query
      .select({ id: contests.id, uid: contests.uid, title: contests.title })
      .from(contests)
      .where(eq(contests.id, id));
    if (row === undefined) throw new AppError('notFound');
    return this.#withRounds(row);
  }

  async #withRounds(contest: Omit<ContestOfReport, 'rounds'>): Promise<ContestOfReport> {
    const { rounds } = this.#context.database.tables;
    const rows = await this.#context.database.query
      .select({
        id: rounds.id,
        uid: rounds.uid,
        number: rounds.number,
        title: rounds.title,
        opensAt: rounds.opensAt,
        closesAt: rounds.closesAt,
        settings: rounds.settings,
        settledAt: rounds.settledAt,
      })
      .from(rounds)
      .where(eq(rounds.contestId, contest.id))
      .orderBy(rounds.number);
    return { ...contest, rounds: rows };
  }

  /** Units as they are now. */
  get units(): UnitsOfReport {
    return this.#unitsAt(null);
  }

  /** As they were at a moment; null: now. The last few are kept. */
  #unitsAt(moment: number | null): UnitsOfReport {
    const { index } = this.#units;
    const known = this.#trees.find((tree) => tree.version === index.version && tree.moment === moment);
    if (known !== undefined) return known;
    const tree = new UnitsOfReport(index, moment);
    this.#trees = [tree, ...this.#trees.filter(({ version }) => version === index.version)].slice(0, TREES);
    return tree;
  }

  /** `now`: the moment that "last week" is seen from. Throws `notFound` for a unit or round that is not there, `request.invalid`. */
  async make(contest: ContestOfReport, choice: ReportChoice, now: number): Promise<Report> {
    const period = demandPeriod(contest, choice, now);
    // A time that is over has the tree and the members that it had at its end.
    const units = this.#unitsAt(period.to <= now ? period.to - 1 : null);
    const root = choice.unit === undefined ? null : units.byUid(choice.unit);
    if (root === undefined) throw new AppError('notFound');
    const counted = await this.#counts.of(
      {
        now: period.now,
        before: period.before,
        questions: contest.rounds.map(({ id, settings }) => [id, questionsOf(settings)] as const),
        under: root?.node ?? -1,
      },
      units,
    );
    const { uid, title } = contest;
    const scope = scopeOf(contest, period, units);
    return reportOf({ contest: { uid, title }, at: now, period, units, counted, root, scope });
  }
}

function demandPeriod({ rounds }: ContestOfReport, choice: ReportChoice, now: number): Period {
  const period = periodOf(choiceOf(choice), rounds, now);
  if (period !== null) return period;
  if (choice.preset === 'round') throw new AppError('notFound');
  throw invalidField(
    'to',
    'Thời gian kết thúc phải sau lúc bắt đầu.',
    'The end must be after the beginning.',
  );
}

function choiceOf({ preset, round, from, to }: ReportChoice): PeriodChoice {
  if (preset === 'round') {
    if (round === undefined) throw invalidField('round', 'Xin chọn vòng thi.', 'Please choose a round.');
    return { preset, round };
  }
  if (preset !== 'custom') return { preset };
  if (from === undefined)
    throw invalidField('from', 'Xin chọn ngày bắt đầu.', 'Please choose the first day.');
  if (to === undefined) throw invalidField('to', 'Xin chọn ngày kết thúc.', 'Please choose the last day.');
  return { preset, from, to };
}

function questionsOf({ blueprint }: RoundSettings): number {
  return blueprint.cells.reduce((sum, cell) => sum + cell.count, 0);
}

/** A contest whose rounds are all for some units lists those: a district's report names no other districts' zeros. */
function scopeOf(
  { rounds }: ContestOfReport,
  { now }: Period,
  units: UnitsOfReport,
): readonly ReportUnit[] | null {
  const own = rounds.filter(({ id }) => now.rounds.includes(id)).map(({ settings }) => settings.entry.units);
  if (own.length === 0 || own.some((allowed) => allowed.length === 0)) return null;
  return [...new Set(own.flat())].flatMap((uid) => units.byUid(uid) ?? []);
}
