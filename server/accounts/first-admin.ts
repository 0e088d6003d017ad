/** The first admin: made with a link that the server prints at its start, which works once and only while there is no admin. */
import { and, eq, gt, isNull } from 'drizzle-orm';
import type { Context } from '../context.ts';
import type { FirstAdminBody } from '../contracts/accounts.ts';
import { withAudit } from '../platform/audit.ts';
import { ConflictError, compile, expecting } from '../platform/database/door.ts';
import { AppError } from '../platform/errors.ts';
import { networkOf } from '../platform/limits.ts';
import { randomToken } from '../platform/secrets.ts';
import type { Accounts, Caller } from './accounts.ts';
import { FieldErrors, readDetails, readPasswordFor } from './details-rules.ts';
import { loginHash } from './login-names.ts';
import { prepareOpening } from './opening.ts';
import { hashPassword } from './passwords.ts';
import { demandFree, newAccount, type Registered } from './registering.ts';

const LINK_MS = 24 * 3_600_000;
/** Made with the first admin: its key keeps two links from making two. */
const FACT = 'firstAdmin';

/** A link for the person who started the server, or null when there is an admin. Valid for a day; each start gives a new one. */
export async function firstAdminLink(context: Context): Promise<string | null> {
  const { config, database, secrets, clock } = context;
  const { codes, roles } = database.tables;
  const [admin] = await database.query.select().from(roles).where(eq(roles.role, 'admin')).limit(1);
  if (admin !== undefined) return null;
  const token = randomToken(16);
  const now = clock.now();
  const code = {
    codeHash: tokenHash(secrets, token),
    purpose: 'firstAdmin',
    createdAt: now,
    expiresAt: now + LINK_MS,
  };
  await database.atomic([database.query.insert(codes).values(code)]);
  return `${config.publicUrl.origin}/bat-dau#${token}`;
}

function tokenHash(secrets: { hash(use: string, value: string): string }, token: string): string {
  return secrets.hash('firstAdmin', token);
}

/** Throws `auth.wrongCode`, `request.invalid`, `taken`, `auth.wait`. */
export async function makeFirstAdmin(
  accounts: Accounts,
  body: FirstAdminBody,
  caller: Caller,
): Promise<Registered> {
  const { context, hashing, limits } = accounts;
  const { database, secrets, clock } = context;
  const { codes, facts, roles } = database.tables;
  const now = clock.now();
  limits.codes.take(networkOf(caller.address), now);
  const valid = and(
    eq(codes.codeHash, tokenHash(secrets, body.token)),
    eq(codes.purpose, 'firstAdmin'),
    isNull(codes.usedAt),
    gt(codes.expiresAt, now),
  );
  const [code] = await database.query.select({ at: codes.createdAt }).from(codes).where(valid);
  if (code === undefined) throw new AppError('auth.wrongCode');
  const { details, password } = readAdmin(body, now);
  const subject = secrets.hash('hashing', JSON.stringify(['firstAdmin', body.token, body.password]));
  const work = () => hashPassword(password, context.config.passwordCost);
  const { value: passwordHash, ticket } = await hashing.take({ subject, ticket: body.ticket, work });
  await demandFree(accounts, details);
  const account = await newAccount(accounts, details, passwordHash, {
    unitId: null,
    group: null,
    consents: {},
  });
  const { personId, uid } = account.opening;
  const login = loginHash(secrets, { kind: 'userName', normal: details.userName ?? '' });
  const opening = { ...account.opening, roles: ['admin'] as const, remember: true, login };
  const prepared = prepareOpening(accounts, caller, opening);
  const entry = { actor: uid, action: 'admin.first', subject: `person:${uid}`, address: caller.address };
  try {
    await withAudit(context, entry, [
      expecting(1, database.query.update(codes).set({ usedAt: now }).where(valid)),
      compile(database.query.insert(facts).values({ name: FACT, value: uid })),
      ...account.statements,
      compile(database.query.insert(roles).values({ personId, role: 'admin', grantedAt: now })),
      ...prepared.statements,
    ]);
  } catch (error) {
    if (error instanceof ConflictError) throw new AppError('auth.wrongCode');
    throw error;
  }
  prepared.told();
  hashing.forget(ticket);
  return { ...prepared.signedIn, recoveryCode: account.recoveryCode };
}

function readAdmin(body: FirstAdminBody, now: number) {
  const errors = new FieldErrors();
  const { name, userName } = body;
  const details = readDetails({ name, userName }, now, errors);
  const password = readPasswordFor('password', body.password, { name, userName }, errors);
  errors.demandNone();
  if (password === undefined) throw new AppError('request.invalid');
  return { details, password };
}
