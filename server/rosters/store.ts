/** Rosters and their members as rows. Long writing goes in small pieces, in the low lane. */
import { and, asc, count, eq, gt, inArray, isNotNull, isNull, notInArray, type SQL, sql } from 'drizzle-orm';
import { personSortKey } from '../../questions/vietnamese.ts';
import { foldedName } from '../fairness/name-rules.ts';
import { compile, type Database, type Statement } from '../platform/database/door.ts';
import type { Secrets } from '../platform/secrets.ts';
import { CODE_USE } from './claiming.ts';
import { codeKeyOf } from './code-rules.ts';
import type { RosterLine } from './import-rules.ts';

export type RosterRow = Database['tables']['rosters']['$inferSelect'];
export type MemberRow = Database['tables']['rosterMembers']['$inferSelect'];
export type MatchRow = Database['tables']['rosterMatches']['$inferSelect'];
export type Show = 'all' | 'doubts' | 'missing' | 'found';

interface StoreContext {
  readonly database: Database;
  readonly secrets: Secrets;
}

/** Rows a statement: each has sixteen values. */
const PIECE = 400;
const MEMBERS_A_PAGE = 50;

/** A line with its key and its code. */
export type NewMember = Omit<RosterLine, 'code'> & { readonly id: number; readonly code: string };

/** Codes that this contest's rosters have. */
export async function takenCodes(
  { database, secrets }: StoreContext,
  contestId: number,
): Promise<(code: string) => boolean> {
  const { rosterMembers: m } = database.tables;
  const hashes = new Set<string>();
  const query = database.query.select({ hash: m.codeHash }).from(m).where(eq(m.contestId, contestId));
  for await (const rows of database.scan(query)) for (const [hash] of rows) hashes.add(String(hash));
  return (code) => hashes.has(secrets.hash(CODE_USE, codeKeyOf(contestId, code)));
}

/** What an import that was cut off left behind belongs to no roster, and would keep its codes. */
export async function sweepOrphans(database: Database, contestId: number): Promise<void> {
  const { rosters: r, rosterMembers: m } = database.tables;
  const known = database.query.select({ id: r.id }).from(r).where(eq(r.contestId, contestId));
  const orphans = and(eq(m.contestId, contestId), notInArray(m.rosterId, known));
  await database.atomic([database.query.delete(m).where(orphans)], 'low');
}

/** Members first, a piece at a time: the roster's own row, written afterwards, makes them seen. */
export async function writeMembers(
  { database, secrets }: StoreContext,
  roster: { readonly id: number; readonly contestId: number },
  members: readonly NewMember[],
): Promise<void> {
  const { rosterMembers: m } = database.tables;
  for (let at = 0; at < members.length; at += PIECE) {
    const rows = members.slice(at, at + PIECE).map((line, i) => ({
      id: line.id,
      rosterId: roster.id,
      contestId: roster.contestId,
      number: at + i + 1,
      name: line.name,
      folded: foldedName(line.name),
      sortKey: personSortKey(line.name),
      birthDate: line.birthDate,
      phoneCipher: line.phone === null ? null : secrets.encrypt('phone', line.phone),
      phoneHash: line.phone === null ? null : secrets.hash('phone', line.phone),
      codeCipher: secrets.encrypt(CODE_USE, line.code),
      codeHash: secrets.hash(CODE_USE, codeKeyOf(roster.contestId, line.code)),
      unitId: line.unitId,
    }));
    await database.atomic([database.query.insert(m).values(rows)], 'low');
  }
}

export function insertRoster(database: Database, roster: RosterRow): Statement {
  return compile(database.query.insert(database.tables.rosters).values(roster));
}

export async function rosterByUid(
  database: Database,
  contestId: number,
  uid: string,
): Promise<RosterRow | null> {
  const { rosters: r } = database.tables;
  const [row] = await database.query
    .select()
    .from(r)
    .where(and(eq(r.uid, uid), eq(r.contestId, contestId)));
  return row ?? null;
}

/** The newest first, with how many members each has and how many were found. */
export async function rostersOf(database: Database, contestId: number) {
  const { rosters: r, rosterMembers: m, rosterMatches: x } = database.tables;
  const [rows, members, doubts] = await Promise.all([
    database.query.select().from(r).where(eq(r.contestId, contestId)).orderBy(asc(r.id)),
    database.query
      .select({ rosterId: m.rosterId, n: count(), found: count(m.personId) })
      .from(m)
      .where(eq(m.contestId, contestId))
      .groupBy(m.rosterId),
    database.query
      .select({ rosterId: x.rosterId, n: sql<number>`count(distinct ${x.memberId})` })
      .from(x)
      .innerJoin(r, and(eq(r.id, x.rosterId), eq(r.contestId, contestId)))
      .where(eq(x.state, 'open'))
      .groupBy(x.rosterId),
  ]);
  const membersOf = new Map(members.map((one) => [one.rosterId, one]));
  const doubtsOf = new Map(doubts.map((one) => [one.rosterId, Number(one.n)]));
  return rows.toReversed().map((roster) => ({
    roster,
    members: Number(membersOf.get(roster.id)?.n ?? 0),
    found: Number(membersOf.get(roster.id)?.found ?? 0),
    doubts: doubtsOf.get(roster.id) ?? 0,
  }));
}

function shown(database: Database, show: Show): SQL | undefined {
  const { rosterMembers: m, rosterMatches: x } = database.tables;
  if (show === 'missing') return isNull(m.personId);
  if (show === 'found') return isNotNull(m.personId);
  if (show === 'all') return undefined;
  const open = database.query.select({ id: x.memberId }).from(x).where(eq(x.state, 'open'));
  return and(isNull(m.personId), inArray(m.id, open));
}

export async function membersPage(
  database: Database,
  rosterId: number,
  show: Show,
  offset: number,
): Promise<{ readonly members: readonly MemberRow[]; readonly total: number }> {
  const { rosterMembers: m } = database.tables;
  const where = and(eq(m.rosterId, rosterId), shown(database, show));
  const [members, [counted]] = await Promise.all([
    database.query.select().from(m).where(where).orderBy(asc(m.number)).limit(MEMBERS_A_PAGE).offset(offset),
    database.query.select({ n: count() }).from(m).where(where),
  ]);
  return { members, total: Number(counted?.n ?? 0) };
}

export async function memberByNumber(
  database: Database,
  rosterId: number,
  number: number,
): Promise<MemberRow | null> {
  const { rosterMembers: m } = database.tables;
  const [row] = await database.query
    .select()
    .from(m)
    .where(and(eq(m.rosterId, rosterId), eq(m.number, number)));
  return row ?? null;
}

export async function openMatches(database: Database, memberIds: readonly number[]): Promise<MatchRow[]> {
  const { rosterMatches: x } = database.tables;
  if (memberIds.length === 0) return [];
  return database.query
    .select()
    .from(x)
    .where(and(inArray(x.memberId, [...memberIds]), eq(x.state, 'open')));
}

/** All members by number, a piece at a time, for matching and for files. */
export async function* allMembers(database: Database, rosterId: number): AsyncGenerator<MemberRow[]> {
  const { rosterMembers: m } = database.tables;
  for (let after = 0; ; ) {
    const rows = await database.query
      .select()
      .from(m)
      .where(and(eq(m.rosterId, rosterId), gt(m.number, after)))
      .orderBy(asc(m.number))
      .limit(PIECE);
    const last = rows.at(-1);
    if (last === undefined) return;
    yield rows;
    after = last.number;
  }
}

/** Everything of a roster, gone for good: who is on it may never have heard of us. */
export function droppingRoster(database: Database, rosterId: number): Statement[] {
  const { rosters: r, rosterMembers: m, rosterMatches: x } = database.tables;
  return [
    compile(database.query.delete(x).where(eq(x.rosterId, rosterId))),
    compile(database.query.delete(m).where(eq(m.rosterId, rosterId))),
    compile(database.query.delete(r).where(eq(r.id, rosterId))),
  ];
}
