/**
 * Who did not find their unit plays without one until staff say which it is. What was started before that, or on a node that
 * had not heard of it yet, counts for the unit all the same: rows say so, when the result is written.
 */
import { and, asc, eq, inArray, isNull, type SQL, sql } from 'drizzle-orm';
import { compile, type Database, prepare, type Statement } from '../platform/database/door.ts';
import { resultColumns } from './result-columns.ts';

/** Whose attempts follow, in which rounds, and to which unit. */
export interface Following {
  readonly roundIds: readonly number[];
  readonly people: readonly number[];
  readonly unitId: number;
}

/**
 * Attempts that were started without a unit get this one, open or not, and results that are there a version that says so. The
 * attempts are locked first: what is marked meanwhile is either there to be read, or finds the unit.
 */
export function followingStatements(
  database: Database,
  { roundIds, people, unitId }: Following,
): readonly Statement[] {
  if (roundIds.length === 0 || people.length === 0) return [];
  const { attempts: a } = database.tables;
  const theirs = and(inArray(a.roundId, [...roundIds]), inArray(a.personId, [...people])) ?? sql`false`;
  const without = database.query
    .select({ id: a.id })
    .from(a)
    .where(and(theirs, isNull(a.unitId)))
    .orderBy(asc(a.id));
  // In the order in which saves lock them.
  const locked = database.dialect === 'postgres' ? without.for('update') : without;
  const moved = database.query.update(a).set({ unitId }).where(inArray(a.id, locked));
  return [compile(moved), nextVersions(database, and(theirs, eq(a.unitId, unitId)) ?? theirs)];
}

/** Newest results without a unit, of attempts that have one: each once more, with it. */
function nextVersions({ query, tables }: Database, which: SQL): Statement {
  const { attempts: a, results: r } = tables;
  const newest = sql`${r.version} = (select max(newest.version) from results newest where newest.attempt_id = ${a.id})`;
  const rows = query
    .select({
      attemptId: r.attemptId,
      roundId: r.roundId,
      // In their order, which is that of the insert below.
      ...resultColumns(r),
      unitId: a.unitId,
      version: sql`${r.version} + 1`,
    })
    .from(a)
    .innerJoin(r, eq(r.attemptId, a.id))
    .where(and(which, isNull(r.unitId), newest));
  const { sql: text, params } = rows.toSQL();
  return {
    sql: `insert into results (attempt_id, round_id, person_id, unit_id, version, counts, marks, right_count, elapsed_ms, submitted_at, prediction) ${text}`,
    params: params as Statement['params'],
  };
}

/**
 * Statement for the commit that marks an attempt without a unit: it gets the one that staff said its person meant, where they
 * are in it still.
 */
export function prepareFollowing({ query, tables }: Database) {
  const { attempts: a, entries: e, rounds: r, unitRequests: q } = tables;
  const p = sql.placeholder;
  const asked = and(
    eq(q.contestId, e.contestId),
    eq(q.personId, e.personId),
    eq(q.unitId, e.unitId),
    eq(q.state, 'mapped'),
  );
  const said = query
    .select({ unitId: e.unitId })
    .from(e)
    .innerJoin(r, eq(r.contestId, e.contestId))
    .innerJoin(q, asked)
    .where(and(eq(r.id, p('round')), eq(e.personId, p('person'))));
  return prepare(
    query
      .update(a)
      .set({ unitId: sql`(${said})` })
      .where(and(eq(a.id, p('attempt')), isNull(a.unitId))),
  );
}
