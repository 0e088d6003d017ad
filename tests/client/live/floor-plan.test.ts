/** Seats of the bell on walls of every shape. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { floorPlan, numberSize, seatName } from '../../../client/live/screen/floor-plan.ts';

const wall = { width: 1850, height: 850 };
const strip = { width: 1850, height: 194 };
const rowsOf = ({ blocks, columns }: ReturnType<typeof floorPlan>): number[] =>
  blocks.map((block) => Math.ceil(block.length / columns));

describe('the floor', () => {
  test('holds every seat once, in order, and none stands outside', () => {
    const side = fc.integer({ min: 120, max: 2000 });
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 1500 }),
        fc.integer({ min: 1, max: 100 }),
        side,
        side,
        (seats, columns, width, height) => {
          const plan = floorPlan(seats, columns, { width, height }, height / 4);
          expect(plan.blocks.flat()).toEqual(Array.from({ length: seats }, (_, i) => i + 1));
          // A seat is a pixel at least, however many there are.
          const rows = Math.max(...rowsOf(plan));
          const deep = rows * plan.seatHeight + (rows - 1) * plan.gap;
          expect(deep).toBeLessThan(Math.max(height, rows * 1.2) + 0.01);
          const across = plan.columns * plan.seatWidth + (plan.columns - 1) * plan.gap;
          const all = plan.blocks.length * across + (plan.blocks.length - 1) * plan.aisle;
          expect(all).toBeLessThan(width + 0.01);
        },
      ),
      { numRuns: 300 },
    );
  });

  test('stays one block of rows as the organiser set them while these fit', () => {
    expect(rowsOf(floorPlan(100, 10, wall, 170))).toEqual([10]);
    expect(rowsOf(floorPlan(500, 25, wall, 170))).toEqual([20]);
  });

  test('makes no tower of a crowd: five hundred in rows of ten have numbers that are read from afar', () => {
    const plan = floorPlan(500, 10, wall, 170);
    expect(plan.blocks.length).toBeGreaterThan(2);
    expect(numberSize(plan, 3, 0.014 * 1080)).not.toBeNull();
    const small = floorPlan(100, 10, strip, 170);
    expect(numberSize(small, 3, 0.014 * 1080)).not.toBeNull();
  });

  test('leaves numbers out where nobody would read them', () => {
    expect(numberSize(floorPlan(1000, 40, strip, 170), 4, 0.014 * 1080)).toBeNull();
  });

  test('calls people by the end of their names', () => {
    expect(seatName('Nguyễn Hoàng Phương Quỳnh', 40)).toBe('Nguyễn Hoàng Phương Quỳnh');
    expect(seatName('Nguyễn Hoàng Phương Quỳnh', 15)).toBe('Phương Quỳnh');
    expect(seatName('Quỳnh', 2)).toBe('Quỳnh');
  });
});
