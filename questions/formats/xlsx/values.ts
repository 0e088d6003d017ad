/** Numbers of cells as people see them. Vietnam writes a decimal comma, but files keep texts apart from it: a point stays. */
import type { CellStyle, NumberStyle } from './styles.ts';

const DAY_MS = 86_400_000;
/** Day 0 of the two calendars of Excel; 1900's has a 29 February 1900 that never was. */
const EPOCH_1900 = Date.UTC(1899, 11, 30);
const EPOCH_1904 = Date.UTC(1904, 0, 1);

export interface ShownValue {
  readonly text: string;
  /** A date that somebody may have typed as something else, e.g. "3-4". */
  readonly isDoubtful: boolean;
}

/** A number as its style shows it. `from1904`: the calendar of old Macs. */
export function shownNumber(value: string, { number }: CellStyle, from1904: boolean): ShownValue {
  const amount = Number(value);
  if (value.trim() === '' || !Number.isFinite(amount)) return { text: value.trim(), isDoubtful: false };
  if (number.is === 'percent') return { text: `${round(amount * 100, number.digits)}%`, isDoubtful: false };
  if (number.is === 'date') return shownDate(amount, number, from1904);
  return { text: plainNumber(amount), isDoubtful: false };
}

/** Fifteen digits, as Excel keeps them: 0.1 + 0.2 is 0.3. */
function plainNumber(amount: number): string {
  return String(Number(amount.toPrecision(15)));
}

function round(amount: number, digits: number): string {
  return String(Number(amount.toFixed(Math.max(digits, 2))));
}

function shownDate(
  amount: number,
  { shows }: Extract<NumberStyle, { is: 'date' }>,
  from1904: boolean,
): ShownValue {
  const leap = !from1904 && amount < 60 ? 1 : 0;
  const epoch = from1904 ? EPOCH_1904 : EPOCH_1900;
  const moment = new Date(epoch + Math.round((amount + leap) * DAY_MS));
  if (Number.isNaN(moment.getTime())) return { text: plainNumber(amount), isDoubtful: false };
  const day = moment.getUTCDate();
  const month = moment.getUTCMonth() + 1;
  const year = moment.getUTCFullYear();
  const time = `${two(moment.getUTCHours())}:${two(moment.getUTCMinutes())}`;
  if (shows === 'time') return { text: time, isDoubtful: false };
  if (shows === 'day-month') return { text: `${day}-${month}`, isDoubtful: true };
  if (shows === 'month-year') return { text: `${month}-${year}`, isDoubtful: true };
  const date = `${two(day)}/${two(month)}/${year}`;
  return { text: amount % 1 === 0 ? date : `${date} ${time}`, isDoubtful: false };
}

function two(value: number): string {
  return String(value).padStart(2, '0');
}

/** "2026-04-03T00:00:00" of cells of type `d`. */
export function shownIsoDate(value: string): string {
  const [, year, month, day] = /^(\d{4})-(\d{2})-(\d{2})/.exec(value) ?? [];
  return year === undefined ? value : `${day}/${month}/${year}`;
}
