/**
 * How far a long request is, for the page that waits for its reply. The node that works tells it and forgets it at the end;
 * another node knows nothing, and the page shows that work is going on without saying how much.
 */

/** Called with the share that is done, 0..1. */
export type Tell = (share: number) => void;

export class Underway {
  readonly #shares = new Map<string, number>();

  /** Null: nothing of that name is under way here. */
  share(name: string): number | null {
    return this.#shares.get(name) ?? null;
  }

  /** Runs `work` under a name that nobody else uses for anything else; what it throws goes on. */
  async run<Result>(name: string, work: (tell: Tell) => Promise<Result>): Promise<Result> {
    this.#shares.set(name, 0);
    try {
      return await work((share) => this.#shares.set(name, Math.min(1, share)));
    } finally {
      this.#shares.delete(name);
    }
  }
}
