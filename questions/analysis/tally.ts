/**
 * What item statistics are made of: sums and histograms over marks, to which one attempt after another is added and never
 * kept. Tallies of parts add up to the tally of the whole, so nodes, workers and later attempts are simply added.
 */

import type { Json } from '../question.ts';

/** Whole numbers that grow at the end. */
class Counts {
  #counts = new Float64Array(64);
  #length = 0;

  get values(): Float64Array {
    return this.#counts.subarray(0, this.#length);
  }

  add(place: number, count = 1): void {
    if (place >= this.#counts.length) {
      const longer = new Float64Array(Math.max(place + 1, 2 * this.#counts.length));
      longer.set(this.#counts);
      this.#counts = longer;
    }
    if (place >= this.#length) this.#length = place + 1;
    this.#counts[place] = (this.#counts[place] ?? 0) + count;
  }

  addAll(counts: Float64Array): void {
    counts.forEach((count, place) => {
      if (count > 0) this.add(place, count);
    });
  }
}

/** Sums over the attempts that asked one question. x: marks for it, R: the attempt's other marks; both in hundredths. */
export class ItemTally {
  /** Marks for a fully right answer, hundredths. */
  readonly maxMarks: number;
  n = 0;
  blanks = 0;
  sumX = 0;
  sumR = 0;
  sumXX = 0;
  sumRR = 0;
  sumXR = 0;
  /** By marks: how many got them. */
  readonly x = new Counts();
  readonly rest = new Counts();
  /** By the option's place in the bank: how many chose it, and the sum of their R. */
  readonly chosen = new Counts();
  readonly restOfChosen = new Counts();

  constructor(maxMarks: number) {
    this.maxMarks = maxMarks;
  }

  add(x: number, rest: number, isBlank: boolean): void {
    this.n += 1;
    if (isBlank) this.blanks += 1;
    this.sumX += x;
    this.sumR += rest;
    this.sumXX += x * x;
    this.sumRR += rest * rest;
    this.sumXR += x * rest;
    this.x.add(x);
    this.rest.add(rest);
  }

  /** The same attempt also chose this option. */
  choose(option: number, rest: number): void {
    this.chosen.add(option);
    this.restOfChosen.add(option, rest);
  }

  packed(): PackedItem {
    const { maxMarks, n, blanks, sumX, sumR, sumXX, sumRR, sumXR } = this;
    return {
      ...{ maxMarks, n, blanks, sumX, sumR, sumXX, sumRR, sumXR },
      ...{ x: this.x.values, rest: this.rest.values },
      ...{ chosen: this.chosen.values, restOfChosen: this.restOfChosen.values },
    };
  }

  addPacked(other: PackedItem): void {
    this.n += other.n;
    this.blanks += other.blanks;
    this.sumX += other.sumX;
    this.sumR += other.sumR;
    this.sumXX += other.sumXX;
    this.sumRR += other.sumRR;
    this.sumXR += other.sumXR;
    this.x.addAll(other.x);
    this.rest.addAll(other.rest);
    this.chosen.addAll(other.chosen);
    this.restOfChosen.addAll(other.restOfChosen);
  }
}

type Sums = 'n' | 'blanks' | 'sumX' | 'sumR' | 'sumXX' | 'sumRR' | 'sumXR';
type Histograms = 'x' | 'rest' | 'chosen' | 'restOfChosen';

/** An `ItemTally` as it goes from thread to thread. */
type PackedItem = Readonly<Record<'maxMarks' | Sums, number> & Record<Histograms, Float64Array>>;

/** A `Tally` as it goes from thread to thread. */
export interface PackedTally {
  readonly attempts: number;
  readonly asked: number;
  readonly totals: Float64Array;
  readonly items: ReadonlyMap<number, PackedItem>;
}

/** One question of one attempt, as it was marked. */
export interface MarkedItem {
  /** Names the question version. */
  readonly item: number;
  readonly maxMarks: number;
  /** Hundredths, 0 or more; a blank is 0. */
  readonly marks: number;
  readonly blank: boolean;
  /** Options chosen, as places in the bank (not as shown); null where there are none to choose from. */
  readonly chosen: readonly number[] | null;
}

/** Options chosen, as places in the bank; null where the kind has none. `order`: shown place → place in the bank; empty: not shuffled. */
export function chosenOptions(kind: string, order: readonly number[], answer: Json | null): number[] | null {
  if (kind !== 'choice') return null;
  if (!Array.isArray(answer)) return [];
  const chosen: number[] = [];
  for (const shown of answer) {
    const place = typeof shown === 'number' && order.length > 0 ? order[shown] : shown;
    if (typeof place === 'number') chosen.push(place);
  }
  return chosen;
}

/** Sums over attempts: of a round, a bank or a live session. */
export class Tally {
  readonly items = new Map<number, ItemTally>();
  /** By total marks, hundredths: how many attempts. */
  readonly totals = new Counts();
  attempts = 0;
  /** Questions over all attempts. */
  asked = 0;

  add(marked: readonly MarkedItem[]): void {
    let total = 0;
    for (const { marks } of marked) total += marks;
    this.attempts += 1;
    this.asked += marked.length;
    this.totals.add(total);
    for (const { item, maxMarks, marks, blank, chosen } of marked) {
      const tally = this.#item(item, maxMarks);
      const rest = total - marks;
      tally.add(marks, rest, blank);
      if (chosen !== null) for (const option of chosen) tally.choose(option, rest);
    }
  }

  #item(item: number, maxMarks: number): ItemTally {
    const known = this.items.get(item);
    if (known !== undefined) return known;
    const made = new ItemTally(maxMarks);
    this.items.set(item, made);
    return made;
  }

  packed(): PackedTally {
    const items = new Map([...this.items].map(([item, tally]) => [item, tally.packed()]));
    return { attempts: this.attempts, asked: this.asked, totals: this.totals.values, items };
  }

  addPacked(other: PackedTally): void {
    this.attempts += other.attempts;
    this.asked += other.asked;
    this.totals.addAll(other.totals);
    for (const [item, packed] of other.items) this.#item(item, packed.maxMarks).addPacked(packed);
  }
}
