import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { grading } from '../../../../questions/kinds/short-text/grade.ts';
import type { ShortTextKey } from '../../../../questions/kinds/short-text/key.ts';

const prompt = { stem: 'Điền vào chỗ trống' };
const markOf = (key: ShortTextKey, typed: string) => {
  const answer = grading.normalise(prompt, typed);
  if (answer === undefined) throw new Error(`refused: ${typed}`);
  return grading.grade(prompt, key, answer, []);
};
const strict = (...accept: string[]): ShortTextKey => ({ accept, accents: true, case: true });
const lax = (...accept: string[]): ShortTextKey => ({ accept, accents: false, case: false });

const letters = fc.constantFrom(
  ...'aăáàđĐÐbòoạ *\\-–“"… ',
  'oà',
  'òa',
  'ủy',
  'o\u0300',
  '\u0301',
  '\ud800',
  '\u200b',
);
const text = fc.oneof(
  fc.array(letters, { maxLength: 12 }).map((parts) => parts.join('')),
  fc.string({ unit: 'binary' }),
);
const key = fc
  .record({
    accept: fc.array(text, { minLength: 1, maxLength: 3 }),
    accents: fc.boolean(),
    case: fc.boolean(),
  })
  .filter((candidate) => grading.check(prompt, candidate).length === 0);

describe('short text', () => {
  test('what typing habits change does not matter', () => {
    expect(markOf(strict('Bộ Chính trị'), '  Bộ   Chính\u00a0trị ')).toBe(1);
    expect(markOf(strict('Bộ Chính trị'), 'Bộ Chính trị'.normalize('NFD'))).toBe(1);
    expect(markOf(strict('Đảng'), 'Ðảng')).toBe(1);
    expect(markOf(strict('“Dân vận khéo” – 15-NQ/TW'), '"Dân vận khéo" - 15–NQ/TW')).toBe(1);
    expect(markOf(strict('hòa bình, khỏe, Ủy ban'), 'hoà bình, khoẻ, Uỷ ban')).toBe(1);
    expect(markOf(strict('hoà'), 'hoạ')).toBe(0);
  });

  test('accents and capitals count as the key says', () => {
    expect(markOf(strict('Hà Nội'), 'Ha Noi')).toBe(0);
    expect(markOf(strict('Hà Nội'), 'hà nội')).toBe(0);
    expect(markOf({ accept: ['Hà Nội'], accents: true, case: false }, 'HÀ NỘI')).toBe(1);
    expect(markOf({ accept: ['Hà Nội'], accents: true, case: false }, 'HA NOI')).toBe(0);
    expect(markOf({ accept: ['Hà Đông'], accents: false, case: true }, 'Ha Dong')).toBe(1);
    expect(markOf({ accept: ['Hà Đông'], accents: false, case: true }, 'ha dong')).toBe(0);
    expect(markOf(lax('Hà Đông'), 'ha dong')).toBe(1);
    expect(markOf(lax('Huế', 'Hà Nội'), 'hanoi')).toBe(0);
  });

  test('an asterisk stands for anything, an escaped one for itself', () => {
    expect(markOf(lax('*nghị quyết 15*'), 'Theo nghị quyết 15-NQ/TW')).toBe(1);
    expect(markOf(lax('*nghị quyết 15*'), 'nghị quyết 16')).toBe(0);
    expect(markOf(lax('a*b*c'), 'a b c')).toBe(1);
    expect(markOf(lax('a*b*c'), 'acb')).toBe(0);
    expect(markOf(lax('aa*aa'), 'aaa')).toBe(0);
    expect(markOf(lax('5 \\* 3'), '5 * 3')).toBe(1);
    expect(markOf(lax('5 \\* 3'), '5 x 3')).toBe(0);
    expect(markOf(lax('a.c'), 'abc')).toBe(0);
  });

  test('wildcards match as a slow, obvious matcher does', () => {
    const slow = (pattern: string, typed: string): boolean => {
      if (pattern === '') return typed === '';
      if (pattern[0] === '*')
        return Array.from({ length: typed.length + 1 }, (_, i) => i).some((i) =>
          slow(pattern.slice(1), typed.slice(i)),
        );
      return pattern[0] === typed[0] && slow(pattern.slice(1), typed.slice(1));
    };
    const pattern = fc.stringMatching(/^[ab*]{1,7}$/).filter((p) => /[ab]/.test(p));
    fc.assert(
      fc.property(
        pattern,
        fc.stringMatching(/^[ab]{1,8}$/),
        (p, typed) => markOf(strict(p), typed) === (slow(p, typed) ? 1 : 0),
      ),
      { numRuns: 3_000 },
    );
  });

  test('a pattern full of wildcards is matched at once', () => {
    const started = performance.now();
    markOf(lax(`${'*a'.repeat(200)}b`), 'a'.repeat(500));
    expect(performance.now() - started).toBeLessThan(200);
  });

  test('a revealed answer earns everything', () => {
    fc.assert(
      fc.property(key, (k) => {
        const revealed = grading.reveal(prompt, k, []);
        expect(grading.normalise(prompt, revealed)).toBe(revealed);
        expect(grading.grade(prompt, k, revealed, [])).toBe(1);
      }),
      { numRuns: 2_000 },
    );
    expect(grading.reveal(prompt, strict('thi đua * yêu nước', 'b'), [])).toBe('thi đua … yêu nước');
  });

  test('marks are 0 or 1 for any answer; blanks and missing keys earn 0', () => {
    fc.assert(fc.property(key, text, (k, typed) => [0, 1].includes(grading.grade(prompt, k, typed, []))));
    expect(grading.grade(prompt, strict('a'), null, [])).toBe(0);
    expect(grading.grade(prompt, null, 'a', [])).toBe(0);
    expect(grading.reveal(prompt, null, [])).toBe(null);
  });

  test('normalises once and for all, and refuses everything else', () => {
    fc.assert(
      fc.property(fc.oneof(text, fc.anything()), (value) => {
        const once = grading.normalise(prompt, value);
        if (value !== null && typeof value !== 'string') expect(once).toBe(undefined);
        if (once !== undefined) expect(grading.normalise(prompt, once)).toBe(once);
      }),
      { numRuns: 2_000 },
    );
    expect(grading.normalise(prompt, ' \u200b ')).toBe(null);
    expect(grading.normalise(prompt, 'a'.repeat(500))).toHaveLength(500);
    expect(grading.normalise(prompt, 'a'.repeat(501))).toBe(undefined);
  });

  test('check names what is wrong', () => {
    const at = (accept: string[]) => grading.check(prompt, lax(...accept)).map((p) => p.at);
    expect(at(['Hà Nội'])).toEqual([]);
    expect(at([])).toEqual(['accept']);
    expect(at(['a', ' ', '* *', 'b'.repeat(501)])).toEqual(['accept.1', 'accept.2', 'accept.3']);
    expect(grading.check(prompt, { accept: 'a' })).toHaveLength(1);
    expect(grading.check(7, null)).toHaveLength(1);
    expect(grading.check(prompt, null)).toEqual([]);
  });
});

test('several accepted answers can be worth different shares; the best that fits counts', () => {
  const prompt = { stem: 'Ai?' };
  const key = {
    accept: ['Hồ Chí Minh', '*Minh', 'Bác*'],
    weights: [1, 0.5, 0.25],
    accents: false,
    case: false,
  };
  expect(grading.check(prompt, key)).toEqual([]);
  expect(grading.grade(prompt, key, 'ho chi minh', [])).toBe(1);
  expect(grading.grade(prompt, key, 'Bác Minh', [])).toBe(0.5);
  expect(grading.grade(prompt, key, 'Bác', [])).toBe(0.25);
  expect(grading.grade(prompt, key, 'không biết', [])).toBe(0);
  expect(grading.check(prompt, { ...key, weights: [1, 1] }).map(({ at }) => at)).toEqual(['weights']);
  expect(grading.check(prompt, { ...key, weights: [1, 1, 0] }).map(({ at }) => at)).toEqual(['weights']);
});
