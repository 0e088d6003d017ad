/** What reports count, against the slow obvious way: sets of people for every unit. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { count, type Facts, type Forest, slotsOf } from '../../../server/reports/count-rules.ts';
import { factsOf, WIDTH } from '../../../server/reports/fact-rules.ts';

interface Result {
  readonly attempt: number;
  readonly round: number;
  readonly person: number;
  readonly unit: number | null;
  readonly version: number;
  readonly counts: boolean;
  readonly marks: number;
  readonly right: number;
  readonly submitted: number;
}

const DAY = 86_400_000;
const ROUNDS = [1, 2];
const QUESTIONS = 3;
const now = { rounds: [1, 2], from: 10 * DAY, to: 14 * DAY };
const before = { rounds: [1], from: 6 * DAY, to: 10 * DAY };

const forests = fc.integer({ min: 0, max: 9 }).chain((size) =>
  fc.record({
    /** Each under an earlier one, so that there are no circles. */
    parents: fc.tuple(...Array.from({ length: size }, (_, i) => fc.integer({ min: -1, max: i - 1 }))),
    blocks: fc.tuple(...Array.from({ length: size }, () => fc.integer({ min: -1, max: 1 }))),
  }),
);

const results = fc.array(
  fc.record({
    attempt: fc.integer({ min: 1, max: 20 }),
    round: fc.constantFrom(...ROUNDS, 3),
    person: fc.integer({ min: 1, max: 6 }),
    unit: fc.option(fc.integer({ min: 100, max: 110 })),
    counts: fc.boolean(),
    marks: fc.integer({ min: 0, max: 300 }),
    right: fc.integer({ min: 0, max: QUESTIONS }),
    submitted: fc.integer({ min: 5 * DAY, max: 15 * DAY }),
  }),
  { maxLength: 40 },
);

/** Versions count up within an attempt in the order of the list. */
function withVersions(list: readonly Omit<Result, 'version'>[]): Result[] {
  const seen = new Map<number, number>();
  return list.map((one) => {
    const version = seen.get(one.attempt) ?? 0;
    seen.set(one.attempt, version + 1);
    return { ...one, version };
  });
}

function packed(list: readonly Result[]): Float64Array {
  return Float64Array.from(
    list.flatMap(({ attempt, round, person, unit, version, counts, marks, right, submitted }) => [
      attempt,
      round,
      person,
      unit ?? Number.NaN,
      2 * version + Number(counts),
      marks,
      right,
      submitted,
    ]),
  );
}

const unitOf = (node: number): number => 100 + node;

/** Of one group of units, the obvious way. */
function slow(list: readonly Result[], window: typeof now, belongs: (unit: number | null) => boolean) {
  const newest = list.filter(
    (one) => !list.some((other) => other.attempt === one.attempt && other.version > one.version),
  );
  const mine = newest.filter(
    ({ counts, round, submitted, unit }) =>
      counts &&
      window.rounds.includes(round) &&
      submitted >= window.from &&
      submitted < window.to &&
      belongs(unit),
  );
  return {
    people: new Set(mine.map(({ person }) => person)).size,
    attempts: mine.length,
    marks: mine.reduce((sum, { marks }) => sum + marks, 0),
    full: mine.filter(({ right }) => right === QUESTIONS).length,
  };
}

describe('a report', () => {
  it('counts as sets of people do, in every unit, parent, block and day, whatever was regraded or annulled', () => {
    fc.assert(
      fc.property(forests, results, fc.nat(9), (tree, given, root) => {
        const list = withVersions(given);
        const size = tree.parents.length;
        const forest: Forest = {
          parents: Int32Array.from(tree.parents),
          blocks: Int32Array.from(tree.blocks),
          blockCount: 2,
        };
        const nodes = new Map(tree.parents.map((_, node) => [unitOf(node), node]));
        const questions = new Map(ROUNDS.map((round) => [round, QUESTIONS]));
        const rows = packed(list);
        const facts: Facts = factsOf(rows, rows.length, { now, before, questions, nodes });
        const under = root < size ? root : -1;
        const counted = count(facts, forest, under);
        const slots = slotsOf(forest);
        const pathOf = (unit: number | null): number[] => {
          const path: number[] = [];
          const start = unit === null ? undefined : nodes.get(unit);
          for (let at = start ?? -1; at >= 0; at = tree.parents[at] ?? -1) path.push(at);
          return path;
        };
        const known = (unit: number | null): boolean => unit !== null && nodes.has(unit);
        const blockOf = (unit: number | null): number => tree.blocks[nodes.get(unit ?? 0) ?? -1] ?? -1;
        const groups: [number, (unit: number | null) => boolean][] = [
          ...tree.parents.map((_, node): [number, (unit: number | null) => boolean] => [
            node,
            (unit) => pathOf(unit).includes(node),
          ]),
          [slots.nowhere, (unit) => !known(unit)],
          [slots.total, () => true],
          [slots.block(0), (unit) => known(unit) && blockOf(unit) === 0],
          [slots.block(1), (unit) => known(unit) && blockOf(unit) === 1],
          [slots.noBlock, (unit) => known(unit) && blockOf(unit) < 0],
        ];
        for (const [slot, belongs] of groups)
          for (const [sums, window] of [[counted.now, now] as const, [counted.before, before] as const]) {
            const { people, attempts, marks, full } = sums;
            const found = {
              people: people[slot],
              attempts: attempts[slot],
              marks: marks[slot],
              full: full[slot],
            };
            expect(found).toEqual(slow(list, window, belongs));
          }
        const within = (unit: number | null): boolean => under < 0 || pathOf(unit).includes(under);
        for (let day = 9; day <= 15; day++) {
          const from = day * DAY - 7 * 3_600_000;
          const span = {
            rounds: now.rounds,
            from: Math.max(from, now.from),
            to: Math.min(from + DAY, now.to),
          };
          const { attempts, people } = slow(list, span, within);
          const found = counted.days.find((one) => one.day === day) ?? { attempts: 0, people: 0 };
          expect([found.attempts, found.people]).toEqual([attempts, people]);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('reads rows eight numbers wide', () => {
    expect(
      packed(
        withVersions([
          { attempt: 1, round: 1, person: 1, unit: null, counts: true, marks: 0, right: 0, submitted: 0 },
        ]),
      ),
    ).toHaveLength(WIDTH);
  });
});
