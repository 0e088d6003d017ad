import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SortedBlocks } from '../../../server/leaderboards/blocks.ts';

/** Keys that leave most to the comparison. */
const key = (slot: number): number => Math.floor(slot / 7);
const ascending = { compare: (a: number, b: number): number => a - b };
const keyed = (...slots: number[]) => ({
  slots: Int32Array.from(slots),
  keys: Float64Array.from(slots, key),
});

/** Compares every question that the list answers with a sorted array. */
function expectSame(list: SortedBlocks, members: ReadonlySet<number>): void {
  const sorted = [...members].sort((a, b) => a - b);
  expect(list.count).toBe(sorted.length);
  expect(list.slice(0, sorted.length + 5)).toEqual(sorted);
  expect(sorted.map((_, i) => list.at(i))).toEqual(sorted);
  for (const limit of [0, 14, 25, 50, 100]) {
    expect(list.countWhile(key(limit), (slot) => slot < limit)).toBe(
      sorted.filter((slot) => slot < limit).length,
    );
  }
}

describe('sorted blocks', () => {
  it('answer as a sorted array does, whatever was put in and taken out', () => {
    const moves = fc.array(fc.nat(99), { maxLength: 400, size: 'max' });
    fc.assert(
      fc.property(
        moves,
        fc.constantFrom(2, 4, 6, 16),
        fc.uniqueArray(fc.nat(99)),
        (slots, capacity, filled) => {
          const list = new SortedBlocks(ascending, capacity);
          const sorted = Int32Array.from(filled).sort();
          list.fill({ slots: sorted, keys: Float64Array.from(sorted, key) });
          const members = new Set(filled);
          for (const slot of slots) {
            if (members.delete(slot)) {
              list.remove(keyed(slot));
              continue;
            }
            list.insert(keyed(slot));
            members.add(slot);
          }
          expectSame(list, members);
          expectSame(SortedBlocks.unpack(ascending, list.pack()), members);
        },
      ),
      { numRuns: 300 },
    );
  });

  it('give blocks back when they empty, and stay small through long use', () => {
    const list = new SortedBlocks(ascending, 8);
    for (let round = 0; round < 50; round += 1) {
      for (let i = 0; i < 200; i += 1) list.insert(keyed((i * 37 + round) % 200));
      for (let i = 0; i < 200; i += 1) list.remove(keyed((i * 91 + round) % 200));
    }
    expect(list.count).toBe(0);
    expect(list.pack().blocks).toBe(0);
    expect(list.pack().pool.length).toBeLessThan(8 * 128);
  });

  it('refuse to remove what is not there, rather than something else', () => {
    const list = new SortedBlocks(ascending, 4);
    expect(() => list.remove(keyed(1))).toThrow('slot 1 is not in its place');
    list.insert(keyed(5));
    expect(() => list.remove(keyed(9))).toThrow('slot 9');
    expect(() => list.remove(keyed(1))).toThrow('slot 1');
    expect(list.count).toBe(1);
  });

  it('have nothing outside themselves', () => {
    const list = new SortedBlocks(ascending, 4);
    expect([list.at(0), list.at(-1)]).toEqual([-1, -1]);
    expect(list.slice(0, 3)).toEqual([]);
    list.insert(keyed(3));
    expect([list.at(1), list.at(0)]).toEqual([-1, 3]);
    expect(list.slice(-1, 3)).toEqual([]);
  });
});
