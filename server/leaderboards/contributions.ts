/**
 * What each slot has added to the units' sums, so that it can be taken away again without reading any results.
 * Nearly everybody has one unit and counts in it, which needs two numbers; the others are kept whole.
 */
import type { Share } from './units.ts';

/** The state as plain data, for a worker to hand over. */
export interface PackedContributions {
  /** By slot: attempts, counted. */
  readonly counts: Int32Array;
  readonly several: ReadonlyMap<number, readonly Share[]>;
}

export class Contributions {
  #counts: Int32Array;
  readonly #several: Map<number, readonly Share[]>;

  constructor(packed?: PackedContributions) {
    this.#counts = packed?.counts ?? new Int32Array(128);
    this.#several = new Map(packed?.several ?? []);
  }

  pack(): PackedContributions {
    return { counts: this.#counts, several: this.#several };
  }

  /** Notes what the slot of a person ranked in `node` with `marks` added. */
  set(slot: number, shares: readonly Share[], node: number, marks: number): void {
    this.#reserve(slot);
    const only = onlyShare(shares, node, marks);
    this.#counts[slot * 2] = only?.attempts ?? 0;
    this.#counts[slot * 2 + 1] = only?.counted ?? 0;
    if (only === undefined) this.#several.set(slot, shares);
    else if (this.#several.size > 0) this.#several.delete(slot);
  }

  /** What the slot added; `node` and `marks` as they were when it was set. */
  get(slot: number, node: number, marks: number): readonly Share[] {
    const several = this.#several.size > 0 ? this.#several.get(slot) : undefined;
    if (several) return several;
    if (node < 0) return [];
    return [{ node, attempts: this.#counts[slot * 2] ?? 0, counted: this.#counts[slot * 2 + 1] ?? 0, marks }];
  }

  /** Whether the slot added exactly this; `node` and `marks` being the same as they were. */
  holds(slot: number, shares: readonly Share[], node: number, marks: number): boolean {
    const held = this.get(slot, node, marks);
    return (
      held.length === shares.length && shares.every((share) => held.some((other) => isSame(share, other)))
    );
  }

  #reserve(slot: number): void {
    if (slot * 2 + 1 < this.#counts.length) return;
    const larger = new Int32Array(Math.max(slot * 2 + 2, this.#counts.length * 2));
    larger.set(this.#counts);
    this.#counts = larger;
  }
}

/** The short form, when it says everything; nobody's unit and no share is one too. */
function onlyShare(shares: readonly Share[], node: number, marks: number): Omit<Share, 'node'> | undefined {
  const [first] = shares;
  if (first === undefined) return node < 0 ? { attempts: 0, counted: 0, marks } : undefined;
  return shares.length === 1 && first.node === node && first.marks === marks ? first : undefined;
}

function isSame(a: Share, b: Share): boolean {
  return a.node === b.node && a.attempts === b.attempts && a.counted === b.counted && a.marks === b.marks;
}
