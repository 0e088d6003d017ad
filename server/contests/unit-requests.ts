/** "My unit is not here": what people wrote, until staff say which unit it is; then the entry and what was played follow. */
import { and, asc, count, desc, eq, inArray, isNull, min } from 'drizzle-orm';
import { type Following, followingStatements } from '../attempts/asked-unit.ts';
import type { Context } from '../context.ts';
import type { Entry } from '../contracts/entering.ts';
import { foldedName } from '../fairness/name-rules.ts';
import { withAudit } from '../platform/audit.ts';
import { compile, type Database, type Statement } from '../platform/database/door.ts';
import type { Entries, EntryRow } from './entries.ts';
import { contestSubject, type WholeContest } from './store.ts';

export interface UnitRequestsContext extends Pick<Context, 'database' | 'secrets' | 'clock' | 'announcer'> {
  readonly entries: Pick<Entries, 'changed'>;
}

/** People who wrote the same. */
export interface AskedUnit {
  /** As most wrote it, marks and case aside. */
  readonly folded: string;
  readonly text: string;
  readonly people: number;
  readonly since: number;
}

/** Who did it, and where from. */
export interface Mapping {
  readonly actor: string;
  readonly address: string;
  readonly reason: string;
}

/** People whose entries follow in one commit. */
const PIECE = 50;
const SHOWN = 200;

export function askingForUnit(
  { database }: Pick<Context, 'database'>,
  request: {
    readonly contestId: number;
    readonly personId: number;
    readonly text: string;
    readonly now: number;
  },
): Statement {
  const { unitRequests } = database.tables;
  const { contestId, personId, text, now } = request;
  const row = { contestId, personId, text, folded: foldedName(text), state: 'open', createdAt: now };
  return compile(database.query.insert(unitRequests).values(row));
}

/** What this person wrote as their unit, and what came of it. Null: nothing, or they belong elsewhere since. */
export async function askedBy(
  { database }: Pick<Context, 'database'>,
  { contestId, personId, unitId }: Pick<EntryRow, 'contestId' | 'personId' | 'unitId'>,
): Promise<Entry['unitAsked']> {
  const { unitRequests: q } = database.tables;
  const [row] = await database.query
    .select()
    .from(q)
    .where(and(eq(q.contestId, contestId), eq(q.personId, personId)));
  if (row === undefined || row.unitId !== unitId) return null;
  const { text, refusal } = row;
  if (row.state === 'mapped') return { text, state: 'mapped', reason: null };
  return row.state === 'open'
    ? { text, state: 'waiting', reason: null }
    : { text, state: 'refused', reason: refusal };
}

/** What waits, where most people wait first. */
export async function askedUnits(
  { database }: Pick<Context, 'database'>,
  contestId: number,
): Promise<readonly AskedUnit[]> {
  const { unitRequests: q } = database.tables;
  const rows = await database.query
    .select({ folded: q.folded, text: min(q.text), people: count(), since: min(q.createdAt) })
    .from(q)
    .where(and(eq(q.contestId, contestId), eq(q.state, 'open')))
    .groupBy(q.folded)
    .orderBy(desc(count()), asc(q.folded))
    .limit(SHOWN);
  return rows.map(({ folded, text, people, since }) => ({
    folded,
    text: text ?? folded,
    people: Number(people),
    since: Number(since ?? 0),
  }));
}

/** Says which unit a text means; everybody who wrote it follows, a piece at a time. How many did. */
export async function mapAskedUnit(
  context: UnitRequestsContext,
  { contest, rounds }: WholeContest,
  folded: string,
  unit: { readonly id: number; readonly uid: string } | null,
  by: Mapping,
): Promise<number> {
  const { database, announcer, clock } = context;
  const { unitRequests: q } = database.tables;
  const waiting = and(eq(q.contestId, contest.id), eq(q.state, 'open'), eq(q.folded, folded));
  let followed = 0;
  for (;;) {
    const rows = await database.query.select({ personId: q.personId }).from(q).where(waiting).limit(PIECE);
    const people = rows.map(({ personId }) => personId);
    if (people.length === 0) break;
    const mine = and(eq(q.contestId, contest.id), inArray(q.personId, people));
    const state = unit === null ? 'dismissed' : 'mapped';
    const decided = database.query
      .update(q)
      .set({
        state,
        unitId: unit?.id ?? null,
        decidedAt: clock.now(),
        refusal: unit === null ? by.reason : null,
      })
      .where(and(mine, eq(q.state, 'open')));
    const roundIds = rounds.map(({ id }) => id);
    const follow =
      unit === null ? [] : followStatements(database, contest.id, { roundIds, people, unitId: unit.id });
    const { reason, ...who } = by;
    const action = unit === null ? 'entry.unitDismissed' : 'entry.unitMapped';
    const details = { text: folded, unit: unit?.uid ?? null, people: people.length };
    const entry = { ...who, action, subject: contestSubject(contest), reason, details };
    await withAudit(context, entry, [compile(decided), ...follow]);
    for (const person of people) context.entries.changed(contest.id, person);
    followed += people.length;
  }
  for (const { id } of rounds) announcer.announce(`results:${id}`);
  return followed;
}

/** Entries without a unit get it, and so does what was played without one. */
function followStatements(database: Database, contestId: number, following: Following): readonly Statement[] {
  const { entries: e } = database.tables;
  const { people, unitId } = following;
  const who = and(eq(e.contestId, contestId), inArray(e.personId, [...people]), isNull(e.unitId));
  const entries = database.query.update(e).set({ unitId }).where(who);
  return [compile(entries), ...followingStatements(database, following)];
}
