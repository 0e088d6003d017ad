import { describe, expect, it } from 'vitest';
import { unitTreeOf } from '../../../server/leaderboards/units-for-boards.ts';
import { UnitTimes } from '../../../server/units/time-rules.ts';
import { type Unit, UnitIndex } from '../../../server/units/unit-index.ts';
import { unitOf } from '../units/unit-of.ts';

describe('the tree that boards stand on', () => {
  it('is another one for a new unit, another headcount or a move that comes true, not for a name spelled otherwise', () => {
    const units = { index: new UnitIndex([unitOf(1), unitOf(2)], 5), onChange: () => () => true };
    const boards = unitTreeOf(units);
    const versions = [boards.version];
    const become = (all: readonly Unit[], version = 5): void => {
      units.index = new UnitIndex(all, version, new UnitTimes(all));
      versions.push(boards.version);
    };
    become([unitOf(1, { name: 'ĐƠN VỊ 1' }), unitOf(2)], 6);
    become([unitOf(1), unitOf(2, { parentId: 1 })], 6);
    become([unitOf(1), unitOf(2, { parentId: 1 })], 7);
    become([unitOf(1, { headcount: 9 }), unitOf(2, { parentId: 1 })], 8);
    become([unitOf(1, { headcount: 9 }), unitOf(2, { parentId: 1 }), unitOf(3)], 9);
    expect(versions).toEqual([1, 1, 2, 2, 3, 4]);
    expect(boards.tree().map(({ unit: id, parent }) => [id, parent])).toEqual([
      [1, null],
      [2, 1],
      [3, null],
    ]);
  });
});
