/**
 * Random numbers that are the same for ever for the same seed, so that a stored seed proves how a paper was drawn.
 * sfc32 (Chris Doty-Humphrey, PractRand): 32-bit arithmetic only, passes BigCrush. Not for secrets.
 */

const SEED = /^[0-9a-f]{16}$/;
/** `below` multiplies in doubles, which are exact up to 2^53. */
const BELOW_MAX = 2 ** 20;

/** A source of random numbers; each call moves it on. */
export class SeededRandom {
  #a = 0;
  #b: number;
  #c: number;
  #counter = 1;

  /** `seed`: 64 bits as 16 lower-case hexadecimal digits. Throws RangeError for anything else. */
  constructor(seed: string) {
    if (!SEED.test(seed)) throw new RangeError('a seed is 16 lower-case hexadecimal digits');
    this.#b = Number.parseInt(seed.slice(8), 16) | 0;
    this.#c = Number.parseInt(seed.slice(0, 8), 16) | 0;
    for (let i = 0; i < 12; i++) this.#next();
  }

  #next(): number {
    const result = (this.#a + this.#b + this.#counter) | 0;
    this.#counter = (this.#counter + 1) | 0;
    this.#a = this.#b ^ (this.#b >>> 9);
    this.#b = (this.#c + (this.#c << 3)) | 0;
    this.#c = (((this.#c << 21) | (this.#c >>> 11)) + result) | 0;
    return result >>> 0;
  }

  /** A whole number in 0..n−1, each equally likely (Lemire's method with rejection); n in 1..2^20. */
  below(n: number): number {
    if (!(n >= 1 && n <= BELOW_MAX)) throw new RangeError(`n is outside 1..${BELOW_MAX}`);
    let product = this.#next() * n;
    if (product >>> 0 < n) {
      const rejected = (2 ** 32 - n) % n;
      while (product >>> 0 < rejected) product = this.#next() * n;
    }
    return Math.floor(product / 2 ** 32);
  }

  /** 0..n−1 in random order. */
  permutation(n: number): number[] {
    const order: number[] = [];
    for (let i = 0; i < n; i++) {
      const j = this.below(i + 1);
      order.push(order[j] ?? i);
      order[j] = i;
    }
    return order;
  }
}
