/**
 * Which time a report is about, and what it is compared with. Days and weeks are those of Hà Nội, weeks begin on Monday. Pure;
 * moments in ms since epoch, ends exclusive.
 */
import { DAY_MS, dayStart, formatDay, formatEnd, formatMoment } from '../contests/time-rules.ts';

/** What was asked for. `custom` ends are local midnights or any other moments. */
export type PeriodChoice =
  | { readonly preset: 'lastWeek' | 'thisWeek' | 'contest' }
  | { readonly preset: 'round'; readonly round: string }
  | { readonly preset: 'custom'; readonly from: number; readonly to: number };

export interface RoundSpan {
  readonly id: number;
  readonly uid: string;
  readonly number: number;
  readonly title: string;
  readonly opensAt: number;
  readonly closesAt: number;
}

/** Results of these rounds that were submitted in this time. */
export interface Window {
  readonly rounds: readonly number[];
  readonly from: number;
  readonly to: number;
}

export interface Period {
  readonly now: Window;
  /** Null: nothing to compare with. */
  readonly before: Window | null;
  /** As shown: when it began and ended, whatever the window lets in. */
  readonly from: number;
  readonly to: number;
  /** The round that it is about; null: all of them. */
  readonly round: RoundSpan | null;
}

/** The last moment that dates are written for; windows of whole rounds let in what was submitted at any time. */
const EVER = 8_640_000_000_000_000;
const WEEK_MS = 7 * DAY_MS;
/** Monday 00:00 in Hà Nội, some week. */
const A_MONDAY = dayStart(Date.UTC(2022, 7, 1, 2));

/** 00:00 on Monday of the week in which the moment lies. */
export function weekStart(at: number): number {
  return A_MONDAY + Math.floor((at - A_MONDAY) / WEEK_MS) * WEEK_MS;
}

/** Null: there is no such round, or the time ends before it begins. `rounds`: of the contest, by number. */
export function periodOf(choice: PeriodChoice, rounds: readonly RoundSpan[], now: number): Period | null {
  const all = rounds.map(({ id }) => id);
  if (choice.preset === 'round') return roundPeriod(choice.round, rounds);
  if (choice.preset === 'contest') {
    const from = Math.min(...rounds.map(({ opensAt }) => opensAt), now);
    const to = Math.max(...rounds.map(({ closesAt }) => closesAt), from);
    return { now: { rounds: all, from: 0, to: EVER }, before: null, from, to, round: null };
  }
  const [from, to] = spanOf(choice, now);
  if (to <= from) return null;
  const length = to - from;
  return {
    now: { rounds: all, from, to },
    before: { rounds: all, from: Math.max(0, from - length), to: from },
    from,
    to,
    round: null,
  };
}

function spanOf(
  choice: Exclude<PeriodChoice, { readonly preset: 'round' }>,
  now: number,
): readonly [number, number] {
  if (choice.preset === 'custom') return [choice.from, choice.to];
  const monday = weekStart(now);
  return choice.preset === 'thisWeek' ? [monday, monday + WEEK_MS] : [monday - WEEK_MS, monday];
}

function roundPeriod(uid: string, rounds: readonly RoundSpan[]): Period | null {
  const at = rounds.findIndex((one) => one.uid === uid);
  const round = rounds[at];
  if (round === undefined) return null;
  const before = rounds[at - 1];
  return {
    now: { rounds: [round.id], from: 0, to: EVER },
    before: before === undefined ? null : { rounds: [before.id], from: 0, to: EVER },
    from: round.opensAt,
    to: round.closesAt,
    round,
  };
}

/** "01/08/2022 – 07/08/2022" for whole days, else with times; the end is said as people say it. */
export function periodText({ from, to }: { readonly from: number; readonly to: number }): string {
  const wholeDays = from === dayStart(from) && to === dayStart(to) && to > from;
  if (wholeDays) return `${formatDay(from)} – ${formatDay(to - 1)}`;
  return `${formatMoment(from)} – ${formatEnd(to)}`;
}
