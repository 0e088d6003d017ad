/**
 * Which slot a person has: an open-addressing table over a typed array.
 *
 * A `Map` of half a million entries takes several times the memory and cannot be handed over by a worker. Slots are
 * small integers given out in turn and never taken back, so that a slot can be held on to.
 */

/** The table's state as plain data, for a worker to hand over. */
export interface PackedPeople {
  readonly count: number;
  readonly table: Int32Array;
}

/** Slots by person. A person is an integer id of the database, from 0 and below 2^53. */
export class People {
  /** Who has a slot; asked only for slots given out. */
  readonly #person: (slot: number) => number;
  #count: number;
  /** Slot + 1 by hash; 0 is free. Its length is a power of two, and at most half of it is taken. */
  #table: Int32Array;

  constructor(person: (slot: number) => number, packed?: PackedPeople) {
    this.#person = person;
    this.#count = packed?.count ?? 0;
    this.#table = packed?.table ?? new Int32Array(128);
  }

  pack(): PackedPeople {
    return { count: this.#count, table: this.#table };
  }

  /** How many slots were given out. */
  get count(): number {
    return this.#count;
  }

  /** The person's slot, or −1. */
  find(person: number): number {
    const table = this.#table;
    const mask = table.length - 1;
    for (let at = hash(person) & mask; ; at = (at + 1) & mask) {
      const slot = (table[at] ?? 0) - 1;
      if (slot < 0 || this.#person(slot) === person) return slot;
    }
  }

  /** Gives the next slot to a person who has none. */
  add(person: number): number {
    const slot = this.#count;
    if ((slot + 1) * 2 > this.#table.length) this.#enlarge();
    this.#place(person, slot);
    this.#count += 1;
    return slot;
  }

  #place(person: number, slot: number): void {
    const mask = this.#table.length - 1;
    let at = hash(person) & mask;
    while (this.#table[at] !== 0) at = (at + 1) & mask;
    this.#table[at] = slot + 1;
  }

  #enlarge(): void {
    this.#table = new Int32Array(this.#table.length * 2);
    for (let slot = 0; slot < this.#count; slot += 1) this.#place(this.#person(slot), slot);
  }
}

/** Mixes both halves of the id, since ids come in blocks with gaps. */
function hash(person: number): number {
  const mixed = Math.imul((person | 0) ^ Math.imul((person / 4_294_967_296) | 0, 0x27d4eb2d), 0x9e3779b1);
  return mixed ^ (mixed >>> 15);
}
