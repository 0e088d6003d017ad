/** What many callers want sent at the same moment travels together; while enough is under way, more gathers. */

interface Waiting<Item, Outcome> {
  readonly item: Item;
  readonly done: (outcome: Outcome) => void;
  readonly failed: (error: unknown) => void;
}

export class Gathering<Item, Outcome> {
  readonly #send;
  readonly #limits;
  #waiting: Waiting<Item, Outcome>[] = [];
  #underWay = 0;

  /**
   * `send` gives an outcome for each of the items, in their order; what it throws, all of them throw. At most `most` items go
   * together, `atOnce` times beside each other.
   */
  constructor(
    send: (items: readonly Item[]) => Promise<readonly Outcome[]>,
    limits: { readonly most: number; readonly atOnce: number },
  ) {
    this.#send = send;
    this.#limits = limits;
  }

  add(item: Item): Promise<Outcome> {
    const { promise, resolve, reject } = Promise.withResolvers<Outcome>();
    this.#waiting.push({ item, done: resolve, failed: reject });
    queueMicrotask(() => this.#flush());
    return promise;
  }

  #flush(): void {
    if (this.#underWay >= this.#limits.atOnce || this.#waiting.length === 0) return;
    const together = this.#waiting.splice(0, this.#limits.most);
    this.#underWay += 1;
    this.#take(together).finally(() => {
      this.#underWay -= 1;
      this.#flush();
    });
  }

  async #take(together: readonly Waiting<Item, Outcome>[]): Promise<void> {
    try {
      const outcomes = await this.#send(together.map(({ item }) => item));
      together.forEach(({ done, failed }, i) => {
        if (i < outcomes.length) done(outcomes[i] as Outcome);
        else failed(new Error('no outcome'));
      });
    } catch (error) {
      for (const { failed } of together) failed(error);
    }
  }
}
