/** Item statistics against a slow version that follows the formulas word for word, and against figures worked out by hand. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { statisticsOf } from '../../../questions/analysis/statistics.ts';
import { type MarkedItem, Tally } from '../../../questions/analysis/tally.ts';
import { slowStatistics } from './slow-statistics.ts';

const MAX = [100, 100, 50, 200, 100, 300];

/** Attempts of papers drawn from six questions. */
const attempt: fc.Arbitrary<MarkedItem[]> = fc.subarray([0, 1, 2, 3, 4, 5], { minLength: 2 }).chain((asked) =>
  fc.tuple(
    ...asked.map((item) => {
      const maxMarks = MAX[item] ?? 100;
      return fc
        .record({
          share: fc.constantFrom(0, 0, 0.25, 0.5, 1, 1),
          blank: fc.boolean(),
          chosen: fc.subarray([0, 1, 2, 3]),
        })
        .map(({ share, blank, chosen }) => ({
          item,
          maxMarks,
          marks: blank ? 0 : Math.round(share * maxMarks),
          blank,
          chosen: item === 5 ? null : blank ? [] : chosen,
        }));
    }),
  ),
);

function tallied(attempts: readonly (readonly MarkedItem[])[]): Tally {
  const tally = new Tally();
  for (const marked of attempts) tally.add(marked);
  return tally;
}

/** Equal up to rounding: figures near 0 are compared absolutely. */
function expectSame(seen: unknown, expected: unknown, path = ''): void {
  if (typeof seen === 'number' && typeof expected === 'number') {
    expect(Math.abs(seen - expected), `${path}: ${seen} for ${expected}`).toBeLessThan(
      1e-6 * Math.max(1, Math.abs(expected)),
    );
  } else if (typeof seen === 'object' && seen !== null && typeof expected === 'object' && expected !== null) {
    expect(Object.keys(seen).sort(), path).toEqual(Object.keys(expected).sort());
    for (const [name, value] of Object.entries(seen))
      expectSame(value, Object.entries(expected).find(([other]) => other === name)?.[1], `${path}.${name}`);
  } else expect(seen, path).toEqual(expected);
}

describe('item statistics', () => {
  it('are what the formulas say, on papers that differ', () => {
    fc.assert(
      fc.property(fc.array(attempt, { minLength: 1, maxLength: 40 }), (attempts) => {
        expectSame(statisticsOf(tallied(attempts)), slowStatistics(attempts));
      }),
      { numRuns: 300 },
    );
  });

  it('are the same whichever way attempts are added up', () => {
    fc.assert(
      fc.property(fc.array(attempt, { minLength: 2, maxLength: 30 }), fc.nat(), (attempts, cut) => {
        const at = cut % attempts.length;
        const parts = tallied(attempts.slice(at).reverse());
        parts.addPacked(structuredClone(tallied(attempts.slice(0, at)).packed()));
        expect(statisticsOf(parts)).toEqual(statisticsOf(tallied(attempts)));
      }),
    );
  });

  it('give the figures that were worked out by hand', () => {
    // Four people, two questions of one mark: totals 2, 1, 1, 0.
    const marks = [
      [100, 100],
      [100, 0],
      [0, 100],
      [0, 0],
    ];
    const { paper, items } = statisticsOf(
      tallied(
        marks.map((row) =>
          row.map((given, item) => ({ item, maxMarks: 100, marks: given, blank: false, chosen: null })),
        ),
      ),
    );
    expect(items[0]).toMatchObject({
      n: 4,
      facility: 50,
      discrimination: 0,
      efficiency: 0,
      effectiveWeight: 50,
    });
    expect(paper.totals).toMatchObject({ mean: 100, median: 100, skewness: 0 });
    // Nothing hangs together: no consistency, and the error is the whole spread.
    expect(paper.consistency).toBeCloseTo(0);
    expect(paper.kr20).toBeCloseTo(0);
    expect(paper.errorRatio).toBeCloseTo(100);
  });

  it('say nothing where nothing varies', () => {
    const same = [{ item: 1, maxMarks: 100, marks: 100, blank: false, chosen: [0] }];
    const { paper, items } = statisticsOf(tallied([same, same, same]));
    expect(items[0]).toMatchObject({ facility: 100, discrimination: null, efficiency: null });
    expect(paper).toMatchObject({ consistency: null, kr20: null, standardError: null });
  });
});
