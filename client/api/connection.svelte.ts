/**
 * Whether the server can be reached, as far as this page knows: the browser's own word, and how the last requests went.
 * The browser says "online" on a Wi-Fi without internet, so failing requests count too.
 */
class Connection {
  #browser = $state(typeof navigator === 'undefined' || navigator.onLine !== false);
  #reached = $state(true);
  readonly #waiting = new Set<() => void>();

  constructor() {
    if (typeof addEventListener === 'undefined') return;
    addEventListener('online', () => this.#setBrowser(true));
    addEventListener('offline', () => this.#setBrowser(false));
  }

  /** Reads as state in components. */
  get online(): boolean {
    return this.#browser && this.#reached;
  }

  /** A request got an answer, or none. */
  report(reached: boolean): void {
    this.#reached = reached;
    if (reached) this.#wake();
  }

  /** Resolves after `ms`, or as soon as the connection is back: a retry does not sleep through the good news. */
  async pause(ms: number): Promise<void> {
    await new Promise<void>((resolve) => {
      const done = (): void => {
        clearTimeout(timer);
        this.#waiting.delete(done);
        resolve();
      };
      const timer = setTimeout(done, ms);
      this.#waiting.add(done);
    });
  }

  #setBrowser(online: boolean): void {
    this.#browser = online;
    if (online) this.#wake();
  }

  #wake(): void {
    for (const done of [...this.#waiting]) done();
  }
}

/** The one connection of the page. */
export const connection = new Connection();
