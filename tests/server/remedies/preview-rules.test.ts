import fc from 'fast-check';
import { expect, test } from 'vitest';
import { packPaper } from '../../../server/attempts/draw-rules.ts';
import { emptySheet, mergeChanges, packFinalSheet } from '../../../server/attempts/sheet-rules.ts';
import { type PreviewOrder, previewed } from '../../../server/remedies/preview-rules.ts';
import type { GradedVersion } from '../../../server/remedies/regrade-rules.ts';

const VERSION: GradedVersion = {
  id: 7,
  questionId: 7,
  kind: 'choice',
  prompt: { stem: 'Năm nào?', options: ['a', 'b', 'c'], multiple: false },
  points: 100,
  key: { right: [0] },
};
const versions = { get: (id: number) => (id === 7 ? VERSION : undefined), need: async () => undefined };
const paper = Buffer.from(packPaper({ questions: [{ versionId: 7, order: [] }] })).toString('base64url');

interface Person {
  readonly answer: number | null;
  readonly more: number;
  readonly elapsed: number;
}

const people = fc.array(
  fc.record<Person>({
    answer: fc.option(fc.integer({ min: 0, max: 2 })),
    // Marks of the rest of the paper, as people gave them by hand.
    more: fc.integer({ min: 0, max: 3 }).map((n) => n * 50),
    elapsed: fc.integer({ min: 1, max: 5 }),
  }),
  { minLength: 1, maxLength: 30 },
);

/** A row of a round as the thread reads it: what the question earned, and more. */
function rowOf({ answer, more, elapsed }: Person, i: number): readonly unknown[] {
  const sheet = packFinalSheet(
    mergeChanges(emptySheet(1), [{ question: 0, answer: answer === null ? null : [answer] }], 1000),
  );
  const right = answer === 0 ? 1 : 0;
  return [
    i + 1,
    1,
    paper,
    sheet,
    i + 1,
    null,
    0,
    1,
    right * 100 + more,
    right,
    elapsed,
    1000 + i,
    null,
    2,
    0,
  ];
}

/** Ranks by counting who is better. */
function ranksOf(all: readonly Person[], marksOf: (person: Person) => number): number[] {
  const isBetter = (a: Person, b: Person) =>
    marksOf(a) > marksOf(b) || (marksOf(a) === marksOf(b) && a.elapsed < b.elapsed);
  return all.map((own) => 1 + all.filter((other) => isBetter(other, own)).length);
}

test('a preview says of everybody what sorting them before and after says', async () => {
  await fc.assert(
    fc.asyncProperty(people, fc.integer({ min: 0, max: 2 }), async (all, newKey) => {
      const order: PreviewOrder = {
        round: 1,
        order: ['marks', 'time'],
        counting: 'best',
        truth: null,
        target: null,
        questions: 1,
        now: new Map(),
        change: {
          only: new Set([7]),
          rulings: new Map([[1, new Map([[7, [{ kind: 'key', key: { right: [newKey] } }]]])]]),
        },
      };
      async function* rows() {
        yield* all.map(rowOf);
      }
      const seen = await previewed(order, rows(), versions);
      const marks = (key: number) => (person: Person) => (person.answer === key ? 100 : 0) + person.more;
      const [before, after] = [ranksOf(all, marks(0)), ranksOf(all, marks(newKey))];
      expect(seen.moved).toBe(before.filter((rank, i) => rank !== after[i]).length);
      expect(seen.up).toBe(all.filter((one) => marks(newKey)(one) > marks(0)(one)).length);
      expect(seen.down).toBe(all.filter((one) => marks(newKey)(one) < marks(0)(one)).length);
      expect(seen.fullAfter).toBe(all.filter(({ answer }) => answer === newKey).length);
      for (const { person, rankBefore, rankAfter, marksAfter } of [...seen.movers, ...seen.top]) {
        const own = all[person - 1];
        expect([rankBefore, rankAfter]).toEqual([before[person - 1], after[person - 1]]);
        expect(marksAfter).toBe(own === undefined ? null : marks(newKey)(own));
      }
      expect(seen.top).toHaveLength(before.filter((rank, i) => rank <= 10 || (after[i] ?? 99) <= 10).length);
    }),
    { numRuns: 60 },
  );
});
