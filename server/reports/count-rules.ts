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
  const slots = slotsOf(forest);
  const windows = [new Adding(slots.length), new Adding(slots.length)] as const;
  const days = new Days();
  for (const fact of byPerson(facts)) {
    const node = facts.nodes[fact] ?? -1;
    const person = facts.people[fact] ?? 0;
    const window = facts.windows[fact] === 1 ? windows[1] : windows[0];
    const isWithin = addPath(window, { facts, forest, fact, under });
    window.add(slots.total, person, facts.marks[fact] ?? 0, facts.full[fact] ?? 0);
    if (node < 0) window.add(slots.nowhere, person, facts.marks[fact] ?? 0, facts.full[fact] ?? 0);
    else {
      const block = forest.blocks[node] ?? -1;
      const slot = block < 0 ? slots.noBlock : slots.block(block);
      window.add(slot, person, facts.marks[fact] ?? 0, facts.full[fact] ?? 0);
    }
    if (isWithin && window === windows[0]) days.add(facts.days[fact] ?? 0, person);
  }
  return { now: windows[0].sums, before: windows[1].sums, days: days.list() };
}

interface OneFact {
  readonly facts: Facts;
  readonly forest: Forest;
  readonly fact: number;
  readonly under: number;
}

/** Adds a result to its unit and to all above; whether `under` is among them. */
function addPath(window: Adding, { facts, forest, fact, under }: OneFact): boolean {
  const person = facts.people[fact] ?? 0;
  const marks = facts.marks[fact] ?? 0;
  const full = facts.full[fact] ?? 0;
  let isWithin = under < 0;
  for (let node = facts.nodes[fact] ?? -1; node >= 0; node = forest.parents[node] ?? -1) {
    window.add(node, person, marks, full);
    if (node === under) isWithin = true;
  }
  return isWithin;
}

/** Facts in the order of their people: person and place fit one double, so that sorting is one sort of numbers. */
function byPerson({ length, people }: Facts): Float64Array {
  const keys = new Float64Array(length);
  for (let i = 0; i < length; i++) keys[i] = (people[i] ?? 0) * length + i;
  keys.sort();
  for (let i = 0; i < length; i++) keys[i] = (keys[i] ?? 0) % length;
  return keys;
}
