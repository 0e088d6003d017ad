/** The second factor: turned on by its first code, given at sign-in or later in the session, turned off with password and code. */
import { and, eq, isNotNull, isNull, lt, or } from 'drizzle-orm';
import type { SecondFactorReply } from '../contracts/accounts.ts';
import type { Identity } from '../platform/access.ts';
import { withAudit } from '../platform/audit.ts';
import { ConflictError, expecting, type Statement } from '../platform/database/door.ts';
import { AppError } from '../platform/errors.ts';
import type { Accounts } from './accounts.ts';
import { type LoginRow, loginOf } from './people-store.ts';
import { makeTotpSecret, qrPath, totpStep, totpUri } from './totp.ts';

const USE = 'totp';

/**
 * Checks `typed` and gives the statement that uses its step up; another number of rows (the same code was faster) is a
 * ConflictError, see `refusingUsedCode`. Throws `auth.wrongCode`.
 */
export function spendTotp(accounts: Accounts, login: LoginRow, typed: string): Statement {
  const { context, limits } = accounts;
  const now = context.clock.now();
  limits.totp.take(String(login.personId), now);
  const step =
    login.totpCipher === null ? null : totpStep(context.secrets.decrypt(USE, login.totpCipher), typed, now);
  if (step === null) throw new AppError('auth.wrongCode');
  const { logins } = context.database.tables;
  const unused = or(isNull(logins.totpStep), lt(logins.totpStep, step));
  return expecting(
    1,
    context.database.query
      .update(logins)
      .set({ totpStep: step })
      .where(and(eq(logins.personId, login.personId), unused)),
  );
}

/** Runs what writes; a conflict means that somebody was faster with the same code. */
export async function refusingUsedCode<T>(write: () => Promise<T>): Promise<T> {
  try {
    return await write();
  } catch (error) {
    if (error instanceof ConflictError) throw new AppError('auth.wrongCode');
    throw error;
  }
}

export function hasSecondFactor(login: Pick<LoginRow, 'totpConfirmedAt'>): boolean {
  return login.totpConfirmedAt !== null;
}

export async function demandLogin(accounts: Accounts, identity: Identity): Promise<LoginRow> {
  const login = await loginOf(accounts.context, identity.personId);
  if (login === null) throw new AppError('auth.forbidden');
  return login;
}

/** Keeps a new secret, which counts for nothing until it is confirmed. Throws `conflict` when one is on. */
export async function startSecondFactor(accounts: Accounts, login: LoginRow): Promise<SecondFactorReply> {
  const { database, secrets } = accounts.context;
  const { logins } = database.tables;
  const secret = makeTotpSecret();
  await database.atomic([
    expecting(
      1,
      database.query
        .update(logins)
        .set({ totpCipher: secrets.encrypt(USE, secret), totpStep: null })
        .where(and(eq(logins.personId, login.personId), isNull(logins.totpConfirmedAt))),
    ),
  ]);
  const uri = totpUri(secret, login.name);
  return { secret, uri, qr: qrPath(uri) };
}

/** Gives the Set-Cookie header of the session, which has a new token and is elevated. */
export async function confirmSecondFactor(
  accounts: Accounts,
  identity: Identity,
  typed: string,
): Promise<string> {
  const { context, sessions } = accounts;
  const { logins } = context.database.tables;
  const login = await demandLogin(accounts, identity);
  if (hasSecondFactor(login)) throw new AppError('conflict');
  const now = context.clock.now();
  const spent = spendTotp(accounts, login, typed);
  const confirm = context.database.query
    .update(logins)
    .set({ totpConfirmedAt: now })
    .where(and(eq(logins.personId, login.personId), isNull(logins.totpConfirmedAt)));
  const rotated = await sessions.rotate(identity, now);
  const entry = { actor: identity.uid, action: 'secondFactor.on', subject: `person:${identity.uid}` };
  await refusingUsedCode(() => withAudit(context, entry, [spent, expecting(1, confirm), rotated.statement]));
  sessions.tellSession(identity.sessionUid);
  return rotated.cookie;
}

/** As `confirmSecondFactor`, for a session that came without the second factor. */
export async function elevate(accounts: Accounts, identity: Identity, typed: string): Promise<string> {
  const { context, sessions } = accounts;
  const login = await demandLogin(accounts, identity);
  if (!hasSecondFactor(login)) throw new AppError('auth.wrongCode');
  const spent = spendTotp(accounts, login, typed);
  const rotated = await sessions.rotate(identity, context.clock.now());
  await refusingUsedCode(() => context.database.atomic([spent, rotated.statement]));
  sessions.tellSession(identity.sessionUid);
  return rotated.cookie;
}

/** After the password was proved. */
export async function endSecondFactor(
  accounts: Accounts,
  identity: Identity,
  login: LoginRow,
  typed: string,
): Promise<string> {
  const { context, sessions } = accounts;
  if (!hasSecondFactor(login)) throw new AppError('conflict');
  const spent = spendTotp(accounts, login, typed);
  const rotated = await sessions.rotate(identity, null);
  const entry = { actor: identity.uid, action: 'secondFactor.off', subject: `person:${identity.uid}` };
  await refusingUsedCode(() =>
    withAudit(context, entry, [spent, forgetting(accounts, login.personId), rotated.statement]),
  );
  sessions.tellPerson(login.personId);
  return rotated.cookie;
}

/** Takes the second factor away: by its owner, or by an admin when the phone is lost. */
export function forgetting(accounts: Accounts, personId: number): Statement {
  const { database } = accounts.context;
  const { logins } = database.tables;
  return expecting(
    1,
    database.query
      .update(logins)
      .set({ totpCipher: null, totpConfirmedAt: null })
      .where(and(eq(logins.personId, personId), isNotNull(logins.totpConfirmedAt))),
  );
}
