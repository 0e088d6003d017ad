/**
 * A sorted list of slots that changes often: blocks of at most a few hundred in one typed array, a directory that
 * says in which order they stand, and a Fenwick tree over their sizes.
 *
 * Inserting moves half a block, splitting moves the directory: no step touches all entries. Each slot has a coarse key
 * beside it, so that a search reads neighbouring numbers and looks at the rows themselves, which lie scattered through
 * memory, only between equal keys: that made inserting several times faster. Everything lies in typed arrays, so that
 * a list built by a worker can be handed over without a copy.
 */
import { Fenwick } from './fenwick.ts';
import type { Keyed } from './sort.ts';

/**
 * How slots with equal keys are sorted. Keys are coarse: where two differ, the lower one stands first; where they are
 * equal, they say nothing. Both must stay the same while a slot is in a list.
 */
export interface SlotOrder {
  /** Below 0 when `a` stands before `b`; 0 only for the same slot. */
  compare(a: number, b: number): number;
}

/** A list's state as plain data, for a worker to hand over. */
export interface PackedBlocks {
  readonly capacity: number;
  readonly pool: Float64Array;
  readonly directory: Int32Array;
  readonly sizes: Int32Array;
  readonly lasts: Int32Array;
  readonly lastKeys: Float64Array;
  readonly blocks: number;
  readonly spare: readonly number[];
  readonly used: number;
  readonly count: number;
}

/** Entries a block, found by measuring: less means more splits, more means more to move. Even. */
const BLOCK_CAPACITY = 128;

export class SortedBlocks {
  readonly #order: SlotOrder;
  readonly #capacity: number;
  /**
   * All blocks in one memory seen in two ways: a block has room for its keys (8 bytes each) and behind them for its
   * slots (4 bytes each), so that one search stays within one page.
   */
  #keys: Float64Array;
  #slots: Int32Array;
  /** By place in the directory: number of the block, its size, its last slot and that slot's key. */
  #directory: Int32Array = new Int32Array(16);
  #sizes: Int32Array = new Int32Array(16);
  #lasts: Int32Array = new Int32Array(16);
  #lastKeys: Float64Array = new Float64Array(16);
  #blocks = 0;
  /** Numbers of blocks given back. */
  #spare: number[] = [];
  /** Numbers of blocks ever given out. */
  #used = 0;
  #count = 0;
  /** Made again at the next question when blocks came or went. */
  readonly #running = new Fenwick();
  #isRunning = true;

  constructor(order: SlotOrder, capacity = BLOCK_CAPACITY) {
    this.#order = order;
    this.#capacity = capacity;
    this.#keys = new Float64Array(capacity * 1.5);
    this.#slots = new Int32Array(this.#keys.buffer);
  }

  static unpack(order: SlotOrder, packed: PackedBlocks): SortedBlocks {
    const list = new SortedBlocks(order, packed.capacity);
    list.#keys = packed.pool;
    list.#slots = new Int32Array(packed.pool.buffer);
    list.#directory = packed.directory;
    list.#sizes = packed.sizes;
    list.#lasts = packed.lasts;
    list.#lastKeys = packed.lastKeys;
    list.#blocks = packed.blocks;
    list.#spare = [...packed.spare];
    list.#used = packed.used;
    list.#count = packed.count;
    list.#isRunning = false;
    return list;
  }

  pack(): PackedBlocks {
    return {
      capacity: this.#capacity,
      pool: this.#keys,
      directory: this.#directory,
      sizes: this.#sizes,
      lasts: this.#lasts,
      lastKeys: this.#lastKeys,
      blocks: this.#blocks,
      spare: this.#spare,
      used: this.#used,
      count: this.#count,
    };
  }

  get count(): number {
    return this.#count;
  }

  /** Starts again from slots that are already in order, with their keys; blocks are left a quarter empty. */
  fill({ slots, keys }: Keyed): void {
    const share = Math.max(1, Math.floor((this.#capacity * 3) / 4));
    const blocks = Math.ceil(slots.length / share);
    this.#keys = new Float64Array(Math.max(1, blocks) * this.#capacity * 1.5);
    this.#slots = new Int32Array(this.#keys.buffer);
    this.#reserveDirectory(blocks);
    this.#blocks = blocks;
    this.#used = blocks;
    this.#spare = [];
    this.#count = slots.length;
    for (let place = 0; place < blocks; place += 1) {
      const [from, end] = [place * share, Math.min((place + 1) * share, slots.length)];
      this.#directory[place] = place;
      this.#keys.set(keys.subarray(from, end), this.#keyBase(place));
      this.#slots.set(slots.subarray(from, end), this.#slotBase(place));
      this.#sizes[place] = end - from;
      this.#noteLast(place);
    }
    this.#isRunning = false;
  }

  /** Adds slots that are not in the list, each with its key. Quickest when they are in order: see `sortKeyed`. */
  insert({ slots, keys }: Keyed): void {
    for (let i = 0; i < slots.length; i += 1) this.#insert(slots[i] ?? 0, keys[i] ?? 0);
  }

  /**
   * Takes slots out, each with its key; throws when one is not where its order says, which means that its row changed
   * too early.
   */
  remove({ slots, keys }: Keyed): void {
    for (let i = 0; i < slots.length; i += 1) this.#remove(slots[i] ?? 0, keys[i] ?? 0);
  }

  #insert(slot: number, key: number): void {
    if (this.#blocks === 0) this.#open(0);
    let place = Math.min(this.#findBlock(key, slot), this.#blocks - 1);
    if ((this.#sizes[place] ?? 0) === this.#capacity) {
      this.#split(place);
      if (this.#isBefore(this.#lastKeys[place] ?? 0, this.#lasts[place] ?? 0, key, slot)) place += 1;
    }
    const size = this.#sizes[place] ?? 0;
    const at = this.#findWithin(place, key, slot);
    this.#widen(place, at);
    this.#keys[this.#keyBase(place) + at] = key;
    this.#slots[this.#slotBase(place) + at] = slot;
    this.#resize(place, 1);
    if (at === size) this.#noteLast(place);
  }

  #remove(slot: number, key: number): void {
    const place = this.#findBlock(key, slot);
    if (place === this.#blocks) throw new Error(`slot ${slot} is not in its place`);
    const at = this.#findWithin(place, key, slot);
    const last = (this.#sizes[place] ?? 0) - 1;
    if (at > last || this.#slots[this.#slotBase(place) + at] !== slot)
      throw new Error(`slot ${slot} is not in its place`);
    this.#narrow(place, at);
    this.#resize(place, -1);
    if (last === 0) {
      this.#close(place);
      return;
    }
    if (at === last) this.#noteLast(place);
    this.#tidy(place);
  }

  /** The slot at a position from 0; −1 outside the list. */
  at(position: number): number {
    if (position < 0 || position >= this.#count) return -1;
    const place = this.#totals().find(position);
    return this.#slots[this.#slotBase(place) + position - this.#totals().before(place)] ?? -1;
  }

  /** Up to `limit` slots from a position on. */
  slice(position: number, limit: number): number[] {
    const slots: number[] = [];
    const length = Math.min(limit, this.#count - position);
    if (position < 0 || length <= 0) return slots;
    let place = this.#totals().find(position);
    let at = position - this.#totals().before(place);
    while (slots.length < length) {
      const base = this.#slotBase(place);
      const end = Math.min(this.#sizes[place] ?? 0, at + length - slots.length);
      for (; at < end; at += 1) slots.push(this.#slots[base + at] ?? 0);
      place += 1;
      at = 0;
    }
    return slots;
  }

  /**
   * How many slots have a lower key, or this key and `before`; among equal keys that must be true for a first part
   * and false for the rest.
   */
  countWhile(key: number, before: (slot: number) => boolean): number {
    let low = 0;
    let high = this.#blocks;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const theirs = this.#lastKeys[middle] ?? 0;
      if (theirs < key || (theirs === key && before(this.#lasts[middle] ?? 0))) low = middle + 1;
      else high = middle;
    }
    if (low === this.#blocks) return this.#count;
    const keyBase = this.#keyBase(low);
    const slotBase = this.#slotBase(low);
    let from = 0;
    let to = this.#sizes[low] ?? 0;
    while (from < to) {
      const middle = (from + to) >>> 1;
      const theirs = this.#keys[keyBase + middle] ?? 0;
      if (theirs < key || (theirs === key && before(this.#slots[slotBase + middle] ?? 0))) from = middle + 1;
      else to = middle;
    }
    return this.#totals().before(low) + from;
  }

  /** Entries before each block. */
  #totals(): Fenwick {
    if (!this.#isRunning) this.#running.reset(this.#sizes, this.#blocks);
    this.#isRunning = true;
    return this.#running;
  }

  /** Where a block's keys begin in `#keys`. */
  #keyBase(place: number): number {
    return (this.#directory[place] ?? 0) * this.#capacity * 1.5;
  }

  /** Where a block's slots begin in `#slots`. */
  #slotBase(place: number): number {
    return (this.#directory[place] ?? 0) * this.#capacity * 3 + this.#capacity * 2;
  }

  #isBefore(theirs: number, other: number, key: number, slot: number): boolean {
    return theirs < key || (theirs === key && other !== slot && this.#order.compare(other, slot) < 0);
  }

  /** First block whose last slot does not stand before `slot`. */
  #findBlock(key: number, slot: number): number {
    let low = 0;
    let high = this.#blocks;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.#isBefore(this.#lastKeys[middle] ?? 0, this.#lasts[middle] ?? 0, key, slot)) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** Place within a block of the first slot that does not stand before `slot`. */
  #findWithin(place: number, key: number, slot: number): number {
    const keyBase = this.#keyBase(place);
    const slotBase = this.#slotBase(place);
    let low = 0;
    let high = this.#sizes[place] ?? 0;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.#isBefore(this.#keys[keyBase + middle] ?? 0, this.#slots[slotBase + middle] ?? 0, key, slot))
        low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** Makes a gap at a place in a block. By hand: `copyWithin` leaves compiled code, which costs more than it moves. */
  #widen(place: number, at: number): void {
    const size = this.#sizes[place] ?? 0;
    const keyBase = this.#keyBase(place);
    const slotBase = this.#slotBase(place);
    const keys = this.#keys;
    const slots = this.#slots;
    for (let i = size; i > at; i -= 1) {
      keys[keyBase + i] = keys[keyBase + i - 1] ?? 0;
      slots[slotBase + i] = slots[slotBase + i - 1] ?? 0;
    }
  }

  /** Closes the gap that an entry taken out of a block leaves. */
  #narrow(place: number, at: number): void {
    const last = (this.#sizes[place] ?? 0) - 1;
    const keyBase = this.#keyBase(place);
    const slotBase = this.#slotBase(place);
    const keys = this.#keys;
    const slots = this.#slots;
    for (let i = at; i < last; i += 1) {
      keys[keyBase + i] = keys[keyBase + i + 1] ?? 0;
      slots[slotBase + i] = slots[slotBase + i + 1] ?? 0;
    }
  }

  #resize(place: number, change: 1 | -1): void {
    this.#sizes[place] = (this.#sizes[place] ?? 0) + change;
    if (this.#isRunning) this.#running.add(place, change);
    this.#count += change;
  }

  /** Writes down a block's last entry. */
  #noteLast(place: number): void {
    const last = (this.#sizes[place] ?? 0) - 1;
    this.#lasts[place] = this.#slots[this.#slotBase(place) + last] ?? 0;
    this.#lastKeys[place] = this.#keys[this.#keyBase(place) + last] ?? 0;
  }

  /** Puts an empty block at a place in the directory. */
  #open(place: number): void {
    this.#reserveDirectory(this.#blocks + 1);
    this.#shiftDirectory(place + 1, place);
    this.#directory[place] = this.#spare.pop() ?? this.#addBlock();
    this.#sizes[place] = 0;
    this.#blocks += 1;
    this.#isRunning = false;
  }

  /** Takes a block out of the directory. */
  #close(place: number): void {
    this.#spare.push(this.#directory[place] ?? 0);
    this.#shiftDirectory(place, place + 1);
    this.#blocks -= 1;
    this.#isRunning = false;
  }

  /** Moves the upper half of a full block into a new one behind it. */
  #split(place: number): void {
    this.#open(place + 1);
    const half = this.#capacity >>> 1;
    this.#move(place, half, place + 1, 0);
    this.#sizes[place] = half;
    this.#sizes[place + 1] = this.#capacity - half;
    this.#noteLast(place);
    this.#noteLast(place + 1);
    this.#isRunning = false;
  }

  /** After a removal: a block that got small joins a neighbour when both together fill no more than half. */
  #tidy(place: number): void {
    if ((this.#sizes[place] ?? 0) > this.#capacity >>> 2) return;
    if (this.#join(place)) return;
    if (place > 0) this.#join(place - 1);
  }

  #join(place: number): boolean {
    if (place + 1 >= this.#blocks) return false;
    const size = (this.#sizes[place] ?? 0) + (this.#sizes[place + 1] ?? 0);
    if (size > this.#capacity >>> 1) return false;
    this.#move(place + 1, 0, place, this.#sizes[place] ?? 0);
    this.#sizes[place] = size;
    this.#noteLast(place);
    this.#close(place + 1);
    return true;
  }

  /** Copies the entries of one block, beginning at `from`, into another at `at`. */
  #move(source: number, from: number, target: number, at: number): void {
    const size = this.#sizes[source] ?? 0;
    const [keyBase, slotBase] = [this.#keyBase(source), this.#slotBase(source)];
    this.#keys.copyWithin(this.#keyBase(target) + at, keyBase + from, keyBase + size);
    this.#slots.copyWithin(this.#slotBase(target) + at, slotBase + from, slotBase + size);
  }

  #addBlock(): number {
    const block = this.#used;
    this.#used += 1;
    if (this.#used * this.#capacity * 1.5 > this.#keys.length) {
      this.#keys = enlarged(
        new Float64Array(Math.ceil((this.#used * 3) / 2) * this.#capacity * 1.5),
        this.#keys,
      );
      this.#slots = new Int32Array(this.#keys.buffer);
    }
    return block;
  }

  /** Moves the directory's end from one place to another. */
  #shiftDirectory(to: number, from: number): void {
    this.#directory.copyWithin(to, from, this.#blocks);
    this.#sizes.copyWithin(to, from, this.#blocks);
    this.#lasts.copyWithin(to, from, this.#blocks);
    this.#lastKeys.copyWithin(to, from, this.#blocks);
  }

  #reserveDirectory(blocks: number): void {
    if (blocks <= this.#directory.length) return;
    this.#directory = enlarged(new Int32Array(blocks * 2), this.#directory);
    this.#sizes = enlarged(new Int32Array(blocks * 2), this.#sizes);
    this.#lasts = enlarged(new Int32Array(blocks * 2), this.#lasts);
    this.#lastKeys = enlarged(new Float64Array(blocks * 2), this.#lastKeys);
  }
}

function enlarged<List extends Int32Array | Float64Array>(larger: List, list: List): List {
  larger.set(list);
  return larger;
}
