/**
 * One phone, a family: people who share a phone and its password, each with answers, results and a session of their own. Whoever
 * signs in with the phone says who is taking part; the others have no login. Staff never share.
 */
import { and, asc, count, eq, isNull, or, sql } from 'drizzle-orm';
import type { Household, HouseholdBody } from '../contracts/accounts.ts';
import type { Identity } from '../platform/access.ts';
import {
  ConflictError,
  compile,
  type Database,
  expecting,
  type Statement,
  type Writable,
} from '../platform/database/door.ts';
import { AppError } from '../platform/errors.ts';
import { uidAt } from '../platform/uid.ts';
import type { Accounts, Caller } from './accounts.ts';
import { FieldErrors, type ReadDetails, readDetails } from './details-rules.ts';
import { open, type SignedIn } from './opening.ts';
import { insertPerson, type PersonRow, personById, rolesOf } from './people-store.ts';

/** More share no phone. */
const MOST = 10;

/** Everybody who shares the phone of this person, whose phone it is first. */
async function membersOf({ context }: Accounts, personId: number): Promise<readonly PersonRow[]> {
  const me = await personById(context, personId);
  if (me === null) throw new AppError('auth.required');
  const holder = me.householdId ?? me.id;
  const { people } = context.database.tables;
  const rows = await context.database.query
    .select()
    .from(people)
    .where(or(eq(people.id, holder), eq(people.householdId, holder)))
    .orderBy(asc(people.id));
  return rows
    .filter(({ erasedAt }) => erasedAt === null)
    .sort((a, b) => Number(b.id === holder) - Number(a.id === holder));
}

export async function readHousehold(accounts: Accounts, who: Identity): Promise<Household> {
  const members = await membersOf(accounts, who.personId);
  return {
    people: members.map(({ id, uid, name, birthDate, householdId }) => ({
      uid,
      name,
      birthYear: birthDate === null ? null : Number(birthDate.slice(0, 4)),
      me: id === who.personId,
      holder: householdId === null,
    })),
    most: MOST,
  };
}

/** Another one of the family. They get the phone as their contact, and no login. Throws `request.invalid`, `taken`, `conflict`. */
export async function addToHousehold(
  accounts: Accounts,
  who: Identity,
  body: HouseholdBody,
): Promise<Household> {
  try {
    await addOne(accounts, who, body);
  } catch (error) {
    if (!(error instanceof ConflictError)) throw error;
    // Somebody was added meanwhile: what is wrong now is told as it always is.
    await addOne(accounts, who, body);
  }
  return readHousehold(accounts, who);
}

async function addOne(accounts: Accounts, who: Identity, body: HouseholdBody): Promise<void> {
  const { context } = accounts;
  const now = context.clock.now();
  const members = await membersOf(accounts, who.personId);
  const [holder] = members;
  if (holder === undefined || who.roles.size > 0) throw new AppError('auth.forbidden');
  const details = readMember(body, members, now);
  const id = await context.keys.next('people');
  const person = { id, uid: uidAt(now), details, unitId: null, group: null, guest: false, now };
  const consents = { account: { at: now, version: body.consentVersion } };
  const { database } = context;
  const { people } = database.tables;
  // Of two who add at once, the second waits here and then sees whom the first has added.
  const alone = and(eq(people.id, holder.id), isNull(people.householdId));
  const inLine = database.query.update(people).set({ householdId: null }).where(alone);
  await database.atomic([
    expecting(1, inLine),
    insertPerson(context, { ...person, consents }),
    expecting(1, sharing(database, id, holder, members.length)),
  ]);
}

/** Throws `request.invalid`. */
function readMember(body: HouseholdBody, members: readonly PersonRow[], now: number): ReadDetails {
  const errors = new FieldErrors();
  const details = readDetails(body, now, errors);
  if (members.length >= MOST)
    errors.add(
      'name',
      `Một số điện thoại dùng chung cho nhiều nhất ${MOST} người.`,
      `At most ${MOST} share a phone.`,
    );
  const twin = members.find(
    ({ name, birthDate }) => name === details.name && birthDate === (details.birthDate ?? null),
  );
  if (twin !== undefined)
    errors.add('name', 'Người này đã có trong danh sách.', 'This person is on the list already.');
  errors.demandNone();
  return details;
}

/** Puts a new person into the family, which must have as many as it had when it was read. */
function sharing(
  { query, tables: { people } }: Database,
  id: number,
  { id: holder, phoneCipher, phoneHash }: PersonRow,
  members: number,
): Writable {
  const family = query
    .select({ count: count() })
    .from(people)
    .where(and(or(eq(people.id, holder), eq(people.householdId, holder)), isNull(people.erasedAt)));
  return query
    .update(people)
    .set({ householdId: holder, phoneCipher, phoneHash })
    .where(and(eq(people.id, id), sql`(${family}) = ${members}`));
}

/** Now somebody else of the family: a session of their own, and the one before ends. Throws `notFound`, `auth.forbidden`. */
export async function switchTo(
  accounts: Accounts,
  who: Identity,
  uid: string,
  caller: Caller,
): Promise<SignedIn> {
  const member = (await membersOf(accounts, who.personId)).find((one) => one.uid === uid);
  if (member === undefined) throw new AppError('notFound');
  const roles = await rolesOf(accounts.context, member.id);
  // Who has duties signs in with the password, and the second factor.
  if (roles.length > 0 && member.id !== who.personId) throw new AppError('auth.forbidden');
  return open(accounts, caller, {
    personId: member.id,
    uid: member.uid,
    name: member.name,
    roles,
    guest: false,
    // Whoever said that others use this computer said it of the whole family.
    remember: !(await accounts.sessions.isOnSharedComputer(who)),
    elevated: who.elevated && member.id === who.personId,
    login: null,
  });
}

/** Sessions to end, and what to tell after the commit. */
interface Ending {
  readonly statements: readonly Statement[];
  readonly tell: () => void;
}

/** Sessions of those who share a phone end with its password; and who they are, to be told after the commit. */
export async function endingSharers(
  { context, sessions }: Pick<Accounts, 'context' | 'sessions'>,
  holderId: number,
): Promise<Ending> {
  const { people } = context.database.tables;
  const rows = await context.database.query
    .select({ id: people.id })
    .from(people)
    .where(eq(people.householdId, holderId));
  return endingAll(
    sessions,
    rows.map(({ id }) => id),
  );
}

/**
 * Everybody else of the family is signed out too: with any of their sessions, whoever found the phone becomes any of them again.
 * Who has duties is left alone, as in `switchTo`: nobody becomes them, and they sign out themselves.
 */
export async function endingFamily(accounts: Accounts, { personId }: Identity): Promise<Ending> {
  const others = (await membersOf(accounts, personId)).filter(({ id }) => id !== personId);
  const roles = await Promise.all(others.map(({ id }) => rolesOf(accounts.context, id)));
  return endingAll(
    accounts.sessions,
    others.flatMap(({ id }, i) => (roles[i]?.length === 0 ? [id] : [])),
  );
}

function endingAll(sessions: Accounts['sessions'], ids: readonly number[]): Ending {
  return {
    statements: ids.flatMap((id) => sessions.ending(id, null).map(compile)),
    tell: () => {
      for (const id of ids) sessions.tellPerson(id);
    },
  };
}
