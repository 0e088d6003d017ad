/**
 * People ranked overall and within every unit of the tree, without a scan: rank, page, neighbours, share below.
 *
 * There is one list for everybody and one a level of the tree, in which people stand by their ancestor at that level.
 * All lists hold slots of one table of standings, so a person costs one row and four bytes a list.
 */
import { type PackedBlocks, SortedBlocks } from './blocks.ts';
import type { Criterion, Standing } from './order.ts';
import { type PackedPeople, People } from './people.ts';
import { RankedList, type RankedSlot, type RankOrder } from './ranked-list.ts';
import { groupStable } from './sort.ts';
import { type PackedStandings, Standings } from './standings.ts';
import type { UnitTree } from './unit-tree.ts';

/** A line of a leaderboard. */
export interface Entry {
  readonly person: number;
  /** From 1; equals share it. */
  readonly rank: number;
  /** Node of the tree, −1 for none. */
  readonly node: number;
  readonly standing: Standing;
}

/** A ranking's state as plain data, for a worker to hand over. */
export interface PackedRanking {
  readonly people: PackedPeople;
  readonly standings: PackedStandings;
  readonly nodes: Int32Array;
  readonly lists: readonly PackedBlocks[];
}

/** "Not ranked": the person's slot exists, but nothing of it counts now. */
const ABSENT = -2;

/** A list to read from and the group in it; `null` for a unit outside the tree. */
interface Scope {
  readonly list: RankedList;
  readonly group: number;
}

export class Ranking {
  readonly #tree: UnitTree;
  readonly #people: People;
  readonly #standings: Standings;
  /** By slot: node of the person's unit, −1 for none, −2 for not ranked. Held in an object, since it grows. */
  readonly #nodes: { of: Int32Array };
  readonly #everyone: RankedList;
  readonly #levels: readonly RankedList[];
  #count = 0;

  /** `capacity` is the lists' block size. */
  constructor(order: readonly Criterion[], tree: UnitTree, capacity?: number, packed?: PackedRanking) {
    this.#tree = tree;
    this.#people = packed ? People.unpack(packed.people) : new People();
    this.#standings = packed ? Standings.unpack(packed.standings) : new Standings(order);
    this.#nodes = { of: packed?.nodes ?? new Int32Array(64).fill(ABSENT) };
    const list = (rankOrder: RankOrder, state: PackedBlocks | undefined): RankedList =>
      new RankedList(
        rankOrder,
        state ? SortedBlocks.unpack(rankOrder, state) : new SortedBlocks(rankOrder, capacity),
      );
    this.#everyone = list(overall(this.#standings), packed?.lists[0]);
    this.#levels = Array.from({ length: tree.levels }, (_, level) =>
      list(byGroup(this.#standings, this.#nodes, tree.ancestors(level)), packed?.lists[level + 1]),
    );
    this.#count = packed?.lists[0]?.count ?? 0;
  }

  static unpack(tree: UnitTree, packed: PackedRanking): Ranking {
    return new Ranking(packed.standings.order, tree, packed.lists[0]?.capacity, packed);
  }

  pack(): PackedRanking {
    return {
      people: this.#people.pack(),
      standings: this.#standings.pack(),
      nodes: this.#nodes.of,
      lists: [this.#everyone, ...this.#levels].map((list) => list.pack()),
    };
  }

  /** How many people are ranked. */
  get count(): number {
    return this.#count;
  }

  /** The person's slot, ranked or not; −1 for somebody never seen. Slots stay the same while the ranking lives. */
  find(person: number): number {
    return this.#people.find(person);
  }

  ranked(slot: number): boolean {
    return slot >= 0 && (this.#nodes.of[slot] ?? ABSENT) !== ABSENT;
  }

  /** Whether the slot is ranked with exactly this. */
  holds(slot: number, standing: Standing, node: number): boolean {
    return this.#nodes.of[slot] === node && this.#standings.holds(slot, standing);
  }

  /** Node of a ranked slot's unit, −1 for none. */
  node(slot: number): number {
    return this.#nodes.of[slot] ?? -1;
  }

  /** Hundredths of a mark of a ranked slot. */
  marks(slot: number): number {
    return this.#standings.marks(slot);
  }

  /** Puts a person where the standing belongs, from wherever they were. Returns the slot. */
  set(person: number, standing: Standing, node: number): number {
    const slot = this.#claim(person);
    if (this.ranked(slot)) this.#leave(slot);
    this.#write(slot, standing, node);
    this.#everyone.insert(slot);
    for (let level = this.#tree.depth(node); node >= 0 && level >= 0; level -= 1)
      this.#levels[level]?.insert(slot);
    return slot;
  }

  /** Takes a person out; nothing happens when they are not ranked. */
  remove(person: number): void {
    const slot = this.find(person);
    if (!this.ranked(slot)) return;
    this.#leave(slot);
    this.#nodes.of[slot] = ABSENT;
    this.#count -= 1;
  }

  /**
   * Notes a standing without putting it in order, for many at once; `arrange` must follow before anything is read.
   * Throws RangeError when the person is ranked already.
   */
  note(person: number, standing: Standing, node: number): number {
    const slot = this.#claim(person);
    if (this.ranked(slot)) throw new RangeError(`person ${person} came twice`);
    this.#write(slot, standing, node);
    return slot;
  }

  /** Puts everything noted in order: one sort for everybody, one stable pass a level. */
  arrange(): void {
    const slots = new Int32Array(this.#count);
    let length = 0;
    for (let slot = 0; slot < this.#people.count; slot += 1) {
      if (!this.ranked(slot)) continue;
      slots[length] = slot;
      length += 1;
    }
    const sorted = this.#standings.sorted(slots);
    this.#everyone.fill(sorted);
    this.#levels.forEach((list, level) => {
      list.fill(groupStable(sorted, this.#tree.size, (slot) => this.#tree.ancestor(this.node(slot), level)));
    });
  }

  /** The person's line, overall (`node` null) or within a unit; `null` when they are not in it. */
  rank(person: number, node: number | null): Entry | null {
    const slot = this.find(person);
    const scope = this.#scopeWith(slot, node);
    return scope && this.#entry({ slot, rank: scope.list.rank(slot) });
  }

  /** How many rank strictly worse than the person, overall or within a unit; `null` when they are not in it. */
  below(person: number, node: number | null): number | null {
    const slot = this.find(person);
    return this.#scopeWith(slot, node)?.list.worse(slot) ?? null;
  }

  /** How many are ranked, overall or within a unit. */
  size(node: number | null): number {
    if (node === null) return this.#count;
    const scope = this.#scope(node);
    return scope.list.size(scope.group);
  }

  /** Up to `limit` lines from an offset on. */
  page(node: number | null, offset: number, limit: number): Entry[] {
    const scope = this.#scope(node);
    return scope.list.page(scope.group, offset, limit).map((ranked) => this.#entry(ranked));
  }

  /** The person's line with up to `before` lines above and `after` below; empty when they are not in it. */
  around(person: number, node: number | null, before: number, after: number): Entry[] {
    const slot = this.find(person);
    const lines = this.#scopeWith(slot, node)?.list.around(slot, before, after) ?? [];
    return lines.map((ranked) => this.#entry(ranked));
  }

  #claim(person: number): number {
    const slot = this.#people.claim(person);
    if (slot >= this.#nodes.of.length) {
      const larger = new Int32Array(this.#nodes.of.length * 2).fill(ABSENT);
      larger.set(this.#nodes.of);
      this.#nodes.of = larger;
    }
    this.#standings.reserve(slot + 1);
    return slot;
  }

  #write(slot: number, standing: Standing, node: number): void {
    if (!this.ranked(slot)) this.#count += 1;
    this.#standings.write(slot, standing);
    this.#nodes.of[slot] = node;
  }

  /** Takes a ranked slot out of its lists, before its row changes. */
  #leave(slot: number): void {
    this.#everyone.remove(slot);
    const node = this.node(slot);
    for (let level = this.#tree.depth(node); node >= 0 && level >= 0; level -= 1)
      this.#levels[level]?.remove(slot);
  }

  #scope(node: number | null): Scope {
    if (node === null) return { list: this.#everyone, group: 0 };
    return { list: this.#levels[this.#tree.depth(node)] ?? this.#everyone, group: node };
  }

  /** The scope when the slot is ranked in it. */
  #scopeWith(slot: number, node: number | null): Scope | null {
    if (!this.ranked(slot)) return null;
    if (node !== null && this.#tree.ancestor(this.node(slot), this.#tree.depth(node)) !== node) return null;
    return this.#scope(node);
  }

  #entry({ slot, rank }: RankedSlot): Entry {
    return {
      person: this.#people.at(slot),
      rank,
      node: this.node(slot),
      standing: this.#standings.read(slot),
    };
  }
}

/** Everybody in one group. */
function overall(standings: Standings): RankOrder {
  return {
    group: () => 0,
    compare: (a, b) => standings.compare(a, b),
    compareRank: (a, b) => standings.compareRank(a, b),
  };
}

/** Grouped by the ancestor at one level (`groups`, by node). */
function byGroup(standings: Standings, nodes: { of: Int32Array }, groups: Int32Array): RankOrder {
  const group = (slot: number): number => groups[nodes.of[slot] ?? 0] ?? 0;
  return {
    group,
    compare: (a, b) => group(a) - group(b) || standings.compare(a, b),
    compareRank: (a, b) => standings.compareRank(a, b),
  };
}
