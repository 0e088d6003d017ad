/** A new account: everything read and checked, the password hashed in its turn, all rows written together, signed in. */
import { eq } from 'drizzle-orm';
import type { RegisterBody, RegisteredReply } from '../contracts/accounts.ts';
import type { FieldError } from '../contracts/errors.ts';
import { ConflictError, compile, expecting, type Statement } from '../platform/database/door.ts';
import { AppError } from '../platform/errors.ts';
import { networkOf } from '../platform/limits.ts';
import { uidAt } from '../platform/uid.ts';
import { isAlive } from '../units/unit-index.ts';
import type { Accounts, Caller } from './accounts.ts';
import { formatCode, makeCode, RECOVERY_CHARACTERS } from './code-rules.ts';
import { FieldErrors, type ReadDetails, readDetails, readPasswordFor } from './details-rules.ts';
import { type LoginKind, loginHash } from './login-names.ts';
import { open, type SignedIn } from './opening.ts';
import { hashPassword } from './passwords.ts';
import { insertLoginNames, insertPerson, loginOf, rolesOf, takenNames } from './people-store.ts';
import type { RecentRegistration } from './recent-registrations.ts';

/** Signed in, with the recovery code that is shown this once. */
export type Registered = SignedIn & Pick<RegisteredReply, 'recoveryCode'>;

const TAKEN: Readonly<Record<LoginKind, Omit<FieldError, 'path'>>> = {
  phone: { vi: 'Số điện thoại này đã có tài khoản.', en: 'This phone number has an account already.' },
  email: { vi: 'Thư điện tử này đã có tài khoản.', en: 'This e-mail has an account already.' },
  userName: { vi: 'Tên đăng nhập này đã có người dùng.', en: 'This user name is taken.' },
};

/** What a proof of work opens here. */
const PLACE = 'register';

/** Throws `request.invalid`, `taken`, `auth.wait`, `auth.proofNeeded`, `request.tooMany`. */
export async function register(accounts: Accounts, body: RegisterBody, caller: Caller): Promise<Registered> {
  const { context, recent } = accounts;
  const now = context.clock.now();
  const read = readRegistration(accounts, body, now);
  const { ticket, proof, ...said } = body;
  const subject = context.secrets.hash('hashing', JSON.stringify(['register', said]));
  try {
    const again = recent.find(subject, now);
    return again === null
      ? await recent.making(subject, () => makeAccount(accounts, body, read, subject, caller))
      : await openAgain(accounts, again, body, caller);
  } catch (error) {
    // The same request twice at the same time: the slower one finds the names taken by the faster, who may not know it yet.
    const again =
      error instanceof AppError && error.code === 'taken' ? await recent.made(subject, now) : null;
    if (again === null) throw error;
    return openAgain(accounts, again, body, caller);
  }
}

async function makeAccount(
  accounts: Accounts,
  body: RegisterBody,
  { details, password, unitId }: ReadRegistration,
  subject: string,
  caller: Caller,
): Promise<Registered> {
  const { context, hashing, limits, recent } = accounts;
  const now = context.clock.now();
  // Counted before anything is told: whose phone has an account must not be asked without end.
  if (!hashing.knows(body.ticket, subject)) {
    demandProof(accounts, body, now);
    limits.registering.take(networkOf(caller.address), now);
  }
  await demandFree(accounts, details);
  const work = () => hashPassword(password, context.config.passwordCost);
  const { value: passwordHash, ticket } = await hashing.take({ subject, ticket: body.ticket, work });
  const account = await newAccount(accounts, details, passwordHash, {
    unitId,
    group: body.group ?? null,
    consents: { account: { at: now, version: body.consentVersion } },
  });
  const opening = { ...account.opening, remember: body.remember ?? true, login: anyLogin(accounts, details) };
  const signedIn = await refusingTaken(accounts, details, () =>
    open(accounts, caller, opening, account.statements),
  );
  recent.add(subject, { personId: account.opening.personId, passwordHash, at: now });
  hashing.forget(ticket);
  return { ...signedIn, recoveryCode: account.recoveryCode };
}

/** Throws `auth.proofNeeded` with what to prove, where it is always asked for, or when very many come at once. */
function demandProof({ context, limits, proofs }: Accounts, { proof }: RegisterBody, now: number): void {
  const { proofOfWork } = context.config;
  if (proofOfWork === 'off' || proofs.take(PLACE, proof, now)) return;
  if (proofOfWork === 'auto' && limits.unproven.allows('everywhere', now)) return;
  throw new AppError('auth.proofNeeded', { facts: { ...proofs.challenge(PLACE, now) } });
}

interface ReadRegistration {
  readonly details: ReadDetails;
  readonly password: string;
  readonly unitId: number | null;
}

function readRegistration({ units }: Accounts, body: RegisterBody, now: number): ReadRegistration {
  const errors = new FieldErrors();
  const details = readDetails(body, now, errors);
  const password = readPasswordFor('password', body.password, body, errors);
  const unit = body.unit === undefined ? undefined : units.byUid(body.unit);
  if (body.unit !== undefined && (unit === undefined || !isAlive(unit, now)))
    errors.add('unit', 'Không có đơn vị này.', 'There is no such unit.');
  if (body.phone === undefined && body.email === undefined && body.userName === undefined)
    errors.add(
      'phone',
      'Cần ít nhất một trong ba: số điện thoại, thư điện tử, tên đăng nhập.',
      'At least one is needed: phone, e-mail or user name.',
    );
  errors.demandNone();
  if (password === undefined) throw new AppError('request.invalid');
  return { details, password, unitId: unit?.id ?? null };
}

function anyLogin({ context }: Accounts, details: ReadDetails): string | null {
  for (const kind of ['phone', 'userName', 'email'] as const) {
    const normal = details[kind];
    if (typeof normal === 'string') return loginHash(context.secrets, { kind, normal });
  }
  return null;
}

interface AccountExtras {
  readonly unitId: number | null;
  readonly group: string | null;
  readonly consents: Record<string, { readonly at: number; readonly version: number }>;
}

/** Rows of a new account, not written yet, and what is needed to open its first session. */
export async function newAccount(
  { context }: Accounts,
  details: ReadDetails,
  passwordHash: string,
  extras: AccountExtras,
) {
  const { database, keys, secrets, clock } = context;
  const now = clock.now();
  const personId = await keys.next('people');
  const uid = uidAt(now);
  const recoveryCode = makeCode(RECOVERY_CHARACTERS);
  const login = database.query.insert(database.tables.logins).values({
    personId,
    passwordHash,
    passwordChangedAt: now,
    recoveryHash: recoveryHash(secrets, personId, recoveryCode),
    userName: details.userName ?? null,
  });
  const statements: readonly Statement[] = [
    insertPerson(context, { id: personId, uid, details, ...extras, guest: false, now }),
    ...insertLoginNames(context, personId, details),
    compile(login),
  ];
  const opening = { personId, uid, name: details.name ?? '', roles: [], guest: false, elevated: false };
  return { statements, opening, recoveryCode: formatCode(recoveryCode) };
}

/** Keyed hash under which a recovery code is kept. */
export function recoveryHash(
  secrets: { hash(use: string, value: string): string },
  personId: number,
  code: string,
): string {
  return secrets.hash('recovery', `${personId}:${code}`);
}

/** Throws `taken`, with each name that belongs to somebody other than `personId`. */
export async function demandFree(
  { context }: Accounts,
  details: ReadDetails,
  personId: number | null = null,
): Promise<void> {
  const taken = await takenNames(context, details, personId);
  if (taken.length > 0)
    throw new AppError('taken', { errors: taken.map((path) => ({ path, ...TAKEN[path] })) });
}

/** Runs what writes names; when somebody was faster with one of them, says which. */
export async function refusingTaken<T>(
  accounts: Accounts,
  details: ReadDetails,
  write: () => Promise<T>,
  personId: number | null = null,
): Promise<T> {
  try {
    return await write();
  } catch (error) {
    if (error instanceof ConflictError) await demandFree(accounts, details, personId);
    throw error;
  }
}

/** The same request once more: the account is there, so it is opened, with a recovery code in place of the unseen one. */
async function openAgain(
  accounts: Accounts,
  { personId, passwordHash }: RecentRegistration,
  body: RegisterBody,
  caller: Caller,
): Promise<Registered> {
  const { context } = accounts;
  const row = await loginOf(context, personId);
  if (row === null || row.passwordHash !== passwordHash || row.totpConfirmedAt !== null)
    throw new AppError('taken');
  const { code, statement } = nextRecoveryCode(accounts, personId);
  const { uid, name } = row;
  const roles = await rolesOf(context, personId);
  const opening = { personId, uid, name, roles, guest: false, elevated: false, login: null };
  const signedIn = await open(accounts, caller, { ...opening, remember: body.remember ?? true }, [statement]);
  return { ...signedIn, recoveryCode: code };
}

/** A recovery code in place of the one before. */
export function nextRecoveryCode(
  { context }: Accounts,
  personId: number,
): { code: string; statement: Statement } {
  const { database, secrets } = context;
  const { logins } = database.tables;
  const code = makeCode(RECOVERY_CHARACTERS);
  const update = database.query
    .update(logins)
    .set({ recoveryHash: recoveryHash(secrets, personId, code) })
    .where(eq(logins.personId, personId));
  return { code: formatCode(code), statement: expecting(1, update) };
}
