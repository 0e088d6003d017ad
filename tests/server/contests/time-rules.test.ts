import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type AttemptTimes,
  DAY_MS,
  dayEnd,
  dayStart,
  deadlineOf,
  formatDay,
  formatEnd,
  formatMoment,
  isAccepted,
  parseMoment,
} from '../../../server/contests/time-rules.ts';

const moment = fc.integer({ min: Date.UTC(1980, 0, 1), max: Date.UTC(2100, 0, 1) });
const minute = moment.map((at) => Math.floor(at / 60_000) * 60_000);

/** The local clock by the platform's own time zone data. */
const parts = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Asia/Ho_Chi_Minh',
  dateStyle: 'short',
  timeStyle: 'medium',
});

describe('days', () => {
  test('begin at local midnight, and every moment lies in its day', () => {
    fc.assert(
      fc.property(moment, (at) => {
        const start = dayStart(at);
        expect(start <= at && at < dayEnd(at)).toBe(true);
        expect(dayEnd(at) - start).toBe(DAY_MS);
        expect(parts.format(start)).toMatch(/, 00:00:00$/);
        expect(parts.format(start).slice(0, 10)).toBe(parts.format(at).slice(0, 10));
        expect(dayStart(start)).toBe(start);
        expect(dayStart(dayEnd(at))).toBe(dayEnd(at));
      }),
    );
    expect(dayStart(Date.UTC(2025, 11, 31, 17, 0))).toBe(Date.UTC(2025, 11, 31, 17, 0));
    expect(dayStart(Date.UTC(2025, 11, 31, 16, 59, 59, 999))).toBe(Date.UTC(2025, 11, 30, 17, 0));
  });
});

describe('moments as text', () => {
  test('are shown as the time zone data says', () => {
    fc.assert(
      fc.property(moment, (at) => {
        expect(formatMoment(at)).toBe(parts.format(at).replace(',', '').slice(0, 16));
        expect(formatDay(at)).toBe(parts.format(at).slice(0, 10));
      }),
    );
  });

  test('come back from every way of writing them', () => {
    fc.assert(
      fc.property(minute, (at) => {
        const [day = '', time = ''] = formatMoment(at).split(' ');
        const written = [
          `${day} ${time}`,
          `${time} ${day}`,
          `${time.replace(':', 'h')} ngày ${day}`,
          `${time}, ${day}`,
          formatEnd(at),
          ` ${day}  ${time} `,
        ];
        for (const text of written) expect([text, parseMoment(text)]).toEqual([text, at]);
      }),
    );
  });

  test('24:00 is the end of the day', () => {
    const end = Date.UTC(2025, 11, 20, 17, 0);
    for (const text of [
      '24:00 20/12/2025',
      '24h00 ngày 20/12/2025',
      '24h 20/12/2025',
      '24 giờ 00, ngày 20/12/2025',
      '20/12/2025 24:00',
      '00:00 21/12/2025',
      '0h00 21-12-2025',
    ]) {
      expect([text, parseMoment(text)]).toEqual([text, end]);
    }
    expect(formatEnd(end)).toBe('24:00 20/12/2025');
    expect(formatEnd(end - 60_000)).toBe('23:59 20/12/2025');
    expect(formatEnd(end + 1)).toBe('00:00 21/12/2025');
    expect(formatMoment(end)).toBe('21/12/2025 00:00');
    fc.assert(
      fc.property(
        moment,
        (at) =>
          parseMoment(formatEnd(dayEnd(at))) === dayEnd(at) &&
          formatEnd(dayEnd(at)) === `24:00 ${formatDay(at)}`,
      ),
    );
  });

  test.each([
    '',
    '20/12/2025',
    '08:30',
    '24:01 20/12/2025',
    '25:00 20/12/2025',
    '12:60 20/12/2025',
    '8 20/12/2025',
    '29/02/2025 08:00',
    '31/04/2025 08:00',
    '00/01/2025 08:00',
    '01/13/2025 08:00',
    '20/12/25 08:00',
    '01/01/0099 08:00',
    '2025-12-20 08:00',
    '20/12/2025 08:30 sáng',
  ])('"%s" is no moment', (text) => {
    expect(parseMoment(text)).toBe(null);
  });

  test('garbage is no moment and no error', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.stringMatching(/^[0-9:h/ ]{0,18}$/)), (text) =>
        [true, false].includes(parseMoment(text) === null),
      ),
    );
  });
});

describe('deadline', () => {
  const times = (over: Partial<AttemptTimes> = {}): AttemptTimes => ({
    startedAt: 1_000,
    durationMs: 600,
    windowEndsAt: 10_000,
    extraMs: 0,
    outages: [],
    ...over,
  });

  test('is the end of the duration or of the window, and extra time may pass the window', () => {
    expect(deadlineOf(times())).toBe(1_600);
    expect(deadlineOf(times({ windowEndsAt: 1_200 }))).toBe(1_200);
    expect(deadlineOf(times({ windowEndsAt: 1_200, extraMs: 300 }))).toBe(1_500);
    expect(deadlineOf(times({ durationMs: null }))).toBe(10_000);
  });

  test('gives back what an outage took', () => {
    expect(deadlineOf(times({ outages: [{ from: 1_100, until: 1_300 }] }))).toBe(1_800);
    expect(deadlineOf(times({ outages: [{ from: 500, until: 1_100 }] }))).toBe(1_700);
    expect(deadlineOf(times({ outages: [{ from: 500, until: 1_000 }] }))).toBe(1_600);
    expect(deadlineOf(times({ outages: [{ from: 1_500, until: 5_000 }] }))).toBe(5_100);
    expect(deadlineOf(times({ outages: [{ from: 1_600, until: 5_000 }] }))).toBe(1_600);
    expect(deadlineOf(times({ windowEndsAt: 1_200, outages: [{ from: 1_150, until: 1_250 }] }))).toBe(1_300);
  });

  test('leaves exactly the promised time outside outages', () => {
    const outage = fc
      .tuple(fc.integer({ min: 0, max: 120 }), fc.integer({ min: 0, max: 30 }))
      .map(([from, length]) => ({ from, until: from + length }));
    const attempt = fc.record({
      startedAt: fc.integer({ min: 0, max: 40 }),
      durationMs: fc.option(fc.integer({ min: 1, max: 50 })),
      windowEndsAt: fc.integer({ min: 41, max: 90 }),
      extraMs: fc.integer({ min: 0, max: 20 }),
      outages: fc.array(outage, { maxLength: 6 }),
    });
    fc.assert(
      fc.property(attempt, (given) => {
        const byWindow = given.windowEndsAt - given.startedAt;
        let left =
          (given.durationMs === null ? byWindow : Math.min(given.durationMs, byWindow)) + given.extraMs;
        let now = given.startedAt;
        for (; left > 0; now++)
          if (!given.outages.some(({ from, until }) => from <= now && now < until)) left--;
        expect(deadlineOf(given)).toBe(now);
      }),
      { numRuns: 3_000 },
    );
  });
});

test('an answer counts up to deadline + grace, that millisecond included', () => {
  fc.assert(
    fc.property(
      moment,
      fc.integer({ min: 0, max: 60_000 }),
      fc.integer({ min: -100_000, max: 100_000 }),
      (deadline, grace, off) => {
        const edge = deadline + grace;
        expect([
          isAccepted(edge - 1, deadline, grace),
          isAccepted(edge, deadline, grace),
          isAccepted(edge + 1, deadline, grace),
        ]).toEqual([true, true, false]);
        expect(isAccepted(edge + off, deadline, grace)).toBe(off <= 0);
      },
    ),
    { numRuns: 2_000 },
  );
});
