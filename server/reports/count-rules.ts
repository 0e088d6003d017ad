/**
 * What results come to, by unit: distinct people, attempts, marks and full papers. A unit counts what belongs to it and to all
 * units below, each person once, wherever below they stand; so a parent is less than the sum of its children when somebody took
 * part for two of them. Pure; made for a million results in ten thousand units.
 */

/** Units by a small number ("node"). */
export interface Forest {
  /** By node: the node above, −1 at the top. No circles. */
  readonly parents: Int32Array;
  /** By node: number of its block, −1 for none. */
  readonly blocks: Int32Array;
  readonly blockCount: number;
}

/** Results one by one, column by column. */
export interface Facts {
  readonly length: number;
  readonly people: Float64Array;
  /** Node of the unit at submission, −1 for none. */
  readonly nodes: Int32Array;
  /** Hundredths of a mark. */
  readonly marks: Float64Array;
  /** 1: every question right. */
  readonly full: Uint8Array;
  /** 0: in the period; 1: in the one before. */
  readonly windows: Uint8Array;
  /** Days since the epoch, in Hà Nội. */
  readonly days: Int32Array;
}

/** By slot, see `slotsOf`. */
export interface Sums {
  readonly people: Float64Array;
  readonly attempts: Float64Array;
  readonly marks: Float64Array;
  readonly full: Float64Array;
}

export interface DayCount {
  readonly day: number;
  readonly attempts: number;
  readonly people: number;
}

export interface Counted {
  readonly now: Sums;
  readonly before: Sums;
  /** Of the period, by day, days with nothing left out. */
  readonly days: readonly DayCount[];
}

/** Where sums stand: nodes first, then people without a unit, everything, blocks, units without a block. */
export interface Slots {
  readonly nowhere: number;
  readonly total: number;
  readonly block: (block: number) => number;
  readonly noBlock: number;
  readonly length: number;
}

export function slotsOf({ parents, blockCount }: Forest): Slots {
  const nodes = parents.length;
  return {
    nowhere: nodes,
    total: nodes + 1,
    block: (block) => nodes + 2 + block,
    noBlock: nodes + 2 + blockCount,
    length: nodes + 3 + blockCount,
  };
}

const NOBODY = -1;

class Adding {
  readonly sums: Sums;
  /** By slot: who was counted there last; people come one after another. */
  readonly #seen: Float64Array;

  constructor(slots: number) {
    const column = (): Float64Array => new Float64Array(slots);
    this.sums = { people: column(), attempts: column(), marks: column(), full: column() };
    this.#seen = column().fill(NOBODY);
  }

  add(slot: number, person: number, marks: number, full: number): void {
    const { sums } = this;
    sums.attempts[slot] = (sums.attempts[slot] ?? 0) + 1;
    sums.marks[slot] = (sums.marks[slot] ?? 0) + marks;
    sums.full[slot] = (sums.full[slot] ?? 0) + full;
    if (this.#seen[slot] === person) return;
    this.#seen[slot] = person;
    sums.people[slot] = (sums.people[slot] ?? 0) + 1;
  }
}

class Days {
  readonly #attempts = new Map<number, number>();
  readonly #people = new Map<number, number>();
  readonly #seen = new Map<number, number>();

  add(day: number, person: number): void {
    this.#attempts.set(day, (this.#attempts.get(day) ?? 0) + 1);
    if (this.#seen.get(day) === person) return;
    this.#seen.set(day, person);
    this.#people.set(day, (this.#people.get(day) ?? 0) + 1);
  }

  list(): DayCount[] {
    return [...this.#attempts]
      .map(([day, attempts]) => ({ day, attempts, people: this.#people.get(day) ?? 0 }))
      .sort((a, b) => a.day - b.day);
  }
}

/** `under`: days are those of this node and below it; −1: of all. */
export function count(facts: Facts, forest: Forest, under = -1): Counted {
  const counting = new Counting(facts, forest, under);
  for (const fact of byPerson(facts)) counting.add(fact);
  const { now, before, days } = counting;
  return { now: now.sums, before: before.sums, days: days.list() };
}

class Counting {
  readonly now: Adding;
  readonly before: Adding;
  readonly days = new Days();
  readonly #facts: Facts;
  readonly #forest: Forest;
  readonly #slots: Slots;
  readonly #under: number;

  constructor(facts: Facts, forest: Forest, under: number) {
    this.#facts = facts;
    this.#forest = forest;
    this.#under = under;
    this.#slots = slotsOf(forest);
    this.now = new Adding(this.#slots.length);
    this.before = new Adding(this.#slots.length);
  }

  add(fact: number): void {
    const { people, nodes, marks, full, windows, days } = this.#facts;
    const node = nodes[fact] ?? -1;
    const [person = 0, mark = 0, isFull = 0] = [people[fact], marks[fact], full[fact]];
    const window = windows[fact] === 1 ? this.before : this.now;
    let isWithin = this.#under < 0;
    for (let at = node; at >= 0; at = this.#forest.parents[at] ?? -1) {
      window.add(at, person, mark, isFull);
      if (at === this.#under) isWithin = true;
    }
    window.add(this.#slots.total, person, mark, isFull);
    window.add(this.#groupOf(node), person, mark, isFull);
    if (isWithin && window === this.now) this.days.add(days[fact] ?? 0, person);
  }

  /** The block of a unit, or where those without a unit stand. */
  #groupOf(node: number): number {
    if (node < 0) return this.#slots.nowhere;
    const block = this.#forest.blocks[node] ?? -1;
    return block < 0 ? this.#slots.noBlock : this.#slots.block(block);
  }
}

/** Facts in the order of their people: person and place fit one double, so that sorting is one sort of numbers. */
function byPerson({ length, people }: Facts): Float64Array {
  const keys = new Float64Array(length);
  for (let i = 0; i < length; i++) keys[i] = (people[i] ?? 0) * length + i;
  keys.sort();
  for (let i = 0; i < length; i++) keys[i] = (keys[i] ?? 0) % length;
  return keys;
}
