import fc from 'fast-check';
import { afterEach, describe, expect, test } from 'vitest';
import * as format from '../../../client/messages/format.ts';
import { setLocale } from '../../../client/messages/locale.svelte.ts';

const at = Date.UTC(2022, 7, 5, 3, 42, 7);

afterEach(() => setLocale('vi'));

describe('numbers', () => {
  test('are grouped by points and have a decimal comma', () => {
    expect(format.number(1_070_547)).toBe('1.070.547');
    expect(format.number(1.5)).toBe('1,5');
    expect(format.number(19.999)).toBe('20');
    expect(format.number(-1234.5)).toBe('−1.234,5');
    expect(format.number(-0.001)).toBe('0');
    expect(format.percent(0.125)).toBe('12,5\u00a0%');
  });

  test('change their signs in English only', () => {
    setLocale('en');
    expect(format.number(1_070_547.25)).toBe('1,070,547.25');
  });

  test('agree with the platform for Vietnamese', () => {
    const platform = new Intl.NumberFormat('vi-VN', { maximumFractionDigits: 0 });
    fc.assert(fc.property(fc.nat(10 ** 12), (value) => format.number(value) === platform.format(value)));
  });
});

describe('dates', () => {
  test('are those of Việt Nam, day first', () => {
    expect(format.dateTime(at, 'second')).toBe('05/08/2022 10:42:07');
    expect(format.date(Date.UTC(2022, 7, 4, 17, 0))).toBe('05/08/2022');
    expect(format.weekday(at)).toBe('Thứ sáu');
  });

  test('agree with the platform at any moment', () => {
    const platform = new Intl.DateTimeFormat('en-GB', {
      timeZone: 'Asia/Ho_Chi_Minh',
      dateStyle: 'short',
      timeStyle: 'medium',
    });
    const moments = fc.integer({ min: Date.UTC(2000, 0), max: Date.UTC(2099, 0) });
    fc.assert(
      fc.property(moments, (now) => format.dateTime(now, 'second') === platform.format(now).replace(',', '')),
    );
  });

  test('end at 24:00 of the day that they end', () => {
    expect(format.closing(Date.UTC(2022, 7, 28, 17, 0))).toBe('24:00 28/08/2022');
    expect(format.closing(Date.UTC(2022, 7, 28, 2, 0))).toBe('09:00 28/08/2022');
  });

  test('go into a date box and come back', () => {
    expect(format.toInput(at)).toBe('2022-08-05T10:42');
    expect(format.fromInput('2022-08-05T10:42')).toBe(Date.UTC(2022, 7, 5, 3, 42));
    expect(format.fromInput('')).toBeNull();
    const minutes = fc.integer({ min: 16_000_000, max: 60_000_000 }).map((minute) => minute * 60_000);
    fc.assert(fc.property(minutes, (now) => format.fromInput(format.toInput(now)) === now));
  });
});

describe('lengths of time', () => {
  test('count down, and never below zero', () => {
    expect(format.countdown(61_000)).toBe('1:01');
    expect(format.countdown(60_001)).toBe('1:01');
    expect(format.countdown(3_661_000)).toBe('1:01:01');
    expect(format.countdown(3 * 86_400_000 + 3_723_000)).toBe('3 ngày 01:02:03');
    expect(format.countdown(-5)).toBe('0:00');
  });

  test('are told in their two largest parts', () => {
    expect(format.duration(754_000)).toBe('12 phút 34 giây');
    expect(format.duration(900_000)).toBe('15 phút');
    expect(format.duration(86_400_000 + 7_200_000 + 60_000)).toBe('1 ngày 2 giờ');
    expect(format.duration(0)).toBe('0 giây');
    setLocale('en');
    expect(format.duration(61_000)).toBe('1 minute 1 second');
  });

  test('of a paper are exact to a tenth', () => {
    expect(format.elapsed(754_320)).toBe('12:34,3');
  });
});
