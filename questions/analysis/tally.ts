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

  addAll(other: Counts): void {
    other.values.forEach((count, place) => {
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

  addAll(other: ItemTally): void {
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

  addAll(other: Tally): void {
    this.attempts += other.attempts;
    this.asked += other.asked;
    this.totals.addAll(other.totals);
    for (const [item, tally] of other.items) this.#item(item, tally.maxMarks).addAll(tally);
  }
}
