/** Answers and keys as live screens tell them. */
import { describe, expect, test } from 'vitest';
import { inWords, linesOf } from '../../../client/live/parts/prompts.ts';

const choice = { kind: 'choice', prompt: { stem: '', options: ['Huế', 'Hà Nội'], multiple: false } };

describe('an answer', () => {
  test('is told with the letter of its button', () => {
    expect(inWords(choice, [1])).toBe('B. Hà Nội');
    expect(inWords({ kind: 'trueFalse', prompt: { stem: '' } }, false)).toBe('B. Sai');
    expect(linesOf(choice, [1])).toEqual([{ place: 1, to: '', text: 'Hà Nội' }]);
  });

  test('is told part by part: an order, pairs, statements', () => {
    const items = ['Đổi mới', 'Cách mạng'];
    expect(inWords({ kind: 'ordering', prompt: { stem: '', items } }, [1, 0])).toBe(
      '1. Cách mạng · 2. Đổi mới',
    );
    const pairs = {
      kind: 'matching',
      prompt: { stem: '', lefts: ['Hồ Gươm', 'Lăng Bác'], rights: ['Ba Đình'] },
    };
    expect(inWords(pairs, [null, 0])).toBe('Hồ Gươm: … · Lăng Bác: Ba Đình');
    const statements = { kind: 'statements', prompt: { stem: '', statements: ['Một', 'Hai'] } };
    expect(inWords(statements, [true, null])).toBe('a) Một: Đúng · b) Hai: …');
  });

  test('is read out without its markup, which is drawn on the screens', () => {
    const rich = {
      kind: 'choice',
      prompt: { stem: '', rich: true, options: ['**$x^2$**', 'b'], multiple: false },
    };
    expect(inWords(rich, [0])).toBe('A. x^2');
    expect(linesOf(rich, [0])[0]?.text).toBe('**$x^2$**');
  });

  test('that is none says nothing', () => {
    expect(linesOf(choice, null)).toEqual([]);
    expect(inWords(choice, undefined)).toBe('');
  });
});
