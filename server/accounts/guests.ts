/** People without an account: let in by one contest, who come back with a personal link or a code to type. */
import { and, eq, inArray, or } from 'drizzle-orm';
import type { GuestAccess, GuestReturnBody } from '../contracts/accounts.ts';
import { compile, type Statement } from '../platform/database/door.ts';
import { AppError } from '../platform/errors.ts';
import { uidAt } from '../platform/uid.ts';
import type { Accounts, Caller } from './accounts.ts';
import { formatCode, LINK_CHARACTERS, makeCode, readCode, TYPED_CHARACTERS } from './code-rules.ts';
import type { ReadDetails } from './details-rules.ts';
import { open, type PreparedOpening, prepareOpening, type SignedIn } from './opening.ts';
import { insertPerson } from './people-store.ts';

export interface NewGuest {
  readonly contestId: number;
  /** Normal forms, see `readDetails`. */
  readonly details: ReadDetails;
  readonly unitId: number | null;
  readonly group: string | null;
  /** False on a shared computer. */
  readonly remember: boolean;
}

/** A guest whose rows are not written yet, so that the contest writes them together with the entry. */
export interface PreparedGuest {
  readonly personId: number;
  readonly uid: string;
  /** Shown once. */
  readonly access: GuestAccess;
  /** Rows of the person, the codes and the session. */
  readonly statements: readonly (PreparedOpening['statements'][number] | Statement)[];
  /** Set-Cookie headers and who is signed in then. */
  readonly signedIn: SignedIn;
  /** To be called after the commit. */
  readonly told: () => void;
}

export async function prepareGuest(
  accounts: Accounts,
  caller: Caller,
  guest: NewGuest,
): Promise<PreparedGuest> {
  const { context } = accounts;
  const now = context.clock.now();
  const personId = await context.keys.next('people');
  const uid = uidAt(now);
  const typed = makeCode(TYPED_CHARACTERS);
  const linkToken = makeCode(LINK_CHARACTERS);
  const { details, unitId, group, contestId, remember } = guest;
  const person = insertPerson(context, {
    id: personId,
    uid,
    details,
    unitId,
    group,
    guest: true,
    now,
    consents: null,
  });
  const { codes } = context.database.tables;
  const rows = [typed, linkToken].map((code) => ({
    codeHash: guestHash(accounts, contestId, code),
    purpose: 'guest',
    personId,
    contestId,
    createdAt: now,
  }));
  const opening = {
    personId,
    uid,
    name: details.name ?? '',
    roles: [],
    guest: true,
    elevated: false,
    login: null,
  };
  const prepared = prepareOpening(accounts, caller, { ...opening, remember });
  return {
    personId,
    uid,
    access: { code: formatCode(typed), linkToken },
    statements: [person, compile(context.database.query.insert(codes).values(rows)), ...prepared.statements],
    signedIn: prepared.signedIn,
    told: prepared.told,
  };
}

function guestHash({ context }: Accounts, contestId: number, code: string): string {
  return context.secrets.hash('guest', `${contestId}:${code}`);
}

/** Opens a session of the guest whose code this is. Throws `auth.wrongCode`, `request.tooMany`. */
export async function returnGuest(
  accounts: Accounts,
  body: GuestReturnBody,
  caller: Caller,
): Promise<SignedIn> {
  const { context, limits } = accounts;
  limits.codes.take(caller.address, context.clock.now());
  const code = readCode(body.code);
  const { codes, contests, people } = context.database.tables;
  const named = await context.database.query
    .select({ id: contests.id })
    .from(contests)
    .where(or(eq(contests.uid, body.contest), eq(contests.slug, body.contest)));
  const hashes = code === null ? [] : named.map(({ id }) => guestHash(accounts, id, code));
  if (hashes.length === 0) throw new AppError('auth.wrongCode');
  const [found] = await context.database.query
    .select({ personId: people.id, uid: people.uid, name: people.name })
    .from(codes)
    .innerJoin(people, eq(people.id, codes.personId))
    .where(and(inArray(codes.codeHash, hashes), eq(codes.purpose, 'guest'), eq(people.guest, true)));
  if (found === undefined) throw new AppError('auth.wrongCode');
  return open(accounts, caller, {
    ...found,
    roles: [],
    guest: true,
    remember: body.remember ?? true,
    elevated: false,
    login: null,
  });
}
