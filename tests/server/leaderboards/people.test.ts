import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { People } from '../../../server/leaderboards/people.ts';
import { UnitTree } from '../../../server/leaderboards/unit-tree.ts';

describe('people', () => {
  it('have one slot each, given out in turn, however large and scattered their ids', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.nat(50), fc.maxSafeNat()), { maxLength: 300, size: 'max' }), (ids) => {
        const persons: number[] = [];
        const people = new People((slot) => persons[slot] ?? -1);
        for (const id of ids) {
          expect(people.find(id)).toBe(persons.indexOf(id));
          if (persons.includes(id)) continue;
          expect(people.add(id)).toBe(persons.length);
          persons.push(id);
        }
        const taken = new People((slot) => persons[slot] ?? -1, people.pack());
        expect(persons.map((id) => taken.find(id))).toEqual(persons.map((_, slot) => slot));
        expect(taken.count).toBe(persons.length);
      }),
    );
  });
});

describe('a tree of units', () => {
  it('refuses circles, unknown parents and units given twice', () => {
    const unit = (id: number, parent: number | null) => ({ unit: id, parent, members: null });
    expect(() => new UnitTree([unit(1, 2), unit(2, 3), unit(3, 1)])).toThrow('stands above itself');
    expect(() => new UnitTree([unit(1, 9)])).toThrow('unit 9 is not in the tree');
    expect(() => new UnitTree([unit(1, null), unit(1, null)])).toThrow('given twice');
  });

  it('adds up headcounts that are not given from what is known below', () => {
    const tree = new UnitTree([
      { unit: 3, parent: 2, members: 5 },
      { unit: 4, parent: 2, members: 7 },
      { unit: 2, parent: 1, members: null },
      { unit: 5, parent: 1, members: null },
      { unit: 1, parent: null, members: null },
      { unit: 6, parent: null, members: 100 },
      { unit: 7, parent: 6, members: 30 },
    ]);
    const members = [1, 2, 3, 5, 6, 7].map((unit) => tree.members(tree.node(unit)));
    expect(members).toEqual([12, 12, 5, null, 100, 30]);
    expect(tree.levels).toBe(3);
  });
});
