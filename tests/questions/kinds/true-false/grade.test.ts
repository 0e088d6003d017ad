import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { grading } from '../../../../questions/kinds/true-false/grade.ts';

const prompt = { stem: 'Nghị quyết 15-NQ/TW ban hành năm 2022.' };

describe('true/false', () => {
  test('only the right word earns the point; the revealed one always does', () => {
    fc.assert(
      fc.property(fc.boolean(), fc.constantFrom(true, false, null), (right, answer) => {
        expect(grading.grade(prompt, { right }, answer, [])).toBe(answer === right ? 1 : 0);
        expect(grading.grade(prompt, { right }, grading.reveal(prompt, { right }, []), [])).toBe(1);
      }),
    );
  });

  test('a missing key is not "false"', () => {
    expect(grading.grade(prompt, null, false, [])).toBe(0);
    expect(grading.reveal(prompt, null, [])).toBe(null);
    expect(grading.reveal(prompt, { right: false }, [])).toBe(false);
  });

  test('takes booleans and blanks only', () => {
    fc.assert(
      fc.property(fc.anything(), (value) => {
        const kept = value === null || typeof value === 'boolean';
        expect(grading.normalise(prompt, value)).toBe(kept ? value : undefined);
      }),
    );
    for (const bad of ['true', 1, 0, 'Đúng', [], {}]) expect(grading.normalise(prompt, bad)).toBe(undefined);
  });

  test('check names what is wrong', () => {
    expect(grading.check(prompt, { right: true })).toEqual([]);
    expect(grading.check(prompt, null)).toEqual([]);
    expect(grading.check(prompt, { right: 'true' })).toHaveLength(1);
    expect(grading.check({ stem: '' }, null).map((p) => p.at)).toEqual(['stem']);
    expect(grading.check(['stem'], null)).toHaveLength(1);
    expect(grading.shuffleable(prompt)).toBe(0);
    expect(grading.arrange(prompt, [])).toEqual(prompt);
  });
});
