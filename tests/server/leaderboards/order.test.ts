import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  CRITERIA,
  compareRank,
  compareStandings,
  type Standing,
} from '../../../server/leaderboards/order.ts';
import { groupStable, sortKeyed } from '../../../server/leaderboards/sort.ts';
import { Standings } from '../../../server/leaderboards/standings.ts';

const order = fc.shuffledSubarray([...CRITERIA], { minLength: 1 });

const standing = fc.record({
  marks: fc.oneof(fc.integer({ min: -300, max: 300 }), fc.integer({ min: 1 - 2 ** 52, max: 2 ** 52 - 1 })),
  predictionDistance: fc.oneof(fc.nat(2), fc.integer({ min: 0, max: 2 ** 52 - 1 }), fc.constant(null)),
  elapsedMs: fc.oneof(fc.nat(3), fc.nat(36_000_000)),
  submittedAt: fc.oneof(fc.nat(3), fc.integer({ min: 1_700_000_000_000, max: 1_900_000_000_000 })),
});

const standings = fc
  .array(standing, { minLength: 1, maxLength: 60, size: 'max' })
  .chain((list) => fc.shuffledSubarray(list, { minLength: list.length }))
  .map((list): Standing[] => list.map((one, i) => ({ ...one, sequence: (i * 7_919) % 6_151 })));

function table(list: readonly Standing[], criteria: ConstructorParameters<typeof Standings>[0]): Standings {
  const made = new Standings(criteria);
  list.forEach((one, slot) => {
    made.open(slot, slot + 1_000);
    made.write(slot, one, -1);
  });
  return made;
}

describe('the order', () => {
  it('is the contest’s: the first criterion that differs decides', () => {
    const a: Standing = { marks: 900, predictionDistance: null, elapsedMs: 5, submittedAt: 9, sequence: 1 };
    const b: Standing = { marks: 800, predictionDistance: 10, elapsedMs: 6, submittedAt: 8, sequence: 2 };
    expect(compareRank(['marks', 'prediction'], a, b)).toBeLessThan(0);
    expect(compareRank(['prediction', 'marks'], a, b)).toBeGreaterThan(0);
    expect(compareRank(['time'], a, b)).toBeLessThan(0);
    expect(compareRank(['submitted'], a, b)).toBeGreaterThan(0);
  });

  it('keeps times beyond 69.9 minutes apart from marks', () => {
    const slow: Standing = {
      marks: 900,
      predictionDistance: 0,
      elapsedMs: 86_400_000,
      submittedAt: 9,
      sequence: 1,
    };
    const quick: Standing = { ...slow, marks: 899, elapsedMs: 1, sequence: 2 };
    expect(compareRank(['marks', 'time'], slow, quick)).toBeLessThan(0);
  });

  it('lets the sequence decide who is listed first, but not who ranks better', () => {
    const a: Standing = { marks: 900, predictionDistance: 0, elapsedMs: 5, submittedAt: 9, sequence: 1 };
    const b = { ...a, sequence: 2 };
    expect(compareRank(CRITERIA, a, b)).toBe(0);
    expect(compareStandings(CRITERIA, a, b)).toBeLessThan(0);
  });
});

describe('a table of standings', () => {
  it('gives back what was written and compares it as the order does', () => {
    fc.assert(
      fc.property(standings, order, (list, criteria) => {
        const made = table(list, criteria);
        list.forEach((one, slot) => {
          expect(made.read(slot)).toEqual(one);
          expect(made.holds(slot, one, -1)).toBe(true);
          expect(made.person(slot)).toBe(slot + 1_000);
          expect(made.holds(slot, { ...one, elapsedMs: one.elapsedMs + 1 }, -1)).toBe(false);
          const next = list[slot + 1];
          if (next === undefined) return;
          expect(Math.sign(made.compare(slot, slot + 1))).toBe(
            Math.sign(compareStandings(criteria, one, next)),
          );
          const rank = Math.sign(compareRank(criteria, one, next));
          expect(Math.sign(made.compareRank(slot, slot + 1))).toBe(rank);
          expect([0, rank]).toContain(Math.sign(made.key(slot) - made.key(slot + 1)));
          expect(Number.isSafeInteger(made.key(slot)) && made.key(slot) >= 0).toBe(true);
        });
      }),
      { numRuns: 300 },
    );
  });

  it('sorts many at once exactly as comparing two by two does', () => {
    fc.assert(
      fc.property(standings, order, (list, criteria) => {
        const made = table(list, criteria);
        const slots = Int32Array.from(list, (_, slot) => slot);
        const keys = Float64Array.from(slots, (slot) => made.key(slot));
        const { slots: sortedSlots } = sortKeyed({ slots, keys }, (a, b) => made.compare(a, b));
        const sorted = [...sortedSlots].map((slot) => list[slot]);
        expect(sorted).toEqual([...list].sort((a, b) => compareStandings(criteria, a, b)));
      }),
      { numRuns: 500 },
    );
  });

  it('refuses an order that names nothing, or something twice', () => {
    expect(() => new Standings([])).toThrow(RangeError);
    expect(() => new Standings(['marks', 'marks'])).toThrow(RangeError);
  });
});

describe('grouping', () => {
  it('keeps the order within a group and leaves out who has none', () => {
    const groups = [2, -1, 0, 2, 0];
    const given = { slots: Int32Array.of(4, 3, 1, 2, 0), keys: Float64Array.of(14, 13, 11, 12, 10) };
    const { slots, keys } = groupStable(given, 3, (slot) => groups[slot] ?? -1);
    expect([...slots]).toEqual([4, 2, 3, 0]);
    expect([...keys]).toEqual([14, 12, 13, 10]);
  });
});
