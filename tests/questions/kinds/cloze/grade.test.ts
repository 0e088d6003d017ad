import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { grading } from '../../../../questions/kinds/cloze/grade.ts';
import { type ClozePrompt, cutAtGaps } from '../../../../questions/kinds/cloze/prompt.ts';

const prompt: ClozePrompt = {
  stem: 'Đảng ra đời năm {{1}} tại {{2}}, do {{3}} sáng lập.',
  gaps: [
    { kind: 'number', unit: '' },
    { kind: 'choice', options: ['Hương Cảng', 'Ma Cao', 'Thượng Hải'] },
    { kind: 'text' },
  ],
};
const key = {
  gaps: [
    { value: 1930, tolerance: 0 },
    { right: [0] },
    { accept: ['Nguyễn Ái Quốc', 'Hồ Chí Minh'], weights: [1, 0.5], accents: false, case: false },
  ],
};

describe('cloze', () => {
  test('each gap is graded by its own kind, and they are added up', () => {
    const share = (answer: unknown, from = key) =>
      grading.grade(prompt, from, grading.normalise(prompt, answer) ?? null, []);
    expect(share(['1930', 0, 'nguyen ai quoc'])).toBe(1);
    expect(share(['1.930', 0, 'Hồ Chí Minh'])).toBeCloseTo(2.5 / 3);
    expect(share([null, 1, 'Trần Phú'])).toBe(0);
    expect(share(['1931', 0, null])).toBeCloseTo(1 / 3);
    expect(grading.grade(prompt, { ...key, weights: [1, 2, 1] }, ['1', 0, null], [])).toBe(0.5);
    expect(grading.grade(prompt, { gaps: [null, null, null] }, ['1930', 0, 'x'], [])).toBe(0);
  });

  test('tells a review what each gap earned, however it was typed', () => {
    expect(grading.parts?.(prompt, key, ['1.930', 1, 'hồ chí minh'])).toEqual([1, 0, 0.5]);
    expect(grading.parts?.(prompt, key, [null, 0, 'NGUYEN AI QUOC'])).toEqual([0, 1, 1]);
  });

  test('is the weighted mean of what is right, for any choices and weights', () => {
    const round = fc.array(
      fc.record({
        right: fc.integer({ min: 0, max: 2 }),
        chosen: fc.option(fc.integer({ min: 0, max: 2 })),
        weight: fc.integer({ min: 1, max: 9 }),
      }),
      { minLength: 1, maxLength: 12 },
    );
    fc.assert(
      fc.property(round, (gaps) => {
        const stem = gaps.map((_, i) => `{{${i + 1}}}`).join(' ');
        const made: ClozePrompt = {
          stem,
          gaps: gaps.map(() => ({ kind: 'choice', options: ['a', 'b', 'c'] })),
        };
        const madeKey = {
          gaps: gaps.map(({ right }) => ({ right: [right] })),
          weights: gaps.map(({ weight }) => weight),
        };
        expect(grading.check(made, madeKey)).toEqual([]);
        const all = gaps.reduce((sum, { weight }) => sum + weight, 0);
        const got = gaps.reduce((sum, gap) => sum + (gap.chosen === gap.right ? gap.weight : 0), 0);
        const answer = grading.normalise(
          made,
          gaps.map(({ chosen }) => chosen),
        );
        expect(grading.grade(made, madeKey, answer ?? null, [])).toBeCloseTo(got / all, 12);
        const revealed = grading.reveal(made, madeKey, []);
        expect(grading.grade(made, madeKey, revealed, [])).toBe(1);
      }),
    );
  });

  test('what is revealed is an answer that earns everything', () => {
    const revealed = grading.reveal(prompt, key, []);
    expect(revealed).toEqual(['1930', 0, 'Nguyễn Ái Quốc']);
    expect(grading.normalise(prompt, revealed)).toEqual(revealed);
    expect(grading.grade(prompt, key, revealed, [])).toBe(1);
  });

  test('takes what fits each gap and nothing else', () => {
    expect(grading.normalise(prompt, [' 1930 ', 2, ' '])).toEqual(['1930', 2, null]);
    expect(grading.normalise(prompt, [null, null, ''])).toBeNull();
    for (const value of [['1930', 0], [1930, 0, 'x'], ['1', 3, 'x'], ['1', '0', 'x'], ['1', 0, true], 'x'])
      expect(grading.normalise(prompt, value)).toBeUndefined();
    fc.assert(fc.property(fc.anything(), (value) => void grading.normalise(prompt, value)));
  });

  test('says what is wrong, at the gap', () => {
    const places = (from: ClozePrompt, with_: Parameters<typeof grading.check>[1]) =>
      grading.check(from, with_).map(({ at }) => at);
    expect(places(prompt, key)).toEqual([]);
    expect(places({ ...prompt, stem: 'Thiếu {{1}} và {{2}}' }, null)).toEqual(['stem']);
    expect(places({ ...prompt, stem: '{{1}} {{2}} {{3}} {{3}}' }, null)).toEqual(['stem']);
    expect(places(prompt, { gaps: [{ right: [0] }, { right: [7] }, null] })).toEqual([
      'gaps.0',
      'gaps.1.right.0',
    ]);
    expect(places(prompt, { gaps: [null] })).toEqual(['gaps']);
    expect(places(prompt, { ...key, weights: [1, 0, 1] })).toEqual(['weights']);
    expect(grading.missing?.(prompt, { gaps: [null, { right: [0] }, null] }).map(({ at }) => at)).toEqual([
      'gaps.0',
      'gaps.2',
    ]);
  });

  test('a stem is cut at its gaps', () => {
    expect(cutAtGaps('a {{2}} b {{1}}')).toEqual(['a ', 1, ' b ', 0, '']);
    expect(cutAtGaps('không có')).toEqual(['không có']);
  });
});
