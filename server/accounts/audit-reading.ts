/** The audit log as admins read it: the newest first, with the names that people have today. */
import { and, desc, eq, inArray, lt } from 'drizzle-orm';
import type { Context } from '../context.ts';
import type { AuditQuery, AuditReply } from '../contracts/accounts.ts';

const PAGE = 50;

export async function readAudit(
  { database }: Pick<Context, 'database'>,
  query: AuditQuery,
): Promise<AuditReply> {
  const { auditLog, people } = database.tables;
  const before = query.before === undefined ? undefined : lt(auditLog.seq, query.before);
  const about = query.subject === undefined ? undefined : eq(auditLog.subject, query.subject);
  const rows = await database.query
    .select()
    .from(auditLog)
    .where(and(before, about))
    .orderBy(desc(auditLog.seq))
    .limit(query.limit ?? PAGE);
  const actors = [...new Set(rows.map(({ actor }) => actor))];
  const named =
    actors.length === 0
      ? []
      : await database.query
          .select({ uid: people.uid, name: people.name })
          .from(people)
          .where(inArray(people.uid, actors));
  const names = new Map(named.map(({ uid, name }) => [uid, name]));
  return {
    entries: rows.map(({ seq, at, actor, action, subject, reason, details }) => {
      return { seq, at, actor, actorName: names.get(actor) || null, action, subject, reason, details };
    }),
  };
}
