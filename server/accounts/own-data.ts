/** One's own data: seen, changed, exported, erased; one's password and recovery code. */
import { and, eq, isNull } from 'drizzle-orm';
import type { ExportReply, Me, MePatch, PasswordBody, ProveBody } from '../contracts/accounts.ts';
import type { Identity } from '../platform/access.ts';
import { withAudit } from '../platform/audit.ts';
import { ConflictError, compile, expecting, type Statement } from '../platform/database/door.ts';
import { AppError } from '../platform/errors.ts';
import { isAlive } from '../units/unit-index.ts';
import type { Accounts } from './accounts.ts';
import { around } from './around.ts';
import { FieldErrors, type ReadDetails, readDetails, readPasswordFor } from './details-rules.ts';
import { endingSharers } from './household.ts';
import { hashPassword, verifyPassword } from './passwords.ts';
import {
  deleteLoginNames,
  insertLoginNames,
  type LoginRow,
  loginOf,
  type PersonRow,
  personById,
  personColumns,
} from './people-store.ts';
import { presentMe } from './presenter.ts';
import { passwordChange } from './recovering.ts';
import { demandFree, nextRecoveryCode, refusingTaken } from './registering.ts';
import { demandLogin } from './second-factor.ts';

async function demandPerson({ context }: Accounts, { personId }: Identity): Promise<PersonRow> {
  const row = await personById(context, personId);
  if (row === null) throw new AppError('auth.required');
  return row;
}

export async function readMe(accounts: Accounts, identity: Identity): Promise<Me> {
  const row = await demandPerson(accounts, identity);
  return presentMe(row, await around(accounts, row), accounts.context.secrets);
}

/** Their own login; for somebody who shares a phone, the one that they signed in with. */
async function proofLogin(accounts: Accounts, identity: Identity): Promise<LoginRow> {
  const { householdId } = await demandPerson(accounts, identity);
  const shared = householdId === null ? null : await loginOf(accounts.context, householdId);
  return shared ?? demandLogin(accounts, identity);
}

/** Asks for the password again inside a session. Throws `auth.wrongPassword`, `auth.wait`, `request.tooMany`. */
export async function proveAgain(
  accounts: Accounts,
  identity: Identity,
  { password, ticket }: Pick<ProveBody, 'password' | 'ticket'>,
): Promise<LoginRow> {
  const login = await proofLogin(accounts, identity);
  if (password === undefined) throw new AppError('auth.wrongPassword');
  const { context, hashing, limits } = accounts;
  const subject = context.secrets.hash(
    'hashing',
    JSON.stringify(['prove', login.personId, login.passwordHash, password]),
  );
  if (!hashing.knows(ticket, subject)) limits.proving.take(String(login.personId), context.clock.now());
  const work = () => verifyPassword(password, login.passwordHash);
  const { value: right } = await hashing.take({ subject, ticket, work });
  if (!right) throw new AppError('auth.wrongPassword');
  return login;
}

/** Gives the Set-Cookie header of this session, which has a new token; all others end. */
export async function changePassword(
  accounts: Accounts,
  identity: Identity,
  body: PasswordBody,
): Promise<string> {
  const { context, hashing, limits, sessions } = accounts;
  const [login, me] = await Promise.all([demandLogin(accounts, identity), readMe(accounts, identity)]);
  const errors = new FieldErrors();
  const password = readPasswordFor('newPassword', body.newPassword, me, errors);
  errors.demandNone();
  if (password === undefined) throw new AppError('request.invalid');
  const { personId } = login;
  const words = ['change', personId, login.passwordHash, body.password, password];
  const subject = context.secrets.hash('hashing', JSON.stringify(words));
  if (!hashing.knows(body.ticket, subject)) limits.proving.take(String(personId), context.clock.now());
  const { value: passwordHash } = await hashing.take({
    subject,
    ticket: body.ticket,
    work: async () =>
      (await verifyPassword(body.password, login.passwordHash))
        ? hashPassword(password, context.config.passwordCost)
        : null,
  });
  if (passwordHash === null) throw new AppError('auth.wrongPassword');
  const rotated = await sessions.rotate(identity);
  const entry = { actor: identity.uid, action: 'password.changed', subject: `person:${identity.uid}` };
  const sharers = await endingSharers(accounts, personId);
  await withAudit(context, entry, [
    ...passwordChange(accounts, personId, passwordHash, identity.sessionUid),
    ...sharers.statements,
    rotated.statement,
  ]);
  sharers.tell();
  sessions.tellPerson(personId);
  sessions.tellSession(identity.sessionUid);
  return rotated.cookie;
}

/** After the password was proved: a new recovery code, shown this once. */
export async function renewRecoveryCode(
  accounts: Accounts,
  identity: Identity,
  login: LoginRow,
): Promise<string> {
  const { code, statement } = nextRecoveryCode(accounts, login.personId);
  const entry = { actor: identity.uid, action: 'recovery.renewed', subject: `person:${identity.uid}` };
  await withAudit(accounts.context, entry, [statement]);
  return code;
}

/** Throws `request.invalid`, `taken`, and what `proveAgain` throws when a name to sign in by changes. */
export async function changeMe(accounts: Accounts, identity: Identity, patch: MePatch): Promise<Me> {
  const { context, units, sessions } = accounts;
  const now = context.clock.now();
  const row = await demandPerson(accounts, identity);
  const before = presentMe(row, await around(accounts, row), context.secrets);
  const errors = new FieldErrors();
  const details = readDetails(patch, now, errors, row.birthDate);
  const unit = typeof patch.unit === 'string' ? units.byUid(patch.unit) : undefined;
  const isNewUnit = typeof patch.unit === 'string' && patch.unit !== before.unit?.uid;
  if (isNewUnit && (unit === undefined || !isAlive(unit, now)))
    errors.add('unit', 'Không có đơn vị này.', 'There is no such unit.');
  if (!row.guest) demandSomeLogin({ ...before, ...defined(details) }, errors);
  const names = changedNames(before, details);
  if (row.householdId !== null && Object.keys(names).length > 0)
    errors.add(
      'phone',
      'Số điện thoại và tên đăng nhập dùng chung, chỉ sửa được ở người đứng tên.',
      'The phone and the user name are shared; only whose they are can change them.',
    );
  errors.demandNone();
  if (!row.guest && Object.keys(names).length > 0) {
    await proveAgain(accounts, identity, patch);
    await demandFree(accounts, names, row.id);
  }
  const { people } = context.database.tables;
  const columns = {
    ...personColumns(context, details),
    ...(patch.unit !== undefined && { unitId: unit?.id ?? null }),
    ...(patch.group !== undefined && { group: patch.group }),
  };
  const update = context.database.query
    .update(people)
    .set({ erasedAt: null, ...columns })
    .where(and(eq(people.id, row.id), isNull(people.erasedAt)));
  const statements = [expecting(1, update), ...(row.guest ? [] : nameStatements(accounts, row.id, names))];
  await refusingTaken(accounts, names, () => context.database.atomic(statements), row.id);
  sessions.tellPerson(row.id);
  return readMe(accounts, identity);
}

type Names = Pick<ReadDetails, 'phone' | 'email' | 'userName'>;

function defined(details: ReadDetails): ReadDetails {
  return Object.fromEntries(Object.entries(details).filter(([, value]) => value !== undefined));
}

function demandSomeLogin({ phone, email, userName }: Names, errors: FieldErrors): void {
  if ([phone, email, userName].some((name) => typeof name === 'string')) return;
  errors.add(
    'phone',
    'Cần giữ ít nhất một trong ba: số điện thoại, thư điện tử, tên đăng nhập.',
    'At least one must stay: phone, e-mail or user name.',
  );
}

/** Names to sign in by that become other ones. */
function changedNames(before: Me, details: ReadDetails): Names {
  const { phone, email, userName } = details;
  return {
    ...(phone !== undefined && phone !== before.phone && { phone }),
    ...(email !== undefined && email !== before.email && { email }),
    ...(userName !== undefined && userName !== before.userName && { userName }),
  };
}

function nameStatements({ context }: Accounts, personId: number, names: Names): Statement[] {
  const { logins } = context.database.tables;
  const userName =
    names.userName === undefined
      ? []
      : [
          compile(
            context.database.query
              .update(logins)
              .set({ userName: names.userName })
              .where(eq(logins.personId, personId)),
          ),
        ];
  return [
    ...deleteLoginNames(context, personId, names),
    ...insertLoginNames(context, personId, names),
    ...userName,
  ];
}

export async function exportMe(accounts: Accounts, identity: Identity): Promise<ExportReply> {
  const [me, parts] = await Promise.all([
    readMe(accounts, identity),
    accounts.personalData.collect(identity.personId),
  ]);
  return { exportedAt: accounts.context.clock.now(), me, parts };
}

/** Takes the person's name and all personal fields away, everywhere; results stay, nameless. Throws `roles.lastAdmin`. */
export async function eraseMe(accounts: Accounts, identity: Identity): Promise<void> {
  const entry = { actor: identity.uid, action: 'person.erased', subject: `person:${identity.uid}` };
  const { personId } = identity;
  const { context, personalData, sessions } = accounts;
  if (identity.roles.has('admin')) await demandOtherAdmin(accounts, personId);
  // Those who share the phone could not come back to theirs.
  if ((await endingSharers(accounts, personId)).statements.length > 0)
    throw new AppError('household.notEmpty');
  try {
    await withAudit(context, entry, personalData.erasing(personId, context.clock.now()));
  } catch (error) {
    if (error instanceof ConflictError) throw new AppError('auth.required');
    throw error;
  }
  sessions.tellPerson(personId);
}

async function demandOtherAdmin({ context }: Accounts, personId: number): Promise<void> {
  const { roles } = context.database.tables;
  const admins = await context.database.query.select().from(roles).where(eq(roles.role, 'admin'));
  if (!admins.some((admin) => admin.personId !== personId)) throw new AppError('roles.lastAdmin');
}
