/**
 * Ranks over a sorted list: who stands where within a group.
 *
 * One list holds all groups one after another (all units of a level, say), so ten thousand small rankings cost no more
 * than one large one: a rank within a group is a place in the list less the place where the group starts.
 */
import { type PackedBlocks, type SlotOrder, SortedBlocks } from './blocks.ts';
import { type Keyed, sortKeyed } from './sort.ts';

/** How a ranked list orders its slots: by group, then by rank, then by whatever makes the listing fixed. */
export interface RankOrder extends SlotOrder {
  /** The slot's standing in one number: where two of a group differ, the lower one stands first. */
  standingKey(slot: number): number;
  /** The same with the group before it, for the whole list; −1 for a slot that is in no group. */
  key(slot: number, standingKey: number): number;
  /** Group of a slot that is in the list, from 0. */
  group(slot: number): number;
  /** No slot of this group or a later one has a lower key, and none of an earlier group has this or a higher one. */
  groupKey(group: number): number;
  /** By criteria alone, for two slots with equal keys or of one group; 0 means the same rank. */
  compareRank(a: number, b: number): number;
}

/** A slot and its rank from 1 within its group. */
export interface RankedSlot {
  readonly slot: number;
  readonly rank: number;
}

/** Where a slot stands within its group. */
export interface Stand {
  /** From 1; equals share it, and the next one is skipped past them. */
  readonly rank: number;
  /** How many rank strictly worse. */
  readonly below: number;
  /** How many there are. */
  readonly of: number;
}

/** Fewer are as quickly added in any order. */
const WORTH_SORTING = 512;

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

  /** Adds those of the slots that have a group; `standingKeys` belong to the slots, place by place. */
  insert(slots: readonly number[], standingKeys: Float64Array): void {
    this.#blocks.insert(this.#sorted(slots, standingKeys));
  }

  /** Takes out those of the slots that have a group; their rows must not have changed since they were added. */
  remove(slots: readonly number[], standingKeys: Float64Array): void {
    this.#blocks.remove(this.#sorted(slots, standingKeys));
  }

  /** Starts again from slots in order, with their keys. */
  fill(sorted: Keyed): void {
    this.#blocks.fill(sorted);
  }

  /** How many are in a group. */
  size(group: number): number {
    return this.#start(group + 1) - this.#start(group);
  }

  stand(slot: number): Stand {
    const order = this.#order;
    const key = this.#key(slot);
    const group = order.group(slot);
    const start = this.#start(group);
    const end = this.#start(group + 1);
    const better = this.#better(slot);
    const upTo = this.#blocks.countWhile(key, (other) => order.compareRank(other, slot) <= 0);
    return { rank: better - start + 1, below: end - upTo, of: end - start };
  }

  /** Up to `limit` of a group from an offset on, in listing order. */
  page(group: number, offset: number, limit: number): RankedSlot[] {
    return this.#page(this.#start(group), this.#start(group + 1), Math.max(0, offset), limit);
  }

  /** The slot with up to `before` and `after` neighbours of its group. */
  around(slot: number, before: number, after: number): RankedSlot[] {
    const order = this.#order;
    const group = order.group(slot);
    const start = this.#start(group);
    const ahead = this.#blocks.countWhile(this.#key(slot), (other) => order.compare(other, slot) < 0);
    const from = Math.max(0, ahead - start - before);
    return this.#page(start, this.#start(group + 1), from, ahead - start + after + 1 - from);
  }

  #key(slot: number): number {
    return this.#order.key(slot, this.#order.standingKey(slot));
  }

  #sorted(slots: readonly number[], standingKeys: Float64Array): Keyed {
    const order = this.#order;
    const all = { slots: new Int32Array(slots.length), keys: new Float64Array(slots.length) };
    let length = 0;
    for (let i = 0; i < slots.length; i += 1) {
      const slot = slots[i] ?? 0;
      const key = order.key(slot, standingKeys[i] ?? 0);
      if (key < 0) continue;
      all.slots[length] = slot;
      all.keys[length] = key;
      length += 1;
    }
    const inList = { slots: all.slots.subarray(0, length), keys: all.keys.subarray(0, length) };
    return length >= WORTH_SORTING ? sortKeyed(inList, order.compare) : inList;
  }

  /** Place in the list at which a group starts. */
  #start(group: number): number {
    const key = this.#order.groupKey(group);
    if (key === 0) return 0;
    return key === Number.POSITIVE_INFINITY ? this.#blocks.count : this.#blocks.countWhile(key, never);
  }

  /** `start` and `end` are the group's places in the list. */
  #page(start: number, end: number, offset: number, limit: number): RankedSlot[] {
    const length = Math.min(limit, end - start - offset);
    if (length <= 0) return [];
    const slots = this.#blocks.slice(start + offset, length);
    let previous = slots[0] ?? 0;
    let rank = this.#better(previous) - start + 1;
    return slots.map((slot, i) => {
      if (i > 0 && this.#order.compareRank(previous, slot) !== 0) rank = offset + i + 1;
      previous = slot;
      return { slot, rank };
    });
  }

  /** How many of the list stand before the slot and do not share its rank. */
  #better(slot: number): number {
    const order = this.#order;
    return this.#blocks.countWhile(this.#key(slot), (other) => order.compareRank(other, slot) < 0);
  }
}

function never(): boolean {
  return false;
}
