/** Results as rows of numbers, put in the order of their people: what boards are loaded from in threads of their own. */
import type { PersonFact } from './board.ts';
import type { ResultVersion } from './counting.ts';
import { versionOf, WIDTH } from './result-row.ts';

/** Rows one after another, growing by doubling. */
export class Rows {
  numbers = new Float64Array(WIDTH * 4096);
  length = 0;

  add(row: readonly unknown[]): void {
    if (this.length === this.numbers.length) {
      const larger = new Float64Array(this.numbers.length * 2);
      larger.set(this.numbers);
      this.numbers = larger;
    }
    for (let i = 0; i < WIDTH; i++) {
      const value = row[i];
      this.numbers[this.length++] =
        typeof value === 'number'
          ? value
          : value === null || value === undefined
            ? Number.NaN
            : Number(value);
    }
  }
}

/**
 * The rows in the order of their people: one sort of numbers, as person and row fit a double together, and one walk through
 * memory in that order, so that every board reads straight on.
 */
export function byPerson({ numbers, length }: Rows): Float64Array {
  const count = length / WIDTH;
  const keys = new Float64Array(count);
  for (let i = 0; i < count; i++) keys[i] = (numbers[i * WIDTH + 4] ?? 0) * count + i;
  keys.sort();
  const sorted = new Float64Array(length);
  for (let i = 0, to = 0; i < count; i++) {
    const from = ((keys[i] ?? 0) % count) * WIDTH;
    for (let column = 0; column < WIDTH; column++) sorted[to++] = numbers[from + column] ?? 0;
  }
  return sorted;
}

/** Facts of some rounds from rows that stand by person. */
export function* factsOf(
  numbers: Float64Array,
  rounds: ReadonlySet<number>,
  truths: ReadonlyMap<number, number>,
): Generator<PersonFact> {
  let person = -1;
  let results: ResultVersion[] = [];
  for (let start = 0; start < numbers.length; start += WIDTH) {
    if (!rounds.has(numbers[start + 3] ?? 0)) continue;
    const next = numbers[start + 4] ?? 0;
    if (next !== person) {
      if (results.length > 0) yield { person, results };
      person = next;
      results = [];
    }
    results.push(versionOf(numbers, start, truths));
  }
  if (results.length > 0) yield { person, results };
}
