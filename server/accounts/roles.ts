/** Roles, given and taken by admins; each change is logged with its reason, and there is always an admin left. */
import { and, eq, isNull, ne, or, sql } from 'drizzle-orm';
import type { Identity, Role } from '../platform/access.ts';
import { withAudit } from '../platform/audit.ts';
import { ConflictError, compile, expecting } from '../platform/database/door.ts';
import { AppError } from '../platform/errors.ts';
import type { Accounts } from './accounts.ts';
import { loginOf, type PersonRow, rolesOf } from './people-store.ts';
import { forgetting } from './second-factor.ts';

/** Who gives or takes, why, and from where. */
export interface Granting {
  readonly actor: Identity;
  readonly reason: string;
  readonly address: string;
}

/**
 * Giving it twice is giving it once. Whoever gets a role signs in again: a session that was open before, perhaps on a shared
 * computer or by somebody who helped with the password, does not grow into it, and codes given before are void. Sessions of
 * the staff stay when a unit comes along: organisers name officers, and are to sign nobody out who may be above them. Throws
 * `notFound` for those without a login.
 */
export async function grantRole(
  accounts: Accounts,
  { actor, reason, address }: Granting,
  person: PersonRow,
  role: Role,
): Promise<void> {
  const { context, sessions } = accounts;
  const [login, held] = await Promise.all([loginOf(context, person.id), rolesOf(context, person.id)]);
  if (login === null) throw new AppError('notFound');
  if (held.includes(role)) return;
  const { roles, codes } = context.database.tables;
  const row = { personId: person.id, role, grantedBy: actor.personId, grantedAt: context.clock.now() };
  const entry = {
    actor: actor.uid,
    action: 'role.granted',
    subject: `person:${person.uid}`,
    ...{ reason, address },
    details: { role },
  };
  const grows = role !== 'officer' || held.length === 0;
  const ending = grows
    ? sessions.ending(person.id, person.id === actor.personId ? actor.sessionUid : null)
    : [];
  await withAudit(context, entry, [
    compile(context.database.query.insert(roles).values(row).onConflictDoNothing()),
    ...ending.map(compile),
    compile(
      context.database.query
        .delete(codes)
        .where(and(eq(codes.personId, person.id), eq(codes.purpose, 'reset'), isNull(codes.usedAt))),
    ),
  ]);
  sessions.tellPerson(person.id);
}

/** Throws `roles.lastAdmin`. */
export async function revokeRole(
  accounts: Accounts,
  { actor, reason, address }: Granting,
  person: PersonRow,
  role: Role,
): Promise<void> {
  const { context, sessions } = accounts;
  if (!(await rolesOf(context, person.id)).includes(role)) return;
  const { roles } = context.database.tables;
  // The audit log stands in line, so two admins cannot take the role from each other at the same time.
  const another = sql`exists (select 1 from ${roles} other where other.role = 'admin' and other.person_id <> ${person.id})`;
  const theirs = and(
    eq(roles.personId, person.id),
    eq(roles.role, role),
    or(ne(roles.role, 'admin'), another),
  );
  const entry = {
    actor: actor.uid,
    action: 'role.revoked',
    subject: `person:${person.uid}`,
    ...{ reason, address },
    details: { role },
  };
  try {
    await withAudit(context, entry, [expecting(1, context.database.query.delete(roles).where(theirs))]);
  } catch (error) {
    if (error instanceof ConflictError && role === 'admin') throw new AppError('roles.lastAdmin');
    throw error;
  }
  sessions.tellPerson(person.id);
}

/** For somebody who lost their phone. Every session of theirs ends. */
export async function takeSecondFactor(
  accounts: Accounts,
  { actor, reason, address }: Granting,
  person: PersonRow,
): Promise<void> {
  const { context, sessions } = accounts;
  const subject = `person:${person.uid}`;
  const entry = { actor: actor.uid, action: 'secondFactor.taken', subject, reason, address };
  await withAudit(context, entry, [forgetting(accounts, person.id), ...sessions.ending(person.id, null)]);
  sessions.tellPerson(person.id);
}
