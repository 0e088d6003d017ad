/**
 * Dates and times as organisers write them, read as Việt Nam's time (UTC+7 all year): "28/8/2026" and "24:00", "24h00",
 * "8h". Midnight at the end of something belongs to the day that it ends. Pure.
 */
const aheadMs = 7 * 3_600_000;
const minuteMs = 60_000;
const dayMs = 86_400_000;

/** What stands in the two boxes. */
export interface MomentText {
  readonly date: string;
  readonly clock: string;
}

const two = (value: number): string => String(value).padStart(2, '0');

/** "28/08/2026", "28-8-26", "28082026" → ms of that day's start in UTC; null when there is no such day. */
function dayOf(text: string): number | null {
  const match =
    /^(\d{1,2})\s*[/.\- ]\s*(\d{1,2})\s*[/.\- ]\s*(\d{2}|\d{4})$/.exec(text) ??
    /^(\d{2})(\d{2})(\d{4})$/.exec(text);
  if (match === null) return null;
  const [day, month, short] = [Number(match[1]), Number(match[2]), Number(match[3])];
  const year = short < 100 ? 2000 + short : short;
  const start = Date.UTC(year, month - 1, day);
  const read = new Date(start);
  return read.getUTCMonth() === month - 1 && read.getUTCDate() === day ? start : null;
}

/** "24:00", "24h00", "24h", "8h30", "0830", "8" → minutes since the day's start, 0 to 1440; null when it is no time. */
function minutesOf(text: string): number | null {
  const match = /^(\d{1,2})(?:\s*[:hg.]\s*(\d{1,2})?)?\s*p?$/i.exec(text) ?? /^(\d{2})(\d{2})$/.exec(text);
  if (match === null) return null;
  const [hours, minutes] = [Number(match[1]), Number(match[2] ?? '0')];
  if (minutes > 59) return null;
  const total = hours * 60 + minutes;
  return total <= 24 * 60 ? total : null;
}

/** ms since epoch, or null when the boxes hold no moment. */
export function momentOf({ date, clock }: MomentText): number | null {
  const day = dayOf(date.trim());
  const minutes = minutesOf(clock.trim());
  return day === null || minutes === null ? null : day + minutes * minuteMs - aheadMs;
}

/** The boxes for a moment. `end`: midnight is written "24:00" of the day before. */
export function textOf(at: number, end: boolean): MomentText {
  const local = at + aheadMs;
  const isMidnight = end && local % dayMs === 0;
  const shown = new Date(isMidnight ? local - dayMs : local);
  const date = `${two(shown.getUTCDate())}/${two(shown.getUTCMonth() + 1)}/${shown.getUTCFullYear()}`;
  const clock = isMidnight ? '24:00' : `${two(shown.getUTCHours())}:${two(shown.getUTCMinutes())}`;
  return { date, clock };
}

/** "2026-08-28" of the browser's own calendar ↔ "28/08/2026". */
export function isoDate(date: string): string {
  const day = dayOf(date.trim());
  return day === null ? '' : new Date(day).toISOString().slice(0, 10);
}
export function fromIsoDate(iso: string): string {
  const [year = '', month = '', day = ''] = iso.split('-');
  return `${day}/${month}/${year}`;
}

/** The start of the local day that a moment lies in, `days` later. */
export function startOfDay(at: number, days = 0): number {
  return Math.floor((at + aheadMs) / dayMs) * dayMs + days * dayMs - aheadMs;
}
