/**
 * What is read for an export, a page at a time after the last key: no reading lasts while somebody's download is slow. The order
 * of the columns is what `records.ts` takes.
 */
import { and, asc, eq, gt, inArray, isNotNull, type SQL, sql } from 'drizzle-orm';
import { type AuditFilter, auditCondition } from '../../accounts/audit-reading.ts';
import { type Database, type Parameter, prepare, type Statement } from '../../platform/database/door.ts';

export type PageStatement = (values: { readonly after: number; readonly limit: number }) => Statement;

export interface RowsOfContest {
  readonly contestId: number;
  readonly rounds: readonly number[];
  readonly personal: boolean;
}

/** A statement of a query that has the places `after` and `limit`. */
function pages(query: { toSQL(): { readonly sql: string; readonly params: unknown[] } }): PageStatement {
  const filled = prepare(query as unknown as Parameters<typeof prepare>[0]);
  return (values: Readonly<Record<string, Parameter>>) => filled(values);
}

const after = sql.placeholder('after');
const limit = sql.placeholder('limit');

/** Six columns behind the others, where they are asked for. */
function personFields({ people: p }: Database['tables'], personal: boolean) {
  if (!personal) return {};
  return {
    name: p.name,
    birthDate: p.birthDate,
    phoneCipher: p.phoneCipher,
    emailCipher: p.emailCipher,
    title: p.title,
    address: p.address,
  };
}

/** The sign keeps SQLite from reading by round and sorting all of it for each page: rows come by their key as it is. */
function inRounds({ roundId }: Database['tables']['attempts'], rounds: readonly number[]): SQL {
  return inArray(sql`+${roundId}`, [...rounds]);
}

/** All versions of results: the last row of an attempt is the one in force. */
export function attemptPages(
  database: Database,
  { contestId, rounds, personal }: RowsOfContest,
): PageStatement {
  const { attempts: a, entries: e, results: r, people: p } = database.tables;
  const query = database.query
    .select({
      id: a.id,
      roundId: a.roundId,
      entry: e.number,
      group: e.group,
      unitId: a.unitId,
      number: a.number,
      state: a.state,
      startedAt: a.startedAt,
      closedAt: a.closedAt,
      version: r.version,
      counts: r.counts,
      marks: r.marks,
      rightCount: r.rightCount,
      elapsedMs: r.elapsedMs,
      prediction: r.prediction,
      ...personFields(database.tables, personal),
    })
    .from(a)
    .leftJoin(r, eq(r.attemptId, a.id))
    .leftJoin(e, and(eq(e.contestId, contestId), eq(e.personId, a.personId)));
  const joined = personal ? query.leftJoin(p, eq(p.id, a.personId)) : query;
  return pages(
    joined
      .where(and(gt(a.id, after), inRounds(a, rounds)))
      .orderBy(asc(a.id), asc(r.version))
      .limit(limit),
  );
}

export function answerPages(
  database: Database,
  { contestId, rounds, personal }: RowsOfContest,
): PageStatement {
  const { attempts: a, entries: e, people: p } = database.tables;
  const query = database.query
    .select({
      id: a.id,
      roundId: a.roundId,
      entry: e.number,
      number: a.number,
      startedAt: a.startedAt,
      paper: a.paper,
      sheet: a.sheet,
      ...personFields(database.tables, personal),
    })
    .from(a)
    .leftJoin(e, and(eq(e.contestId, contestId), eq(e.personId, a.personId)));
  const joined = personal ? query.leftJoin(p, eq(p.id, a.personId)) : query;
  return pages(
    joined
      .where(and(gt(a.id, after), inRounds(a, rounds), isNotNull(a.sheet)))
      .orderBy(asc(a.id))
      .limit(limit),
  );
}

export function peoplePages(
  database: Database,
  { contestId, rounds, personal }: RowsOfContest,
): PageStatement {
  const { attempts: a, entries: e, people: p } = database.tables;
  const attempts = sql<number>`(select count(*) from ${a} where ${and(inArray(a.roundId, [...rounds]), eq(a.personId, e.personId))})`;
  return pages(
    database.query
      .select({
        entry: e.number,
        unitId: e.unitId,
        group: e.group,
        guest: p.guest,
        createdAt: e.createdAt,
        attempts,
        ...personFields(database.tables, personal),
      })
      .from(e)
      .leftJoin(p, eq(p.id, e.personId))
      .where(and(eq(e.contestId, contestId), gt(e.number, after)))
      .orderBy(asc(e.number))
      .limit(limit),
  );
}

export function auditPages(database: Database, filter: AuditFilter): PageStatement {
  const { auditLog: l, people: p } = database.tables;
  return pages(
    database.query
      .select({
        seq: l.seq,
        at: l.at,
        actor: l.actor,
        actorName: p.name,
        action: l.action,
        subject: l.subject,
        reason: l.reason,
        details: l.details,
        address: l.address,
        hash: l.hash,
      })
      .from(l)
      .leftJoin(p, eq(p.uid, l.actor))
      .where(and(gt(l.seq, after), auditCondition(database.tables, filter)))
      .orderBy(asc(l.seq))
      .limit(limit),
  );
}
