/**
 * The standings of many people in one flat array: a row of five doubles a slot.
 *
 * A row holds the contest's criteria in its order and turned so that less is better, then the sequence, then what is
 * shown but not ranked by. So comparing two rows is one loop over neighbouring numbers, whatever the contest's order,
 * and no column can overflow into another: each is an exact integer, or infinity for a missing prediction.
 */
import { ascending, CRITERIA, type Criterion, type Standing } from './order.ts';
import { sortByColumns } from './sort.ts';

const WIDTH = 5;

/** A table's state as plain data, for a worker to hand over. */
export interface PackedStandings {
  readonly order: readonly Criterion[];
  readonly rows: Float64Array;
}

/** Standings by slot (a small integer that the caller gives out). */
export class Standings {
  readonly order: readonly Criterion[];
  readonly #columns: readonly Criterion[];
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

  /** Makes room for slots below `count`. */
  reserve(count: number): void {
    if (count * WIDTH <= this.#rows.length) return;
    const larger = new Float64Array(
      Math.max(count * WIDTH, Math.ceil(this.#rows.length / WIDTH) * WIDTH * 2),
    );
    larger.set(this.#rows);
    this.#rows = larger;
  }

  /** Puts a standing into a slot for which there is room. */
  write(slot: number, standing: Standing): void {
    const row = slot * WIDTH;
    const rows = this.#rows;
    rows[row + this.#marks] = ascending(standing, 'marks');
    rows[row + this.#prediction] = ascending(standing, 'prediction');
    rows[row + this.#time] = standing.elapsedMs;
    rows[row + this.#submitted] = standing.submittedAt;
    rows[row + this.#ranked] = standing.sequence;
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

  /** Hundredths of a mark. */
  marks(slot: number): number {
    return 0 - (this.#rows[slot * WIDTH + this.#marks] ?? 0);
  }

  /** Whether the slot already holds exactly this. */
  holds(slot: number, standing: Standing): boolean {
    const row = slot * WIDTH;
    const rows = this.#rows;
    return (
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

  /** The slots in listing order, in a new array. */
  sorted(slots: Int32Array): Int32Array {
    return sortByColumns(slots, this.#rows, WIDTH, this.#ranked + 1);
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
