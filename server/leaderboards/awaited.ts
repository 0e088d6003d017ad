/** Rounds whose results wait for attempts that were granted in place of annulled ones. */
import { and, eq, gt, inArray, sql } from 'drizzle-orm';
import type { Database } from '../platform/database/door.ts';

/**
 * Of these rounds, those in which somebody has not yet used a window of their own that is still open. As many attempts are
 * to come as were annulled, without those that were themselves taken in place of an annulled one.
 */
export async function awaitedIn(
  database: Database,
  rounds: readonly number[],
  now: number,
): Promise<ReadonlySet<number>> {
  if (rounds.length === 0) return new Set();
  const { attempts: a, annulments: t } = database.tables;
  const grants = (attempt: string, grant: string) =>
    sql.raw(
      `attempts ${attempt} inner join annulments ${grant} on ${grant}.attempt_id = ${attempt}.id and not ${grant}.restored and ${grant}.grant_until is not null`,
    );
  const isMine = (attempt: string) =>
    sql`${sql.raw(attempt)}.person_id = ${a.personId} and ${sql.raw(attempt)}.round_id = ${a.roundId}`;
  const inPlaceOf = sql`exists (select 1 from ${grants('other', 'earlier')} where ${isMine('other')} and other.id <> lost.id and earlier.annulled_at <= lost.started_at)`;
  const toCome = sql`(select count(distinct lost.id) from ${grants('lost', 'allowed')} where ${isMine('lost')} and not ${inPlaceOf})`;
  const first = sql`(select min(allowed.annulled_at) from ${grants('lost', 'allowed')} where ${isMine('lost')})`;
  const taken = sql`(select count(*) from attempts later where ${isMine('later')} and later.started_at >= ${first} and later.state in (2, 3))`;
  const rows = await database.query
    .selectDistinct({ round: a.roundId })
    .from(t)
    .innerJoin(a, eq(a.id, t.attemptId))
    .where(
      and(
        gt(t.grantUntil, now),
        eq(t.restored, false),
        // The plus keeps SQLite from walking over every attempt of the round: it begins with the few annulments.
        inArray(sql`+${a.roundId}`, [...rounds]),
        sql`${taken} < ${toCome}`,
      ),
    );
  return new Set(rows.map(({ round }) => round));
}

/** Contests with settled rounds in which windows of people's own are open, or ended after a moment. */
export async function grantingSince(database: Database, since: number): Promise<readonly number[]> {
  const { attempts: a, annulments: t, rounds: r } = database.tables;
  const rows = await database.query
    .selectDistinct({ contest: r.contestId })
    .from(t)
    .innerJoin(a, eq(a.id, t.attemptId))
    .innerJoin(r, eq(r.id, sql`+${a.roundId}`))
    .where(and(gt(t.grantUntil, since), eq(r.state, 'settled')));
  return rows.map(({ contest }) => contest);
}
