/** Keys, predictions as typed, what a review says, the names of kinds. */
import { describe, expect, test } from 'vitest';
import type { ReviewedQuestion } from '../../../client/api/attempts.ts';
import { kindOf, playerOf, reviewOf } from '../../../client/attempt/players.ts';
import { readPrediction } from '../../../client/attempt/prediction.ts';
import { hostOf, verdictOf } from '../../../client/attempt/review-state.ts';
import { commandOf } from '../../../client/attempt/shortcuts.svelte.ts';
import { gradings } from '../../../questions/kinds/gradings.ts';

describe('keys', () => {
  const bare = { ctrlKey: false, metaKey: false, altKey: false };

  test.each([
    ['1', { what: 'choose', place: 0 }],
    ['9', { what: 'choose', place: 8 }],
    ['a', { what: 'choose', place: 0 }],
    ['D', { what: 'choose', place: 3 }],
    ['f', { what: 'flag' }],
    ['F', { what: 'flag' }],
    ['ArrowLeft', { what: 'move', by: -1 }],
    ['ArrowRight', { what: 'move', by: 1 }],
    ['0', null],
    ['ArrowDown', null],
    ['Tab', null],
    ['g', null],
  ])('%s', (key, command) => {
    expect(commandOf({ ...bare, key })).toEqual(command);
  });

  test('with Ctrl, Alt or Command belong to the browser', () => {
    for (const held of ['ctrlKey', 'metaKey', 'altKey'])
      expect(commandOf({ ...bare, key: 'f', [held]: true })).toBeNull();
  });
});

describe('a prediction', () => {
  test.each([
    ['1200', 1200],
    ['1.200', 1200],
    ['1 200', 1200],
    ['1,200,000', 1_200_000],
    ['0', 0],
    ['100.000.000', 100_000_000],
    ['', null],
    ['  ', null],
    ['100000001', undefined],
    ['-3', undefined],
    ['một trăm', undefined],
    ['12 người', undefined],
  ])('"%s"', (text, value) => {
    expect(readPrediction(text)).toBe(value);
  });
});

describe('a review', () => {
  const question: ReviewedQuestion = { kind: 'choice', prompt: { stem: '?' }, points: 100, answer: [0] };

  test('tells right, wrong, in part and blank only from what is released', () => {
    expect(verdictOf(question)).toBe('unknown');
    expect(verdictOf({ ...question, answer: null })).toBe('blank');
    expect(verdictOf({ ...question, key: [0], marks: 100 })).toBe('right');
    expect(verdictOf({ ...question, key: [0, 1], marks: 50 })).toBe('part');
    expect(verdictOf({ ...question, key: [1], marks: 0 })).toBe('wrong');
    expect(verdictOf({ ...question, key: [1], marks: 0, answer: null })).toBe('blank');
  });

  test('calls nothing wrong that has no key', () => {
    expect(verdictOf({ ...question, key: null, marks: 0 })).toBe('unknown');
  });

  test('links addresses and nothing that runs', () => {
    expect(hostOf('https://hanoi.gov.vn/a')).toBe('hanoi.gov.vn');
    const others = ['javascript:alert(1)', 'Kinh tế & Đô thị', 'https://a b', 'https://[', ''];
    expect(others.map(hostOf)).toEqual([null, null, null, null, null]);
  });
});

describe('kinds', () => {
  test('are named after their folders', () => {
    expect(kindOf('../../questions/kinds/true-false/Player.svelte')).toBe('trueFalse');
  });

  test('that the server grades can be played and reviewed', () => {
    const kinds = [...gradings.keys()];
    expect(kinds.filter((kind) => playerOf(kind) === undefined || reviewOf(kind) === undefined)).toEqual([]);
    expect(kinds.length).toBeGreaterThan(3);
  });
});
