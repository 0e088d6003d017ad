/**
 * Numbers, dates and durations as people here write them: 1.070.547 and 1,5; 05/08/2022 10:42:07; always the time of
 * Asia/Ho_Chi_Minh, which is UTC+7 all year, whatever the phone is set to. Dates keep day/month/year in English too, and
 * only the digits' signs change, so that a screenshot means the same to both readers.
 */
import { locale } from './locale.svelte.ts';
import { messages, plural } from './messages.ts';

const utcOffsetMs = 7 * 3_600_000;

/** The fields of a moment on the clock of Việt Nam; month 1–12, weekday 0 = Sunday. */
interface WallClock {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly weekday: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
}

/** @param at ms since epoch */
function wallClock(at: number): WallClock {
  const local = new Date(at + utcOffsetMs);
  return {
    year: local.getUTCFullYear(),
    month: local.getUTCMonth() + 1,
    day: local.getUTCDate(),
    weekday: local.getUTCDay(),
    hour: local.getUTCHours(),
    minute: local.getUTCMinutes(),
    second: local.getUTCSeconds(),
  };
}

const two = (value: number): string => String(value).padStart(2, '0');

/** 1070547 → "1.070.547"; `decimals` at most, trailing zeros left out: 1.5 → "1,5". */
export function number(value: number, decimals = 2): string {
  const factor = 10 ** decimals;
  const rounded = Math.round(Math.abs(value) * factor) / factor;
  const [whole = '0', part = ''] = rounded.toFixed(decimals).split('.');
  const thousands = locale() === 'en' ? ',' : '.';
  const point = locale() === 'en' ? '.' : ',';
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, thousands);
  const trimmed = part.replace(/0+$/, '');
  const sign = value < 0 && rounded !== 0 ? '−' : '';
  return `${sign}${grouped}${trimmed === '' ? '' : point + trimmed}`;
}

/** 0.125 → "12,5 %". */
export function percent(share: number, decimals = 1): string {
  return `${number(share * 100, decimals)}\u00a0%`;
}

/** ms since epoch → "05/08/2022". */
export function date(at: number): string {
  const { year, month, day } = wallClock(at);
  return `${two(day)}/${two(month)}/${year}`;
}

/** ms since epoch → "10:42", or "10:42:07" with seconds. */
export function time(at: number, precision: 'minute' | 'second' = 'minute'): string {
  const { hour, minute, second } = wallClock(at);
  return `${two(hour)}:${two(minute)}${precision === 'second' ? `:${two(second)}` : ''}`;
}

/** ms since epoch → "05/08/2022 10:42", or "05/08/2022 10:42:07". */
export function dateTime(at: number, precision: 'minute' | 'second' = 'minute'): string {
  return `${date(at)} ${time(at, precision)}`;
}

/**
 * The end of something as people say it: midnight belongs to the day that it ends, so 00:00 on the 29th is
 * "24:00 28/08/2022".
 */
export function closing(at: number): string {
  const { hour, minute, second } = wallClock(at);
  const isMidnight = hour === 0 && minute === 0 && second === 0;
  return isMidnight ? `24:00 ${date(at - 1)}` : `${time(at)} ${date(at)}`;
}

/** For a `datetime-local` box, in Việt Nam's time: ms since epoch → "2022-08-05T10:42". */
export function toInput(at: number): string {
  const { year, month, day, hour, minute } = wallClock(at);
  return `${year}-${two(month)}-${two(day)}T${two(hour)}:${two(minute)}`;
}

/** Back from a `datetime-local` box, read as Việt Nam's time: ms since epoch, or null when it is no moment. */
export function fromInput(text: string): number | null {
  const at = Date.parse(`${text.length === 16 ? `${text}:00` : text}Z`);
  return Number.isNaN(at) ? null : at - utcOffsetMs;
}

/** "Thứ hai" … "Chủ nhật". */
export function weekday(at: number): string {
  return texts.weekdays[wallClock(at).weekday] ?? '';
}

/** A running clock: 61_000 ms → "1:01"; from an hour on "1:01:01"; from a day on "2 ngày 03:04:05". Never below zero. */
export function countdown(leftMs: number): string {
  const seconds = Math.max(0, Math.ceil(leftMs / 1000));
  const days = Math.floor(seconds / 86_400);
  const hours = Math.floor(seconds / 3600) % 24;
  const minutes = Math.floor(seconds / 60) % 60;
  const tail = `${two(minutes)}:${two(seconds % 60)}`;
  if (days > 0) return `${texts.days(days)} ${two(hours)}:${tail}`;
  if (hours > 0) return `${hours}:${tail}`;
  return `${minutes}:${two(seconds % 60)}`;
}

/** A length in words, the two largest parts of it: 754_000 ms → "12 phút 34 giây". */
export function duration(lengthMs: number): string {
  const seconds = Math.max(0, Math.round(lengthMs / 1000));
  const parts = [
    texts.days(Math.floor(seconds / 86_400)),
    texts.hours(Math.floor(seconds / 3600) % 24),
    texts.minutes(Math.floor(seconds / 60) % 60),
    texts.seconds(seconds % 60),
  ].filter((part) => !part.startsWith('0 '));
  return parts.slice(0, 2).join(' ') || texts.seconds(0);
}

/** Time used for a paper, exact to a tenth of a second: 754_320 ms → "12:34,3". */
export function elapsed(lengthMs: number): string {
  const tenths = Math.max(0, Math.floor(lengthMs / 100));
  const minutes = Math.floor(tenths / 600);
  const seconds = Math.floor(tenths / 10) % 60;
  return `${minutes}:${two(seconds)}${locale() === 'en' ? '.' : ','}${tenths % 10}`;
}

const texts = messages(
  {
    days: (n: number) => `${n} ngày`,
    hours: (n: number) => `${n} giờ`,
    minutes: (n: number) => `${n} phút`,
    seconds: (n: number) => `${n} giây`,
    weekdays: ['Chủ nhật', 'Thứ hai', 'Thứ ba', 'Thứ tư', 'Thứ năm', 'Thứ sáu', 'Thứ bảy'],
  },
  {
    days: (n: number) => `${n} ${plural(n, 'day', 'days')}`,
    hours: (n: number) => `${n} ${plural(n, 'hour', 'hours')}`,
    minutes: (n: number) => `${n} ${plural(n, 'minute', 'minutes')}`,
    seconds: (n: number) => `${n} ${plural(n, 'second', 'seconds')}`,
    weekdays: ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'],
  },
);
