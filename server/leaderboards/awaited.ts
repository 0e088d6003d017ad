/** Rounds whose results wait for attempts that were granted in place of annulled ones. */
import { and, eq, gt, inArray, sql } from 'drizzle-orm';
import type { Database } from '../platform/database/door.ts';

/** Of these rounds, those in which somebody has not yet used a window of their own that is still open. */
export async function awaitedIn(
  database: Database,
  rounds: readonly number[],
  now: number,
): Promise<ReadonlySet<number>> {
  if (rounds.length === 0) return new Set();
  const { attempts: a, annulments: t } = database.tables;
  const isUsed = sql`exists (select 1 from attempts later where later.person_id = ${a.personId} and later.round_id = ${a.roundId} and later.started_at >= ${t.annulledAt} and later.state in (2, 3))`;
  const rows = await database.query
    .selectDistinct({ round: a.roundId })
    .from(t)
    .innerJoin(a, eq(a.id, t.attemptId))
    .where(
      and(gt(t.grantUntil, now), eq(t.restored, false), inArray(a.roundId, [...rounds]), sql`not ${isUsed}`),
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
    .innerJoin(r, eq(r.id, a.roundId))
    .where(and(gt(t.grantUntil, since), eq(r.state, 'settled')));
  return rows.map(({ contest }) => contest);
}
