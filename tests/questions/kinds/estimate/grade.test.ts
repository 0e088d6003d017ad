import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { grading } from '../../../../questions/kinds/estimate/grade.ts';

const prompt = { stem: 'Bao nhiêu người?', unit: 'người' };
const bands = [
  { within: 0, share: 1 },
  { within: 100, share: 0.5 },
  { within: 1000, share: 0.2 },
];

describe('estimate', () => {
  test('the nearest band that holds the answer counts, on both sides', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -5000, max: 5000 }),
        fc.integer({ min: -5000, max: 5000 }),
        (truth, guess) => {
          const off = Math.abs(truth - guess);
          const share = off === 0 ? 1 : off <= 100 ? 0.5 : off <= 1000 ? 0.2 : 0;
          expect(grading.grade(prompt, { truth, bands }, String(guess), [])).toBe(share);
        },
      ),
      { numRuns: 500 },
    );
  });

  test('reads numbers as people write them, and nothing is earned before the truth is known', () => {
    const key = { truth: 12_500, bands };
    for (const text of ['12.500', '12,500', '12500 người', '12 500'])
      expect(grading.grade(prompt, key, grading.normalise(prompt, text) ?? null, [])).toBe(1);
    expect(grading.grade(prompt, { ...key, truth: null }, '12500', [])).toBe(0);
    expect(grading.grade(prompt, key, 'nhiều lắm', [])).toBe(0);
    expect(grading.reveal(prompt, key, [])).toBe('12.500');
    expect(grading.reveal(prompt, { truth: null, bands }, [])).toBeNull();
    expect(grading.normalise(prompt, 'x'.repeat(41))).toBeUndefined();
    expect(grading.normalise(prompt, '  ')).toBeNull();
  });

  test('bands go from near to far', () => {
    expect(grading.check(prompt, { truth: null, bands: [] })).toEqual([]);
    expect(grading.check(prompt, { truth: 1, bands })).toEqual([]);
    expect(grading.check(prompt, { truth: 1, bands: bands.toReversed() })).not.toEqual([]);
    expect(grading.check(prompt, { truth: 1, bands: [{ within: -1, share: 1 }] })).not.toEqual([]);
    expect(grading.check(prompt, { truth: '1', bands: [] }).map(({ at }) => at)).toEqual(['']);
  });
});
