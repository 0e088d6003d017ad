import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { grading } from '../../../../questions/kinds/numeric/grade.ts';
import { formatNumber, readingsOf } from '../../../../questions/kinds/numeric/readings.ts';

const prompt = { stem: 'Bao nhiêu?', unit: '' };
const markOf = (value: number, tolerance: number, typed: string, unit = '') => {
  const answer = grading.normalise(prompt, typed);
  if (answer === undefined) throw new Error(`refused: ${typed}`);
  return grading.grade({ stem: 'Bao nhiêu?', unit }, { value, tolerance }, answer, []);
};

describe('readings of a typed number', () => {
  test.each<[string, string, number[]]>([
    ['1.070.547', '', [1_070_547]],
    ['1,070,547', '', [1_070_547]],
    ['1 070 547', '', [1_070_547]],
    ['1,5', '', [1.5]],
    ['1.5', '', [1.5]],
    ['39.500', '', [39_500, 39.5]],
    ['39,500', '', [39.5, 39_500]],
    ['1.234,5', '', [1234.5]],
    ['1,234.5', '', [1234.5]],
    ['0.500', '', [0.5]],
    ['7,5 %', '', [7.5]],
    ['7, 5%', '%', [7.5]],
    ['39.500 tỷ đồng', 'tỷ đồng', [39_500, 39.5]],
    ['39500 TY', 'tỷ đồng', [39_500]],
    ['8%', '%/năm', [8]],
    ['5 m2', 'm2', [5]],
    ['-3', '', [-3]],
    ['− 3,0', '', [-3]],
    ['+12', '', [12]],
    ['2022.', '', [2022]],
    [',5', '', [0.5]],
    ['39.500 đồng', 'tỷ đồng', []],
    ['5 %', 'tỷ đồng', []],
    ['8 người', '', []],
    ['12 34', '', []],
    ['1.2.3', '', []],
    ['1..5', '', []],
    ['1.23,456.7', '', []],
    ['1e6', '', []],
    ['1/2', '', []],
    ['abc', '', []],
    ['', '', []],
    ['.', '', []],
    ['-', '', []],
    ['٣', '', []],
  ])('%s [%s]', (typed, unit, expected) => {
    expect(readingsOf(typed, unit)).toEqual(expected);
  });

  test('a formatted number is read back, and never as more than two', () => {
    const values = fc.oneof(
      fc.integer({ min: -1e9, max: 1e9 }),
      fc.double({ min: 1e-6, max: 1e15, noNaN: true }),
    );
    fc.assert(
      fc.property(values, (value) => {
        const readings = readingsOf(formatNumber(value), '');
        expect(readings).toContain(value);
        expect(readings.length).toBeLessThanOrEqual(2);
      }),
      { numRuns: 2_000 },
    );
    expect(formatNumber(1_070_547)).toBe('1.070.547');
    expect(formatNumber(-12345.5)).toBe('-12.345,5');
    expect(formatNumber(1954)).toBe('1954');
    expect(formatNumber(100)).toBe('100');
  });

  test('anything typed is read without an error', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 60 }), fc.string(), (typed, unit) =>
        readingsOf(typed, unit).every(Number.isFinite),
      ),
      {
        numRuns: 2_000,
      },
    );
  });
});

describe('numeric', () => {
  test('either convention is right', () => {
    expect(markOf(39_500, 0, '39.500')).toBe(1);
    expect(markOf(39_500, 0, '39,500')).toBe(1);
    expect(markOf(39.5, 0, '39.500')).toBe(1);
    expect(markOf(39_500, 0, '39.501')).toBe(0);
    expect(markOf(7.5, 0, '7,5 %', '%')).toBe(1);
  });

  test('the tolerance counts both ways, its ends included, in decimal', () => {
    expect(markOf(0.3, 0.1, '0,4')).toBe(1);
    expect(markOf(0.3, 0.1, '0,2')).toBe(1);
    expect(markOf(0.3, 0.1, '0,41')).toBe(0);
    expect(markOf(1e15, 1, '1000000000000002')).toBe(0);
    const tenths = fc.integer({ min: -10_000, max: 10_000 });
    fc.assert(
      fc.property(
        tenths,
        fc.integer({ min: 0, max: 50 }),
        fc.integer({ min: -60, max: 60 }),
        (value, tolerance, off) => {
          const typed = formatNumber((value + off) / 10);
          expect(markOf(value / 10, tolerance / 10, typed) === 1 || /^-?\d{1,3}\.\d{3}$/.test(typed)).toBe(
            Math.abs(off) <= tolerance || /^-?\d{1,3}\.\d{3}$/.test(typed),
          );
        },
      ),
      { numRuns: 2_000 },
    );
  });

  test('a revealed answer earns everything', () => {
    const key = fc
      .record({ value: fc.oneof(fc.double(), fc.integer()), tolerance: fc.double({ min: 0 }) })
      .filter((candidate) => grading.check(prompt, candidate).length === 0);
    fc.assert(
      fc.property(key, fc.constantFrom('', '%', 'tỷ đồng'), (k, unit) => {
        const asked = { ...prompt, unit };
        const revealed = grading.reveal(asked, k, []);
        expect(grading.normalise(asked, revealed)).toBe(revealed);
        expect(grading.grade(asked, k, revealed, [])).toBe(1);
      }),
      { numRuns: 2_000 },
    );
  });

  test('keeps what was typed, once and for all, and refuses everything else', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.anything()), (value) => {
        const once = grading.normalise(prompt, value);
        if (value !== null && typeof value !== 'string') expect(once).toBe(undefined);
        if (once !== undefined) {
          expect(grading.normalise(prompt, once)).toBe(once);
          expect([0, 1]).toContain(grading.grade(prompt, { value: 1, tolerance: 0 }, once, []));
        }
      }),
      { numRuns: 2_000 },
    );
    expect(grading.normalise(prompt, ' khoảng  500 ')).toBe('khoảng 500');
    expect(grading.normalise(prompt, '1'.repeat(41))).toBe(undefined);
    expect(grading.normalise(prompt, '  ')).toBe(null);
    expect(grading.normalise(prompt, 5)).toBe(undefined);
  });

  test('blanks and missing keys earn 0; check names what is wrong', () => {
    expect(grading.grade(prompt, { value: 0, tolerance: 5 }, null, [])).toBe(0);
    expect(grading.grade(prompt, null, '1', [])).toBe(0);
    expect(grading.reveal(prompt, null, [])).toBe(null);
    const at = (value: number, tolerance: number) =>
      grading.check(prompt, { value, tolerance }).map((p) => p.at);
    expect(at(15, 0)).toEqual([]);
    expect(at(Number.NaN, -1)).toEqual(['value', 'tolerance']);
    expect(at(1e16, Number.POSITIVE_INFINITY)).toEqual(['value', 'tolerance']);
    expect(grading.check({ stem: 'x' }, null)).toHaveLength(1);
    expect(grading.check(prompt, { value: '1', tolerance: 0 })).toHaveLength(1);
  });
});

describe('numeric keys of several answers', () => {
  const prompt = { stem: 'Bao nhiêu?', unit: '' };
  const key = {
    accept: [
      { value: 10, tolerance: 0 },
      { from: 8, to: 12, weight: 0.5 },
      { value: 10, tolerance: 5, weight: 0.2 },
    ],
  };

  test('the best accepted one that fits counts, ranges with both ends', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 20 }), (typed) => {
        const off = Math.abs(typed - 10);
        const share = off === 0 ? 1 : off <= 2 ? 0.5 : off <= 5 ? 0.2 : 0;
        expect(grading.grade(prompt, key, String(typed), [])).toBe(share);
      }),
    );
    expect(grading.reveal(prompt, key, [])).toBe('10');
    expect(grading.reveal(prompt, { from: 1.5, to: 2 }, [])).toBe('1,5 – 2');
    expect(grading.grade(prompt, { from: 1.5, to: 2 }, '1,5', [])).toBe(1);
  });

  test('problems are named at the answer', () => {
    expect(grading.check(prompt, key)).toEqual([]);
    expect(grading.check(prompt, { from: 2, to: 1 }).map(({ at }) => at)).toEqual(['from']);
    expect(
      grading.check(prompt, { accept: [{ value: 1, tolerance: -1, weight: 2 }] }).map(({ at }) => at),
    ).toEqual(['accept.0.tolerance', 'accept.0.weight']);
    expect(grading.check(prompt, { accept: [] }).map(({ at }) => at)).toEqual(['accept']);
    expect(grading.check(prompt, { accept: [{ from: 1 }] }).map(({ at }) => at)).toEqual(['']);
  });
});
