/**
 * What each slot has added to the units' sums, so that it can be taken away again without reading any results.
 * Nearly everybody has one unit and counts in it: that fits the number that a row has room for. Others are kept whole.
 */
import type { Standings } from './standings.ts';
import type { Share } from './units.ts';

/** Attempts are noted in units of this, results that count below it: exact up to 2^26 of each. */
const ATTEMPT = 2 ** 26;

export class Contributions {
  readonly #standings: Standings;
  readonly #several: Map<number, readonly Share[]>;

  constructor(standings: Standings, several: ReadonlyMap<number, readonly Share[]> = new Map()) {
    this.#standings = standings;
    this.#several = new Map(several);
  }

  /** What does not stand in the rows, as plain data, for a worker to hand over. */
  pack(): ReadonlyMap<number, readonly Share[]> {
    return this.#several;
  }

  /** Notes what a slot has added; its standing must have been written. */
  set(slot: number, shares: readonly Share[]): void {
    const only = onlyShare(shares, this.#standings.node(slot), this.#standings.marks(slot));
    if (only === undefined) this.#several.set(slot, shares);
    else if (this.#several.size > 0) this.#several.delete(slot);
    this.#standings.setNote(slot, only === undefined ? 0 : only.attempts * ATTEMPT + only.counted);
  }

  /** What a ranked slot has added. */
  get(slot: number): readonly Share[] {
    const several = this.#several.size > 0 ? this.#several.get(slot) : undefined;
    if (several) return several;
    const node = this.#standings.node(slot);
    if (node < 0) return [];
    const note = this.#standings.note(slot);
    const counted = note % ATTEMPT;
    return [{ node, attempts: (note - counted) / ATTEMPT, counted, marks: this.#standings.marks(slot) }];
  }

  /** Whether a ranked slot has added exactly this. */
  holds(slot: number, shares: readonly Share[]): boolean {
    const held = this.get(slot);
    return (
      held.length === shares.length && shares.every((share) => held.some((other) => isSame(share, other)))
    );
  }

  /** Forgets a slot that is not ranked any more. */
  clear(slot: number): void {
    this.#several.delete(slot);
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
