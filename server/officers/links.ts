/** Short links of units: one for a contest and a unit, made when it is first asked for, and never changed: they are printed. */
import { and, eq } from 'drizzle-orm';
import { makeCode } from '../accounts/code-rules.ts';
import { compile, type Database } from '../platform/database/door.ts';

/** Short enough to type from a poster; a billion codes, and they are no secret. */
const CHARACTERS = 6;
const PIECE = 400;
const TRIES = 5;

/** By unit. Missing ones are made, a piece at a time in the low lane; a code that somebody has already is made anew. */
export async function linksOf(
  database: Database,
  contestId: number,
  units: readonly number[],
  now: number,
): Promise<ReadonlyMap<number, string>> {
  const { unitLinks: l } = database.tables;
  for (let tried = 0; ; tried++) {
    const known = await knownLinks(database, contestId);
    const missing = units.filter((unit) => !known.has(unit));
    if (missing.length === 0) return known;
    if (tried === TRIES) throw new Error('links could not be made');
    for (let at = 0; at < missing.length; at += PIECE) {
      const rows = missing
        .slice(at, at + PIECE)
        .map((unitId) => ({ code: makeCode(CHARACTERS), contestId, unitId, createdAt: now }));
      await database.atomic([compile(database.query.insert(l).values(rows).onConflictDoNothing())], 'low');
    }
  }
}

async function knownLinks(database: Database, contestId: number): Promise<Map<number, string>> {
  const { unitLinks: l } = database.tables;
  const query = database.query
    .select({ unitId: l.unitId, code: l.code })
    .from(l)
    .where(eq(l.contestId, contestId));
  const known = new Map<number, string>();
  for await (const rows of database.scan(query))
    for (const [unitId, code] of rows) known.set(Number(unitId), String(code));
  return known;
}

/** The link of one unit, made when there is none. */
export async function linkOf(
  database: Database,
  contestId: number,
  unitId: number,
  now: number,
): Promise<string> {
  const { unitLinks: l } = database.tables;
  for (let tried = 0; tried < TRIES; tried++) {
    const [row] = await database.query
      .select({ code: l.code })
      .from(l)
      .where(and(eq(l.contestId, contestId), eq(l.unitId, unitId)));
    if (row !== undefined) return row.code;
    const link = { code: makeCode(CHARACTERS), contestId, unitId, createdAt: now };
    await database.atomic([compile(database.query.insert(l).values(link).onConflictDoNothing())]);
  }
  throw new Error('a link could not be made');
}

/** Where a code leads; null: nowhere. Typed from paper: case does not count, O is 0, I and L are 1. */
export async function linkTarget(
  database: Database,
  typed: string,
): Promise<{ readonly contestId: number; readonly unitId: number } | null> {
  const { unitLinks: l } = database.tables;
  const code = typed.toUpperCase().replaceAll('O', '0').replace(/[IL]/g, '1');
  if (!/^[0-9A-Z]{6}$/.test(code)) return null;
  const [row] = await database.query
    .select({ contestId: l.contestId, unitId: l.unitId })
    .from(l)
    .where(eq(l.code, code));
  return row ?? null;
}
