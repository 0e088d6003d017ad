/** Grants as rows: the annulments that let somebody start once more after a round's close. */
import { and, eq, isNotNull } from 'drizzle-orm';
import type { Database } from '../platform/database/door.ts';
import { type Granting, grantedUntil } from './grant-rules.ts';
import { AttemptState } from './open-attempt.ts';
import type { RoundInForce } from './rounds.ts';
import type { AttemptRow } from './store.ts';

export class Grants {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /**
   * Until when a person may start an attempt in the round: its close, or after it the end of a window of their own; null when
   * neither is open. `own`: the person's attempts in the round.
   */
  async openUntil(
    round: Pick<RoundInForce, 'id' | 'opensAt' | 'closesAt'>,
    personId: number,
    own: readonly Pick<AttemptRow, 'startedAt' | 'state'>[],
    now: number,
  ): Promise<number | null> {
    if (now < round.opensAt) return null;
    if (now < round.closesAt) return round.closesAt;
    if (!own.some(({ state }) => state === AttemptState.annulled)) return null;
    const started = own.map(({ startedAt, state }) => ({
      startedAt,
      annulled: state === AttemptState.annulled,
    }));
    return grantedUntil(await this.#of(round.id, personId), started, round.closesAt, now);
  }

  async #of(roundId: number, personId: number): Promise<readonly Granting[]> {
    const { attempts: a, annulments: t } = this.#database.tables;
    const rows = await this.#database.query
      .select({ attempt: t.attemptId, from: t.annulledAt, until: t.grantUntil })
      .from(a)
      .innerJoin(t, eq(t.attemptId, a.id))
      .where(
        and(eq(a.roundId, roundId), eq(a.personId, personId), eq(t.restored, false), isNotNull(t.grantUntil)),
      );
    return rows.flatMap(({ until, ...rest }) => (until === null ? [] : [{ ...rest, until }]));
  }
}
