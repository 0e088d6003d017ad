/** Opening a session: always a new token, together with what led to it; the session that the browser had before ends. */
import type { SessionPerson } from '../contracts/accounts.ts';
import type { Identity, Role } from '../platform/access.ts';
import type { Statement, Writable } from '../platform/database/door.ts';
import type { Accounts, Caller } from './accounts.ts';
import { writeCookie } from './cookies.ts';
import { rememberLogin } from './device-rules.ts';
import { presentSession } from './presenter.ts';
import { LONGEST_MS } from './session-rules.ts';

/** Somebody who is signed in now: what to answer, and the Set-Cookie headers. */
export interface SignedIn {
  readonly person: SessionPerson;
  readonly cookies: readonly string[];
}

export interface Opening {
  readonly personId: number;
  readonly uid: string;
  readonly name: string;
  readonly roles: readonly Role[];
  readonly guest: boolean;
  readonly remember: boolean;
  readonly elevated: boolean;
  /** Keyed hash of the name that was typed; the device is remembered by it. Null: not to be remembered. */
  readonly login: string | null;
}

/** Statements and the answer, for whoever writes them together with something else; `told` is called after the commit. */
export interface PreparedOpening {
  readonly statements: readonly (Writable | Statement)[];
  readonly signedIn: SignedIn;
  readonly told: () => void;
}

export function prepareOpening(accounts: Accounts, caller: Caller, opening: Opening): PreparedOpening {
  const { context, sessions } = accounts;
  const { personId, remember, elevated, roles } = opening;
  const session = sessions.open(personId, {
    staff: roles.length > 0,
    remember,
    elevated,
    device: caller.label,
  });
  const { before } = caller;
  const ended = before === null ? [] : [sessions.endingOne(before.personId, before.sessionUid)];
  const identity: Identity = {
    personId,
    uid: opening.uid,
    name: opening.name,
    roles: new Set(roles),
    guest: opening.guest,
    sessionUid: session.uid,
    elevated,
  };
  return {
    statements: [...ended, session.statement],
    signedIn: {
      person: presentSession(identity, context.config.staffSecondFactor),
      cookies: [session.cookie, ...deviceCookies(accounts, caller, opening)],
    },
    told: () => before !== null && sessions.tellSession(before.sessionUid),
  };
}

function deviceCookies(
  { context, sessions }: Accounts,
  { device }: Caller,
  { login, remember }: Opening,
): string[] {
  if (login === null || !remember) return [];
  const value = rememberLogin(context.secrets, device, login);
  return [writeCookie(sessions.names, 'device', value, LONGEST_MS)];
}

/** Writes `statements` and the session together. */
export async function open(
  accounts: Accounts,
  caller: Caller,
  opening: Opening,
  statements: readonly (Writable | Statement)[] = [],
): Promise<SignedIn> {
  const prepared = prepareOpening(accounts, caller, opening);
  await accounts.context.database.atomic([...statements, ...prepared.statements]);
  prepared.told();
  return prepared.signedIn;
}
