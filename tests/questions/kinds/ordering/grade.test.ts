import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { grading } from '../../../../questions/kinds/ordering/grade.ts';
import { anyOrder, texts } from '../orders.ts';

const permutation = (n: number) =>
  fc.shuffledSubarray(
    Array.from({ length: n }, (_, i) => i),
    { minLength: n, maxLength: n },
  );
const round = fc.integer({ min: 2, max: 9 }).chain((n) =>
  fc.record({
    prompt: fc.constant({ stem: 'Sắp xếp', items: texts('mục', n) }),
    right: permutation(n),
    given: permutation(n),
    scoring: fc.constantFrom<'exact' | 'adjacent'>('exact', 'adjacent'),
    order: anyOrder(n),
  }),
);

describe('ordering', () => {
  test('compares the texts in the order given, whole or by neighbours', () => {
    fc.assert(
      fc.property(round, ({ prompt, right, given, scoring, order }) => {
        const shown = grading.arrange(prompt, order);
        const wanted = right.map((i) => prompt.items[i]).join('|');
        const written = given.map((i) => shown.items[i]).join('|');
        const neighbours = right.slice(1).filter((item, i) => {
          const pair = `${prompt.items[right[i] ?? -1]}|${prompt.items[item]}`;
          return `|${written}|`.includes(`|${pair}|`);
        }).length;
        const adjacent = neighbours / (right.length - 1);
        const share = written === wanted ? 1 : scoring === 'exact' ? 0 : adjacent;
        const answer = grading.normalise(shown, given) ?? null;
        expect(grading.grade(prompt, { order: right, scoring }, answer, order)).toBe(share);
      }),
      { numRuns: 1_000 },
    );
  });

  test('what is revealed earns everything', () => {
    fc.assert(
      fc.property(round, ({ prompt, right, scoring, order }) => {
        const revealed = grading.reveal(prompt, { order: right, scoring }, order);
        expect(grading.normalise(prompt, revealed)).toEqual(revealed);
        expect(grading.grade(prompt, { order: right, scoring }, revealed, order)).toBe(1);
      }),
    );
  });

  test('takes whole orders and nothing else', () => {
    const prompt = { stem: 'Sắp xếp', items: texts('mục', 3) };
    expect(grading.normalise(prompt, [2, 0, 1])).toEqual([2, 0, 1]);
    expect(grading.normalise(prompt, null)).toBeNull();
    for (const value of [[0, 1], [0, 1, 1], [0, 1, 3], [0, 1, 2, 3], [], 'abc', [0, 1, '2']])
      expect(grading.normalise(prompt, value)).toBeUndefined();
    fc.assert(fc.property(fc.anything(), (value) => void grading.normalise(prompt, value)));
  });

  test('is shuffled always, and says what is wrong', () => {
    const prompt = { stem: 'Sắp xếp', items: ['a', 'b'] };
    expect(grading.isAlwaysShuffled).toBe(true);
    expect(grading.check(prompt, { order: [1, 0] })).toEqual([]);
    for (const order of [[0], [0, 0], [0, 2], [0, 1, 2]])
      expect(grading.check(prompt, { order }).map(({ at }) => at)).toEqual(['order']);
    expect(grading.check({ ...prompt, items: ['a', 'a'] }, null).map(({ at }) => at)).toEqual(['items.1']);
  });
});
