import { expect, test } from 'vitest';
import { markSheet, maxMarks } from '../../../server/attempts/marking-rules.ts';
import { emptySheet, mergeChanges, packSheet, unpackSheet } from '../../../server/attempts/sheet-rules.ts';

const version = (id: number, kind: string, prompt: object, points = 100) => ({
  id,
  questionId: id,
  kind,
  prompt: { stem: 'Câu hỏi', ...prompt },
  points,
});
const key = (value: null | object) => ({
  key: value === null ? null : { ...value },
  explanation: '',
  citation: null,
});

test('every kind is marked in hundredths from the packed sheet; what is only read counts for nothing', () => {
  const versions = [
    version(1, 'statements', { statements: ['a', 'b', 'c', 'd'] }),
    version(2, 'matching', { lefts: ['a', 'b', 'c'], rights: ['1', '2', '3'] }, 200),
    version(3, 'ordering', { items: ['a', 'b', 'c'] }),
    version(4, 'cloze', {
      stem: '{{1}} {{2}}',
      gaps: [{ kind: 'text' }, { kind: 'choice', options: ['x', 'y'] }],
    }),
    version(5, 'estimate', { unit: '' }),
    version(6, 'essay', { maxWords: null }),
    version(7, 'info', {}),
  ];
  const keys = [
    key({ truths: [true, false, true, false] }),
    key({ pairs: [0, 1, 2] }),
    key({ order: [2, 1, 0] }),
    key({ gaps: [{ accept: ['một'], accents: false, case: false }, { right: [1] }] }),
    key({ truth: 100, bands: [{ within: 10, share: 0.25 }] }),
    key({ rubric: [{ text: 'Đủ ý', points: 100 }] }),
    key(null),
  ];
  const orders = [[3, 2, 1, 0], [2, 0, 1], [0, 2, 1], [], [], [], []];
  const paper = { questions: versions.map(({ id }, i) => ({ versionId: id, order: orders[i] ?? [] })) };
  const changes = [
    [false, true, null, true],
    [1, 2, 1],
    [1, 2, 0],
    ['Một', 0],
    '109',
    'Bài viết\nhai dòng',
  ].map((answer, question) => ({ question, answer }));
  const sheet = unpackSheet(packSheet(mergeChanges(emptySheet(7), changes, 1000)));
  // Statements: three of four. Matching: a→"1", b→"2", c→"1". Ordering: c, b, a.
  expect(markSheet(paper, versions, keys, sheet)).toEqual({
    marks: [50, 133, 100, 50, 25, 0, 0],
    total: 358,
    rightCount: 1,
  });
  expect(maxMarks(versions)).toBe(700);
});
