/**
 * A sorted list of slots that changes often: blocks of at most a few hundred in one typed array, a directory that
 * says in which order they stand, and a Fenwick tree over their sizes.
 *
 * Inserting moves half a block, splitting moves the directory: no step touches all entries. Everything lies in
 * typed arrays, so that a list built by a worker can be handed over without a copy.
 */
import { Fenwick } from './fenwick.ts';

/** Below 0 when slot `a` stands before slot `b`; 0 only for the same slot. */
export interface SlotOrder {
  compare(a: number, b: number): number;
}

/** A list's state as plain data, for a worker to hand over. */
export interface PackedBlocks {
  readonly capacity: number;
  readonly pool: Int32Array;
  readonly directory: Int32Array;
  readonly sizes: Int32Array;
  readonly lasts: Int32Array;
  readonly blocks: number;
  readonly spare: readonly number[];
  readonly used: number;
  readonly count: number;
}

/** Entries a block, found by measuring: less means more splits, more means more to move. */
export const BLOCK_CAPACITY = 256;

/** The list. The order's answer for a slot must not change while the slot is in it. */
export class SortedBlocks {
  readonly #order: SlotOrder;
  readonly #capacity: number;
  /** All blocks, `#capacity` entries each. */
  #pool: Int32Array;
  /** By place in the directory: number of the block, its size, its last slot. */
  #directory: Int32Array = new Int32Array(16);
  #sizes: Int32Array = new Int32Array(16);
  #lasts: Int32Array = new Int32Array(16);
  #blocks = 0;
  /** Numbers of blocks given back. */
  #spare: number[] = [];
  /** Numbers of blocks ever given out. */
  #used = 0;
  #count = 0;
  readonly #totals = new Fenwick();

  constructor(order: SlotOrder, capacity = BLOCK_CAPACITY) {
    this.#order = order;
    this.#capacity = capacity;
    this.#pool = new Int32Array(capacity);
  }

  static unpack(order: SlotOrder, packed: PackedBlocks): SortedBlocks {
    const list = new SortedBlocks(order, packed.capacity);
    list.#pool = packed.pool;
    list.#directory = packed.directory;
    list.#sizes = packed.sizes;
    list.#lasts = packed.lasts;
    list.#blocks = packed.blocks;
    list.#spare = [...packed.spare];
    list.#used = packed.used;
    list.#count = packed.count;
    list.#totals.reset(list.#sizes, list.#blocks);
    return list;
  }

  pack(): PackedBlocks {
    return {
      capacity: this.#capacity,
      pool: this.#pool,
      directory: this.#directory,
      sizes: this.#sizes,
      lasts: this.#lasts,
      blocks: this.#blocks,
      spare: this.#spare,
      used: this.#used,
      count: this.#count,
    };
  }

  get count(): number {
    return this.#count;
  }

  /** Starts again from slots that are already in order; blocks are left a quarter empty. */
  fill(sorted: Int32Array): void {
    const share = Math.max(1, Math.floor((this.#capacity * 3) / 4));
    const blocks = Math.ceil(sorted.length / share);
    this.#pool = new Int32Array(Math.max(1, blocks) * this.#capacity);
    this.#reserveDirectory(blocks);
    this.#blocks = blocks;
    this.#used = blocks;
    this.#spare = [];
    this.#count = sorted.length;
    for (let place = 0; place < blocks; place += 1) {
      const part = sorted.subarray(place * share, (place + 1) * share);
      this.#pool.set(part, place * this.#capacity);
      this.#directory[place] = place;
      this.#sizes[place] = part.length;
      this.#lasts[place] = part[part.length - 1] ?? 0;
    }
    this.#totals.reset(this.#sizes, blocks);
  }

  /** Adds a slot that is not in the list. */
  insert(slot: number): void {
    if (this.#blocks === 0) this.#open(0);
    let place = Math.min(this.#findBlock(slot), this.#blocks - 1);
    if ((this.#sizes[place] ?? 0) === this.#capacity) {
      this.#split(place);
      if (this.#order.compare(this.#lasts[place] ?? 0, slot) < 0) place += 1;
    }
    const size = this.#sizes[place] ?? 0;
    const base = (this.#directory[place] ?? 0) * this.#capacity;
    const at = this.#findWithin(base, size, slot);
    this.#pool.copyWithin(at + 1, at, base + size);
    this.#pool[at] = slot;
    this.#sizes[place] = size + 1;
    if (at === base + size) this.#lasts[place] = slot;
    this.#totals.add(place, 1);
    this.#count += 1;
  }

  /** Takes a slot out; throws when it is not where its order says, which means that its row changed too early. */
  remove(slot: number): void {
    const place = this.#findBlock(slot);
    const size = this.#sizes[place] ?? 0;
    const base = (this.#directory[place] ?? 0) * this.#capacity;
    const at = place < this.#blocks ? this.#findWithin(base, size, slot) : -1;
    if (at < 0 || at >= base + size || this.#pool[at] !== slot)
      throw new Error(`slot ${slot} is not in its place`);
    this.#pool.copyWithin(at, at + 1, base + size);
    this.#sizes[place] = size - 1;
    this.#totals.add(place, -1);
    this.#count -= 1;
    if (size === 1) {
      this.#close(place);
      return;
    }
    if (at === base + size - 1) this.#lasts[place] = this.#pool[at - 1] ?? 0;
    this.#tidy(place);
  }

  /** The slot at a position from 0; −1 outside the list. */
  at(position: number): number {
    if (position < 0 || position >= this.#count) return -1;
    const place = this.#totals.find(position);
    const base = (this.#directory[place] ?? 0) * this.#capacity;
    return this.#pool[base + position - this.#totals.before(place)] ?? -1;
  }

  /** Up to `limit` slots from a position on. */
  slice(position: number, limit: number): number[] {
    const slots: number[] = [];
    const length = Math.min(limit, this.#count - position);
    if (position < 0 || length <= 0) return slots;
    let place = this.#totals.find(position);
    let within = position - this.#totals.before(place);
    while (slots.length < length) {
      const base = (this.#directory[place] ?? 0) * this.#capacity;
      const end = Math.min(this.#sizes[place] ?? 0, within + length - slots.length);
      for (; within < end; within += 1) slots.push(this.#pool[base + within] ?? 0);
      place += 1;
      within = 0;
    }
    return slots;
  }

  /** How many slots `before` is true for; it must be true for a first part of the list and false for the rest. */
  countWhile(before: (slot: number) => boolean): number {
    let low = 0;
    let high = this.#blocks;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (before(this.#lasts[middle] ?? 0)) low = middle + 1;
      else high = middle;
    }
    if (low === this.#blocks) return this.#count;
    const base = (this.#directory[low] ?? 0) * this.#capacity;
    let from = base;
    let to = base + (this.#sizes[low] ?? 0);
    while (from < to) {
      const middle = (from + to) >>> 1;
      if (before(this.#pool[middle] ?? 0)) from = middle + 1;
      else to = middle;
    }
    return this.#totals.before(low) + from - base;
  }

  /** First block whose last slot does not stand before `slot`. */
  #findBlock(slot: number): number {
    let low = 0;
    let high = this.#blocks;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.#order.compare(this.#lasts[middle] ?? 0, slot) < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** First index in the pool, within one block, whose slot does not stand before `slot`. */
  #findWithin(base: number, size: number, slot: number): number {
    let low = base;
    let high = base + size;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.#order.compare(this.#pool[middle] ?? 0, slot) < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** Puts an empty block at a place in the directory. */
  #open(place: number): void {
    this.#reserveDirectory(this.#blocks + 1);
    for (const list of [this.#directory, this.#sizes, this.#lasts])
      list.copyWithin(place + 1, place, this.#blocks);
    this.#directory[place] = this.#spare.pop() ?? this.#addBlock();
    this.#sizes[place] = 0;
    this.#blocks += 1;
    this.#totals.reset(this.#sizes, this.#blocks);
  }

  /** Takes a block out of the directory. */
  #close(place: number): void {
    this.#spare.push(this.#directory[place] ?? 0);
    for (const list of [this.#directory, this.#sizes, this.#lasts])
      list.copyWithin(place, place + 1, this.#blocks);
    this.#blocks -= 1;
    this.#totals.reset(this.#sizes, this.#blocks);
  }

  /** Moves the upper half of a full block into a new one behind it. */
  #split(place: number): void {
    this.#open(place + 1);
    const half = this.#capacity >>> 1;
    const base = (this.#directory[place] ?? 0) * this.#capacity;
    const target = (this.#directory[place + 1] ?? 0) * this.#capacity;
    this.#pool.copyWithin(target, base + half, base + this.#capacity);
    this.#sizes[place] = half;
    this.#sizes[place + 1] = this.#capacity - half;
    this.#lasts[place + 1] = this.#lasts[place] ?? 0;
    this.#lasts[place] = this.#pool[base + half - 1] ?? 0;
    this.#totals.reset(this.#sizes, this.#blocks);
  }

  /** After a removal: a block that got small joins a neighbour when both together fill no more than half. */
  #tidy(place: number): void {
    if ((this.#sizes[place] ?? 0) > this.#capacity >>> 2) return;
    if (this.#join(place)) return;
    if (place > 0) this.#join(place - 1);
  }

  #join(place: number): boolean {
    if (place + 1 >= this.#blocks) return false;
    const size = this.#sizes[place] ?? 0;
    const more = this.#sizes[place + 1] ?? 0;
    if (size + more > this.#capacity >>> 1) return false;
    const source = (this.#directory[place + 1] ?? 0) * this.#capacity;
    this.#pool.copyWithin((this.#directory[place] ?? 0) * this.#capacity + size, source, source + more);
    this.#sizes[place] = size + more;
    this.#lasts[place] = this.#lasts[place + 1] ?? 0;
    this.#close(place + 1);
    return true;
  }

  #addBlock(): number {
    const block = this.#used;
    this.#used += 1;
    if (this.#used * this.#capacity > this.#pool.length) {
      const larger = new Int32Array(this.#pool.length * 2);
      larger.set(this.#pool);
      this.#pool = larger;
    }
    return block;
  }

  #reserveDirectory(blocks: number): void {
    if (blocks <= this.#directory.length) return;
    this.#directory = enlarge(this.#directory, blocks * 2);
    this.#sizes = enlarge(this.#sizes, blocks * 2);
    this.#lasts = enlarge(this.#lasts, blocks * 2);
  }
}

function enlarge(list: Int32Array, length: number): Int32Array {
  const larger = new Int32Array(length);
  larger.set(list);
  return larger;
}
