/** Something that a screen asks the server for: not here yet, here, or failed with a way to try again. */
import { type ApiError, asApiError } from './problem.ts';

/**
 * `page = new Loading((signal) => contests.page(slug, signal))`, then `page.load()`; `value` keeps what was there while it
 * is asked for again, so that nothing jumps.
 */
export class Loading<Value> {
  value = $state.raw<Value | null>(null);
  error = $state.raw<ApiError | null>(null);
  busy = $state(false);
  readonly #ask: (signal: AbortSignal) => Promise<Value>;
  #running: AbortController | null = null;

  constructor(ask: (signal: AbortSignal) => Promise<Value>) {
    this.#ask = ask;
  }

  /** Asks, giving up an earlier question that is still under way. Never throws. */
  async load(): Promise<void> {
    this.stop();
    const own = new AbortController();
    this.#running = own;
    this.busy = true;
    try {
      const value = await this.#ask(own.signal);
      if (own.signal.aborted) return;
      this.value = value;
      this.error = null;
    } catch (error) {
      if (!own.signal.aborted) this.error = asApiError(error);
    } finally {
      if (this.#running === own) this.busy = false;
    }
  }

  /** Lets go of a question under way; what is shown stays. */
  stop(): void {
    this.#running?.abort();
    this.#running = null;
    this.busy = false;
  }
}
