/**
 * Which slot a person has: an open-addressing table over typed arrays.
 *
 * A `Map` of half a million entries takes several times the memory and cannot be handed over by a worker. Slots are
 * small integers given out in turn and never taken back, so that a slot can be held on to.
 */

/** The table's state as plain data, for a worker to hand over. */
export interface PackedPeople {
  readonly ids: Float64Array;
  readonly count: number;
  readonly table: Int32Array;
}

/** People by slot and slots by person. A person is an integer id of the database, below 2^53. */
export class People {
  #ids: Float64Array;
  #count = 0;
  /** Slot + 1 by hash; 0 is free. Always a power of two, at most half full. */
  #table: Int32Array;

  constructor() {
    this.#ids = new Float64Array(64);
    this.#table = new Int32Array(128);
  }

  static unpack(packed: PackedPeople): People {
    const people = new People();
    people.#ids = packed.ids;
    people.#count = packed.count;
    people.#table = packed.table;
    return people;
  }

  pack(): PackedPeople {
    return { ids: this.#ids, count: this.#count, table: this.#table };
  }

  /** How many slots were given out. */
  get count(): number {
    return this.#count;
  }

  /** The person in a slot. */
  at(slot: number): number {
    return this.#ids[slot] ?? -1;
  }

  /** The person's slot, or −1. */
  find(person: number): number {
    const mask = this.#table.length - 1;
    for (let at = hash(person) & mask; ; at = (at + 1) & mask) {
      const slot = (this.#table[at] ?? 0) - 1;
      if (slot < 0 || this.#ids[slot] === person) return slot;
    }
  }

  /** The person's slot, given out now if there was none. */
  claim(person: number): number {
    const found = this.find(person);
    if (found >= 0) return found;
    const slot = this.#count;
    this.#count += 1;
    if (this.#count > this.#ids.length) {
      const larger = new Float64Array(this.#ids.length * 2);
      larger.set(this.#ids);
      this.#ids = larger;
    }
    this.#ids[slot] = person;
    if (this.#count * 2 > this.#table.length) this.#rehash(this.#count);
    else this.#place(slot);
    return slot;
  }

  #place(slot: number): void {
    const mask = this.#table.length - 1;
    let at = hash(this.at(slot)) & mask;
    while (this.#table[at] !== 0) at = (at + 1) & mask;
    this.#table[at] = slot + 1;
  }

  #rehash(count: number): void {
    let length = 128;
    while (length < count * 2) length *= 2;
    this.#table = new Int32Array(length);
    for (let slot = 0; slot < count; slot += 1) this.#place(slot);
  }
}

/** Mixes both halves of the id, since ids come in blocks with gaps. */
function hash(person: number): number {
  const mixed = Math.imul((person | 0) ^ Math.imul((person / 4_294_967_296) | 0, 0x27d4eb2d), 0x9e3779b1);
  return mixed ^ (mixed >>> 15);
}
