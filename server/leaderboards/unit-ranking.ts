/**
 * Units in the order of one figure, among those of a level or among the children of a unit.
 *
 * A unit's figures change with every result, its rank is asked for at most once a second: so changed units are only
 * noted, and put in their new places when somebody asks.
 */
import { RankedList, type RankedSlot, type RankOrder, type Stand } from './ranked-list.ts';
import type { UnitTree } from './unit-tree.ts';

/** What units are ranked by. */
export type UnitMetric = 'entrants' | 'attempts' | 'rate' | 'average';

/** Whom a unit is compared with: the units of its level, or those with the same parent (roots with roots). */
export type UnitPeers = 'level' | 'parent';

/** A unit's group: its level, or its parent + 1 (0 for roots). */
function peerGroup(tree: UnitTree, peers: UnitPeers, node: number): number {
  return peers === 'level' ? tree.depth(node) : tree.parent(node) + 1;
}

export class UnitRanking {
  readonly #figureOf: (node: number) => number | null;
  /** By node: the figure as it is ordered now, turned so that less is better; +infinity for "not known". */
  readonly #keys: Float64Array;
  readonly #order: RankOrder;
  readonly #list: RankedList;

  /** `figureOf` gives a unit's figure, more being better, `null` (stands last) when there is none. */
  constructor(tree: UnitTree, peers: UnitPeers, figureOf: (node: number) => number | null) {
    this.#figureOf = figureOf;
    const keys = new Float64Array(tree.size);
    const groups = Int32Array.from(tree.units, (_, node) => peerGroup(tree, peers, node));
    const group = (node: number): number => groups[node] ?? 0;
    const compareRank = (a: number, b: number): number => compareKeys(keys[a] ?? 0, keys[b] ?? 0);
    const compare = (a: number, b: number): number => compareRank(a, b) || tree.unit(a) - tree.unit(b);
    this.#keys = keys;
    this.#order = {
      group,
      standingKey: () => 0,
      key: group,
      groupKey: (wanted) => wanted,
      compare,
      compareRank,
    };
    this.#list = new RankedList(this.#order);
    this.#fill();
  }

  /** Puts changed units in their new places. */
  refresh(changed: readonly number[]): void {
    if (changed.length * 8 > this.#keys.length) {
      this.#fill();
      return;
    }
    const moving = changed.filter((node) => this.#keyOf(node) !== this.#keys[node]);
    const noKeys = new Float64Array(moving.length);
    this.#list.remove(moving, noKeys);
    for (const node of moving) this.#keys[node] = this.#keyOf(node);
    this.#list.insert(moving, noKeys);
  }

  /** Where a unit stands among its peers. */
  stand(node: number): Stand {
    return this.#list.stand(node);
  }

  page(group: number, offset: number, limit: number): RankedSlot[] {
    return this.#list.page(group, offset, limit);
  }

  #fill(): void {
    const nodes = new Int32Array(this.#keys.length);
    for (let node = 0; node < nodes.length; node += 1) {
      nodes[node] = node;
      this.#keys[node] = this.#keyOf(node);
    }
    nodes.sort((a, b) => this.#order.group(a) - this.#order.group(b) || this.#order.compare(a, b));
    this.#list.fill({ slots: nodes, keys: Float64Array.from(nodes, (node) => this.#order.group(node)) });
  }

  #keyOf(node: number): number {
    const value = this.#figureOf(node);
    return value === null ? Number.POSITIVE_INFINITY : 0 - value;
  }
}

function compareKeys(x: number, y: number): number {
  if (x === y) return 0;
  return x < y ? -1 : 1;
}
