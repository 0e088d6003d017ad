/**
 * What the people of a unit add up to, kept by adding and taking away, never by a scan.
 *
 * A person's share in a unit counts in all units above it too. Somebody with attempts in two units of one parent is an
 * entrant of both, and one entrant of the parent.
 */
import type { RankedSlot, Stand } from './ranked-list.ts';
import { type UnitMetric, type UnitPeers, UnitRanking } from './unit-ranking.ts';
import type { UnitTree } from './unit-tree.ts';

/** What one person brings to one unit. */
export interface Share {
  readonly node: number;
  /** Results that show, whether or not they count for the person's rank. */
  readonly attempts: number;
  /** Results that count. */
  readonly counted: number;
  /** Hundredths of a mark of those that count. */
  readonly marks: number;
}

/** A unit's figures. */
export interface UnitTotals {
  /** Different people with a result that shows. */
  readonly entrants: number;
  readonly attempts: number;
  /** Results that count: one a person and round, or all of them, as the contest sets. */
  readonly counted: number;
  /** Hundredths of a mark of those that count, added up. */
  readonly marks: number;
  /** Headcount; `null` when not known. */
  readonly members: number | null;
  /** Entrants a member (may pass 1 when the headcount is out of date); `null` without a headcount. */
  readonly rate: number | null;
  /** Hundredths of a mark a result that counts; `null` when none does. */
  readonly average: number | null;
}

/** A line of the units' board. */
export interface UnitEntry {
  readonly unit: number;
  readonly rank: number;
  readonly totals: UnitTotals;
}

const WIDTH = 4;
const ENTRANTS = 0;
const ATTEMPTS = 1;
const COUNTED = 2;
const MARKS = 3;

export class UnitSums {
  readonly #tree: UnitTree;
  /** By node: entrants, attempts, counted, marks. */
  readonly #sums: Float64Array;
  /** Nodes whose figures changed since the rankings were last put in order, and a mark for each. */
  readonly #changed: number[] = [];
  readonly #isChanged: Uint8Array;
  readonly #rankings = new Map<string, UnitRanking>();

  constructor(tree: UnitTree, sums: Float64Array = new Float64Array(tree.size * WIDTH)) {
    this.#tree = tree;
    this.#sums = sums;
    this.#isChanged = new Uint8Array(tree.size);
  }

  /** The sums as plain data, for a worker to hand over; rankings are made again when asked for. */
  pack(): Float64Array {
    return this.#sums;
  }

  /** Adds one person's shares (at most one a unit); the same with `sign` −1 takes them away again. */
  add(shares: readonly Share[], sign: 1 | -1): void {
    const entered = shares.length > 1 ? new Set<number>() : null;
    for (const { node, attempts, counted, marks } of shares) {
      for (let at = node; at >= 0; at = this.#tree.parent(at)) {
        this.#change(at, entered?.has(at) ? 0 : sign, sign * attempts, sign * counted, sign * marks);
        entered?.add(at);
      }
    }
  }

  totals(node: number): UnitTotals {
    return totalsOf({
      entrants: this.#sum(node, ENTRANTS),
      attempts: this.#sum(node, ATTEMPTS),
      counted: this.#sum(node, COUNTED),
      marks: this.#sum(node, MARKS),
      members: this.#tree.members(node),
    });
  }

  /** Where a unit stands among its peers. */
  stand(node: number, metric: UnitMetric, peers: UnitPeers): Stand {
    return this.#ranking(metric, peers).stand(node);
  }

  /** Units of a level, best first. */
  pageOfLevel(level: number, metric: UnitMetric, offset: number, limit: number): RankedSlot[] {
    return this.#ranking(metric, 'level').page(level, offset, limit);
  }

  /** Units directly below a unit (`null`: the roots), best first. */
  pageBelow(parent: number | null, metric: UnitMetric, offset: number, limit: number): RankedSlot[] {
    return this.#ranking(metric, 'parent').page(parent === null ? 0 : parent + 1, offset, limit);
  }

  #ranking(metric: UnitMetric, peers: UnitPeers): UnitRanking {
    this.#refresh();
    const name = `${metric} ${peers}`;
    const known = this.#rankings.get(name);
    if (known) return known;
    const made = new UnitRanking(this.#tree, peers, (node) => this.#figure(node, metric));
    this.#rankings.set(name, made);
    return made;
  }

  #refresh(): void {
    if (this.#changed.length === 0) return;
    for (const ranking of this.#rankings.values()) ranking.refresh(this.#changed);
    for (const node of this.#changed) this.#isChanged[node] = 0;
    this.#changed.length = 0;
  }

  #figure(node: number, metric: UnitMetric): number | null {
    switch (metric) {
      case 'entrants':
        return this.#sum(node, ENTRANTS);
      case 'attempts':
        return this.#sum(node, ATTEMPTS);
      case 'rate':
        return share(this.#sum(node, ENTRANTS), this.#tree.members(node));
      case 'average':
        return share(this.#sum(node, MARKS), this.#sum(node, COUNTED));
    }
  }

  #sum(node: number, column: number): number {
    return this.#sums[node * WIDTH + column] ?? 0;
  }

  #change(node: number, entrants: number, attempts: number, counted: number, marks: number): void {
    const sums = this.#sums;
    const row = node * WIDTH;
    sums[row + ENTRANTS] = (sums[row + ENTRANTS] ?? 0) + entrants;
    sums[row + ATTEMPTS] = (sums[row + ATTEMPTS] ?? 0) + attempts;
    sums[row + COUNTED] = (sums[row + COUNTED] ?? 0) + counted;
    sums[row + MARKS] = (sums[row + MARKS] ?? 0) + marks;
    if (this.#rankings.size === 0 || this.#isChanged[node] === 1) return;
    this.#isChanged[node] = 1;
    this.#changed.push(node);
  }
}

/** With what follows from sums. */
export function totalsOf(sums: Omit<UnitTotals, 'rate' | 'average'>): UnitTotals {
  const { entrants, attempts, counted, marks, members } = sums;
  const [rate, average] = [share(entrants, members), share(marks, counted)];
  return { entrants, attempts, counted, marks, members, rate, average };
}

function share(part: number, whole: number | null): number | null {
  return whole === null || whole === 0 ? null : part / whole;
}
