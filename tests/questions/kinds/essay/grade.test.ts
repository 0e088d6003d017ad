import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { grading } from '../../../../questions/kinds/essay/grade.ts';
import { countWords, ESSAY_MAX } from '../../../../questions/kinds/essay/prompt.ts';

const prompt = { stem: 'Nêu suy nghĩ', maxWords: 500 };
const key = { rubric: [{ text: 'Nêu được ý nghĩa', points: 50 }] };

describe('essay', () => {
  test('keeps paragraphs, and what is kept is kept again as it is', () => {
    expect(grading.normalise(prompt, ' Đoạn một\r\n\r\nĐoạn hai\u0000\u200b ')).toBe('Đoạn một\n\nĐoạn hai');
    expect(grading.normalise(prompt, ' \n ')).toBeNull();
    expect(grading.normalise(prompt, 'a'.repeat(ESSAY_MAX))).toHaveLength(ESSAY_MAX);
    expect(grading.normalise(prompt, 'a'.repeat(ESSAY_MAX + 1))).toBeUndefined();
    expect(grading.normalise(prompt, 5)).toBeUndefined();
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const once = grading.normalise(prompt, text);
        expect(grading.normalise(prompt, once ?? null)).toBe(once ?? null);
      }),
    );
  });

  test('earns nothing by itself, and reveals what markers looked for', () => {
    expect(grading.isMarkedByHand).toBe(true);
    expect(grading.grade(prompt, key, 'Nêu được ý nghĩa', [])).toBe(0);
    expect(grading.reveal(prompt, key, [])).toBe('Nêu được ý nghĩa (0,5 điểm)');
  });

  test('words are counted between spaces, and problems are named', () => {
    expect(countWords('  học tập\nNghị quyết ')).toBe(4);
    expect(countWords('')).toBe(0);
    expect(grading.check(prompt, key)).toEqual([]);
    expect(grading.check({ stem: 'Nêu', maxWords: null }, null)).toEqual([]);
    expect(grading.check({ stem: 'Nêu', maxWords: 0 }, null).map(({ at }) => at)).toEqual(['maxWords']);
    expect(grading.check(prompt, { rubric: [] }).map(({ at }) => at)).toEqual(['rubric']);
    expect(grading.check(prompt, { rubric: [{ text: '', points: 1 }] }).map(({ at }) => at)).toEqual([
      'rubric.0',
    ]);
  });
});
