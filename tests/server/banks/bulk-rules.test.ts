import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { freeCode, planBulk } from '../../../server/banks/bulk-rules.ts';
import type { QuestionRow } from '../../../server/banks/question-row.ts';
import type { BulkChange, QuestionStatus } from '../../../server/contracts/banks.ts';

const ME = 7;
const statuses: readonly QuestionStatus[] = ['draft', 'review', 'approved', 'retired'];

function row(id: number, more: Partial<QuestionRow> = {}): QuestionRow {
  return {
    id,
    uid: `uid-${id}`,
    bankId: 1,
    bankUid: 'bank',
    code: `q${id}`,
    status: 'draft',
    versionId: id,
    version: 1,
    changedAt: 0,
    changedBy: 3,
    content: {
      kind: 'trueFalse',
      prompt: { stem: `Câu ${id}` },
      key: { right: true },
      explanation: '',
      citation: { document: 'A', section: '', source: '', validity: '' },
      topic: 'Chung',
      difficulty: 1,
      tags: ['cũ'],
      points: 100,
    },
    ...more,
  };
}

const plan = (rows: readonly QuestionRow[], change: Omit<BulkChange, 'questions'>, taken: string[] = []) =>
  planBulk(
    rows,
    { questions: rows.map(({ uid }) => uid), ...change },
    { personId: ME, taken: new Set(taken) },
  );

describe('a change of many questions', () => {
  it('makes a version only where something changes, and sends approved ones back to review', () => {
    const rows = [row(1, { status: 'approved' }), row(2, { content: { ...row(2).content, topic: 'Mới' } })];
    const { edits, statuses: only } = plan(rows, { topic: 'Mới' });
    expect(edits).toMatchObject([{ question: { id: 1 }, content: { topic: 'Mới' }, status: 'review' }]);
    expect(only).toEqual([]);
  });

  it('puts tags on and takes them off without doubling them', () => {
    expect(plan([row(1)], { addTag: 'cũ' }).edits).toEqual([]);
    expect(plan([row(1)], { addTag: 'mới', removeTag: 'cũ' }).edits).toMatchObject([
      { content: { tags: ['mới'] } },
    ]);
  });

  it('approves nothing of one’s own, nothing without key or citation, nothing changed in the same breath', () => {
    const rows = [
      row(1, { status: 'review' }),
      row(2, { status: 'review', changedBy: ME }),
      row(3, { status: 'review', content: { ...row(3).content, key: null } }),
      row(4, { status: 'review', content: { ...row(4).content, citation: null } }),
    ];
    const { statuses: done, refused } = plan(rows, { status: 'approved' });
    expect(done.map(({ question }) => question.id)).toEqual([1]);
    expect(refused.map(({ question }) => question.id)).toEqual([2, 3, 4]);
    expect(plan([row(1)], { status: 'approved', topic: 'Khác' }).refused).toHaveLength(1);
  });

  it('moves what has a code that is free, and copies under the next free one', () => {
    const moved = plan([row(1), row(2)], { moveTo: 'x' }, ['q2']);
    expect(moved.moves.map(({ id }) => id)).toEqual([1]);
    expect(moved.refused.map(({ question }) => question.id)).toEqual([2]);
    expect(plan([row(2)], { copyTo: 'x' }, ['q2', 'q2-2']).copies).toMatchObject([{ code: 'q2-3' }]);
  });

  it('asks nobody to review what is approved or retired', () => {
    const rows = statuses.map((status, i) => row(i + 1, { status }));
    const { reviews, refused } = plan(rows, { review: { reviewer: 'x', dueAt: null } });
    expect(reviews.map(({ status }) => status)).toEqual(['draft', 'review']);
    expect(refused).toHaveLength(2);
  });

  it('does each question once or says why not, whatever is asked', () => {
    const rowsIn = fc.array(
      fc.record({ status: fc.constantFrom(...statuses), mine: fc.boolean(), hasKey: fc.boolean() }),
    );
    const changeIn = fc.record(
      { topic: fc.constant('Mới'), status: fc.constantFrom(...statuses), addTag: fc.constant('x') },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(rowsIn, changeIn, (given, change) => {
        const rows = given.map(({ status, mine, hasKey }, i) => {
          const { content } = row(i);
          const key = hasKey ? content.key : null;
          return row(i, { status, changedBy: mine ? ME : 3, content: { ...content, key } });
        });
        const { edits, statuses: only, refused } = plan(rows, change);
        const touched = [...edits, ...only, ...refused].map(({ question }) => question.id);
        expect(new Set(touched).size).toBe(touched.length);
        for (const { question, status } of [...edits, ...only]) {
          if (status !== 'approved' || question.status === 'approved') continue;
          expect(question.changedBy).not.toBe(ME);
          expect(question.content.key).not.toBeNull();
        }
      }),
    );
  });

  it('finds a code that is free and no longer than codes may be', () => {
    const long = 'x'.repeat(60);
    expect(freeCode(long, new Set([long]))).toBe(`${'x'.repeat(58)}-2`);
  });
});
