/** Finds the members of a roster among those who entered. What nobody would doubt is bound; the rest waits for staff. */
import { and, count, eq, isNull, sql } from 'drizzle-orm';
import { foldedName } from '../fairness/name-rules.ts';
import { Breath } from '../platform/breath.ts';
import { compile, type Database, type RawRow, type Statement } from '../platform/database/door.ts';
import type { Tell } from '../platform/underway.ts';
import { type Described, type Grade, matchOf, signsOf } from './match-rules.ts';
import { allMembers, type RosterRow } from './store.ts';

/** Somebody who may be a member. */
interface Suggestion {
  readonly memberId: number;
  readonly personId: number;
  readonly grade: Grade;
  readonly signs: string;
}

interface Member extends Described {
  readonly id: number;
  readonly folded: string;
}

const ORDER: Readonly<Record<Grade, number>> = { exact: 0, likely: 1, unsure: 2 };
/** Shown for one member; a name that thousands have says nothing. */
const MOST = 5;
/** Entrants compared between two breaths. */
const CHUNK = 500;
const PIECE = 50;
const SCAN_LIMIT_MS = 120_000;
/** Share of the work that comparing is; the rest is writing. */
const COMPARING = 0.85;

/** Members that nobody is bound to, by what an entrant may share with them. */
class Candidates {
  readonly #byKey = new Map<string, Member[]>();

  add(member: Member): void {
    for (const key of keysOf(member)) {
      const group = this.#byKey.get(key);
      if (group === undefined) this.#byKey.set(key, [member]);
      else group.push(member);
    }
  }

  /** Each once. */
  of(person: Described & { readonly folded: string }): Set<Member> {
    return new Set(keysOf(person).flatMap((key) => this.#byKey.get(key) ?? []));
  }
}

function keysOf({ folded, birthDate, phoneHash }: Described & { readonly folded: string }): string[] {
  const day = birthDate?.length === 10 ? [`d${birthDate}`] : [];
  return [`n${folded}`, ...day, ...(phoneHash === null ? [] : [`p${phoneHash}`])];
}

export interface Matched {
  readonly bound: number;
  readonly suggested: number;
}

export async function matchRoster(
  database: Database,
  roster: RosterRow,
  now: number,
  tell: Tell,
): Promise<Matched> {
  const candidates = new Candidates();
  const taken = new Set<number>();
  const breath = new Breath();
  for await (const rows of allMembers(database, roster.id)) {
    for (const { id, name, folded, birthDate, phoneHash, unitId, personId } of rows)
      if (personId === null) candidates.add({ id, name, folded, birthDate, phoneHash, unitId });
      else taken.add(personId);
    if (breath.isDue) await breath.take();
  }
  const found = await suggestions(database, roster, { candidates, taken }, (share) =>
    tell(COMPARING * share),
  );
  const rejected = await rejectedPairs(database, roster.id);
  const open = found.filter(({ memberId, personId }) => !rejected.has(`${memberId}/${personId}`));
  await new Breath().take();
  const bound = unambiguous(open);
  await new Breath().take();
  const isBound = new Set(bound.map(({ memberId }) => memberId));
  const rest = best(open.filter(({ memberId }) => !isBound.has(memberId)));
  await write(database, roster, { bound, rest, now }, (share) => tell(COMPARING + (1 - COMPARING) * share));
  return { bound: bound.length, suggested: rest.length };
}

async function suggestions(
  database: Database,
  roster: RosterRow,
  { candidates, taken }: { readonly candidates: Candidates; readonly taken: ReadonlySet<number> },
  tell: Tell,
): Promise<Suggestion[]> {
  const { people: p, entries: e } = database.tables;
  const entrants = await entrantCount(database, roster.contestId);
  let compared = 0;
  const query = database.query
    .select({ id: p.id, name: p.name, birthDate: p.birthDate, phoneHash: p.phoneHash, unitId: e.unitId })
    .from(e)
    .innerJoin(p, eq(p.id, e.personId))
    .where(and(eq(e.contestId, roster.contestId), isNull(e.mergedInto), isNull(p.erasedAt)));
  const breath = new Breath();
  const found: Suggestion[] = [];
  for await (const rows of database.scan(query, { chunk: CHUNK, timeLimitMs: SCAN_LIMIT_MS })) {
    for (const row of rows) {
      if (breath.isDue) await breath.take();
      if (!taken.has(Number(row[0]))) found.push(...matchesOf(row, candidates));
    }
    compared += rows.length;
    tell(compared / Math.max(1, entrants));
  }
  return found;
}

/** Counted outside the main thread. */
async function entrantCount(database: Database, contestId: number): Promise<number> {
  const { entries: e } = database.tables;
  const query = database.query.select({ n: count() }).from(e).where(eq(e.contestId, contestId));
  let entrants = 0;
  for await (const rows of database.scan(query)) for (const [n] of rows) entrants = Number(n);
  return entrants;
}

const text = (value: unknown): string | null => (typeof value === 'string' ? value : null);

/** Members that one entrant may be. */
function matchesOf([id, name, birthDate, phoneHash, unitId]: RawRow, candidates: Candidates): Suggestion[] {
  const person = {
    name: String(name),
    folded: foldedName(String(name)),
    birthDate: text(birthDate),
    phoneHash: text(phoneHash),
    unitId: unitId === null ? null : Number(unitId),
  };
  return [...candidates.of(person)].flatMap((member): Suggestion[] => {
    const match = matchOf(member, person);
    if (match === null) return [];
    return [{ memberId: member.id, personId: Number(id), grade: match.grade, signs: signsOf(match) }];
  });
}

/** Exact ones that are the only exact one of both the member and the person. */
function unambiguous(all: readonly Suggestion[]): Suggestion[] {
  const exact = all.filter(({ grade }) => grade === 'exact');
  const ofMember = Map.groupBy(exact, ({ memberId }) => memberId);
  const ofPerson = Map.groupBy(exact, ({ personId }) => personId);
  return exact.filter(
    ({ memberId, personId }) => ofMember.get(memberId)?.length === 1 && ofPerson.get(personId)?.length === 1,
  );
}

/** The surest few of each member. */
function best(all: readonly Suggestion[]): Suggestion[] {
  const groups = Map.groupBy(all, ({ memberId }) => memberId);
  return [...groups.values()].flatMap((group) =>
    group.sort((a, b) => ORDER[a.grade] - ORDER[b.grade]).slice(0, MOST),
  );
}

async function rejectedPairs(database: Database, rosterId: number): Promise<ReadonlySet<string>> {
  const { rosterMatches: x } = database.tables;
  const rows = await database.query
    .select({ memberId: x.memberId, personId: x.personId })
    .from(x)
    .where(and(eq(x.rosterId, rosterId), eq(x.state, 'rejected')));
  return new Set(rows.map(({ memberId, personId }) => `${memberId}/${personId}`));
}

/** Open ones are written anew; what somebody decided stays. */
async function write(
  database: Database,
  roster: RosterRow,
  { bound, rest, now }: { bound: readonly Suggestion[]; rest: readonly Suggestion[]; now: number },
  tell: Tell,
): Promise<void> {
  const { rosters: r, rosterMatches: x } = database.tables;
  const open = and(eq(x.rosterId, roster.id), eq(x.state, 'open'));
  await database.atomic([database.query.delete(x).where(open)], 'low');
  const all = Math.max(1, bound.length + rest.length);
  for (let at = 0; at < bound.length; at += PIECE) {
    await database.atomic(
      bound.slice(at, at + PIECE).map((one) => binding(database, one)),
      'low',
    );
    tell((at + PIECE) / all);
  }
  for (let at = 0; at < rest.length; at += PIECE) {
    const rows = rest.slice(at, at + PIECE).map((one) => ({ ...one, rosterId: roster.id, state: 'open' }));
    const set = { grade: sql`excluded.grade`, signs: sql`excluded.signs` };
    const insert = database.query.insert(x).values(rows);
    await database.atomic(
      [compile(insert.onConflictDoUpdate({ target: [x.memberId, x.personId], set }))],
      'low',
    );
    tell((bound.length + at + PIECE) / all);
  }
  await database.atomic([database.query.update(r).set({ matchedAt: now }).where(eq(r.id, roster.id))], 'low');
  tell(1);
}

/** Whoever was quicker, a code or a person of the staff, is not overruled. */
function binding(database: Database, { memberId, personId }: Suggestion): Statement {
  const { rosterMembers: m } = database.tables;
  return compile(
    database.query
      .update(m)
      .set({ personId, found: 'exact' })
      .where(and(eq(m.id, memberId), isNull(m.personId))),
  );
}
