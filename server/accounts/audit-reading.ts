/** The audit log as admins read it: the newest first, with the names that people have today. */
import { and, count, desc, eq, gte, inArray, lt, type SQL, sql } from 'drizzle-orm';
import type { Context } from '../context.ts';
import type { AuditActionsReply, AuditQuery, AuditReply } from '../contracts/audit.ts';
import type { Database } from '../platform/database/door.ts';

export type AuditFilter = Pick<AuditQuery, 'actor' | 'action' | 'subject' | 'from' | 'to'>;

const PAGE = 50;

/** What a filter lets through. A subject that ends with ":" stands for all of its kind. */
export function auditCondition(
  { auditLog: l }: Database['tables'],
  { actor, action, subject, from, to }: AuditFilter,
): SQL | undefined {
  return and(
    actor === undefined ? undefined : eq(l.actor, actor),
    action === undefined ? undefined : eq(l.action, action),
    subject === undefined ? undefined : isAbout(l.subject, subject),
    from === undefined ? undefined : gte(l.at, from),
    to === undefined ? undefined : lt(l.at, to),
  );
}

function isAbout(column: Database['tables']['auditLog']['subject'], subject: string): SQL {
  if (!subject.endsWith(':')) return eq(column, subject);
  return sql`substr(${column}, 1, ${subject.length}) = ${subject}`;
}

export async function readAudit(
  { database }: Pick<Context, 'database'>,
  { before, limit = PAGE, ...filter }: AuditQuery,
): Promise<AuditReply> {
  const { auditLog, people } = database.tables;
  const older = before === undefined ? undefined : lt(auditLog.seq, before);
  const rows = await database.query
    .select()
    .from(auditLog)
    .where(and(older, auditCondition(database.tables, filter)))
    .orderBy(desc(auditLog.seq))
    .limit(limit);
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
    entries: rows.map(({ seq, at, actor, action, subject, reason, details, address }) => {
      const actorName = names.get(actor) || null;
      return { seq, at, actor, actorName, action, subject, reason, details, address };
    }),
  };
}

/** A page, how many lines there are in all, and the number before which older ones stand; null: there are none. */
export async function readAuditPage(
  context: Pick<Context, 'database'>,
  filter: AuditFilter,
  { before, limit }: { readonly before: number | undefined; readonly limit: number },
): Promise<AuditReply & { readonly total: number; readonly older: number | null }> {
  const { database } = context;
  const older = before === undefined ? {} : { before };
  const [{ entries }, [counted]] = await Promise.all([
    readAudit(context, { ...filter, ...older, limit: limit + 1 }),
    database.query
      .select({ total: count() })
      .from(database.tables.auditLog)
      .where(auditCondition(database.tables, filter)),
  ]);
  const page = entries.slice(0, limit);
  return {
    entries: page,
    total: counted?.total ?? 0,
    older: entries.length > limit ? (page.at(-1)?.seq ?? null) : null,
  };
}

/** What was ever done, to choose from; read outside the main thread. */
export async function auditActions({ database }: Pick<Context, 'database'>): Promise<AuditActionsReply> {
  const { auditLog } = database.tables;
  const query = database.query
    .select({ action: auditLog.action })
    .from(auditLog)
    .groupBy(auditLog.action)
    .orderBy(auditLog.action);
  const actions: string[] = [];
  for await (const rows of database.scan(query)) for (const [action] of rows) actions.push(String(action));
  return { actions };
}
