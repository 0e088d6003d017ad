/**
 * People ranked overall and within every unit of the tree, without a scan: rank, page, neighbours, how many below.
 *
 * There is one list for everybody and one a level of the tree, in which people stand by their ancestor at that level.
 * All lists hold slots of one table of standings, so a person costs one row and twelve bytes a list.
 */
import { type PackedBlocks, SortedBlocks } from './blocks.ts';
import type { Criterion, Standing } from './order.ts';
import { type PackedPeople, People } from './people.ts';
import { RankedList, type RankedSlot, type RankOrder } from './ranked-list.ts';
import { groupStable, sortKeyed } from './sort.ts';
import { type PackedStandings, Standings } from './standings.ts';
import type { UnitTree } from './unit-tree.ts';

/** A line of the people's board. */
export interface Entry {
  readonly person: number;
  /** From 1; equals share it. */
  readonly rank: number;
  /** Unit of the latest result that counts. */
  readonly unit: number | null;
  readonly standing: Standing;
}

/** Where one person stands. */
export interface PersonRank extends Entry {
  /** How many are ranked in this scope. */
  readonly of: number;
  /** How many of them rank strictly worse. */
  readonly below: number;
  /** `below` as a share of all others, 0..1; 0 for somebody alone. */
  readonly shareBelow: number;
}

/** A ranking's state as plain data, for a worker to hand over. */
export interface PackedRanking {
  readonly people: PackedPeople;
  readonly standings: PackedStandings;
  readonly lists: readonly PackedBlocks[];
}

/** A list to read from and the group in it. */
interface Scope {
  readonly list: RankedList;
  readonly group: number;
}

/** Scopes are `null` for everybody, or a node of the tree. */
export class Ranking {
  readonly #tree: UnitTree;
  /** The rows behind the lists: read them freely, write them only in `move`. */
  readonly standings: Standings;
  readonly #people: People;
  /** Everybody, then by the ancestor at each level. */
  readonly #everyone: RankedList;
  readonly #levels: readonly RankedList[];
  readonly #lists: readonly RankedList[];
  #count: number;

  /** `capacity` is the lists' block size. */
  constructor(order: readonly Criterion[], tree: UnitTree, capacity?: number, packed?: PackedRanking) {
    const standings = packed ? Standings.unpack(packed.standings) : new Standings(order);
    const list = (rankOrder: RankOrder, state: PackedBlocks | undefined): RankedList =>
      new RankedList(
        rankOrder,
        state ? SortedBlocks.unpack(rankOrder, state) : new SortedBlocks(rankOrder, capacity),
      );
    this.#tree = tree;
    this.standings = standings;
    this.#people = new People((slot) => standings.person(slot), packed?.people);
    this.#everyone = list(overall(standings), packed?.lists[0]);
    this.#levels = Array.from({ length: tree.levels }, (_, level) =>
      list(byAncestor(standings, tree, level), packed?.lists[level + 1]),
    );
    this.#lists = [this.#everyone, ...this.#levels];
    this.#count = packed?.lists[0]?.count ?? 0;
  }

  static unpack(tree: UnitTree, packed: PackedRanking): Ranking {
    return new Ranking(packed.standings.order, tree, packed.lists[0]?.capacity, packed);
  }

  pack(): PackedRanking {
    return {
      people: this.#people.pack(),
      standings: this.standings.pack(),
      lists: this.#lists.map((list) => list.pack()),
    };
  }

  /** The person's slot, ranked or not; −1 for somebody never seen. Slots stay the same while the ranking lives. */
  find(person: number): number {
    return this.#people.find(person);
  }

  /** Gives a slot, not ranked yet, to a person who has none. */
  open(person: number): number {
    const slot = this.#people.add(person);
    this.standings.open(slot, person);
    return slot;
  }

  /** Ranks a slot: writes down its standing and the node of its unit, −1 for none. Only while slots are being moved. */
  write(slot: number, standing: Standing, node: number): void {
    if (!this.standings.ranked(slot)) this.#count += 1;
    this.standings.write(slot, standing, node);
  }

  /** Ends a slot's being ranked. Only while slots are being moved. */
  close(slot: number): void {
    if (this.standings.ranked(slot)) this.#count -= 1;
    this.standings.close(slot);
  }

  /**
   * Moves slots, each named once: takes them out of their lists, lets `rewrite` change them (`write`, `close`), and
   * puts them where they belong then. Many at once cost less than one by one, since each list is gone through in order.
   */
  move(slots: readonly number[], rewrite: () => void): void {
    const keys = new Float64Array(slots.length);
    this.#writeKeys(slots, keys);
    for (const list of this.#lists) list.remove(slots, keys);
    rewrite();
    this.#writeKeys(slots, keys);
    for (const list of this.#lists) list.insert(slots, keys);
  }

  /**
   * Makes the lists from what was written down: one sort for everybody, one stable pass a level. For a new ranking,
   * in which slots were written without being moved.
   */
  arrange(): void {
    const standings = this.standings;
    const nodes = new Int32Array(this.#people.count);
    const all = { slots: new Int32Array(this.#count), keys: new Float64Array(this.#count) };
    let length = 0;
    for (let slot = 0; slot < nodes.length; slot += 1) {
      if (!standings.ranked(slot)) continue;
      nodes[slot] = standings.node(slot);
      all.slots[length] = slot;
      all.keys[length] = standings.key(slot);
      length += 1;
    }
    const sorted = sortKeyed(all, (a, b) => standings.compare(a, b));
    this.#everyone.fill(sorted);
    this.#levels.forEach((list, level) => {
      const groups = this.#tree.ancestors(level);
      const grouped = groupStable(sorted, groups.length, (slot) => groups[nodes[slot] ?? -1] ?? -1);
      const keyWithin = groupedKey(groups.length);
      for (let i = 0; i < grouped.slots.length; i += 1) {
        const group = groups[nodes[grouped.slots[i] ?? 0] ?? 0] ?? 0;
        grouped.keys[i] = keyWithin(group, grouped.keys[i] ?? 0);
      }
      list.fill(grouped);
    });
  }

  /** How many are ranked. */
  size(node: number | null): number {
    if (node === null) return this.#count;
    const { list, group } = this.#scope(node);
    return list.size(group);
  }

  /** Where a person stands; `null` when they are not in this scope. */
  rank(person: number, node: number | null): PersonRank | null {
    const slot = this.find(person);
    if (!this.#isIn(slot, node)) return null;
    const { rank, below, of } = this.#scope(node).list.stand(slot);
    return { ...this.#entry(slot, rank), of, below, shareBelow: of > 1 ? below / (of - 1) : 0 };
  }

  /** Up to `limit` lines from an offset on. */
  page(node: number | null, offset: number, limit: number): Entry[] {
    const { list, group } = this.#scope(node);
    return this.#entries(list.page(group, offset, limit));
  }

  /** The person's line with up to `before` lines above and `after` below; empty when they are not in this scope. */
  around(person: number, node: number | null, before: number, after: number): Entry[] {
    const slot = this.find(person);
    if (!this.#isIn(slot, node)) return [];
    return this.#entries(this.#scope(node).list.around(slot, before, after));
  }

  #writeKeys(slots: readonly number[], keys: Float64Array): void {
    for (let i = 0; i < slots.length; i += 1) keys[i] = this.standings.key(slots[i] ?? 0);
  }

  #scope(node: number | null): Scope {
    if (node === null) return { list: this.#everyone, group: 0 };
    return { list: this.#levels[this.#tree.depth(node)] ?? this.#everyone, group: node };
  }

  #isIn(slot: number, node: number | null): boolean {
    if (!this.standings.ranked(slot)) return false;
    return node === null || this.#tree.ancestor(this.standings.node(slot), this.#tree.depth(node)) === node;
  }

  #entries(ranked: readonly RankedSlot[]): Entry[] {
    return ranked.map(({ slot, rank }) => this.#entry(slot, rank));
  }

  #entry(slot: number, rank: number): Entry {
    const standings = this.standings;
    const node = standings.node(slot);
    const unit = node < 0 ? null : this.#tree.unit(node);
    return { person: standings.person(slot), rank, unit, standing: standings.read(slot) };
  }
}

/** Everybody in group 0. */
function overall(standings: Standings): RankOrder {
  return {
    group: () => 0,
    groupKey: (group) => (group <= 0 ? 0 : Number.POSITIVE_INFINITY),
    standingKey: (slot) => standings.key(slot),
    key: (slot, standingKey) => (standings.ranked(slot) ? standingKey : -1),
    compare: (a, b) => standings.compare(a, b),
    compareRank: (a, b) => standings.compareRank(a, b),
  };
}

/** Grouped by the ancestor at one level. */
function byAncestor(standings: Standings, tree: UnitTree, level: number): RankOrder {
  const groups = tree.ancestors(level);
  const keyWithin = groupedKey(tree.size);
  const group = (slot: number): number => groups[standings.node(slot)] ?? -1;
  return {
    group,
    groupKey: (wanted) => keyWithin(wanted, 0),
    standingKey: (slot) => standings.key(slot),
    key: (slot, standingKey) => {
      const own = group(slot);
      return own < 0 ? -1 : keyWithin(own, standingKey);
    },
    compare: (a, b) => standings.compare(a, b),
    compareRank: (a, b) => standings.compareRank(a, b),
  };
}

/** Key of a standing's key within a group: the group takes the high bits, the standing what is left of 53. */
function groupedKey(groups: number): (group: number, key: number) => number {
  const share = 2 ** Math.ceil(Math.log2(groups + 1));
  const worth = 2 ** 53 / share;
  return (group, key) => group * worth + Math.floor(key / share);
}
