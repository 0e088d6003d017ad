import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fromIsoDate, isoDate, momentOf, startOfDay, textOf } from '../../../client/desk/inputs/moments.ts';

const at = (iso: string): number => Date.parse(`${iso}+07:00`);

describe('dates and times as organisers write them', () => {
  test.each([
    ['28/08/2026', '08:00', '2026-08-28T08:00:00'],
    ['28/8/26', '8', '2026-08-28T08:00:00'],
    ['28-8-2026', '8h30', '2026-08-28T08:30:00'],
    ['28082026', '0830', '2026-08-28T08:30:00'],
    [' 28.8.2026 ', '8g15', '2026-08-28T08:15:00'],
  ])('%s and %s', (date, clock, iso) => {
    expect(momentOf({ date, clock })).toBe(at(iso));
  });

  test.each(['24:00', '24h00', '24h', '24', '2400'])('%s is the end of the day', (clock) => {
    expect(momentOf({ date: '28/08/2026', clock })).toBe(at('2026-08-29T00:00:00'));
  });

  test.each([
    ['31/02/2026', '08:00'],
    ['28/13/2026', '08:00'],
    ['', '08:00'],
    ['28/08/2026', '24:01'],
    ['28/08/2026', '25:00'],
    ['28/08/2026', '08:60'],
    ['28/08/2026', ''],
  ])('%s and %s are no moment', (date, clock) => {
    expect(momentOf({ date, clock })).toBeNull();
  });

  test('midnight belongs to the day that it ends, or begins', () => {
    const midnight = at('2026-08-29T00:00:00');
    expect(textOf(midnight, true)).toEqual({ date: '28/08/2026', clock: '24:00' });
    expect(textOf(midnight, false)).toEqual({ date: '29/08/2026', clock: '00:00' });
  });

  test('what is shown is read back as the same minute', () => {
    const minutes = fc.integer({ min: 0, max: 70_000_000 }).map((minute) => minute * 60_000);
    fc.assert(
      fc.property(minutes, fc.boolean(), (moment, end) => {
        expect(momentOf(textOf(moment, end))).toBe(moment);
      }),
    );
  });

  test("the browser's calendar speaks of the same day", () => {
    expect(isoDate('28/08/2026')).toBe('2026-08-28');
    expect(isoDate('rubbish')).toBe('');
    expect(fromIsoDate('2026-08-28')).toBe('28/08/2026');
  });

  test('a day begins at midnight in Việt Nam', () => {
    expect(startOfDay(at('2026-08-28T23:59:59'))).toBe(at('2026-08-28T00:00:00'));
    expect(startOfDay(at('2026-08-28T00:00:00'), 1)).toBe(at('2026-08-29T00:00:00'));
  });
});
