/**
 * Ranks over a sorted list: who stands where within a group.
 *
 * One list holds all groups one after another (all units of a level, say), so ten thousand small rankings cost no more
 * than one large one: a rank within a group is a place in the list less the place where the group starts.
 */
import { type PackedBlocks, SortedBlocks } from './blocks.ts';

/** How a ranked list orders its slots: by group, then by rank, then by whatever makes the listing fixed. */
export interface RankOrder {
  /** The slot's group, from 0. */
  group(slot: number): number;
  /** By group, criteria and last tie; 0 only for the same slot. */
  compare(a: number, b: number): number;
  /** By criteria alone, for two slots of one group; 0 means the same rank. */
  compareRank(a: number, b: number): number;
}

/** A slot and its rank from 1 within its group. */
export interface RankedSlot {
  readonly slot: number;
  readonly rank: number;
}

export class RankedList {
  readonly #order: RankOrder;
  readonly #blocks: SortedBlocks;

  constructor(order: RankOrder, blocks: SortedBlocks = new SortedBlocks(order)) {
    this.#order = order;
    this.#blocks = blocks;
  }

  pack(): PackedBlocks {
    return this.#blocks.pack();
  }

  insert(slot: number): void {
    this.#blocks.insert(slot);
  }

  remove(slot: number): void {
    this.#blocks.remove(slot);
  }

  /** Starts again from slots in order. */
  fill(sorted: Int32Array): void {
    this.#blocks.fill(sorted);
  }

  /** How many are in a group. */
  size(group: number): number {
    return this.#start(group + 1) - this.#start(group);
  }

  /** Rank from 1 within the slot's group; equals share it and the next one is skipped past them. */
  rank(slot: number): number {
    const order = this.#order;
    const group = order.group(slot);
    const better = this.#blocks.countWhile((other) => {
      const theirs = order.group(other);
      return theirs !== group ? theirs < group : order.compareRank(other, slot) < 0;
    });
    return better - this.#start(group) + 1;
  }

  /** How many of the slot's group rank strictly worse. */
  worse(slot: number): number {
    const order = this.#order;
    const group = order.group(slot);
    const upTo = this.#blocks.countWhile((other) => {
      const theirs = order.group(other);
      return theirs !== group ? theirs < group : order.compareRank(other, slot) <= 0;
    });
    return this.#start(group + 1) - upTo;
  }

  /** Up to `limit` of a group from an offset on, in listing order. */
  page(group: number, offset: number, limit: number): RankedSlot[] {
    const start = this.#start(group);
    const from = Math.max(0, offset);
    const length = Math.min(limit, this.#start(group + 1) - start - from);
    if (length <= 0) return [];
    return this.#withRanks(this.#blocks.slice(start + from, length), from);
  }

  /** The slot with up to `before` and `after` neighbours of its group. */
  around(slot: number, before: number, after: number): RankedSlot[] {
    const order = this.#order;
    const group = order.group(slot);
    const place = this.#blocks.countWhile((other) => order.compare(other, slot) < 0) - this.#start(group);
    const from = Math.max(0, place - before);
    return this.page(group, from, place + after + 1 - from);
  }

  /** Place in the list at which a group starts. */
  #start(group: number): number {
    const order = this.#order;
    return this.#blocks.countWhile((other) => order.group(other) < group);
  }

  /** `offset` is the first slot's place in its group. */
  #withRanks(slots: readonly number[], offset: number): RankedSlot[] {
    const ranked: RankedSlot[] = [];
    let rank = 0;
    let previous = -1;
    slots.forEach((slot, i) => {
      if (previous < 0) rank = this.rank(slot);
      else if (this.#order.compareRank(previous, slot) !== 0) rank = offset + i + 1;
      previous = slot;
      ranked.push({ slot, rank });
    });
    return ranked;
  }
}
