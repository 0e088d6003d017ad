/** Retakes as rows: which of them no longer count once attempts are given back. */
import { and, eq, gte, lte, sql } from 'drizzle-orm';
import type { Attempts } from '../attempts/attempts.ts';
import { AttemptState } from '../attempts/open-attempt.ts';
import type { Database } from '../platform/database/door.ts';
import { surplusRetakes, type Taken } from './retake-rules.ts';

interface Retaker {
  readonly personId: number;
  readonly roundId: number;
  readonly since: number;
}

export class Retakes {
  readonly #database: Database;
  readonly #attempts: Attempts;

  constructor(database: Database, attempts: Attempts) {
    this.#database = database;
    this.#attempts = attempts;
  }

  /** Ids of attempts that stop counting when a remedy gives these back. */
  async surplus(remedyId: number, restored: ReadonlySet<number>): Promise<readonly number[]> {
    const found: number[] = [];
    for (const retaker of await this.#retakers(remedyId, restored))
      found.push(...(await this.#surplusOf(retaker, restored)));
    return found;
  }

  /** Who started again after an attempt of theirs was annulled; almost nobody. */
  async #retakers(remedyId: number, restored: ReadonlySet<number>): Promise<readonly Retaker[]> {
    const { attempts: a, annulments: t } = this.#database.tables;
    let [first, last] = [Number.POSITIVE_INFINITY, 0];
    for (const id of restored) [first, last] = [Math.min(first, id), Math.max(last, id)];
    if (last === 0) return [];
    const again = sql`exists (select 1 from attempts later where later.person_id = ${a.personId} and later.round_id = ${a.roundId} and later.started_at >= ${t.annulledAt} and later.state <> ${AttemptState.annulled})`;
    const query = this.#database.query
      .select({ attempt: t.attemptId, person: a.personId, round: a.roundId, since: t.annulledAt })
      .from(t)
      .innerJoin(a, eq(a.id, t.attemptId))
      .where(
        and(
          eq(t.remedyId, remedyId),
          eq(t.restored, false),
          gte(t.attemptId, first),
          lte(t.attemptId, last),
          again,
        ),
      );
    const byOwn = new Map<string, Retaker>();
    for await (const numbers of this.#database.scanNumbers(query))
      for (let at = 0; at < numbers.length; at += 4) {
        const [attempt = 0, personId = 0, roundId = 0, since = 0] = numbers.slice(at, at + 4);
        if (restored.has(attempt)) byOwn.set(`${personId}/${roundId}`, { personId, roundId, since });
      }
    return [...byOwn.values()];
  }

  async #surplusOf(
    { personId, roundId, since }: Retaker,
    restored: ReadonlySet<number>,
  ): Promise<readonly number[]> {
    const round = this.#attempts.rounds.byId(roundId);
    if (round === null) return [];
    const own = await this.#attempts.store.ofPerson(roundId, personId);
    const results = await this.#attempts.store.resultsOf(own.map(({ id }) => id));
    const taken = own.map(({ id, startedAt, state }): Taken => {
      if (restored.has(id)) return { id, startedAt, standing: 'counts' };
      if (state === AttemptState.annulled) return { id, startedAt, standing: 'annulled' };
      return { id, startedAt, standing: results.get(id)?.counts === 0 ? 'setAside' : 'counts' };
    });
    return surplusRetakes(round, taken, since);
  }
}
