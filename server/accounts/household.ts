/**
 * One phone, a family: people who share a phone and its password, each with answers, results and a session of their own. Whoever
 * signs in with the phone says who is taking part; the others have no login. Staff never share.
 */
import { asc, eq, inArray, or } from 'drizzle-orm';
import type { Household, HouseholdBody } from '../contracts/accounts.ts';
import type { Identity } from '../platform/access.ts';
import { compile, expecting, type Statement } from '../platform/database/door.ts';
import { AppError } from '../platform/errors.ts';
import { uidAt } from '../platform/uid.ts';
import type { Accounts, Caller } from './accounts.ts';
import { FieldErrors, readDetails } from './details-rules.ts';
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

/** Another one of the family. They get the phone as their contact, and no login. Throws `request.invalid`, `taken`. */
export async function addToHousehold(
  accounts: Accounts,
  who: Identity,
  body: HouseholdBody,
): Promise<Household> {
  const { context } = accounts;
  const now = context.clock.now();
  const members = await membersOf(accounts, who.personId);
  const [holder] = members;
  if (holder === undefined || who.roles.size > 0) throw new AppError('auth.forbidden');
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
  const id = await context.keys.next('people');
  const person = { id, uid: uidAt(now), details, unitId: null, group: null, guest: false, now };
  const consents = { account: { at: now, version: body.consentVersion } };
  const { people } = context.database.tables;
  const { phoneCipher, phoneHash } = holder;
  const shared = context.database.query
    .update(people)
    .set({ householdId: holder.id, phoneCipher, phoneHash })
    .where(eq(people.id, id));
  await context.database.atomic([insertPerson(context, { ...person, consents }), expecting(1, shared)]);
  return readHousehold(accounts, who);
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
    remember: true,
    elevated: who.elevated && member.id === who.personId,
    login: null,
  });
}

/** Sessions of those who share a phone end with its password; and who they are, to be told after the commit. */
export async function endingSharers(
  { context, sessions }: Pick<Accounts, 'context' | 'sessions'>,
  holderId: number,
): Promise<{ readonly statements: readonly Statement[]; readonly tell: () => void }> {
  const { people, sessions: s } = context.database.tables;
  const rows = await context.database.query
    .select({ id: people.id })
    .from(people)
    .where(eq(people.householdId, holderId));
  const ids = rows.map(({ id }) => id);
  if (ids.length === 0) return { statements: [], tell: () => undefined };
  return {
    statements: [compile(context.database.query.delete(s).where(inArray(s.personId, ids)))],
    tell: () => {
      for (const id of ids) sessions.tellPerson(id);
    },
  };
}
