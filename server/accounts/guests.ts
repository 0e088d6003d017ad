/** People without an account: let in by one contest, who come back with a personal link or a code to type. */
import { and, eq, inArray, or } from 'drizzle-orm';
import type { GuestAccess, GuestReturnBody } from '../contracts/accounts.ts';
import { compile, type Statement } from '../platform/database/door.ts';
import { AppError } from '../platform/errors.ts';
import { networkOf } from '../platform/limits.ts';
import { randomToken } from '../platform/secrets.ts';
import { uidAt } from '../platform/uid.ts';
import type { Accounts, Caller } from './accounts.ts';
import { codeFrom, formatCode, LINK_CHARACTERS, makeCode, readCode, TYPED_CHARACTERS } from './code-rules.ts';
import { writeCookie } from './cookies.ts';
import type { ReadDetails } from './details-rules.ts';
import { open, type PreparedOpening, prepareOpening, type SignedIn } from './opening.ts';
import { insertPerson } from './people-store.ts';
import { LONGEST_MS } from './session-rules.ts';

export interface NewGuest {
  readonly contestId: number;
  /** Normal forms, see `readDetails`. */
  readonly details: ReadDetails;
  readonly unitId: number | null;
  readonly group: string | null;
  /** False on a shared computer. */
  readonly remember: boolean;
  /** Made by the client, kept until it has its answer: entering again with it is the same guest. */
  readonly key?: string | undefined;
}

/** A guest whose rows are not written yet, so that the contest writes them together with the entry. */
export interface PreparedGuest {
  readonly personId: number;
  readonly uid: string;
  /** Of the browser, which is told it when it had none. */
  readonly device: string;
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
  const { details, unitId, group, contestId, remember } = guest;
  const key = guest.key ?? null;
  const { typed, linkToken } = codesFor(accounts, contestId, key);
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
  const secrets = key === null ? [typed, linkToken] : [typed, linkToken, keyCode(key)];
  const rows = secrets.map((code) => ({
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
  const device = caller.device?.id ?? randomToken(16);
  return {
    personId,
    uid,
    device,
    access: { code: formatCode(typed), linkToken },
    statements: [person, compile(context.database.query.insert(codes).values(rows)), ...prepared.statements],
    signedIn: {
      ...prepared.signedIn,
      cookies: [
        ...prepared.signedIn.cookies,
        ...(caller.device === null
          ? [writeCookie(accounts.sessions.names, 'device', device, LONGEST_MS)]
          : []),
      ],
    },
    told: prepared.told,
  };
}

/** With a key, codes follow from it and from our secret, so that they can be shown again to who has the key. */
function codesFor({ context }: Accounts, contestId: number, key: string | null) {
  if (key === null) return { typed: makeCode(TYPED_CHARACTERS), linkToken: makeCode(LINK_CHARACTERS) };
  const bytes = (use: string): Buffer =>
    Buffer.from(context.secrets.hash(use, `${contestId}:${key}`), 'base64url');
  return {
    typed: codeFrom(bytes('guestTyped').subarray(0, TYPED_CHARACTERS)),
    linkToken: codeFrom(bytes('guestLink').subarray(0, LINK_CHARACTERS)),
  };
}

/** A guest's key stands among their codes, where no typed code can equal it. */
function keyCode(key: string): string {
  return `key:${key}`;
}

/** A guest who entered with this key before, signed in again; null when nobody did. */
export async function guestByKey(
  accounts: Accounts,
  caller: Caller,
  contestId: number,
  key: string,
): Promise<Pick<PreparedGuest, 'personId' | 'access' | 'signedIn'> | null> {
  const [found] = await findGuest(accounts, [guestHash(accounts, contestId, keyCode(key))]);
  if (found === undefined) return null;
  const { typed, linkToken } = codesFor(accounts, contestId, key);
  const opening = { ...found, roles: [], guest: true, remember: true, elevated: false, login: null };
  return {
    personId: found.personId,
    access: { code: formatCode(typed), linkToken },
    signedIn: await open(accounts, caller, opening),
  };
}

function findGuest({ context }: Accounts, hashes: readonly string[]) {
  const { codes, people } = context.database.tables;
  return context.database.query
    .select({ personId: people.id, uid: people.uid, name: people.name })
    .from(codes)
    .innerJoin(people, eq(people.id, codes.personId))
    .where(and(inArray(codes.codeHash, [...hashes]), eq(codes.purpose, 'guest'), eq(people.guest, true)));
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
  limits.codes.take(networkOf(caller.address), context.clock.now());
  const code = readCode(body.code);
  const { contests } = context.database.tables;
  const named = await context.database.query
    .select({ id: contests.id })
    .from(contests)
    .where(or(eq(contests.uid, body.contest), eq(contests.slug, body.contest)));
  const hashes = code === null ? [] : named.map(({ id }) => guestHash(accounts, id, code));
  if (hashes.length === 0) throw new AppError('auth.wrongCode');
  const [found] = await findGuest(accounts, hashes);
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
