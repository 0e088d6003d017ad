/** Long work on the main thread stops for the others every few milliseconds. */
import { setImmediate } from 'node:timers/promises';

/** So long is worked at a stretch, ms. */
const HOLD_MS = 8;

/** `if (breath.isDue) await breath.take();` in the middle of a long loop. */
export class Breath {
  #since = performance.now();

  get isDue(): boolean {
    return performance.now() - this.#since >= HOLD_MS;
  }

  async take(): Promise<void> {
    await setImmediate();
    this.#since = performance.now();
  }
}
