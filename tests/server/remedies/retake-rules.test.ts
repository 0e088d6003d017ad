import { describe, expect, it } from 'vitest';
import { surplusRetakes, type Taken } from '../../../server/remedies/retake-rules.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const CLOSES = 10 * DAY;

const round = (attemptsAllowed: number, attemptsPer: 'round' | 'day' = 'round') => ({
  closesAt: CLOSES,
  settings: { attemptsAllowed, attemptsPer },
});
const taken = (id: number, startedAt: number, standing: Taken['standing'] = 'counts'): Taken => ({
  ...{ id, startedAt, standing },
});

describe('a retake whose annulled attempt is given back', () => {
  it('gives way where the round allows one attempt', () => {
    expect(surplusRetakes(round(1), [taken(1, 0), taken(2, CLOSES + 1)], CLOSES)).toEqual([2]);
  });

  it('counts beside it where the round allows so many', () => {
    expect(surplusRetakes(round(2), [taken(1, 0), taken(2, CLOSES + 1)], CLOSES)).toEqual([]);
  });

  it('gives way from the latest on, and no attempt from before the annulment ever does', () => {
    const attempts = [taken(1, 0), taken(2, 1), taken(3, CLOSES + 1), taken(4, CLOSES + 2)];
    expect(surplusRetakes(round(3), attempts, CLOSES)).toEqual([4]);
    expect(surplusRetakes(round(1), attempts, CLOSES)).toEqual([4, 3]);
  });

  it('gives way once: what was set aside already makes no place free and takes none', () => {
    const attempts = [taken(1, 0), taken(2, 1), taken(3, CLOSES + 1, 'setAside'), taken(4, CLOSES + 2)];
    expect(surplusRetakes(round(2), attempts, CLOSES)).toEqual([4]);
  });

  it('has its own day where the round counts by day, and after the close only the place of one that stays annulled', () => {
    const daily = round(1, 'day');
    expect(surplusRetakes(daily, [taken(1, 0), taken(2, DAY)], HOUR)).toEqual([]);
    expect(surplusRetakes(daily, [taken(1, 0), taken(2, HOUR)], HOUR)).toEqual([2]);
    expect(surplusRetakes(daily, [taken(1, 0), taken(2, CLOSES + 1)], HOUR)).toEqual([2]);
    expect(
      surplusRetakes(daily, [taken(1, 0), taken(2, DAY, 'annulled'), taken(3, CLOSES + 1)], HOUR),
    ).toEqual([]);
  });
});
