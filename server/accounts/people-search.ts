/** People as staff look for them: by name as people type it, or exactly by what one signs in with. */
import { and, asc, eq, gte, inArray, isNull, lt, or, type SQL, sql } from 'drizzle-orm';
import { fold } from '../../questions/vietnamese.ts';
import type { PeopleQuery } from '../contracts/people.ts';
import type { Role } from '../platform/access.ts';
import type { Accounts } from './accounts.ts';
import { readCitizenId } from './identity-rules.ts';
import { loginHash, readLogin } from './login-names.ts';
import type { PersonRow } from './people-store.ts';

const PAGE = 20;
/** Those who have one role; more than any installation has. */
const MOST_STAFF = 1000;
/** A search through a million names in the reader's thread. */
const SCAN_LIMIT_MS = 3000;
/** After every text that begins with what stands before it. */
const AFTER = '\u{10ffff}';

/** Exact ones first, then those whose name begins so, then those with a word that begins so. */
export async function findPeople(
  accounts: Accounts,
  { q, role, limit = PAGE }: PeopleQuery,
): Promise<PersonRow[]> {
  const typed = q?.trim() ?? '';
  if (role !== undefined) return staffWith(accounts, role, typed, limit);
  if (typed === '') return [];
  const found = new Map<number, PersonRow>();
  const add = (rows: readonly PersonRow[]): void => {
    for (const row of rows) if (found.size < limit) found.set(row.id, row);
  };
  const { people } = accounts.context.database.tables;
  const query = fold(typed);
  add(await select(accounts, await exactly(accounts, typed), people.sortKey, limit));
  add(await select(accounts, eq(people.folded, query), people.sortKey, limit));
  if (found.size < limit) {
    const begins = and(gte(people.folded, query), lt(people.folded, query + AFTER));
    // In the order of the index: half of the people have the same family name.
    add(await select(accounts, begins, people.folded, limit));
  }
  if (found.size < limit) add(await withWord(accounts, query, limit));
  return [...found.values()];
}

async function staffWith(
  { context }: Accounts,
  role: Role,
  typed: string,
  limit: number,
): Promise<PersonRow[]> {
  const { people, roles } = context.database.tables;
  const rows = await context.database.query
    .select({ person: people })
    .from(roles)
    .innerJoin(people, eq(people.id, roles.personId))
    .where(eq(roles.role, role))
    .orderBy(asc(people.sortKey), asc(people.id))
    .limit(MOST_STAFF);
  const word = ` ${fold(typed)}`;
  const fitting = rows.filter(({ person }) => typed === '' || ` ${person.folded}`.includes(word));
  return fitting.slice(0, limit).map(({ person }) => person);
}

/** By uid, login or citizen id. */
async function exactly({ context }: Accounts, typed: string): Promise<SQL | undefined> {
  const { database, secrets } = context;
  const { people, loginNames } = database.tables;
  const ways: (SQL | undefined)[] = [eq(people.uid, typed)];
  const login = readLogin(typed);
  if (login !== null) {
    const owners = await database.query
      .select({ id: loginNames.personId })
      .from(loginNames)
      .where(eq(loginNames.nameHash, loginHash(secrets, login)));
    for (const { id } of owners) ways.push(eq(people.id, id));
    if (login.kind === 'phone') ways.push(eq(people.phoneHash, secrets.hash('phone', login.normal)));
  }
  const citizen = readCitizenId(typed, null);
  if (citizen.ok) ways.push(eq(people.citizenHash, secrets.hash('citizenId', citizen.value.digits)));
  return or(...ways);
}

type People = Accounts['context']['database']['tables']['people'];

async function select(
  { context }: Accounts,
  where: SQL | undefined,
  order: People['sortKey'] | People['folded'],
  limit: number,
): Promise<PersonRow[]> {
  const { people } = context.database.tables;
  return context.database.query
    .select()
    .from(people)
    .where(and(where, isNull(people.erasedAt)))
    .orderBy(asc(order), asc(people.id))
    .limit(limit);
}

/** As one looks for a given name: people with a word that begins so; those whose last word it is come first. */
async function withWord({ context }: Accounts, query: string, limit: number): Promise<PersonRow[]> {
  const { database } = context;
  const { people } = database.tables;
  const escaped = query.replace(/[\\%_]/g, '\\$&');
  const contains = sql`${people.folded} like ${`% ${escaped}%`} escape '\\'`;
  const endsSo = sql`case when ${people.folded} like ${`% ${escaped}`} escape '\\' then 0 else 1 end`;
  const scan = database.query
    .select({ id: people.id })
    .from(people)
    .where(and(contains, isNull(people.erasedAt)))
    .orderBy(endsSo, asc(people.sortKey))
    .limit(limit);
  const ids: number[] = [];
  for await (const rows of database.scan(scan, { timeLimitMs: SCAN_LIMIT_MS }))
    ids.push(...rows.map(([id]) => Number(id)));
  if (ids.length === 0) return [];
  const rows = await database.query.select().from(people).where(inArray(people.id, ids));
  return rows.sort((a, b) => ids.indexOf(a.id) - ids.indexOf(b.id));
}
