/** Freezing a round's board and revealing it again, with a reason, in the audit log. */
import { and, eq, isNull, not, sql } from 'drizzle-orm';
import { contestSubject } from '../contests/store.ts';
import type { Announcer } from '../platform/announcer.ts';
import { type AuditEntry, withAudit } from '../platform/audit.ts';
import type { Clock } from '../platform/clock.ts';
import type { Database } from '../platform/database/door.ts';
import { AppError } from '../platform/errors.ts';
import type { Secrets } from '../platform/secrets.ts';

interface FreezingContext {
  readonly database: Database;
  readonly clock: Clock;
  readonly announcer: Announcer;
  readonly secrets: Secrets;
}

/** Who freezes or reveals, and why. */
export interface FreezingBy {
  readonly actor: string;
  readonly reason: string;
  readonly address: string;
}

/** The moment of the freeze; the one that is there when it is frozen already. */
export async function freezeBoard(
  context: FreezingContext,
  roundUid: string,
  by: FreezingBy,
): Promise<number> {
  const { database, clock } = context;
  const { rounds, results } = database.tables;
  const moment = clock.now();
  const transaction = database.dialect === 'sqlite' ? sql`0` : sql`pg_current_xact_id()::text::bigint`;
  const freeze = database.query
    .update(rounds)
    .set({
      frozenAt: moment,
      frozenTransaction: sql`${transaction}`,
      frozenSeq: sql`(select coalesce(max(${results.seq}), 0) from ${results})`,
    })
    .where(and(eq(rounds.uid, roundUid), isNull(rounds.frozenAt)));
  await withAudit(context, await entryOf(context, 'board.frozen', roundUid, by), [freeze]);
  context.announcer.announce('contests');
  const [row] = await database.query
    .select({ frozenAt: rounds.frozenAt })
    .from(rounds)
    .where(eq(rounds.uid, roundUid));
  if (row === undefined) throw new AppError('notFound');
  return row.frozenAt ?? moment;
}

export async function revealBoard(context: FreezingContext, roundUid: string, by: FreezingBy): Promise<void> {
  const { database } = context;
  const { rounds } = database.tables;
  const reveal = database.query
    .update(rounds)
    .set({ frozenAt: null, frozenTransaction: null, frozenSeq: null })
    .where(and(eq(rounds.uid, roundUid), not(isNull(rounds.frozenAt))));
  await withAudit(context, await entryOf(context, 'board.revealed', roundUid, by), [reveal]);
  context.announcer.announce('contests');
}

/** Logged under the contest, so that it stands among the contest's changes. Throws `notFound`. */
async function entryOf(
  { database }: FreezingContext,
  action: string,
  roundUid: string,
  by: FreezingBy,
): Promise<AuditEntry> {
  const { contests, rounds } = database.tables;
  const [found] = await database.query
    .select({ uid: contests.uid, number: rounds.number })
    .from(rounds)
    .innerJoin(contests, eq(contests.id, rounds.contestId))
    .where(eq(rounds.uid, roundUid));
  if (found === undefined) throw new AppError('notFound');
  const details = { round: roundUid, paths: [`rounds.${found.number - 1}.frozenAt`] };
  return { ...by, action, subject: contestSubject(found), details };
}
