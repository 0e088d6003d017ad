/** Signing in: one password hash for every try, whether anybody has the name or not; then the second factor, then a session. */
import type { SignInBody } from '../contracts/accounts.ts';
import { AppError } from '../platform/errors.ts';
import type { Accounts, Caller } from './accounts.ts';
import { isKnownDevice } from './device-rules.ts';
import { typedLoginHash } from './login-names.ts';
import { open, type SignedIn } from './opening.ts';
import { nobodysHash, verifyPassword } from './passwords.ts';
import { type LoginRow, loginByName, loginOf, rolesOf } from './people-store.ts';
import { hasSecondFactor, refusingUsedCode, spendTotp } from './second-factor.ts';

/** Throws `auth.failed`, `auth.wait`, `auth.secondFactor`, `auth.wrongCode`, `request.tooMany`. */
export async function signIn(accounts: Accounts, body: SignInBody, caller: Caller): Promise<SignedIn> {
  const { context, hashing } = accounts;
  const login = typedLoginHash(context.secrets, body.login);
  const subject = context.secrets.hash('hashing', JSON.stringify(['signIn', login, body.password]));
  if (!hashing.knows(body.ticket, subject)) countTry(accounts, login, caller);
  const { value: proved, ticket } = await hashing.take({
    subject,
    ticket: body.ticket,
    work: () => prove(accounts, login, body.password),
  });
  const row = proved === null ? null : await stillThat(accounts, proved);
  if (row === null) {
    context.log.info({ login: login.slice(0, 8), event: 'signIn.failed' }, 'sign-in failed');
    throw new AppError('auth.failed');
  }
  const spent = secondFactorOf(accounts, row, body.totp, ticket);
  const opening = {
    personId: row.personId,
    uid: row.uid,
    name: row.name,
    roles: await rolesOf(context, row.personId),
    guest: false,
    remember: body.remember ?? true,
    elevated: spent.length > 0,
    login,
  };
  const signedIn = await (spent.length === 0
    ? open(accounts, caller, opening)
    : refusingUsedCode(() => open(accounts, caller, opening, spent)));
  hashing.forget(ticket);
  return signedIn;
}

/** Counts a try at this name. Throws `request.tooMany`. */
export function countTry({ context, throttle }: Accounts, login: string, { address, device }: Caller): void {
  const known = isKnownDevice(context.secrets, device, login);
  throttle.take({ login, address, knownDevice: known ? (device?.id ?? null) : null }, context.clock.now());
}

/** The row whose password this is, or null. Computes one hash in any case. */
async function prove({ context }: Accounts, login: string, password: string): Promise<LoginRow | null> {
  const row = await loginByName(context, login);
  const right = await verifyPassword(password, row?.passwordHash ?? nobodysHash(context.config.passwordCost));
  return right ? row : null;
}

/** The row as it is now; null when the password was changed while the answer waited to be fetched. */
async function stillThat({ context }: Accounts, proved: LoginRow): Promise<LoginRow | null> {
  const row = await loginOf(context, proved.personId);
  return row !== null && row.passwordHash === proved.passwordHash ? row : null;
}

/** The statement that spends the code, when a second factor is on. The ticket spares waiting and hashing again. */
export function secondFactorOf(accounts: Accounts, row: LoginRow, totp: string | undefined, ticket: string) {
  if (!hasSecondFactor(row)) return [];
  if (totp === undefined) throw new AppError('auth.secondFactor', { facts: { ticket } });
  return [spendTotp(accounts, row, totp)];
}
