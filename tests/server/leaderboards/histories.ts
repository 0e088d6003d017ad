/** Random histories of a contest, small enough for many ties and long enough for every kind of change. */
import fc from 'fast-check';
import type { BoardSettings, PersonFact } from '../../../server/leaderboards/board.ts';
import type { ResultVersion } from '../../../server/leaderboards/counting.ts';
import { CRITERIA, type Criterion } from '../../../server/leaderboards/order.ts';
import type { UnitInTree } from '../../../server/leaderboards/unit-tree.ts';

/** Two roots, three levels, headcounts given, missing and zero; ids neither dense nor in order. */
export const UNITS: readonly UnitInTree[] = [
  { unit: 70, parent: 7, members: 4 },
  { unit: 7, parent: null, members: null },
  { unit: 71, parent: 7, members: 6 },
  { unit: 711, parent: 71, members: 0 },
  { unit: 712, parent: 71, members: null },
  { unit: 9, parent: null, members: 5 },
  { unit: 90, parent: 9, members: null },
];

export type Change = { person: number } & (
  | { what: 'submit'; result: Omit<ResultVersion, 'sequence' | 'version' | 'feed' | 'voided'> }
  | { what: 'regrade' | 'void' | 'restore'; which: number; marks: number }
  | { what: 'erase' }
);

export interface History {
  settings: BoardSettings;
  changes: readonly Change[];
}

const order: fc.Arbitrary<Criterion[]> = fc.shuffledSubarray([...CRITERIA], { minLength: 1 });
const person = fc.integer({ min: 1, max: 12 }).map((n) => n * 1_000_003 + (n % 3) * 5_000_000_000);

const submitted = fc.record({
  round: fc.integer({ min: 1, max: 3 }),
  unit: fc.oneof(
    { weight: 8, arbitrary: fc.constantFrom(...UNITS.map(({ unit }) => unit)) },
    fc.constant(null),
  ),
  marks: fc.integer({ min: 0, max: 4 }).map((n) => n * 250),
  predictionDistance: fc.oneof(fc.integer({ min: 0, max: 2 }), fc.constant(null)),
  // Past 69.9 minutes, where a packed key would overflow.
  elapsedMs: fc.constantFrom(0, 1_000, 4_194_304, 7_200_000),
  submittedAt: fc.integer({ min: 0, max: 12 }).map((n) => 1_760_000_000_000 + n * 60_000),
});

const change: fc.Arbitrary<Change> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ what: fc.constant('submit' as const), person, result: submitted }) },
  {
    weight: 4,
    arbitrary: fc.record({
      what: fc.constantFrom('regrade' as const, 'void' as const, 'restore' as const),
      person,
      which: fc.nat(5),
      marks: fc.integer({ min: -1, max: 4 }).map((n) => n * 250),
    }),
  },
  { weight: 1, arbitrary: fc.record({ what: fc.constant('erase' as const), person }) },
);

const freeze = fc.record({
  moment: fc.integer({ min: 3, max: 13 }).map((n) => 1_760_000_000_000 + n * 60_000),
  position: fc.record({
    transaction: fc.integer({ min: 0, max: 6 }),
    number: fc.integer({ min: 0, max: 60 }),
  }),
});

/** Half of them with a freeze; lists of two to eight entries a block, so that blocks split and join. */
export const history: fc.Arbitrary<History> = fc.record({
  settings: fc.record({
    order,
    counting: fc.constantFrom('best' as const, 'first' as const, 'last' as const, 'all' as const),
    freeze: fc.option(freeze, { freq: 2 }),
    units: fc.constant(UNITS),
    blockCapacity: fc.constantFrom(2, 4, 6, 8),
  }),
  changes: fc.array(change, { minLength: 5, maxLength: 80, size: 'max' }),
});

/** The rows that a history writes: all versions by person. Feed transactions do not rise with the numbers. */
export class Rows {
  readonly #versions = new Map<number, ResultVersion[]>();
  #number = 0;

  /** The fact that a follower would read after this change. */
  write(change: Change): PersonFact {
    this.#number += 1;
    const versions = this.#versions.get(change.person) ?? [];
    this.#versions.set(
      change.person,
      change.what === 'erase' ? [] : [...versions, ...this.#added(change, versions)],
    );
    return { person: change.person, results: this.#read(change.person) };
  }

  facts(): PersonFact[] {
    return [...this.#versions.keys()].map((person) => ({ person, results: this.#read(person) }));
  }

  /** Sometimes newest first: rows come in any order. */
  #read(person: number): ResultVersion[] {
    const versions = this.#versions.get(person) ?? [];
    return this.#number % 2 === 0 ? versions : versions.toReversed();
  }

  #added(change: Exclude<Change, { what: 'erase' }>, versions: readonly ResultVersion[]): ResultVersion[] {
    const number = this.#number;
    const feed = { transaction: Math.floor(number / 10) + (number % 2), number };
    if (change.what === 'submit') {
      return [{ ...change.result, sequence: number, version: 1, voided: false, feed }];
    }
    const sequences = [...new Set(versions.map(({ sequence }) => sequence))];
    const sequence = sequences[change.which % Math.max(1, sequences.length)];
    const latest = versions.filter((version) => version.sequence === sequence).at(-1);
    if (latest === undefined) return [];
    const next = { ...latest, version: latest.version + 1, feed };
    if (change.what === 'regrade') return [{ ...next, marks: change.marks }];
    return [{ ...next, voided: change.what === 'void' }];
  }
}
