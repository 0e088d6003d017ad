/**
 * Time as contests mean it: days of Hà Nội (UTC+7 all year), "24:00" as the end of a day, and until when an answer counts.
 * Moments are integer ms since epoch. The server's clock decides: `receivedAt` is stamped when a request is complete.
 */

/** Asia/Ho_Chi_Minh has had no other offset since 1975. */
const AHEAD_MS = 7 * 3_600_000;
/** Every day has the same length, since no clock is ever changed. */
export const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;

/** 00:00 of the local day in which the moment lies. */
export function dayStart(at: number): number {
  return Math.floor((at + AHEAD_MS) / DAY_MS) * DAY_MS - AHEAD_MS;
}

/** "24:00" of the local day in which the moment lies: 00:00 of the next one. */
export function dayEnd(at: number): number {
  return dayStart(at) + DAY_MS;
}

const TIME = '(?<hour>\\d{1,2})\\s*(?::|h|giờ)\\s*(?<minute>\\d{2})?';
const DAY = '(?:ngày\\s*)?(?<day>\\d{1,2})[/.-](?<month>\\d{1,2})[/.-](?<year>\\d{4})';
/** "20/12/2025 08:30", and "24:00 20/12/2025", "24h00 ngày 20/12/2025", "8h, 20/12/2025". */
const SHAPES = [new RegExp(`^${DAY}[\\s,]+${TIME}$`, 'iu'), new RegExp(`^${TIME}[\\s,]+${DAY}$`, 'iu')];

/**
 * A moment as people write it, date or time first; 24:00 is the end of the day. `null` when it is no moment: nothing is
 * guessed. Years 1900 to 9999.
 */
export function parseMoment(text: string): number | null {
  const tidy = text.normalize('NFC').trim();
  const groups = SHAPES.map((shape) => shape.exec(tidy)?.groups).find((found) => found !== undefined);
  if (groups === undefined) return null;
  const [day, month, year] = [Number(groups.day), Number(groups.month), Number(groups.year)];
  const [hour, minute] = [Number(groups.hour), Number(groups.minute ?? 0)];
  const midnight = utcMidnight(year, month, day);
  if (midnight === null || minute > 59 || hour * 60 + minute > 24 * 60) return null;
  return midnight + (hour * 60 + minute) * MINUTE_MS - AHEAD_MS;
}

function utcMidnight(year: number, month: number, day: number): number | null {
  if (year < 1900) return null;
  const at = Date.UTC(year, month - 1, day);
  const date = new Date(at);
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day ? at : null;
}

/** "2025-12-20T08:30": the local time, cut to minutes. */
function localMinute(at: number): string {
  return new Date(at + AHEAD_MS).toISOString().slice(0, 16);
}

/** "dd/mm/yyyy" in Hà Nội. */
export function formatDay(at: number): string {
  return localMinute(at).slice(0, 10).split('-').reverse().join('/');
}

/** "Hà Nội, ngày 05 tháng 02 năm 2026", as official papers bear it: a zero before days below 10, and before January and February. */
export function placeAndDate(place: string, at: number): string {
  const [day = '', month = '', year = ''] = formatDay(at).split('/');
  const shownMonth = Number(month) > 2 ? String(Number(month)) : month;
  return `${place === '' ? '' : `${place}, `}ngày ${day} tháng ${shownMonth} năm ${year}`;
}

/** "dd/mm/yyyy HH:mm" in Hà Nội; seconds are cut off. */
export function formatMoment(at: number): string {
  return `${formatDay(at)} ${localMinute(at).slice(11)}`;
}

/** When something ends, as rules say it: midnight is "24:00" of the day that it closes, anything else "HH:mm dd/mm/yyyy". */
export function formatEnd(at: number): string {
  if (at === dayStart(at)) return `24:00 ${formatDay(at - 1)}`;
  return `${localMinute(at).slice(11)} ${formatDay(at)}`;
}

/** A time in which the server could not take answers; `until` is the first moment at which it could again. */
export interface Outage {
  readonly from: number;
  readonly until: number;
}

/** What decides when one attempt ends. */
export interface AttemptTimes {
  readonly startedAt: number;
  /** Time for one attempt; null: until the round closes. */
  readonly durationMs: number | null;
  /** When the round closes. */
  readonly windowEndsAt: number;
  /** Given to this person, or to everybody by an extension. */
  readonly extraMs: number;
  /** Of the server, recorded; in any order, they may overlap, and only what this attempt suffered is given back. */
  readonly outages: readonly Outage[];
}

/**
 * min(started + duration, window's end) + extra + the outages that fell into the attempt. It may pass the window's end.
 * An outage under way at the deadline is given back whole: who had five minutes left has five minutes afterwards.
 */
export function deadlineOf({ startedAt, durationMs, windowEndsAt, extraMs, outages }: AttemptTimes): number {
  const base = durationMs === null ? windowEndsAt : Math.min(startedAt + durationMs, windowEndsAt);
  let deadline = base + extraMs;
  let counted = startedAt;
  for (const { from, until } of outages.toSorted((a, b) => a.from - b.from)) {
    if (from >= deadline) break;
    deadline += Math.max(0, until - Math.max(from, counted));
    counted = Math.max(counted, until);
  }
  return deadline;
}

/** Whether something that was complete at `receivedAt` still counts: up to deadline + grace, that moment included. */
export function isAccepted(receivedAt: number, deadline: number, graceMs: number): boolean {
  return receivedAt <= deadline + graceMs;
}
