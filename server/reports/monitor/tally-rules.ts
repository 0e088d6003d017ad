/**
 * What the monitor counts of one contest, row by row as rows come: the same at the start from all rows as later from new ones.
 * Pure; moments in ms since epoch.
 */

/** A version of a result as it came through the feed, beside the version before it. */
export interface ResultSeen {
  readonly roundId: number;
  /** What its unit is counted under; null: none. */
  readonly top: number | null;
  readonly version: number;
  readonly counts: boolean;
  /** Hundredths. */
  readonly marks: number;
  readonly startedAt: number;
  readonly submittedAt: number;
  /** Null for the first version. */
  readonly before: { readonly counts: boolean; readonly marks: number } | null;
}

export interface OpenSeen {
  readonly roundId: number;
  readonly startedAt: number;
}

export const MINUTE_MS = 60_000;
export const HOUR_MS = 3_600_000;
export const MINUTES = 60;
export const HOURS = 12;
/** Bars of the distribution of marks at most. */
const BARS = 20;
const MARK = 100;
/** So long counts of minutes and hours are kept. */
const KEPT_HOURS = 48;

type ByTop = Map<number | null, number>;

export interface TopCounts {
  readonly top: number | null;
  readonly total: number;
  /** By hour, the oldest first. */
  readonly counts: readonly number[];
}

export class ContestTally {
  /** Round → attempts that are over. */
  readonly closed = new Map<number, number>();
  entries = 0;
  readonly #submits = new Map<number, number>();
  readonly #starts = new Map<number, number>();
  /** Whole marks → results that count. */
  readonly #marks = new Map<number, number>();
  readonly #submitHours = new Map<number, ByTop>();
  readonly #entryHours = new Map<number, ByTop>();

  addResult({ roundId, top, version, counts, marks, startedAt, submittedAt, before }: ResultSeen): void {
    if (counts) up(this.#marks, Math.floor(marks / MARK), 1);
    if (before?.counts === true) up(this.#marks, Math.floor(before.marks / MARK), -1);
    if (version > 0) return;
    up(this.closed, roundId, 1);
    up(this.#submits, minuteOf(submittedAt), 1);
    up(this.#starts, minuteOf(startedAt), 1);
    upIn(this.#submitHours, hourOf(submittedAt), top);
  }

  addEntry(top: number | null, at: number): void {
    this.entries += 1;
    upIn(this.#entryHours, hourOf(at), top);
  }

  /** Forgets minutes and hours that nobody looks at any more. */
  forget(now: number): void {
    const oldest = hourOf(now) - KEPT_HOURS;
    for (const map of [this.#submits, this.#starts])
      for (const minute of map.keys()) if (minute * MINUTE_MS < oldest * HOUR_MS) map.delete(minute);
    for (const map of [this.#submitHours, this.#entryHours])
      for (const hour of map.keys()) if (hour < oldest) map.delete(hour);
  }

  /** The last minutes up to the running one, the oldest first. */
  submits(now: number): number[] {
    return lastMinutes(this.#submits, now);
  }

  /** Attempts under way began too. */
  starts(now: number, open: readonly OpenSeen[]): number[] {
    const all = new Map(this.#starts);
    for (const { startedAt } of open) up(all, minuteOf(startedAt), 1);
    return lastMinutes(all, now);
  }

  /** Whole steps from 0 to the highest mark. */
  marks(): { readonly step: number; readonly counts: readonly number[] } {
    const seen = [...this.#marks].filter(([, count]) => count > 0);
    const highest = Math.max(0, ...seen.map(([mark]) => mark));
    const step = Math.max(1, Math.ceil((highest + 1) / BARS));
    const counts = new Array<number>(Math.floor(highest / step) + 1).fill(0);
    for (const [mark, count] of seen) {
      const bar = Math.floor(Math.max(0, mark) / step);
      counts[bar] = (counts[bar] ?? 0) + count;
    }
    return { step: step * MARK, counts };
  }

  /** Of the last hours, the most first. */
  submitsByUnit(now: number, most: number): TopCounts[] {
    return byUnit(this.#submitHours, now, most);
  }

  entriesByUnit(now: number, most: number): TopCounts[] {
    return byUnit(this.#entryHours, now, most);
  }
}

export function minuteOf(at: number): number {
  return Math.floor(at / MINUTE_MS);
}

export function hourOf(at: number): number {
  return Math.floor(at / HOUR_MS);
}

function up<Key>(map: Map<Key, number>, key: Key, by: number): void {
  map.set(key, (map.get(key) ?? 0) + by);
}

function upIn(map: Map<number, ByTop>, hour: number, top: number | null): void {
  const inHour = map.get(hour) ?? new Map<number | null, number>();
  map.set(hour, inHour);
  up(inHour, top, 1);
}

/** Counts by minute as a list that ends with the minute of `now`. */
export function lastMinutes(counts: ReadonlyMap<number, number>, now: number): number[] {
  const last = minuteOf(now);
  return Array.from({ length: MINUTES }, (_, i) => counts.get(last - MINUTES + 1 + i) ?? 0);
}

function byUnit(hours: ReadonlyMap<number, ByTop>, now: number, most: number): TopCounts[] {
  const last = hourOf(now);
  const found = new Map<number | null, number[]>();
  for (let i = 0; i < HOURS; i++) {
    for (const [top, count] of hours.get(last - HOURS + 1 + i) ?? []) {
      const counts = found.get(top) ?? new Array<number>(HOURS).fill(0);
      counts[i] = count;
      found.set(top, counts);
    }
  }
  return [...found]
    .map(([top, counts]) => ({ top, counts, total: counts.reduce((sum, one) => sum + one, 0) }))
    .sort((a, b) => b.total - a.total || (a.top ?? -1) - (b.top ?? -1))
    .slice(0, most);
}
