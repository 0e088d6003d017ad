/** Rows of people and of what they sign in with. Statements are handed to `atomic` by whoever decides. */
import { and, eq, inArray } from 'drizzle-orm';
import { fold, personSortKey } from '../../questions/vietnamese.ts';
import type { Context } from '../context.ts';
import type { Role } from '../platform/access.ts';
import { compile, type Statement } from '../platform/database/door.ts';
import type { ReadDetails } from './details-rules.ts';
import { type LoginKind, loginHash } from './login-names.ts';
import { readRole } from './session-rules.ts';

type Store = Pick<Context, 'database' | 'secrets'>;

const LOGIN_KINDS: readonly LoginKind[] = ['phone', 'email', 'userName'];
const CITIZEN_DIGITS_KEPT = 4;

/** Columns that follow from `details`; what was not said is left out. */
export function personColumns({ secrets }: Pick<Context, 'secrets'>, details: ReadDetails) {
  const { name, birthDate, phone, email, citizenId, title, address } = details;
  const hash = (use: string, value: string | null): string | null =>
    value === null ? null : secrets.hash(use, value);
  const encrypt = (use: string, value: string | null): string | null =>
    value === null ? null : secrets.encrypt(use, value);
  return {
    ...(name !== undefined && { name, folded: fold(name), sortKey: personSortKey(name) }),
    ...(birthDate !== undefined && { birthDate }),
    ...(title !== undefined && { title }),
    ...(address !== undefined && { address }),
    ...(phone !== undefined && { phoneCipher: encrypt('phone', phone), phoneHash: hash('phone', phone) }),
    ...(email !== undefined && { emailCipher: encrypt('email', email), emailHash: hash('email', email) }),
    ...(citizenId !== undefined && {
      citizenHash: hash('citizenId', citizenId),
      citizenLast: citizenId?.slice(-CITIZEN_DIGITS_KEPT) ?? null,
    }),
  };
}

export interface NewPerson {
  readonly id: number;
  readonly uid: string;
  readonly details: ReadDetails;
  readonly unitId: number | null;
  readonly group: string | null;
  readonly guest: boolean;
  readonly now: number;
  readonly consents: Record<string, { readonly at: number; readonly version: number }> | null;
}

export function insertPerson(store: Store, person: NewPerson): Statement {
  const { people } = store.database.tables;
  const { id, uid, details, unitId, group, guest, now, consents } = person;
  const named = { name: '', folded: '', sortKey: '', ...personColumns(store, details) };
  return compile(
    store.database.query
      .insert(people)
      .values({ id, uid, ...named, unitId, group, guest, consents, createdAt: now }),
  );
}

/** A row for each of phone, e-mail and user name that is given; a key that exists is `taken`. */
export function insertLoginNames(store: Store, personId: number, details: ReadDetails): Statement[] {
  const { loginNames } = store.database.tables;
  return LOGIN_KINDS.flatMap((kind) => {
    const normal = details[kind];
    if (typeof normal !== 'string') return [];
    const nameHash = loginHash(store.secrets, { kind, normal });
    return [compile(store.database.query.insert(loginNames).values({ nameHash, personId, kind }))];
  });
}

/** Takes away the names of those kinds that `details` says anything about. */
export function deleteLoginNames(store: Store, personId: number, details: ReadDetails): Statement[] {
  const { loginNames } = store.database.tables;
  const kinds = LOGIN_KINDS.filter((kind) => details[kind] !== undefined);
  if (kinds.length === 0) return [];
  return [
    compile(
      store.database.query
        .delete(loginNames)
        .where(and(eq(loginNames.personId, personId), inArray(loginNames.kind, kinds))),
    ),
  ];
}

/** Which of the names belong to somebody other than `personId`. */
export async function takenNames(
  store: Store,
  details: ReadDetails,
  personId: number | null,
): Promise<LoginKind[]> {
  const { loginNames } = store.database.tables;
  const found = await Promise.all(
    LOGIN_KINDS.map(async (kind) => {
      const normal = details[kind];
      if (typeof normal !== 'string') return [];
      const owners = await store.database.query
        .select({ personId: loginNames.personId })
        .from(loginNames)
        .where(eq(loginNames.nameHash, loginHash(store.secrets, { kind, normal })));
      return owners.some((owner) => owner.personId !== personId) ? [kind] : [];
    }),
  );
  return found.flat();
}

/** What stands behind a login name. */
export interface LoginRow {
  readonly personId: number;
  readonly uid: string;
  readonly name: string;
  readonly passwordHash: string;
  readonly recoveryHash: string | null;
  readonly totpCipher: string | null;
  readonly totpConfirmedAt: number | null;
}

function selectLogin({ database }: Store) {
  const { logins, people } = database.tables;
  return database.query
    .select({
      personId: logins.personId,
      uid: people.uid,
      name: people.name,
      passwordHash: logins.passwordHash,
      recoveryHash: logins.recoveryHash,
      totpCipher: logins.totpCipher,
      totpConfirmedAt: logins.totpConfirmedAt,
    })
    .from(logins)
    .innerJoin(people, eq(people.id, logins.personId))
    .$dynamic();
}

export async function loginByName(store: Store, nameHash: string): Promise<LoginRow | null> {
  const { loginNames, logins } = store.database.tables;
  const [row] = await selectLogin(store)
    .innerJoin(loginNames, eq(loginNames.personId, logins.personId))
    .where(eq(loginNames.nameHash, nameHash));
  return row ?? null;
}

export async function loginOf(store: Store, personId: number): Promise<LoginRow | null> {
  const [row] = await selectLogin(store).where(eq(store.database.tables.logins.personId, personId));
  return row ?? null;
}

export async function rolesOf({ database }: Pick<Context, 'database'>, personId: number): Promise<Role[]> {
  const { roles } = database.tables;
  const rows = await database.query
    .select({ role: roles.role })
    .from(roles)
    .where(eq(roles.personId, personId));
  return rows.map(({ role }) => readRole(role)).filter((role) => role !== null);
}

export type PersonRow = Context['database']['tables']['people']['$inferSelect'];

/** Null also when the person was erased. */
export async function personByUid(
  { database }: Pick<Context, 'database'>,
  uid: string,
): Promise<PersonRow | null> {
  const { people } = database.tables;
  const [row] = await database.query.select().from(people).where(eq(people.uid, uid));
  return row === undefined || row.erasedAt !== null ? null : row;
}

export async function personById(
  { database }: Pick<Context, 'database'>,
  id: number,
): Promise<PersonRow | null> {
  const { people } = database.tables;
  const [row] = await database.query.select().from(people).where(eq(people.id, id));
  return row === undefined || row.erasedAt !== null ? null : row;
}
