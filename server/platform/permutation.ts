/**
 * A keyed permutation of the numbers below a size: counters go out through it, so that what people see has no order and no
 * end, and says nothing about how many there are. A Feistel network over the next even number of bits; what falls outside of
 * the size walks on until it falls inside (cycle walking). Each round's function is AES of the half and the round's number.
 */
import { createCipheriv } from 'node:crypto';

const ROUNDS = 8;
const BLOCK = 16;

export class Permutation {
  readonly size: number;
  /** Of a half, bits; at most 26, so that both stay whole numbers. */
  readonly #half: number;
  readonly #cipher;
  readonly #block = Buffer.alloc(BLOCK);

  /** `key`: 32 bytes, of this use alone. `size`: at most 2^52. */
  constructor(key: Buffer, size: number) {
    if (!Number.isSafeInteger(size) || size < 1 || size > 2 ** 52) throw new RangeError(`size ${size}`);
    this.size = size;
    this.#half = Math.max(1, Math.ceil(Math.log2(size) / 2));
    // One block goes in and out at a time: without a chain, the cipher is a function and is set up once.
    this.#cipher = createCipheriv('aes-256-ecb', key, null).setAutoPadding(false);
  }

  /** Where a number goes. */
  forward(number: number): number {
    return this.#walk(number, (at) => this.#through(at, 0, 1));
  }

  /** Where it came from. */
  back(number: number): number {
    return this.#walk(number, (at) => this.#through(at, ROUNDS - 1, -1));
  }

  #walk(number: number, step: (at: number) => number): number {
    if (!Number.isSafeInteger(number) || number < 0 || number >= this.size)
      throw new RangeError(`${number} is not below ${this.size}`);
    let at = step(number);
    while (at >= this.size) at = step(at);
    return at;
  }

  /** All rounds in one direction; backwards the halves change places before and after. */
  #through(number: number, from: number, by: 1 | -1): number {
    const base = 2 ** this.#half;
    let [left, right] = [Math.floor(number / base), number % base];
    if (by === -1) [left, right] = [right, left];
    for (let done = 0, round = from; done < ROUNDS; done += 1, round += by)
      [left, right] = [right, (left ^ this.#mixed(right, round)) >>> 0];
    if (by === -1) [left, right] = [right, left];
    return left * base + right;
  }

  #mixed(half: number, round: number): number {
    this.#block.writeUInt32LE(half, 0);
    this.#block.writeUInt8(round, 4);
    return this.#cipher.update(this.#block).readUInt32LE(0) % 2 ** this.#half;
  }
}
