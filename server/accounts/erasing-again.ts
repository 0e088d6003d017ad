/**
 * Erasures after a restore: a backup holds people who were erased since it was made. `restore` leaves their uids in a
 * fact; the server erases them again, through every feature's own part, before anybody can knock.
 */
import { eq, inArray } from 'drizzle-orm';
import { appendAudit } from '../platform/audit.ts';
import { PENDING_ERASURES } from '../platform/database/backup.ts';
import type { Accounts } from './accounts.ts';

/** How many people were erased again. */
export async function eraseAgain({ context, personalData }: Accounts): Promise<number> {
  const { database, clock } = context;
  const { facts, people } = database.tables;
  const [pending] = await database.query.select().from(facts).where(eq(facts.name, PENDING_ERASURES));
  if (pending === undefined) return 0;
  const uids: string[] = JSON.parse(pending.value);
  const found =
    uids.length === 0 ? [] : await database.query.select().from(people).where(inArray(people.uid, uids));
  const still = found.filter((person) => person.erasedAt === null);
  for (const person of still) await database.atomic(personalData.erasing(person.id, clock.now()));
  await database.atomic([database.query.delete(facts).where(eq(facts.name, PENDING_ERASURES))]);
  await appendAudit(context, {
    actor: 'system',
    action: 'people.erasedAgain',
    subject: 'restore',
    details: { people: still.map(({ uid }) => uid) },
  });
  return still.length;
}
