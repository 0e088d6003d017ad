/** When reports that make themselves are due. Pure; moments in ms since epoch. */
import { DAY_MS } from '../contests/time-rules.ts';
import { weekStart } from './period-rules.ts';

const MINUTE_MS = 60_000;
const WEEK_MS = 7 * DAY_MS;

export interface Weekly {
  /** 1 Monday … 7 Sunday. */
  readonly weekday: number;
  /** Since 00:00 in Hà Nội. */
  readonly minute: number;
}

/** The first such moment after another one. */
export function nextDue({ weekday, minute }: Weekly, after: number): number {
  const inWeek = (weekday - 1) * DAY_MS + minute * MINUTE_MS;
  const candidate = weekStart(after) + inWeek;
  return candidate > after ? candidate : candidate + WEEK_MS;
}
