/**
 * Wrong codes of entry or of rosters by person, and by network for somebody with many accounts: guessing a code takes years, mistyping it a
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

/**
 * Who typed a code for what (key of a round, or of a contest), and where: `network` as of `networkOf`, null when it is not
 * known; `personId` null for somebody without an account yet.
 */
export interface CodeTyper {
  readonly scope: number;
  readonly personId: number | null;
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
    const network = networkKey(typer);
    const near = network === null ? null : this.#of(network, now);
    const isFlooded = near !== null && near.wrong >= MOST_OF_A_NETWORK;
    const person = personKey(typer);
    if (person === null && !isFlooded) return;
    const mine = person === null ? near : this.#of(person, now);
    const most = person === null ? MOST_OF_A_NETWORK : isFlooded ? MOST.flooded : MOST.quiet;
    if (mine === null || mine.wrong < most) return;
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

const personKey = ({ scope, personId }: CodeTyper): string | null =>
  personId === null ? null : `${scope} ${personId}`;

const networkKey = ({ scope, network }: CodeTyper): string | null =>
  network === null ? null : `${scope} from ${network}`;
