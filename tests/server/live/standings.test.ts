import fc from 'fast-check';
import { expect, it } from 'vitest';
import { rankingOf } from '../../../server/live/machine/standings.ts';

it('ranks by points, then number; equals share a place, who was taken out has none', () => {
  const points = fc.oneof(fc.integer({ min: -3, max: 3 }), fc.constantFrom(-0, 0.5, 1e6, 0.1 + 0.2));
  const hall = fc.tuple(fc.array(points, { maxLength: 40 }), fc.array(fc.integer({ min: 1, max: 45 })));
  fc.assert(
    fc.property(hall, ([of, removed]) => {
      const { rank, order, totals } = rankingOf({ removed }, Float64Array.from([0, ...of]));
      const pointsOf = (player: number): number => totals[player] ?? 0;
      const there = of.map((_, i) => i + 1).filter((player) => !removed.includes(player));
      expect(order).toEqual([...there].sort((a, b) => pointsOf(b) - pointsOf(a) || a - b));
      const higher = (player: number): number =>
        there.filter((other) => pointsOf(other) > pointsOf(player)).length;
      for (const player of of.map((_, i) => i + 1))
        expect(rank[player]).toBe(there.includes(player) ? higher(player) + 1 : 0);
      expect(rank[0]).toBe(0);
    }),
    { numRuns: 300 },
  );
});
