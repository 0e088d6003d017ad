import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type UnitHeadcount, type UnitPast, UnitTimes } from '../../../server/units/time-rules.ts';
import { unitOf } from './unit-of.ts';

describe('units as of a moment', () => {
  it('gives the name and place of the time before a change', () => {
    const times = new UnitTimes(
      [unitOf(1), unitOf(2), unitOf(3, { name: 'Phường mới', parentId: 2, block: 'B' })],
      [
        { unitId: 3, until: 100, name: 'Xã cũ', parentId: 1, block: 'A' },
        { unitId: 3, until: 200, name: 'Phường cũ', parentId: 1, block: 'B' },
      ],
    );
    const seen = (at: number) => {
      const { name, parentId, block } = times.unitAt(3, at) ?? {};
      return [name, parentId, block];
    };
    expect(seen(99)).toEqual(['Xã cũ', 1, 'A']);
    expect(seen(100)).toEqual(['Phường cũ', 1, 'B']);
    expect(seen(200)).toEqual(['Phường mới', 2, 'B']);
  });

  it('leaves out what had not begun or had ended, and stands its units below the next one that existed', () => {
    const times = new UnitTimes([
      unitOf(1),
      unitOf(2, { parentId: 1, validUntil: 100, successorId: 1 }),
      unitOf(3, { parentId: 2 }),
      unitOf(4, { validFrom: 150 }),
    ]);
    expect(times.treeAt(120).map(({ id, parentId }) => [id, parentId])).toEqual([
      [1, null],
      [3, 1],
    ]);
    expect(times.treeAt(50).map(({ id }) => id)).toEqual([1, 2, 3]);
    expect(times.treeAt(120, true)).toHaveLength(4);
  });

  it('gives the members of the time, and the first count before any had begun', () => {
    const times = new UnitTimes(
      [unitOf(1, { headcount: 30 }), unitOf(2, { headcount: 7 })],
      [],
      [
        { unitId: 1, fromAt: 100, headcount: 20 },
        { unitId: 1, fromAt: 200, headcount: 30 },
      ],
    );
    expect([50, 100, 199, 200].map((at) => times.headcountAt(1, at))).toEqual([20, 20, 20, 30]);
    expect(times.headcountAt(2, 5)).toBe(7);
    expect(times.headcountAt(9, 5)).toBeNull();
  });

  const moment = fc.integer({ min: 0, max: 20 });
  const id = fc.integer({ min: 1, max: 6 });
  const pasts = fc.uniqueArray(
    fc.record({
      unitId: id,
      until: moment,
      name: fc.string({ maxLength: 3 }),
      parentId: fc.option(id),
      block: fc.constant(null),
    }) satisfies fc.Arbitrary<UnitPast>,
    { selector: ({ unitId, until }) => `${unitId}/${until}`, maxLength: 12 },
  );
  const parents = fc.array(fc.option(id), { minLength: 6, maxLength: 6 });

  it('is a tree at any moment, whatever was written down', () => {
    fc.assert(
      fc.property(parents, pasts, moment, (above, rows, at) => {
        const times = new UnitTimes(
          above.map((parentId, i) => unitOf(i + 1, { parentId })),
          rows,
        );
        const tree = new Map(times.treeAt(at).map((one) => [one.id, one.parentId]));
        for (const start of tree.keys()) {
          let steps = 0;
          for (let up = tree.get(start) ?? null; up !== null; up = tree.get(up) ?? null)
            if (++steps > tree.size) throw new Error(`unit ${start} stands below itself`);
        }
      }),
    );
  });

  it('equals looking through all rows, newest last', () => {
    const counts = fc.uniqueArray(
      fc.record({
        unitId: id,
        fromAt: moment,
        headcount: fc.option(fc.nat(99)),
      }) satisfies fc.Arbitrary<UnitHeadcount>,
      { selector: ({ unitId, fromAt }) => `${unitId}/${fromAt}` },
    );
    fc.assert(
      fc.property(counts, pasts, id, moment, (rows, before, of, at) => {
        const times = new UnitTimes([unitOf(of, { headcount: 5 })], before, rows);
        const own = rows.filter(({ unitId }) => unitId === of).sort((a, b) => a.fromAt - b.fromAt);
        let expected = own[0] === undefined ? 5 : own[0].headcount;
        for (const row of own) if (row.fromAt <= at) expected = row.headcount;
        expect(times.headcountAt(of, at)).toBe(expected);
        const then = before
          .filter(({ unitId, until }) => unitId === of && until > at)
          .sort((a, b) => a.until - b.until);
        expect(times.unitAt(of, at)?.name).toBe(then[0]?.name ?? `Đơn vị ${of}`);
      }),
    );
  });
});
