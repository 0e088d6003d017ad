/** Whether a remedy can still be taken back: time that was given cannot, and neither can what official results rest on. */
import { and, eq, gte, inArray, isNotNull, isNull, or } from 'drizzle-orm';
import type { RoundInForce } from '../attempts/rounds.ts';
import type { Database } from '../platform/database/door.ts';
import { type RemedyRow, remedyKindOf } from './store.ts';

/** Standings that people may rely on. */
const OFFICIAL = ['official', 'amended'];

export function isOfficialRound({ standing }: Pick<RoundInForce, 'standing'>): boolean {
  return standing !== null && OFFICIAL.includes(standing);
}

export class Officials {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  async isReversible(remedy: RemedyRow, rounds: readonly RoundInForce[]): Promise<boolean> {
    const kind = remedyKindOf(remedy);
    if (remedy.reversedAt !== null || kind === 'extend' || kind === 'outage') return false;
    return !(await this.#becameOfficial(rounds, remedy));
  }

  /**
   * Whether results of any of the rounds, or of the whole contest, were declared with the remedy in them: then only another
   * remedy and an amendment help.
   */
  async #becameOfficial(
    rounds: readonly RoundInForce[],
    { contestId, at }: Pick<RemedyRow, 'contestId' | 'at'>,
  ): Promise<boolean> {
    const { snapshots: t } = this.#database.tables;
    const ids = rounds.map(({ id }) => id);
    if (ids.length === 0) return false;
    const found = await this.#database.query
      .select({ id: t.id })
      .from(t)
      .where(
        and(
          or(inArray(t.roundId, ids), and(eq(t.contestId, contestId), isNull(t.roundId))),
          inArray(t.standing, OFFICIAL),
          isNotNull(t.completeAt),
          gte(t.takenAt, at),
        ),
      )
      .limit(1);
    return found.length > 0;
  }
}
