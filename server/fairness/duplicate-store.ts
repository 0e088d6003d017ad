/** Looking for people who may be one, and the queue that they stand in until somebody decides. */
import { and, asc, count, desc, eq, isNull, or, type SQL, sql } from 'drizzle-orm';
import { Breath } from '../platform/breath.ts';
import type { Database, RawRow } from '../platform/database/door.ts';
import { compile, type Statement } from '../platform/database/door.ts';
import type { Tell } from '../platform/underway.ts';
import { type Entrant, findingPairs, lookedAt, MOST_SHARING, type Pair } from './duplicate-rules.ts';

const ROWS = 100;
const SCAN_LIMIT_MS = 60_000;
/** Shares of the work; the rest is writing. */
const READING = 0.7;
const COMPARING = 0.2;

export type DuplicateRow = Database['tables']['duplicates']['$inferSelect'];

/** Entrants who share something with somebody, read outside the main thread: only those who share leave the database. */
async function sharingEntrants(
  database: Database,
  contestId: number,
  tell: Tell,
): Promise<readonly Entrant[]> {
  const { people: p, entries: e } = database.tables;
  const found = new Map<number, Entrant>();
  const { person, device } = MOST_SHARING;
  const keys: readonly (readonly [SQL, SQL, number])[] = [
    [sql`${p.citizenHash}`, sql`${p.citizenHash} is not null`, person],
    [sql`${p.phoneHash}`, sql`${p.phoneHash} is not null`, person],
    [sql`${e.device}`, sql`${e.device} is not null`, device],
    [sql`${p.birthDate} || '/' || ${p.folded}`, sql`${p.birthDate} is not null`, person],
  ];
  for (const [step, [key, isThere, most]] of keys.entries()) {
    const mine = and(eq(e.contestId, contestId), isNull(e.mergedInto), isNull(p.erasedAt), isThere);
    const shared = database.query
      .select({ key: sql`${key}` })
      .from(e)
      .innerJoin(p, eq(p.id, e.personId))
      .where(mine)
      .groupBy(key)
      .having(sql`count(*) between 2 and ${most}`);
    const query = database.query
      .select({
        id: p.id,
        name: p.name,
        birthDate: p.birthDate,
        phoneHash: p.phoneHash,
        citizenHash: p.citizenHash,
        address: p.address,
        device: e.device,
        network: e.network,
        householdId: p.householdId,
      })
      .from(e)
      .innerJoin(p, eq(p.id, e.personId))
      .where(and(mine, sql`${key} in (${shared})`));
    for await (const rows of database.scan(query, { chunk: 500, timeLimitMs: SCAN_LIMIT_MS }))
      for (const row of rows) found.set(Number(row[0]), entrantOf(row));
    tell((step + 1) / keys.length);
  }
  return [...found.values()];
}

const textOrNull = (value: unknown): string | null => (typeof value === 'string' ? value : null);

function entrantOf(row: RawRow): Entrant {
  const [id, name, birthDate, phoneHash, citizenHash, address, device, network, household] = row;
  return {
    id: Number(id),
    name: String(name),
    birthDate: textOrNull(birthDate),
    phoneHash: textOrNull(phoneHash),
    citizenHash: textOrNull(citizenHash),
    address: textOrNull(address),
    device: textOrNull(device),
    network: textOrNull(network),
    household: Number(household ?? id),
  };
}

async function pairsInTurns(entrants: readonly Entrant[], tell: Tell): Promise<readonly Pair[]> {
  const breath = new Breath();
  const steps = findingPairs(entrants);
  const most = lookedAt(entrants.length);
  for (let taken = 1; ; taken++) {
    const { done, value } = steps.next();
    if (done) return value;
    if (!breath.isDue) continue;
    tell(taken / most);
    await breath.take();
  }
}

/** Looks through the entrants; what is new stands in the queue, what somebody decided stays decided. */
export async function findDuplicates(
  database: Database,
  contestId: number,
  now: number,
  tell: Tell,
): Promise<{ readonly found: number; readonly added: number }> {
  const entrants = await sharingEntrants(database, contestId, (share) => tell(READING * share));
  const pairs = await pairsInTurns(entrants, (share) => tell(READING + COMPARING * share));
  const before = await countOf(database, contestId, null);
  for (let at = 0; at < pairs.length; at += ROWS) {
    await database.atomic([putPairs(database, contestId, pairs.slice(at, at + ROWS), now)], 'low');
    tell(READING + COMPARING + (1 - READING - COMPARING) * ((at + ROWS) / pairs.length));
  }
  return { found: pairs.length, added: (await countOf(database, contestId, null)) - before };
}

function putPairs(database: Database, contestId: number, pairs: readonly Pair[], now: number): Statement {
  const { duplicates: d } = database.tables;
  const rows = pairs.map(({ a, b, signs, weight }) => ({
    contestId,
    personA: a,
    personB: b,
    signs: signs.join(' '),
    weight,
    state: 'open',
    foundAt: now,
  }));
  const set = { signs: sql`excluded.signs`, weight: sql`excluded.weight` };
  return compile(
    database.query
      .insert(d)
      .values(rows)
      .onConflictDoUpdate({
        target: [d.contestId, d.personA, d.personB],
        set,
        setWhere: eq(d.state, 'open'),
      }),
  );
}

/** `state` null: all of them. */
export async function countOf(database: Database, contestId: number, state: string | null): Promise<number> {
  const { duplicates: d } = database.tables;
  const [row] = await database.query
    .select({ n: count() })
    .from(d)
    .where(and(eq(d.contestId, contestId), state === null ? undefined : eq(d.state, state)));
  return Number(row?.n ?? 0);
}

export async function listDuplicates(
  database: Database,
  contestId: number,
  state: string,
  offset: number,
  limit: number,
): Promise<readonly DuplicateRow[]> {
  const { duplicates: d } = database.tables;
  return database.query
    .select()
    .from(d)
    .where(and(eq(d.contestId, contestId), eq(d.state, state)))
    .orderBy(desc(d.weight), asc(d.personA), asc(d.personB))
    .limit(limit)
    .offset(offset);
}

interface Decision {
  readonly state: 'merged' | 'allowed' | 'excluded';
  readonly by: string;
  readonly at: number;
  readonly reason: string;
}

/** Decides about an open pair; the number of rows says whether it still was. */
export function decidePair(
  database: Database,
  contestId: number,
  [a, b]: readonly [number, number],
  { state, by, at, reason }: Decision,
): Statement {
  const { duplicates: d } = database.tables;
  const pair = and(eq(d.contestId, contestId), eq(d.personA, Math.min(a, b)), eq(d.personB, Math.max(a, b)));
  const update = database.query
    .update(d)
    .set({ state, decidedBy: by, decidedAt: at, reason })
    .where(and(pair, eq(d.state, 'open')));
  return { ...compile(update), expects: 1 };
}

/** Other open pairs of somebody who was merged: there is nobody left to compare. */
export function closePairsOf(
  database: Database,
  contestId: number,
  person: number,
  decision: Decision,
): Statement {
  const { duplicates: d } = database.tables;
  const { state, by, at, reason } = decision;
  return compile(
    database.query
      .update(d)
      .set({ state, decidedBy: by, decidedAt: at, reason })
      .where(
        and(
          eq(d.contestId, contestId),
          eq(d.state, 'open'),
          or(eq(d.personA, person), eq(d.personB, person)),
        ),
      ),
  );
}
