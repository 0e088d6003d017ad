import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Comparing } from '../../../server/closing/comparison-rules.ts';
import { packColumns, unpackColumns } from '../../../server/closing/number-packing.ts';
import {
  columnsOfPeople,
  type PlacedPerson,
  peopleOfColumns,
  sameStanding,
} from '../../../server/closing/snapshot-rows.ts';

const number = fc.oneof(
  fc.integer({ min: -5, max: 5 }),
  fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }),
  fc.maxSafeInteger().map((n) => Math.trunc(n / 8) + 0),
  fc.constant(Number.NaN),
);

describe('numbers packed by column', () => {
  it('come back as they were', () => {
    const tables = fc.tuple(fc.nat(9), fc.nat(40)).chain(([width, length]) =>
      fc.array(fc.array(number, { minLength: length, maxLength: length }), {
        minLength: width,
        maxLength: width,
      }),
    );
    fc.assert(
      fc.property(tables, (table) => {
        const columns = table.map((column) => Float64Array.from(column));
        expect(unpackColumns(packColumns(columns))).toEqual(columns);
      }),
    );
  });

  it('are refused when they were cut off, and packing refuses what is no whole number', () => {
    const packed = packColumns([Float64Array.of(1, 2, 3)]);
    expect(() => unpackColumns(packed.subarray(0, -1))).toThrow(RangeError);
    expect(() => unpackColumns(Uint8Array.of(...packed, 1))).toThrow(RangeError);
    expect(() => packColumns([Float64Array.of(0.5)])).toThrow(RangeError);
    expect(() => packColumns([Float64Array.of(Number.POSITIVE_INFINITY)])).toThrow(RangeError);
  });
});

const nullable = (arbitrary: fc.Arbitrary<number>) => fc.option(arbitrary, { nil: null });
const placed = (person: number): fc.Arbitrary<PlacedPerson> =>
  fc.record({
    person: fc.constant(person),
    number: nullable(fc.nat(999)),
    rank: fc.integer({ min: 1, max: 20 }),
    unit: nullable(fc.nat(9)),
    marks: fc.nat(3),
    distance: nullable(fc.nat(2)),
    elapsedMs: fc.nat(3),
    submittedAt: fc.nat(3),
    attempt: fc.constant(person * 10),
  });
const snapshot = fc
  .uniqueArray(fc.nat(30), { maxLength: 25 })
  .chain((people) => fc.tuple(...people.map(placed)).map((list): PlacedPerson[] => [...list]));

describe('people in a snapshot', () => {
  it('come back as they were', () => {
    fc.assert(
      fc.property(snapshot, (people) => {
        expect(peopleOfColumns(unpackColumns(packColumns(columnsOfPeople(people))))).toEqual(people);
      }),
    );
  });
});

describe('two snapshots', () => {
  const byPerson = (people: readonly PlacedPerson[]) => new Map(people.map((one) => [one.person, one]));

  it('differ as a look at each person says, in whatever pieces they come', () => {
    fc.assert(
      fc.property(snapshot, snapshot, fc.integer({ min: 1, max: 9 }), (before, after, piece) => {
        const comparing = new Comparing(byPerson(before), 1000);
        for (let at = 0; at < after.length; at += piece) comparing.add(after.slice(at, at + piece));
        const found = comparing.end();
        const was = byPerson(before);
        const is = byPerson(after);
        const everybody = [...new Set([...was.keys(), ...is.keys()])];
        const both = everybody.flatMap((person) => {
          const [a, b] = [was.get(person), is.get(person)];
          return a === undefined || b === undefined ? [] : [{ a, b }];
        });
        expect(found.came).toBe(everybody.filter((person) => !was.has(person)).length);
        expect(found.left).toBe(everybody.filter((person) => !is.has(person)).length);
        expect(found.up).toBe(both.filter(({ a, b }) => b.rank < a.rank).length);
        expect(found.down).toBe(both.filter(({ a, b }) => b.rank > a.rank).length);
        const own = found.changes.filter((change) => change.own).map(({ person }) => person);
        const changed = both.filter(({ a, b }) => !sameStanding(a, b)).length;
        expect(own.length).toBe(changed + found.came + found.left);
        expect(found.changed).toBe(own.length);
        const others = found.changes.filter((change) => !change.own).map(({ person }) => person);
        const moved = both.filter(({ a, b }) => sameStanding(a, b) && a.rank !== b.rank);
        expect([...others].sort()).toEqual(moved.map(({ a }) => a.person).sort());
      }),
    );
  });

  it('of the same people do not differ', () => {
    fc.assert(
      fc.property(snapshot, (people) => {
        const comparing = new Comparing(byPerson(people), 10);
        comparing.add(people);
        expect(comparing.end()).toEqual({ changed: 0, up: 0, down: 0, came: 0, left: 0, changes: [] });
      }),
    );
  });
});
