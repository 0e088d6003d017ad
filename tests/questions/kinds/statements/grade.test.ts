import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { grading } from '../../../../questions/kinds/statements/grade.ts';
import { anyOrder, texts } from '../orders.ts';

const judgement = fc.constantFrom(true, false, null);
const round = fc.integer({ min: 1, max: 10 }).chain((n) =>
  fc.record({
    prompt: fc.constant({ stem: 'Xét các ý', statements: texts('ý', n) }),
    truths: fc.array(judgement, { minLength: n, maxLength: n }),
    judged: fc.array(judgement, { minLength: n, maxLength: n }),
    order: anyOrder(n),
  }),
);

describe('statements', () => {
  test('the exam of 2025: none, one, two, three and four right of four', () => {
    const prompt = { stem: 'Xét', statements: texts('ý', 4) };
    const key = { truths: [true, false, true, false] };
    const shares = [
      [false, true, false, true],
      [true, true, false, true],
      [true, false, false, true],
      [true, false, true, true],
      [true, false, true, false],
    ].map((answer) => grading.grade(prompt, key, answer, []));
    expect(shares).toEqual([0, 0.1, 0.25, 0.5, 1]);
    expect(grading.grade(prompt, key, [true, null, null, null], [])).toBe(0.1);
    expect(grading.grade(prompt, { ...key, scores: [0, 0, 0, 0, 1] }, [true, false, true, true], [])).toBe(0);
  });

  test('counts statements by their texts, whatever the order; a truth that is not given is never right', () => {
    fc.assert(
      fc.property(round, ({ prompt, truths, judged, order }) => {
        const truthOf = new Map(prompt.statements.map((text, i) => [text, truths[i]]));
        const shown = grading.arrange(prompt, order);
        const right = shown.statements.filter(
          (text, i) => judged[i] !== null && truthOf.get(text) === judged[i],
        ).length;
        const scores = Array.from({ length: truths.length + 1 }, (_, i) => i / truths.length);
        const answer = grading.normalise(shown, judged) ?? null;
        expect(grading.grade(prompt, { truths, scores }, answer, order)).toBe(scores[right]);
      }),
    );
  });

  test('what is revealed earns everything when every truth is given', () => {
    fc.assert(
      fc.property(round, ({ prompt, truths, order }) => {
        const given = truths.map((truth) => truth ?? false);
        const revealed = grading.reveal(prompt, { truths: given }, order);
        expect(grading.normalise(prompt, revealed)).toEqual(revealed);
        expect(grading.grade(prompt, { truths: given }, revealed, order)).toBe(1);
        expect(grading.missing?.(prompt, { truths })).toHaveLength(truths.filter((t) => t === null).length);
      }),
    );
  });

  test('takes judgements and nothing else', () => {
    const prompt = { stem: 'Xét', statements: texts('ý', 2) };
    expect(grading.normalise(prompt, [null, null])).toBeNull();
    for (const value of [[true], [true, 1], [true, false, true], 'true', true, undefined, [true, undefined]])
      expect(grading.normalise(prompt, value)).toBeUndefined();
    fc.assert(fc.property(fc.anything(), (value) => void grading.normalise(prompt, value)));
  });

  test('says what is wrong with a prompt or key', () => {
    const prompt = { stem: 'Xét', statements: ['một', 'hai'] };
    expect(grading.check(prompt, { truths: [true, null] })).toEqual([]);
    const places = (key: Parameters<typeof grading.check>[1], from = prompt) =>
      grading.check(from, key).map(({ at }) => at);
    expect(places({ truths: [true] })).toEqual(['truths']);
    expect(places({ truths: [true, false], scores: [0, 1] })).toEqual(['scores']);
    expect(places({ truths: [true, false], scores: [0, 0.6, 0.5] })).toEqual(['scores']);
    expect(places({ truths: ['true', false] })).toEqual(['']);
    expect(places(null, { stem: ' ', statements: ['một', 'một', ''] })).toEqual([
      'stem',
      'statements.1',
      'statements.2',
    ]);
  });
});
