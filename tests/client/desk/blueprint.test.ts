import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  available,
  type Cell,
  columnsOf,
  groupsOf,
  placesOf,
  regrouped,
  rowsOf,
  topicsOf,
  totalOf,
  withCount,
} from '../../../client/desk/contests/blueprint.ts';

const group = { banks: ['a'], kinds: [] };
const cell = (more: Partial<Cell>): Cell => ({
  banks: ['a'],
  topics: [],
  kinds: [],
  difficulties: [],
  count: 5,
  ...more,
});
const counts = [
  {
    bank: 'a',
    cells: [
      { topic: 'Đất đai', kind: 'choice', difficulty: 1 as const, approved: 3, all: 4 },
      { topic: 'Đất đai', kind: 'numeric', difficulty: 2 as const, approved: 2, all: 2 },
      { topic: 'Cán bộ', kind: 'choice', difficulty: 1 as const, approved: 7, all: 9 },
    ],
  },
  { bank: 'b', cells: [{ topic: 'Khác', kind: 'choice', difficulty: 1 as const, approved: 50, all: 50 }] },
];
const anyCell: fc.Arbitrary<Cell> = fc.record({
  banks: fc.subarray(['a', 'b'], { minLength: 1 }),
  topics: fc.subarray(['x', 'y', 'z']),
  kinds: fc.subarray(['choice', 'numeric']),
  difficulties: fc.subarray([1, 2, 3] as (1 | 2 | 3)[]),
  count: fc.integer({ min: 1, max: 9 }),
});

describe('a blueprint as a matrix', () => {
  test('shows every cell in exactly one field, whatever the cells are', () => {
    fc.assert(
      fc.property(fc.array(anyCell, { maxLength: 12 }), (cells) => {
        const shown = groupsOf(cells).flatMap((one) =>
          rowsOf(cells, one, ['x']).flatMap((row) =>
            columnsOf(cells, one).flatMap((column) => placesOf(cells, one, row.values, column.values)),
          ),
        );
        expect(shown.sort((a, b) => a - b)).toEqual(cells.map((_, place) => place));
      }),
    );
  });

  test('a field that is written holds what was written, and no other field changes', () => {
    fc.assert(
      fc.property(fc.array(anyCell, { maxLength: 8 }), anyCell, (cells, { topics, difficulties, count }) => {
        const at = placesOf(cells, group, topics, difficulties);
        const before = totalOf(cells.filter((_, place) => !at.includes(place)));
        const after = withCount(cells, group, topics, difficulties, count);
        expect(totalOf(after)).toBe(before + count);
        expect(totalOf(withCount(after, group, topics, difficulties, 0))).toBe(before);
      }),
    );
  });

  test('has a row for every topic of its banks, in the order of the alphabet, and for any', () => {
    const topics = topicsOf(counts, group);
    expect(topics).toEqual(['Cán bộ', 'Đất đai']);
    expect(rowsOf([], group, topics).map(({ values }) => values)).toEqual([[], ['Cán bộ'], ['Đất đai']]);
  });

  test('says how many questions a field can draw from', () => {
    expect(available(counts, group, [], [], true)).toBe(12);
    expect(available(counts, group, [], [], false)).toBe(15);
    expect(available(counts, group, ['Đất đai'], [1], true)).toBe(3);
    expect(available(counts, { banks: ['a'], kinds: ['numeric'] }, [], [], true)).toBe(2);
    expect(available(counts, { banks: ['a', 'b'], kinds: [] }, [], [1], true)).toBe(60);
  });

  test('other banks for a group take its cells along and leave the others', () => {
    const cells = [cell({}), cell({ banks: ['b'] }), cell({ topics: ['x'] })];
    const after = regrouped(cells, group, { banks: ['c'], kinds: ['choice'] });
    expect(after.map(({ banks }) => banks)).toEqual([['c'], ['b'], ['c']]);
    expect(totalOf(after)).toBe(totalOf(cells));
  });
});
