/** What was changed in a contest, by whom and why: read from the audit log. */
import { desc, eq, inArray } from 'drizzle-orm';
import type { Context } from '../context.ts';
import type { ChangeList } from '../contracts/contest-desk.ts';
import { contestSubject } from './store.ts';

const SHOWN = 200;

/** The newest first. */
export async function changesOf(
  { database }: Pick<Context, 'database'>,
  contest: { readonly uid: string },
): Promise<ChangeList> {
  const { auditLog, people } = database.tables;
  const rows = await database.query
    .select()
    .from(auditLog)
    .where(eq(auditLog.subject, contestSubject(contest)))
    .orderBy(desc(auditLog.seq))
    .limit(SHOWN);
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
    changes: rows.map(({ at, actor, action, reason, details }) => ({
      at,
      actor: names.get(actor) ?? actor,
      action,
      reason,
      paths: textsOf(details?.paths),
      publicBanks: textsOf(details?.publicBanks),
    })),
  };
}

function textsOf(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
}
