/** Rows behind an officer's view: who answers for which unit, entries and rosters counted by unit, outside the main thread. */
import { and, asc, eq, inArray, isNull, or, type SQL, sql } from 'drizzle-orm';
import type { Database } from '../platform/database/door.ts';

const SCAN_LIMIT_MS = 20_000;

/** Whom an admin names sees all contests. */
export const BY_ADMIN = 0;

/** That somebody answers for a unit, and who said so. */
export interface Naming {
  readonly unitId: number;
  readonly namedBy: number;
}

/** The earliest first. */
export async function namingsOf(database: Database, personId: number): Promise<readonly Naming[]> {
  const { unitOfficers: o } = database.tables;
  return database.query
    .select({ unitId: o.unitId, namedBy: o.namedBy })
    .from(o)
    .where(eq(o.personId, personId))
    .orderBy(asc(o.addedAt), asc(o.unitId));
}

/** By contest, who organises it among `people`. */
async function contestsOf(database: Database, people: readonly number[]) {
  const { contestStaff: s } = database.tables;
  const rows =
    people.length === 0
      ? []
      : await database.query
          .select({ contestId: s.contestId, personId: s.personId })
          .from(s)
          .where(inArray(s.personId, [...people]));
  return Map.groupBy(rows, ({ contestId }) => contestId);
}

/** Units that this person sees in each contest: those for which an admin, or one who organises it today, named them. */
export async function unitsOfOfficer(
  database: Database,
  personId: number,
): Promise<(contestId: number) => readonly number[]> {
  const namings = await namingsOf(database, personId);
  const organised = await contestsOf(database, [...new Set(namings.map(({ namedBy }) => namedBy))]);
  return (contestId) => {
    const organisers = new Set(organised.get(contestId)?.map((row) => row.personId));
    const seen = namings.filter(({ namedBy }) => namedBy === BY_ADMIN || organisers.has(namedBy));
    return [...new Set(seen.map(({ unitId }) => unitId))];
  };
}

/** Who sees figures of a contest. */
export async function officersSeeing(database: Database, contestId: number): Promise<readonly number[]> {
  const { unitOfficers: o, contestStaff: s } = database.tables;
  const organisers = database.query.select({ id: s.personId }).from(s).where(eq(s.contestId, contestId));
  const rows = await database.query
    .selectDistinct({ id: o.personId })
    .from(o)
    .where(or(eq(o.namedBy, BY_ADMIN), inArray(o.namedBy, organisers)));
  return rows.map(({ id }) => id);
}

/** One row for each who named them. */
export async function officersOf(database: Database, unitId: number) {
  const { unitOfficers: o, people: p } = database.tables;
  return database.query
    .select({ person: p, namedBy: o.namedBy, addedAt: o.addedAt })
    .from(o)
    .innerJoin(p, eq(p.id, o.personId))
    .where(and(eq(o.unitId, unitId), isNull(p.erasedAt)))
    .orderBy(asc(p.sortKey), asc(o.addedAt));
}

/** Members of a contest's rosters in one unit. */
export interface RosterCount {
  readonly members: number;
  readonly registered: number;
  readonly played: number;
}

export interface CountedByUnit {
  readonly entered: ReadonlyMap<number, number>;
  readonly rosters: ReadonlyMap<number, RosterCount>;
}

/** Whether a member's person has an attempt in one of the rounds; a look into an index for each. */
function hasPlayed({ tables }: Database, roundIds: readonly number[]): SQL<number> {
  const { rosterMembers: m, attempts: a } = tables;
  if (roundIds.length === 0) return sql<number>`0`;
  const rounds = sql.join(
    roundIds.map((id) => sql`${id}`),
    sql`, `,
  );
  return sql<number>`case when ${m.personId} is not null and exists (select 1 from ${a} where ${a.roundId} in (${rounds}) and ${a.personId} = ${m.personId}) then 1 else 0 end`;
}

export async function countByUnit(
  database: Database,
  contestId: number,
  roundIds: readonly number[],
): Promise<CountedByUnit> {
  const { entries: e, rosterMembers: m } = database.tables;
  const entries = database.query
    .select({ unitId: e.unitId, n: sql<number>`count(*)` })
    .from(e)
    .where(and(eq(e.contestId, contestId), isNull(e.mergedInto)))
    .groupBy(e.unitId);
  const members = database.query
    .select({
      unitId: m.unitId,
      n: sql<number>`count(*)`,
      registered: sql<number>`count(${m.personId})`,
      played: sql<number>`sum(${hasPlayed(database, roundIds)})`,
    })
    .from(m)
    .where(eq(m.contestId, contestId))
    .groupBy(m.unitId);
  const entered = new Map<number, number>();
  const rosters = new Map<number, RosterCount>();
  for await (const rows of database.scan(entries, { timeLimitMs: SCAN_LIMIT_MS }))
    for (const [unitId, n] of rows) if (unitId !== null) entered.set(Number(unitId), Number(n));
  for await (const rows of database.scan(members, { timeLimitMs: SCAN_LIMIT_MS }))
    for (const [unitId, n, registered, played] of rows)
      if (unitId !== null)
        rosters.set(Number(unitId), {
          members: Number(n),
          registered: Number(registered),
          played: Number(played),
        });
  return { entered, rosters };
}

/** A member of a roster who has not played. */
export interface MissingMember {
  readonly name: string;
  readonly birthDate: string | null;
  readonly unitId: number;
  readonly registered: boolean;
}

/** By given name, a chunk at a time, of the units that are asked for. */
export async function* missingMembers(
  database: Database,
  contestId: number,
  roundIds: readonly number[],
  units: ReadonlySet<number>,
): AsyncGenerator<MissingMember[]> {
  const { rosterMembers: m } = database.tables;
  const query = database.query
    .select({ name: m.name, birthDate: m.birthDate, unitId: m.unitId, personId: m.personId })
    .from(m)
    .where(and(eq(m.contestId, contestId), sql`${hasPlayed(database, roundIds)} = 0`))
    .orderBy(asc(m.sortKey), asc(m.id));
  for await (const rows of database.scan(query, { chunk: 2000, timeLimitMs: SCAN_LIMIT_MS }))
    yield rows.flatMap(([name, birthDate, unitId, personId]) =>
      units.has(Number(unitId))
        ? [
            {
              name: String(name),
              birthDate: birthDate === null ? null : String(birthDate),
              unitId: Number(unitId),
              registered: personId !== null,
            },
          ]
        : [],
    );
}
