/** What is shown beside a person's own row: roles, unit, how they sign in. */
import { eq } from 'drizzle-orm';
import type { Accounts } from './accounts.ts';
import { type PersonRow, rolesOf } from './people-store.ts';
import type { AroundPerson } from './presenter.ts';

export async function around({ context, units }: Accounts, row: PersonRow): Promise<AroundPerson> {
  const { logins } = context.database.tables;
  const [roles, [login]] = await Promise.all([
    rolesOf(context, row.id),
    context.database.query
      .select({ userName: logins.userName, on: logins.totpConfirmedAt, recovery: logins.recoveryHash })
      .from(logins)
      .where(eq(logins.personId, row.id)),
  ]);
  const unit = row.unitId === null ? undefined : units.byId(row.unitId);
  return {
    roles: new Set(roles),
    unit: unit === undefined ? null : { uid: unit.uid, name: unit.name },
    userName: login?.userName ?? null,
    secondFactor: login !== undefined && login.on !== null,
    recoveryCode: login !== undefined && login.recovery !== null,
  };
}
