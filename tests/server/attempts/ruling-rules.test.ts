import fc from 'fast-check';
import { expect, test } from 'vitest';
import { markSheet, shareOf } from '../../../server/attempts/marking-rules.ts';
import { type Ruling, ruledKey } from '../../../server/attempts/ruling-rules.ts';
import { emptySheet } from '../../../server/attempts/sheet-rules.ts';

const version = { id: 1, questionId: 1, kind: 'choice', points: 100 };
const prompt = { stem: 'Năm nào?', options: ['a', 'b', 'c', 'd'], multiple: false };
const keyOf = (right: number) => ({ key: { right: [right] }, explanation: '', citation: null });

const ruling: fc.Arbitrary<Ruling> = fc.oneof(
  fc.record({
    kind: fc.constantFrom<'key' | 'also'>('key', 'also'),
    key: fc.integer({ min: 0, max: 3 }).map((right) => ({ right: [right] })),
  }),
  fc.record({ kind: fc.constantFrom<'full' | 'void'>('full', 'void'), key: fc.constant(null) }),
);

/** The obvious way: which options are right after all of it. */
function rightAfter(first: number, rulings: readonly Ruling[]): ReadonlySet<number> {
  let right = new Set([first]);
  for (const { kind, key } of rulings) {
    const chosen = typeof key === 'object' && key !== null && 'right' in key ? Number(String(key.right)) : -1;
    if (kind === 'key') right = new Set([chosen]);
    if (kind === 'also') right.add(chosen);
  }
  return right;
}

test('after any rulings an answer earns what the key, what was accepted beside it, and what was given to all say', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 3 }),
      fc.array(ruling, { maxLength: 6 }),
      fc.option(fc.integer({ min: 0, max: 3 })),
      fc.shuffledSubarray([0, 1, 2, 3], { minLength: 4 }),
      (first, rulings, shown, order) => {
        const key = ruledKey(keyOf(first), rulings);
        const answer = shown === null ? null : [shown];
        const kinds = new Set(rulings.map(({ kind }) => kind));
        const forAll = kinds.has('void') || kinds.has('full');
        const right = shown !== null && rightAfter(first, rulings).has(order[shown] ?? -1);
        expect(shareOf({ ...version, prompt }, key, answer, order)).toBe(forAll || right ? 1 : 0);
        const paper = { questions: [{ versionId: 1, order }] };
        const marking = markSheet(paper, [{ ...version, prompt }], [key], { answers: [answer] });
        expect(marking.total).toBe(kinds.has('void') ? 0 : forAll || right ? 100 : 0);
        expect(marking.rightCount).toBe(forAll || right ? 1 : 0);
      },
    ),
  );
});

test('nothing decided leaves the very key', () => {
  const key = keyOf(2);
  expect(ruledKey(key, [])).toBe(key);
});

test('marks by hand stand for what people mark, until the question is given to all or declared void', () => {
  const essay = { ...version, kind: 'essay', prompt: { stem: 'Bài viết', maxWords: null } };
  const paper = { questions: [{ versionId: 1, order: [] }] };
  const sheet = emptySheet(1);
  const key = { key: null, explanation: '', citation: null };
  const marked = (rulings: readonly Ruling[]) =>
    markSheet(paper, [essay], [ruledKey(key, rulings)], sheet, new Map([[0, 70]]));
  expect(marked([])).toEqual({ marks: [70], total: 70, rightCount: 0 });
  expect(marked([{ kind: 'full', key: null }])).toEqual({ marks: [100], total: 100, rightCount: 1 });
  expect(marked([{ kind: 'void', key: null }])).toEqual({ marks: [0], total: 0, rightCount: 1 });
  expect(markSheet(paper, [essay], [key], sheet, new Map([[0, 100]])).rightCount).toBe(1);
});
