/** Rows of units. Every change counts `units.version` up: writers name the version that they decided on, so no two can make a loop together. */
import { and, eq, sql } from 'drizzle-orm';
import { fold, viSortKey } from '../../questions/vietnamese.ts';
import { compile, type Database, expecting, type Statement } from '../platform/database/door.ts';
import { withoutLoops } from './loop-rules.ts';
import { type UnitHeadcount, type UnitPast, UnitTimes } from './time-rules.ts';
import { indexUnits, type Unit, type UnitIndex } from './unit-index.ts';

const VERSION = 'units.version';
/** Rows an insert statement: SQLite takes 32,766 parameters. */
const ROWS_A_STATEMENT = 500;

/** A unit that is to be made. */
export type NewUnit = Omit<Unit, 'sortKey'>;
/** Columns that are to be changed. */
export type UnitChange = Partial<Omit<NewUnit, 'id' | 'uid'>>;

async function readVersion(database: Database): Promise<number> {
  const { facts } = database.tables;
  const [row] = await database.query
    .select({ value: facts.value })
    .from(facts)
    .where(eq(facts.name, VERSION));
  return Number(row?.value ?? 0);
}

/** Reads all units as they are at `now`, outside the main thread. The version is read first: what changed meanwhile makes it old, never wrong. */
export async function loadUnits(database: Database, now: number): Promise<UnitIndex> {
  const version = await readVersion(database);
  const { units } = database.tables;
  const query = database.query
    .select({
      id: units.id,
      uid: units.uid,
      parentId: units.parentId,
      code: units.code,
      name: units.name,
      sortKey: units.sortKey,
      block: units.block,
      headcount: units.headcount,
      validFrom: units.validFrom,
      validUntil: units.validUntil,
      successorId: units.successorId,
    })
    .from(units);
  const all: Unit[] = [];
  for await (const rows of database.scan(query)) for (const row of rows) all.push(unitOf(row));
  const [pasts, headcounts] = await Promise.all([loadPasts(database), loadHeadcounts(database)]);
  const times = new UnitTimes(all, pasts, headcounts);
  return indexUnits(await withoutLoops(all.map((unit) => times.asOf(unit, now))), version, times);
}

async function loadPasts(database: Database): Promise<UnitPast[]> {
  const { unitPasts: p } = database.tables;
  const columns = { unitId: p.unitId, until: p.until, name: p.name, parentId: p.parentId, block: p.block };
  const pasts: UnitPast[] = [];
  for await (const rows of database.scan(database.query.select(columns).from(p)))
    for (const [unitId, until, name, parentId, block] of rows)
      pasts.push({
        unitId: Number(unitId),
        until: Number(until),
        name: String(name),
        parentId: numberOrNull(parentId),
        block: textOrNull(block),
      });
  return pasts;
}

async function loadHeadcounts(database: Database): Promise<UnitHeadcount[]> {
  const { unitHeadcounts: h } = database.tables;
  const columns = { unitId: h.unitId, fromAt: h.fromAt, headcount: h.headcount };
  const counts: UnitHeadcount[] = [];
  for await (const rows of database.scan(database.query.select(columns).from(h)))
    for (const [unitId, fromAt, headcount] of rows)
      counts.push({ unitId: Number(unitId), fromAt: Number(fromAt), headcount: numberOrNull(headcount) });
  return counts;
}

const numberOrNull = (value: unknown): number | null => (value === null ? null : Number(value));
const textOrNull = (value: unknown): string | null => (value === null ? null : String(value));

function unitOf(row: readonly unknown[]): Unit {
  const [id, uid, parentId, code, name, sortKey, block, headcount, validFrom, validUntil, successorId] = row;
  return {
    id: Number(id),
    uid: String(uid),
    parentId: numberOrNull(parentId),
    code: textOrNull(code),
    name: String(name),
    sortKey: String(sortKey),
    block: textOrNull(block),
    headcount: numberOrNull(headcount),
    validFrom: numberOrNull(validFrom),
    validUntil: numberOrNull(validUntil),
    successorId: numberOrNull(successorId),
  };
}

/** Whether nobody has changed the units since `version`, for the slow poll that heals a lost nudge. */
export async function isCurrent(database: Database, { version }: UnitIndex): Promise<boolean> {
  return (await readVersion(database)) === version;
}

/** Makes the version from `version` to the next; a ConflictError when somebody was faster. */
export function countUp(database: Database, version: number): Statement {
  const { facts } = database.tables;
  const next = { name: VERSION, value: String(version + 1) };
  if (version === 0) return expecting(1, database.query.insert(facts).values(next));
  const mine = and(eq(facts.name, VERSION), eq(facts.value, String(version)));
  return expecting(1, database.query.update(facts).set(next).where(mine));
}

export function insertUnits(database: Database, made: readonly NewUnit[], now: number): Statement[] {
  const { units } = database.tables;
  const rows = made.map((unit) => ({ ...unit, ...searchColumns(unit.name), createdAt: now }));
  const statements: Statement[] = [];
  for (let from = 0; from < rows.length; from += ROWS_A_STATEMENT) {
    statements.push(compile(database.query.insert(units).values(rows.slice(from, from + ROWS_A_STATEMENT))));
  }
  return statements;
}

export function updateUnit(database: Database, id: number, change: UnitChange): Statement {
  const { units } = database.tables;
  const named = change.name === undefined ? {} : searchColumns(change.name);
  return expecting(
    1,
    database.query
      .update(units)
      .set({ ...change, ...named })
      .where(eq(units.id, id)),
  );
}

/** Writes down how a unit was until a moment. A second change at the same moment keeps the first's: what came between lasted no time. */
export function insertPast(database: Database, past: UnitPast): Statement {
  const { unitPasts } = database.tables;
  return compile(database.query.insert(unitPasts).values(past).onConflictDoNothing());
}

/** Puts right what a unit is called, or where it stands, until a moment. */
export function updatePast(
  database: Database,
  { unitId, until }: Pick<UnitPast, 'unitId' | 'until'>,
  state: Partial<Pick<UnitPast, 'name' | 'parentId' | 'block'>>,
): Statement {
  const { unitPasts: p } = database.tables;
  const mine = and(eq(p.unitId, unitId), eq(p.until, until));
  return expecting(1, database.query.update(p).set(state).where(mine));
}

/** Members from a moment on; a second count for the same moment replaces the first. */
export function putHeadcounts(database: Database, counts: readonly UnitHeadcount[]): Statement[] {
  const { unitHeadcounts: h } = database.tables;
  const statements: Statement[] = [];
  for (let from = 0; from < counts.length; from += ROWS_A_STATEMENT) {
    const rows = counts.slice(from, from + ROWS_A_STATEMENT);
    const insert = database.query.insert(h).values(rows);
    const set = { headcount: sql`excluded.headcount` };
    statements.push(compile(insert.onConflictDoUpdate({ target: [h.unitId, h.fromAt], set })));
  }
  return statements;
}

function searchColumns(name: string): { readonly folded: string; readonly sortKey: string } {
  return { folded: fold(name), sortKey: viSortKey(name) };
}
