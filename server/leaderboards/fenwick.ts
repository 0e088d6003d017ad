/**
 * Running totals over a list of counts that change: a Fenwick tree.
 * It tells how many entries stand before a block, and in which block an entry stands, in log(blocks) steps.
 */
export class Fenwick {
  #tree = new Int32Array(16);
  #length = 0;

  /** Starts again from the first `length` of `counts`. */
  reset(counts: Int32Array, length: number): void {
    if (this.#tree.length <= length) this.#tree = new Int32Array(length * 2 + 1);
    this.#length = length;
    const tree = this.#tree;
    for (let i = 1; i <= length; i += 1) tree[i] = counts[i - 1] ?? 0;
    for (let i = 1; i <= length; i += 1) {
      const parent = i + (i & -i);
      if (parent <= length) tree[parent] = (tree[parent] ?? 0) + (tree[i] ?? 0);
    }
  }

  /** Adds to the count at `index`. */
  add(index: number, change: number): void {
    for (let i = index + 1; i <= this.#length; i += i & -i) this.#tree[i] = (this.#tree[i] ?? 0) + change;
  }

  /** Sum of the counts before `index`. */
  before(index: number): number {
    let sum = 0;
    for (let i = index; i > 0; i -= i & -i) sum += this.#tree[i] ?? 0;
    return sum;
  }

  /** Index of the count that covers `position` (from 0, below the total). */
  find(position: number): number {
    let index = 0;
    let rest = position;
    for (let step = 1 << (31 - Math.clz32(this.#length | 1)); step > 0; step >>= 1) {
      const next = index + step;
      if (next > this.#length) continue;
      const sum = this.#tree[next] ?? 0;
      if (sum > rest) continue;
      rest -= sum;
      index = next;
    }
    return index;
  }
}
