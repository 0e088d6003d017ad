/** Counts how often the paper was out of sight, where the contest has said that it looks; people were told before they started. */
import { attempts } from '../api/attempts.ts';

/** A glance at a message that came in is no leaving, ms. */
const shortestMs = 1500;

export class Away {
  #times = 0;
  #ms = 0;
  #since: number | null = null;

  /** The page was hidden or shown. A report that is lost is made good by the next, since counts are of the whole attempt. */
  turned(hidden: boolean, attempt: string, token: string): void {
    const now = Date.now();
    if (hidden) {
      this.#since ??= now;
      return;
    }
    const gone = this.#since === null ? 0 : now - this.#since;
    this.#since = null;
    if (gone < shortestMs) return;
    this.#times += 1;
    this.#ms += gone;
    attempts.away(attempt, token, { times: this.#times, ms: this.#ms }).catch(() => undefined);
  }
}
