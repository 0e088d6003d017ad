/** Which time a report is about. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { periodOf, periodText, type RoundSpan, weekStart } from '../../../server/reports/period-rules.ts';

const at = (text: string): number => Date.parse(`${text}+07:00`);
const WEEK = 7 * 86_400_000;

const round = (number: number): RoundSpan => ({
  id: number,
  uid: `round-${number}`,
  number,
  title: `Vòng ${number}`,
  opensAt: at('2022-08-01T09:00:00') + (number - 1) * WEEK,
  closesAt: at('2022-08-08T00:00:00') + (number - 1) * WEEK,
});
const rounds = [round(1), round(2)];

describe('a week', () => {
  it('begins on Monday at 00:00 in Hà Nội, at any moment of it', () => {
    expect(weekStart(at('2022-08-01T00:00:00'))).toBe(at('2022-08-01T00:00:00'));
    expect(weekStart(at('2022-07-31T23:59:59'))).toBe(at('2022-07-25T00:00:00'));
    fc.assert(
      fc.property(fc.integer({ min: 0, max: at('2100-01-01T00:00:00') }), (moment) => {
        const start = weekStart(moment);
        const local = new Date(start + 7 * 3_600_000);
        expect(start).toBeLessThanOrEqual(moment);
        expect(moment - start).toBeLessThan(WEEK);
        expect([local.getUTCDay(), local.getUTCHours(), local.getUTCMinutes()]).toEqual([1, 0, 0]);
      }),
    );
  });

  it('on Monday morning the last one is Monday to Sunday before, compared with the one before that', () => {
    const period = periodOf({ preset: 'lastWeek' }, rounds, at('2022-08-08T08:00:00'));
    expect(period).toMatchObject({
      from: at('2022-08-01T00:00:00'),
      to: at('2022-08-08T00:00:00'),
      before: { from: at('2022-07-25T00:00:00'), to: at('2022-08-01T00:00:00') },
    });
    expect(period === null ? '' : periodText(period)).toBe('01/08/2022 – 07/08/2022');
  });
});

describe('other times', () => {
  it('of a round all that was submitted in it counts, whenever, beside the round before', () => {
    const second = periodOf({ preset: 'round', round: 'round-2' }, rounds, 0);
    expect(second?.now.rounds).toEqual([2]);
    expect(second?.before?.rounds).toEqual([1]);
    expect(second?.now.from).toBe(0);
    expect(periodOf({ preset: 'round', round: 'round-1' }, rounds, 0)?.before).toBeNull();
    expect(periodOf({ preset: 'round', round: 'round-3' }, rounds, 0)).toBeNull();
  });

  it('the whole contest has nothing before it, and chosen days are compared with as many before', () => {
    expect(periodOf({ preset: 'contest' }, rounds, at('2022-08-10T00:00:00'))).toMatchObject({
      before: null,
      from: at('2022-08-01T09:00:00'),
      to: at('2022-08-15T00:00:00'),
    });
    const [from, to] = [at('2022-08-03T00:00:00'), at('2022-08-05T00:00:00')];
    const period = periodOf({ preset: 'custom', from, to }, rounds, 0);
    expect(period?.before).toEqual({ rounds: [1, 2], from: at('2022-08-01T00:00:00'), to: from });
    expect(periodOf({ preset: 'custom', from: to, to: from }, rounds, 0)).toBeNull();
  });

  it('ends and beginnings within a day are said with their times', () => {
    expect(periodText({ from: at('2022-08-01T09:00:00'), to: at('2022-08-08T00:00:00') })).toBe(
      '01/08/2022 09:00 – 24:00 07/08/2022',
    );
  });
});
