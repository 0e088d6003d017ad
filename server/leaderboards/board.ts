/**
 * A leaderboard in memory: one round's, or a contest's with its rounds added up. A projection of rows, never the truth.
 *
 * It is told facts: "these are all versions of this person's results now". A fact may come twice, late or in any
 * order between people, and the board is the same. `load` at start and `apply` afterwards weigh a fact with the same
 * function, so a board that grew equals one built from the table.
 *
 * Order, counting and freeze belong to the board: when the prediction is settled, a freeze begins or ends, or units
 * change, a new board is built from rows (in a worker, `pack` and `unpack` hand it over) and put in its place. While a
 * contest is frozen there are two: one for the public, one for the organisers.
 */
import type { BoardReader } from './board-reader.ts';
import { Contributions } from './contributions.ts';
import { type CountingRules, type ResultVersion, tally, type UnitShare } from './counting.ts';
import type { Standing } from './order.ts';
import type { Stand } from './ranked-list.ts';
import { type Entry, type PackedRanking, type PersonRank, Ranking } from './ranking.ts';
import type { UnitMetric, UnitPeers } from './unit-ranking.ts';
import { type UnitInTree, UnitTree } from './unit-tree.ts';
import { type Share, type UnitEntry, UnitSums, type UnitTotals } from './units.ts';

/** What a board is made for. */
export interface BoardSettings extends CountingRules {
  readonly units: readonly UnitInTree[];
  /** Entries a block of the lists; only tests set it. */
  readonly blockCapacity?: number;
}

/** All versions of one person's results in the board's rounds; an empty list when there are none any more. */
export interface PersonFact {
  readonly person: number;
  readonly results: readonly ResultVersion[];
}

/** A board as plain data; `buffersOf` lists what can be moved instead of copied. */
export interface PackedBoard {
  readonly settings: BoardSettings;
  readonly ranking: PackedRanking;
  /** Of people with shares in several units, by slot. */
  readonly contributions: ReadonlyMap<number, readonly Share[]>;
  readonly sums: Float64Array;
  readonly revision: number;
}

/** A tally in the tree's nodes; −1 is no unit. */
interface Weighed {
  readonly standing: Standing;
  readonly node: number;
  readonly shares: readonly Share[];
}

export class Board implements BoardReader {
  readonly settings: BoardSettings;
  readonly #tree: UnitTree;
  #ranking: Ranking;
  #contributions: Contributions;
  #sums: UnitSums;
  #revision = 0;

  constructor(settings: BoardSettings, packed?: PackedBoard) {
    this.settings = settings;
    this.#tree = new UnitTree(settings.units);
    this.#ranking = packed
      ? Ranking.unpack(this.#tree, packed.ranking)
      : new Ranking(settings.order, this.#tree, settings.blockCapacity);
    this.#contributions = new Contributions(this.#ranking.standings, packed?.contributions);
    this.#sums = new UnitSums(this.#tree, packed?.sums);
    this.#revision = packed?.revision ?? 0;
  }

  static unpack(packed: PackedBoard): Board {
    return new Board(packed.settings, packed);
  }

  /** The board's state, shared and not copied: use one of the two afterwards. */
  pack(): PackedBoard {
    return {
      settings: this.settings,
      ranking: this.#ranking.pack(),
      contributions: this.#contributions.pack(),
      sums: this.#sums.pack(),
      revision: this.#revision,
    };
  }

  /** Rises when something that shows has changed, and only then: what a freeze hides does not move it. */
  get revision(): number {
    return this.#revision;
  }

  /** Whether results of this unit can be applied; if not, the tree is old. */
  knows(unit: number): boolean {
    return this.#tree.has(unit);
  }

  /**
   * Starts again from facts, one a person; throws RangeError when a person comes twice or a unit is unknown: throw the
   * board away then.
   */
  load(facts: Iterable<PersonFact>): void {
    this.#ranking = new Ranking(this.settings.order, this.#tree, this.settings.blockCapacity);
    this.#contributions = new Contributions(this.#ranking.standings);
    this.#sums = new UnitSums(this.#tree);
    for (const { person, results } of facts) {
      const weighed = this.#weigh(results);
      if (weighed === null) continue;
      if (this.#ranking.find(person) >= 0) throw new RangeError(`person ${person} came twice`);
      this.#rewrite(this.#ranking.open(person), weighed);
    }
    this.#ranking.arrange();
    this.#revision += 1;
  }

  /** Takes in what is now true of a person; `true` when that changed anything that shows. */
  apply(fact: PersonFact): boolean {
    return this.applyAll([fact]) > 0;
  }

  /**
   * Takes in many facts, of which the last one of a person holds; how many people's changed anything that shows.
   * A few thousand at once cost a fraction of one by one. Throws RangeError for an unknown unit, and nothing changed.
   */
  applyAll(facts: readonly PersonFact[]): number {
    const slots: number[] = [];
    const changes: (Weighed | null)[] = [];
    for (const { person, results } of lastOfEach(facts)) {
      const weighed = this.#weigh(results);
      const slot = this.#ranking.find(person);
      if (this.#holds(slot, weighed)) continue;
      slots.push(slot < 0 ? this.#ranking.open(person) : slot);
      changes.push(weighed);
    }
    if (slots.length === 0) return 0;
    this.#ranking.move(slots, () => {
      slots.forEach((slot, i) => {
        this.#rewrite(slot, changes[i] ?? null);
      });
    });
    this.#revision += 1;
    return slots.length;
  }

  /** How many people are ranked, in all or within a unit. */
  count(unit: number | null = null): number {
    return this.#ranking.size(this.#scope(unit));
  }

  /** Where a person stands, in all or within a unit or any unit above theirs; `null` when not ranked there. */
  rank(person: number, unit: number | null = null): PersonRank | null {
    return this.#ranking.rank(person, this.#scope(unit));
  }

  /** Those of the people who are ranked, in the order given. */
  ranks(people: readonly number[]): PersonRank[] {
    return people.flatMap((person) => this.rank(person) ?? []);
  }

  /** Up to `limit` lines from an offset (from 0) on. */
  page(offset: number, limit: number, unit: number | null = null): Entry[] {
    return this.#ranking.page(this.#scope(unit), offset, limit);
  }

  /** A person's line and their neighbours'; empty when not ranked there. */
  around(person: number, before: number, after: number, unit: number | null = null): Entry[] {
    return this.#ranking.around(person, this.#scope(unit), before, after);
  }

  /** A unit's figures; throws RangeError for a unit that the tree does not have, as all below. */
  unit(unit: number): UnitTotals {
    return this.#sums.totals(this.#tree.node(unit));
  }

  /** Figures of those of the units that the tree has. */
  totals(units: readonly number[]): Map<number, UnitTotals> {
    return new Map(units.filter((unit) => this.knows(unit)).map((unit) => [unit, this.unit(unit)]));
  }

  /** Where a unit stands among its peers; units without a figure share the last rank. */
  unitRank(unit: number, metric: UnitMetric, peers: UnitPeers = 'level'): Stand {
    return this.#sums.stand(this.#tree.node(unit), metric, peers);
  }

  /** Units of a level (0: the roots), best first. */
  unitsOfLevel(level: number, metric: UnitMetric, offset: number, limit: number): UnitEntry[] {
    return this.#sums
      .pageOfLevel(level, metric, offset, limit)
      .map(({ slot, rank }) => this.#unitEntry(slot, rank));
  }

  /** Units directly below a unit (`null`: the roots), best first. */
  unitsBelow(parent: number | null, metric: UnitMetric, offset: number, limit: number): UnitEntry[] {
    const page = this.#sums.pageBelow(this.#scope(parent), metric, offset, limit);
    return page.map(({ slot, rank }) => this.#unitEntry(slot, rank));
  }

  /** How many units stand directly below a unit (`null`: the roots). */
  countBelow(parent: number | null): number {
    return this.#tree.childrenOf(this.#scope(parent) ?? -1);
  }

  /** What a person's results come to, in the tree's nodes; `null` when nothing shows. */
  #weigh(results: readonly ResultVersion[]): Weighed | null {
    const weighed = tally(results, this.settings);
    if (weighed === null) return null;
    const { standing, unit, shares } = weighed;
    return {
      standing,
      node: unit === null ? -1 : this.#tree.node(unit),
      shares: shares.map((share) => this.#share(share)),
    };
  }

  #share({ unit, attempts, counted, marks }: UnitShare): Share {
    return { node: this.#tree.node(unit), attempts, counted, marks };
  }

  /** Whether the board shows this of the slot already. */
  #holds(slot: number, weighed: Weighed | null): boolean {
    const { standings } = this.#ranking;
    if (weighed === null) return !standings.ranked(slot);
    const { standing, node, shares } = weighed;
    return slot >= 0 && standings.holds(slot, standing, node) && this.#contributions.holds(slot, shares);
  }

  /** Puts what a person comes to, into row and sums, in place of what was there. */
  #rewrite(slot: number, weighed: Weighed | null): void {
    if (this.#ranking.standings.ranked(slot)) this.#sums.add(this.#contributions.get(slot), -1);
    if (weighed === null) {
      this.#contributions.clear(slot);
      this.#ranking.close(slot);
      return;
    }
    this.#ranking.write(slot, weighed.standing, weighed.node);
    this.#contributions.set(slot, weighed.shares);
    this.#sums.add(weighed.shares, 1);
  }

  #scope(unit: number | null): number | null {
    return unit === null ? null : this.#tree.node(unit);
  }

  #unitEntry(node: number, rank: number): UnitEntry {
    return { unit: this.#tree.unit(node), rank, totals: this.#sums.totals(node) };
  }
}

/** The facts without those that a later one about the same person replaces. */
function lastOfEach(facts: readonly PersonFact[]): readonly PersonFact[] {
  if (facts.length === 1 || new Set(facts.map(({ person }) => person)).size === facts.length) return facts;
  return [...new Map(facts.map((fact) => [fact.person, fact])).values()];
}

/** A result with its person, as a scan of the table gives it. */
export interface ResultRow extends ResultVersion {
  readonly person: number;
}

/** Facts from rows that are sorted by person. */
export function* factsOf(rows: Iterable<ResultRow>): Generator<PersonFact> {
  let person = -1;
  let results: ResultRow[] = [];
  for (const row of rows) {
    if (row.person !== person) {
      if (results.length > 0) yield { person, results };
      person = row.person;
      results = [];
    }
    results.push(row);
  }
  if (results.length > 0) yield { person, results };
}

/** The memory behind a packed board, to be moved to another thread with `postMessage(packed, buffersOf(packed))`. */
export function buffersOf(packed: PackedBoard): ArrayBuffer[] {
  const { ranking, sums } = packed;
  const arrays = [
    ranking.people.table,
    ranking.standings.rows,
    ...ranking.lists.flatMap(({ pool, directory, sizes, lasts, lastKeys }) => [
      pool,
      directory,
      sizes,
      lasts,
      lastKeys,
    ]),
    sums,
  ];
  return arrays.flatMap(({ buffer }) => (buffer instanceof ArrayBuffer ? [buffer] : []));
}
