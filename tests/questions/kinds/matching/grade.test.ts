import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { grading } from '../../../../questions/kinds/matching/grade.ts';
import { anyOrder, texts } from '../orders.ts';

const round = fc.tuple(fc.integer({ min: 1, max: 8 }), fc.integer({ min: 2, max: 10 })).chain(([l, r]) =>
  fc.record({
    prompt: fc.constant({ stem: 'Ghép', lefts: texts('trái', l), rights: texts('phải', r) }),
    pairs: fc.array(fc.integer({ min: 0, max: r - 1 }), { minLength: l, maxLength: l }),
    chosen: fc.array(fc.option(fc.integer({ min: 0, max: r - 1 })), { minLength: l, maxLength: l }),
    scoring: fc.constantFrom<'share' | 'allOrNothing'>('share', 'allOrNothing'),
    order: anyOrder(r),
  }),
);

describe('matching', () => {
  test('counts pairs by their texts, whatever the order of the right column', () => {
    fc.assert(
      fc.property(round, ({ prompt, pairs, chosen, scoring, order }) => {
        const shown = grading.arrange(prompt, order);
        const hits = prompt.lefts.filter((_, i) => {
          const place = chosen[i];
          return typeof place === 'number' && shown.rights[place] === prompt.rights[pairs[i] ?? -1];
        }).length;
        const all = prompt.lefts.length;
        const share = scoring === 'share' ? hits / all : hits === all ? 1 : 0;
        const answer = grading.normalise(shown, chosen) ?? null;
        expect(grading.grade(prompt, { pairs, scoring }, answer, order)).toBe(share);
      }),
      { numRuns: 1_000 },
    );
  });

  test('what is revealed earns everything', () => {
    fc.assert(
      fc.property(round, ({ prompt, pairs, scoring, order }) => {
        const revealed = grading.reveal(prompt, { pairs, scoring }, order);
        expect(grading.normalise(prompt, revealed)).toEqual(revealed);
        expect(grading.grade(prompt, { pairs, scoring }, revealed, order)).toBe(1);
      }),
    );
  });

  test('takes positions of the right column and nothing else', () => {
    const prompt = { stem: 'Ghép', lefts: texts('trái', 2), rights: texts('phải', 3) };
    expect(grading.normalise(prompt, [2, null])).toEqual([2, null]);
    expect(grading.normalise(prompt, [null, null])).toBeNull();
    for (const value of [[0], [0, 3], [0, -1], [0, 0.5], [0, '1'], '0', [0, 1, 2]])
      expect(grading.normalise(prompt, value)).toBeUndefined();
    fc.assert(fc.property(fc.anything(), (value) => void grading.normalise(prompt, value)));
  });

  test('is shuffled always, and says what is wrong', () => {
    const prompt = { stem: 'Ghép', lefts: ['a', 'b'], rights: ['1', '2'] };
    expect(grading.isAlwaysShuffled).toBe(true);
    expect(grading.check(prompt, { pairs: [1, 1] })).toEqual([]);
    expect(grading.check(prompt, { pairs: [1, 2] }).map(({ at }) => at)).toEqual(['pairs.1']);
    expect(grading.check(prompt, { pairs: [1] }).map(({ at }) => at)).toEqual(['pairs']);
    expect(grading.check({ ...prompt, rights: ['1'] }, null).map(({ at }) => at)).toEqual(['rights']);
    expect(grading.check({ stem: 'Ghép' }, null).map(({ at }) => at)).toEqual(['']);
  });
});
