/**
 * Wrong entry codes by person, and by network for somebody with many accounts: guessing a code takes years, mistyping it a
 * few times costs nothing. A school sits behind one address, so its limit is wide, and past it everybody still has a try or
 * two of their own: nobody who knows the code is kept out by neighbours who guess. Memory only.
 */
import { AppError } from '../platform/errors.ts';
import { Recent } from '../platform/recent.ts';

/** Wrong tries of a person in the window, and of one whose network has used up its own. */
const MOST = { quiet: 8, flooded: 2 };
const MOST_OF_A_NETWORK = 1000;
const WINDOW_MS = 10 * 60_000;
const REMEMBERED = 50_000;

/** Who typed a code, and where: `network` as of `networkOf`, null when it is not known. */
export interface CodeTyper {
  readonly roundId: number;
  readonly personId: number;
  readonly network: string | null;
}

interface Tries {
  readonly wrong: number;
  readonly since: number;
}

export class CodeTries {
  readonly #tries = new Recent<string, Tries>(REMEMBERED);

  /** Throws `request.tooMany` when this person was wrong too often lately, whatever is typed now. */
  demandRoom(typer: CodeTyper, now: number): void {
    const mine = this.#of(personKey(typer), now);
    const network = networkKey(typer);
    const isFlooded = network !== null && this.#of(network, now).wrong >= MOST_OF_A_NETWORK;
    if (mine.wrong < (isFlooded ? MOST.flooded : MOST.quiet)) return;
    throw new AppError('request.tooMany', { facts: { retryAfterMs: mine.since + WINDOW_MS - now } });
  }

  wrong(typer: CodeTyper, now: number): void {
    for (const key of [personKey(typer), networkKey(typer)]) {
      if (key === null) continue;
      const known = this.#of(key, now);
      this.#tries.set(key, { ...known, wrong: known.wrong + 1 });
    }
  }

  /** Those of the window that runs. */
  #of(key: string, now: number): Tries {
    const known = this.#tries.get(key);
    return known === undefined || now - known.since >= WINDOW_MS ? { wrong: 0, since: now } : known;
  }
}

const personKey = ({ roundId, personId }: CodeTyper): string => `${roundId} ${personId}`;

const networkKey = ({ roundId, network }: CodeTyper): string | null =>
  network === null ? null : `${roundId} from ${network}`;
