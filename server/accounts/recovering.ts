/** A new password for somebody who forgot theirs: with the recovery code kept since registration, or a code that staff gave. */
import { and, eq, gt, isNull } from 'drizzle-orm';
import type { RecoverBody } from '../contracts/accounts.ts';
import type { ResetCodeBody, ResetCodeReply } from '../contracts/people.ts';
import type { Identity } from '../platform/access.ts';
import { withAudit } from '../platform/audit.ts';
import { ConflictError, compile, expecting, type Statement } from '../platform/database/door.ts';
import { AppError } from '../platform/errors.ts';
import type { Accounts, Caller } from './accounts.ts';
import { formatCode, makeCode, RECOVERY_CHARACTERS, readCode, TYPED_CHARACTERS } from './code-rules.ts';
import { FieldErrors, readPasswordFor } from './details-rules.ts';
import { endingSharers } from './household.ts';
import { readLogin, typedLoginHash } from './login-names.ts';
import { prepareOpening } from './opening.ts';
import { hashPassword } from './passwords.ts';
import { type LoginRow, loginByName, loginOf, type PersonRow, rolesOf } from './people-store.ts';
import { nextRecoveryCode, type Registered, recoveryHash } from './registering.ts';
import { countTry, secondFactorOf } from './signing-in.ts';

const RESET_MS = 30 * 60_000;

/**
 * Sets the password, ends every session, opens one. Works once a code, however often it is sent at the same time.
 * Throws `auth.wrongCode`, `auth.secondFactor`, `auth.wait`, `request.invalid`, `request.tooMany`.
 */
export async function recover(accounts: Accounts, body: RecoverBody, caller: Caller): Promise<Registered> {
  const { context, hashing } = accounts;
  const password = readRecovery(body);
  const login = typedLoginHash(context.secrets, body.login);
  const subject = context.secrets.hash(
    'hashing',
    JSON.stringify(['recover', login, body.code, body.newPassword]),
  );
  if (!hashing.knows(body.ticket, subject)) countTry(accounts, login, caller);
  const work = () => hashPassword(password, context.config.passwordCost);
  const { value: passwordHash, ticket } = await hashing.take({ subject, ticket: body.ticket, work });
  const row = await loginByName(context, login);
  const spent = row === null ? null : await spendCode(accounts, row, body.code);
  if (row === null || spent === null) throw new AppError('auth.wrongCode');
  const second = secondFactorOf(accounts, row, body.totp, ticket);
  const sharers = await endingSharers(accounts, row.personId);
  const next = nextRecoveryCode(accounts, row.personId);
  const statements = [
    spent,
    ...second,
    ...passwordChange(accounts, row.personId, passwordHash, null),
    ...sharers.statements,
    next.statement,
  ];
  const prepared = prepareOpening(accounts, caller, {
    personId: row.personId,
    uid: row.uid,
    name: row.name,
    roles: await rolesOf(context, row.personId),
    guest: false,
    remember: true,
    elevated: second.length > 0,
    login,
  });
  const entry = {
    actor: row.uid,
    action: 'password.recovered',
    subject: `person:${row.uid}`,
    address: caller.address,
  };
  try {
    await withAudit(context, entry, [...statements, ...prepared.statements]);
  } catch (error) {
    if (error instanceof ConflictError) throw new AppError('auth.wrongCode');
    throw error;
  }
  prepared.told();
  accounts.sessions.tellPerson(row.personId);
  sharers.tell();
  hashing.forget(ticket);
  return { ...prepared.signedIn, recoveryCode: next.code };
}

function readRecovery(body: RecoverBody): string {
  const errors = new FieldErrors();
  const login = readLogin(body.login);
  const about = login === null ? {} : { [login.kind]: login.normal };
  const password = readPasswordFor('newPassword', body.newPassword, about, errors);
  errors.demandNone();
  if (password === undefined) throw new AppError('request.invalid');
  return password;
}

/** The statement that uses the code up, exactly once; null when it is wrong. */
async function spendCode(accounts: Accounts, row: LoginRow, typed: string): Promise<Statement | null> {
  const code = readCode(typed);
  if (code === null) return null;
  return code.length === RECOVERY_CHARACTERS
    ? spendRecovery(accounts, row, code)
    : spendReset(accounts, row, code);
}

function spendRecovery({ context }: Accounts, row: LoginRow, code: string): Statement | null {
  const { database, secrets } = context;
  const { logins } = database.tables;
  const hash = recoveryHash(secrets, row.personId, code);
  if (row.recoveryHash !== hash) return null;
  const mine = and(eq(logins.personId, row.personId), eq(logins.recoveryHash, hash));
  return expecting(1, database.query.update(logins).set({ recoveryHash: null }).where(mine));
}

async function spendReset({ context }: Accounts, row: LoginRow, code: string): Promise<Statement | null> {
  const { database, secrets, clock } = context;
  const { codes } = database.tables;
  const now = clock.now();
  const valid = and(
    eq(codes.codeHash, resetHash(secrets, row.personId, code)),
    isNull(codes.usedAt),
    gt(codes.expiresAt, now),
  );
  const [found] = await database.query.select({ at: codes.createdAt }).from(codes).where(valid);
  if (found === undefined) return null;
  return expecting(1, database.query.update(codes).set({ usedAt: now }).where(valid));
}

function resetHash(
  secrets: { hash(use: string, value: string): string },
  personId: number,
  code: string,
): string {
  return secrets.hash('reset', `${personId}:${code}`);
}

/** A new password, and the end of every session but `except`; codes that staff gave before are void. */
export function passwordChange(
  { context, sessions }: Accounts,
  personId: number,
  passwordHash: string,
  except: string | null,
): Statement[] {
  const { database, clock } = context;
  const { logins, codes } = database.tables;
  const now = clock.now();
  const update = database.query
    .update(logins)
    .set({ passwordHash, passwordChangedAt: now })
    .where(eq(logins.personId, personId));
  const unused = and(eq(codes.personId, personId), eq(codes.purpose, 'reset'), isNull(codes.usedAt));
  return [
    expecting(1, update),
    compile(database.query.delete(codes).where(unused)),
    ...sessions.ending(personId, except).map(compile),
  ];
}

/**
 * A code for somebody whom `actor` has checked. Organisers help citizens; whoever has a role is helped by an admin, so that
 * nobody climbs by resetting a password. Throws `auth.forbidden`, `notFound` for guests.
 */
export async function issueResetCode(
  accounts: Accounts,
  actor: Pick<Identity, 'uid' | 'roles' | 'personId'>,
  person: PersonRow,
  { checkedBy, reason }: ResetCodeBody,
  address: string,
): Promise<ResetCodeReply> {
  const { context } = accounts;
  const { database, secrets, clock } = context;
  const { codes } = database.tables;
  const [login, roles] = await Promise.all([loginOf(context, person.id), rolesOf(context, person.id)]);
  if (login === null) throw new AppError('notFound');
  if (roles.length > 0 && !actor.roles.has('admin')) throw new AppError('auth.forbidden');
  const now = clock.now();
  const code = makeCode(TYPED_CHARACTERS);
  const expiresAt = now + RESET_MS;
  const earlier = and(eq(codes.personId, person.id), eq(codes.purpose, 'reset'), isNull(codes.usedAt));
  const insert = database.query.insert(codes).values({
    codeHash: resetHash(secrets, person.id, code),
    purpose: 'reset',
    personId: person.id,
    createdBy: actor.personId,
    createdAt: now,
    expiresAt,
  });
  const subject = `person:${person.uid}`;
  const entry = {
    actor: actor.uid,
    action: 'reset.issued',
    subject,
    reason,
    details: { checkedBy },
    address,
  };
  await withAudit(context, entry, [database.query.delete(codes).where(earlier), insert]);
  return { code: formatCode(code), expiresAt };
}
