import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { reachOf, toldAround, toldRank } from '../../../server/leaderboards/hiding-rules.ts';

describe('what a board tells while somebody predicts it', () => {
  it('is everything when nothing is hidden', () => {
    for (const scope of ['all', 'unit'] as const) {
      const reach = reachOf('nothing', scope);
      expect(toldRank(1_000_000, reach)).toBe(1_000_000);
      expect(toldAround(1_000_000, reach, 5)).toEqual({ before: 5, after: 5 });
    }
  });

  it('is the ranks of the leaders, fewer within a unit', () => {
    for (const hidden of ['numbers', 'allRight'] as const) {
      expect([toldRank(100, reachOf(hidden, 'all')), toldRank(101, reachOf(hidden, 'all'))]).toEqual([
        100,
        null,
      ]);
      expect([toldRank(10, reachOf(hidden, 'unit')), toldRank(11, reachOf(hidden, 'unit'))]).toEqual([
        10,
        null,
      ]);
    }
  });

  it('shows no line beyond them, whoever asks from wherever', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 300 }), fc.integer({ min: 0, max: 20 }), (rank, each) => {
        const around = toldAround(rank, reachOf('numbers', 'all'), each);
        if (rank > 100) expect(around).toBeNull();
        else expect(rank + (around?.after ?? Number.NaN)).toBeLessThanOrEqual(Math.max(100, rank));
      }),
    );
  });
});
