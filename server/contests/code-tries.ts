/** Wrong entry codes by person: guessing a code takes years, mistyping it a few times costs nothing. Memory only. */
import { AppError } from '../platform/errors.ts';
import { Recent } from '../platform/recent.ts';

const MOST = 8;
const WINDOW_MS = 10 * 60_000;
const REMEMBERED = 50_000;

export class CodeTries {
  readonly #tries = new Recent<string, { readonly wrong: number; readonly since: number }>(REMEMBERED);

  /** Throws `request.tooMany` when this person was wrong too often lately, whatever is typed now. */
  demandRoom(roundId: number, personId: number, now: number): void {
    const known = this.#tries.get(`${roundId} ${personId}`);
    if (known === undefined || known.wrong < MOST || now - known.since >= WINDOW_MS) return;
    throw new AppError('request.tooMany', { facts: { retryAfterMs: known.since + WINDOW_MS - now } });
  }

  wrong(roundId: number, personId: number, now: number): void {
    const key = `${roundId} ${personId}`;
    const known = this.#tries.get(key);
    const isFresh = known === undefined || now - known.since >= WINDOW_MS;
    this.#tries.set(key, isFresh ? { wrong: 1, since: now } : { ...known, wrong: known.wrong + 1 });
  }
}
