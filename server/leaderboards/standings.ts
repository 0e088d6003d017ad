/**
 * The people of a board in one flat array: a row of eight doubles, 64 bytes, a slot.
 *
 * A row holds the contest's criteria in its order and turned so that less is better, then the sequence, then what is
 * shown but not ranked by, then the person, the unit and what was counted. So comparing two rows is one loop over neighbouring numbers,
 * whatever the contest's order; no column can overflow into another, each being an exact integer, or infinity for a
 * missing prediction; and a line of the board is read from one place in memory.
 */
import { coarseKey, type KeyPart, keyParts } from './coarse-key.ts';
import { ascending, CRITERIA, type Criterion, type Standing } from './order.ts';

const WIDTH = 8;
const PERSON = 5;
const NODE = 6;
const NOTE = 7;
/** In place of a node: nothing of the slot's person counts now. */
const ABSENT = -2;

/** A table's state as plain data, for a worker to hand over. */
export interface PackedStandings {
  readonly order: readonly Criterion[];
  readonly rows: Float64Array;
}

/** Standings by slot (a small integer that the caller gives out). */
export class Standings {
  readonly order: readonly Criterion[];
  readonly #columns: readonly Criterion[];
  readonly #keyParts: readonly KeyPart[];
  readonly #ranked: number;
  readonly #marks: number;
  readonly #prediction: number;
  readonly #time: number;
  readonly #submitted: number;
  #rows: Float64Array;

  /** `order` names each criterion at most once and at least one; throws RangeError otherwise. */
  constructor(order: readonly Criterion[], rows: Float64Array = new Float64Array(WIDTH * 64)) {
    if (order.length === 0 || new Set(order).size !== order.length) {
      throw new RangeError(`an order names each criterion at most once: ${order.join(', ')}`);
    }
    this.order = order;
    this.#ranked = order.length;
    this.#columns = [...order, ...CRITERIA.filter((criterion) => !order.includes(criterion))];
    this.#keyParts = keyParts(order);
    this.#marks = this.#columnOf('marks');
    this.#prediction = this.#columnOf('prediction');
    this.#time = this.#columnOf('time');
    this.#submitted = this.#columnOf('submitted');
    this.#rows = rows;
  }

  static unpack(packed: PackedStandings): Standings {
    return new Standings(packed.order, packed.rows);
  }

  pack(): PackedStandings {
    return { order: this.order, rows: this.#rows };
  }

  /** Gives a new slot to a person, who is not ranked yet. */
  open(slot: number, person: number): void {
    if ((slot + 1) * WIDTH > this.#rows.length) {
      const larger = new Float64Array(Math.max((slot + 1) * WIDTH, this.#rows.length * 2));
      larger.set(this.#rows);
      this.#rows = larger;
    }
    this.#rows[slot * WIDTH + PERSON] = person;
    this.close(slot);
  }

  /** Marks a slot's person as not ranked. */
  close(slot: number): void {
    this.#rows[slot * WIDTH + NODE] = ABSENT;
  }

  /** Puts a standing and the node of a unit (−1: none) into an open slot. */
  write(slot: number, standing: Standing, node: number): void {
    const row = slot * WIDTH;
    const rows = this.#rows;
    rows[row + this.#marks] = ascending(standing, 'marks');
    rows[row + this.#prediction] = ascending(standing, 'prediction');
    rows[row + this.#time] = standing.elapsedMs;
    rows[row + this.#submitted] = standing.submittedAt;
    rows[row + this.#ranked] = standing.sequence;
    rows[row + NODE] = node;
  }

  read(slot: number): Standing {
    const row = slot * WIDTH;
    const distance = this.#rows[row + this.#prediction] ?? 0;
    return {
      marks: this.marks(slot),
      predictionDistance: distance === Number.POSITIVE_INFINITY ? null : distance,
      elapsedMs: this.#rows[row + this.#time] ?? 0,
      submittedAt: this.#rows[row + this.#submitted] ?? 0,
      sequence: this.#rows[row + this.#ranked] ?? 0,
    };
  }

  person(slot: number): number {
    return this.#rows[slot * WIDTH + PERSON] ?? -1;
  }

  /** Whether the slot's person is ranked now; −1 is nobody's. */
  ranked(slot: number): boolean {
    return slot >= 0 && (this.#rows[slot * WIDTH + NODE] ?? ABSENT) !== ABSENT;
  }

  /** Node of a ranked slot's unit, −1 for none. */
  node(slot: number): number {
    return this.#rows[slot * WIDTH + NODE] ?? -1;
  }

  /** A number that the caller keeps with a slot. */
  note(slot: number): number {
    return this.#rows[slot * WIDTH + NOTE] ?? 0;
  }

  setNote(slot: number, note: number): void {
    this.#rows[slot * WIDTH + NOTE] = note;
  }

  /** Hundredths of a mark. */
  marks(slot: number): number {
    return 0 - (this.#rows[slot * WIDTH + this.#marks] ?? 0);
  }

  /** Whether the slot is ranked with exactly this. */
  holds(slot: number, standing: Standing, node: number): boolean {
    const row = slot * WIDTH;
    const rows = this.#rows;
    return (
      rows[row + NODE] === node &&
      rows[row + this.#marks] === ascending(standing, 'marks') &&
      rows[row + this.#prediction] === ascending(standing, 'prediction') &&
      rows[row + this.#time] === standing.elapsedMs &&
      rows[row + this.#submitted] === standing.submittedAt &&
      rows[row + this.#ranked] === standing.sequence
    );
  }

  /** By the criteria alone: 0 means the same rank. */
  compareRank(a: number, b: number): number {
    return this.#compareColumns(a, b, this.#ranked);
  }

  /** By the criteria and then the sequence: 0 only for the same result. */
  compare(a: number, b: number): number {
    return this.#compareColumns(a, b, this.#ranked + 1);
  }

  /** Integer from 0 to 2^53 − 1 that never says the contrary of `compareRank`, and often says nothing (equal). */
  key(slot: number): number {
    return coarseKey(this.#keyParts, this.#rows, slot * WIDTH);
  }

  #compareColumns(a: number, b: number, columns: number): number {
    const rows = this.#rows;
    const left = a * WIDTH;
    const right = b * WIDTH;
    for (let column = 0; column < columns; column += 1) {
      const x = rows[left + column] ?? 0;
      const y = rows[right + column] ?? 0;
      if (x < y) return -1;
      if (x > y) return 1;
    }
    return 0;
  }

  /** Ranked criteria come first, then the sequence, then the rest. */
  #columnOf(criterion: Criterion): number {
    const place = this.#columns.indexOf(criterion);
    return place < this.#ranked ? place : place + 1;
  }
}
