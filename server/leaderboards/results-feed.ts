/**
 * Results as numbers, read outside the main thread: the change feed after a position, and all versions of some people.
 * On PostgreSQL a lower number may commit later, so the feed is read in the order of transactions, and only those below
 * the oldest one that is still running (`traps.md` 3 of the design).
 */
import { and, asc, desc, eq, gt, inArray, type SQL, sql } from 'drizzle-orm';
import type { Database } from '../platform/database/door.ts';
import { comparePositions, type FeedPosition } from './counting.ts';
import { WIDTH } from './result-row.ts';

export const START: FeedPosition = { transaction: 0, number: 0 };

/** What a board reads of a result; `result-row.ts` knows the order. */
export function columnsOf({ results: r }: Database['tables']) {
  return {
    seq: r.seq,
    xid: r.xid,
    attemptId: r.attemptId,
    roundId: r.roundId,
    personId: r.personId,
    unitId: r.unitId,
    version: r.version,
    counts: r.counts,
    marks: r.marks,
    elapsedMs: r.elapsedMs,
    submittedAt: r.submittedAt,
    prediction: r.prediction,
  };
}

/** A row that somebody changed something for. */
export interface Touched {
  readonly position: FeedPosition;
  readonly roundId: number;
  readonly personId: number;
}

/** Rows after `position`, in the feed's order, at most `limit`. */
export async function readFeed(
  database: Database,
  position: FeedPosition,
  limit: number,
): Promise<readonly Touched[]> {
  const { results: r } = database.tables;
  const rows = await database.query
    .select({ seq: r.seq, xid: r.xid, roundId: r.roundId, personId: r.personId })
    .from(r)
    .where(afterPosition(database, position))
    .orderBy(...(database.dialect === 'sqlite' ? [asc(r.seq)] : [asc(r.xid), asc(r.seq)]))
    .limit(limit);
  return rows.map(({ seq, xid, roundId, personId }) => ({
    position: { transaction: xid, number: seq },
    roundId,
    personId,
  }));
}

/** What the feed holds after a position, as far as nobody can still write before it. */
export function afterPosition(database: Database, position: FeedPosition): SQL | undefined {
  const { results: r } = database.tables;
  if (database.dialect === 'sqlite') return gt(r.seq, position.number);
  return and(
    sql`(${r.xid}, ${r.seq}) > (${position.transaction}, ${position.number})`,
    sql`${r.xid} < pg_snapshot_xmin(pg_current_snapshot())::text::bigint`,
  );
}

/** How far the feed has come; following from here misses nothing. */
export function newestPosition(database: Database): Promise<FeedPosition> {
  return lastPosition(database, afterPosition(database, START));
}

/** The last result that is committed; on PostgreSQL the feed comes to it when every transaction before it has ended. */
export function lastCommitted(database: Database): Promise<FeedPosition> {
  return lastPosition(database, undefined);
}

async function lastPosition(database: Database, where: SQL | undefined): Promise<FeedPosition> {
  const { results: r } = database.tables;
  const [row] = await database.query
    .select({ seq: r.seq, xid: r.xid })
    .from(r)
    .where(where)
    .orderBy(...(database.dialect === 'sqlite' ? [desc(r.seq)] : [desc(r.xid), desc(r.seq)]))
    .limit(1);
  return row === undefined ? START : { transaction: row.xid, number: row.seq };
}

/** All versions of these people's results in these rounds. */
export async function readVersions(
  database: Database,
  rounds: readonly number[],
  people: readonly number[],
): Promise<readonly (readonly number[])[]> {
  const { attempts, results } = database.tables;
  const query = database.query
    .select(columnsOf(database.tables))
    .from(attempts)
    .innerJoin(results, eq(results.attemptId, attempts.id))
    .where(and(inArray(attempts.roundId, [...rounds]), inArray(attempts.personId, [...people])));
  const rows: number[][] = [];
  for await (const numbers of database.scanNumbers(query)) {
    for (let at = 0; at < numbers.length; at += WIDTH) rows.push([...numbers.subarray(at, at + WIDTH)]);
  }
  return rows;
}

export function earlier(a: FeedPosition, b: FeedPosition): FeedPosition {
  return comparePositions(a, b) <= 0 ? a : b;
}
