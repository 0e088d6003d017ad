/**
 * A keyed permutation of the numbers below a size: counters go out through it, so that what people see has no order and no
 * end, and says nothing about how many there are. A Feistel network over the grid `rows × columns` (Black and Rogaway): its
 * two coordinates are added to in turn. The grid is hardly larger than the size, so next to no number falls outside and has
 * to walk on until it falls inside. What is added in a round is AES of the other coordinate and the round's number.
 */
import { createCipheriv } from 'node:crypto';

const ROUNDS = 8;
const BLOCK = 16;
/** So much of a block is read as a number: at least 22 bits more than a coordinate has, so that its remainders are even. */
const MIXED_BYTES = 6;

export class Permutation {
  readonly size: number;
  readonly #rows: number;
  readonly #columns: number;
  readonly #cipher;
  readonly #block = Buffer.alloc(BLOCK);

  /** `key`: 32 bytes, of this use alone. `size`: at most 2^52. */
  constructor(key: Buffer, size: number) {
    if (!Number.isSafeInteger(size) || size < 1 || size > 2 ** 52) throw new RangeError(`size ${size}`);
    this.size = size;
    this.#rows = Math.ceil(Math.sqrt(size));
    this.#columns = Math.ceil(size / this.#rows);
    // One block goes in and out at a time: without a chain, the cipher is a function and is set up once.
    this.#cipher = createCipheriv('aes-256-ecb', key, null).setAutoPadding(false);
  }

  /** Where a number goes. */
  forward(number: number): number {
    return this.#walk(number, (at) => this.#there(at));
  }

  /** Where it came from. */
  back(number: number): number {
    return this.#walk(number, (at) => this.#andBack(at));
  }

  #walk(number: number, step: (at: number) => number): number {
    if (!Number.isSafeInteger(number) || number < 0 || number >= this.size)
      throw new RangeError(`${number} is not below ${this.size}`);
    let at = step(number);
    while (at >= this.size) at = step(at);
    return at;
  }

  #there(at: number): number {
    let row = Math.floor(at / this.#columns);
    let column = at % this.#columns;
    for (let round = 0; round < ROUNDS; round += 2) {
      row = (row + this.#mixed(column, round)) % this.#rows;
      column = (column + this.#mixed(row, round + 1)) % this.#columns;
    }
    return row * this.#columns + column;
  }

  #andBack(at: number): number {
    let row = Math.floor(at / this.#columns);
    let column = at % this.#columns;
    for (let round = ROUNDS - 2; round >= 0; round -= 2) {
      column = (column + this.#columns - (this.#mixed(row, round + 1) % this.#columns)) % this.#columns;
      row = (row + this.#rows - (this.#mixed(column, round) % this.#rows)) % this.#rows;
    }
    return row * this.#columns + column;
  }

  #mixed(coordinate: number, round: number): number {
    this.#block.writeUInt32LE(coordinate, 0);
    this.#block.writeUInt8(round, 4);
    return this.#cipher.update(this.#block).readUIntLE(0, MIXED_BYTES);
  }
}
