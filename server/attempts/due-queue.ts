/** Attempts by the second of their deadline: which may have run out, without looking at the others. */

export class DueQueue {
  readonly #bySecond = new Map<number, Set<number>>();
  readonly #secondOf = new Map<number, number>();
  /** No deadline is earlier than this second. */
  #earliest = Number.POSITIVE_INFINITY;

  /** `at` in ms since epoch. */
  add(at: number, id: number): void {
    const second = Math.ceil(at / 1000);
    const ids = this.#bySecond.get(second);
    if (ids === undefined) this.#bySecond.set(second, new Set([id]));
    else ids.add(id);
    this.#secondOf.set(id, second);
    if (second < this.#earliest) this.#earliest = second;
  }

  remove(id: number): void {
    const second = this.#secondOf.get(id);
    if (second === undefined) return;
    this.#secondOf.delete(id);
    const ids = this.#bySecond.get(second);
    ids?.delete(id);
    if (ids?.size === 0) this.#bySecond.delete(second);
  }

  /** Ids whose deadline lies at or before `at`, earliest first. What was removed meanwhile is skipped. */
  *upTo(at: number): Generator<number> {
    const last = Math.floor(at / 1000);
    if (last < this.#earliest) return;
    const seconds = [...this.#bySecond.keys()].filter((second) => second <= last).sort((a, b) => a - b);
    if (seconds[0] !== undefined) this.#earliest = seconds[0];
    for (const second of seconds) for (const id of [...(this.#bySecond.get(second) ?? [])]) yield id;
  }
}
