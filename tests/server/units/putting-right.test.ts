import { expect, it } from 'vitest';
import { putRight } from '../../../server/units/putting-right.ts';
import { UnitTimes } from '../../../server/units/time-rules.ts';
import { unitOf } from './unit-of.ts';

const row = unitOf(1, { parentId: 8, code: 'A', name: 'Tên Mới', block: 'K' });
/** Until 10: another name; until 20: another place; then the row. */
const times = new UnitTimes(
  [row],
  [
    { unitId: 1, until: 10, name: 'Tên Cũ', parentId: 7, block: 'K' },
    { unitId: 1, until: 20, name: 'Tên Mới', parentId: 7, block: 'K' },
  ],
);
const corrected = (change: object, now: number) => {
  const { pasts, row: last } = putRight(times.asOf(row, now), times, change, now);
  return [...pasts.map(({ past, state }) => [past.until, state]), ['row', last]];
};

it('goes as far as the planned changes leave it as it is', () => {
  expect(corrected({ name: 'Tên Đúng' }, 5)).toEqual([
    [10, { name: 'Tên Đúng' }],
    ['row', {}],
  ]);
  expect(corrected({ parentId: 9 }, 5)).toEqual([
    [10, { parentId: 9 }],
    [20, { parentId: 9 }],
    ['row', {}],
  ]);
  expect(corrected({ block: null }, 5)).toEqual([
    [10, { block: null }],
    [20, { block: null }],
    ['row', { block: null }],
  ]);
});

it('leaves alone what has passed', () => {
  expect(corrected({ name: 'Tên Đúng' }, 15)).toEqual([
    [20, { name: 'Tên Đúng' }],
    ['row', { name: 'Tên Đúng' }],
  ]);
  expect(corrected({ parentId: 9 }, 20)).toEqual([['row', { parentId: 9 }]]);
});
