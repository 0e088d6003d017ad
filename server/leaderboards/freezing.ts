/** Freezing a round's board and revealing it again, with a reason, in the audit log. */
import { and, eq, isNull, not, sql } from 'drizzle-orm';
import type { Announcer } from '../platform/announcer.ts';
import { withAudit } from '../platform/audit.ts';
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
  await withAudit(context, { ...by, action: 'board.frozen', subject: `round:${roundUid}` }, [freeze]);
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
  await withAudit(context, { ...by, action: 'board.revealed', subject: `round:${roundUid}` }, [reveal]);
  context.announcer.announce('contests');
}
