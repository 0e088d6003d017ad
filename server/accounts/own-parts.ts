/** The parts of personal data that accounts keep themselves: the person, logins, roles, sessions, codes. */
import { and, desc, eq, isNull } from 'drizzle-orm';
import type { Context } from '../context.ts';
import { expecting, type Statement, type Writable } from '../platform/database/door.ts';
import type { PersonalPart } from './personal-data.ts';
import { raisingEpoch } from './token-epochs.ts';

export function accountsPart({ database }: Pick<Context, 'database'>): PersonalPart {
  const { people, loginNames, logins, roles, sessions, codes } = database.tables;
  return {
    name: 'account',
    async collect(personId) {
      const [[person], ended, given] = await Promise.all([
        database.query.select({ consents: people.consents }).from(people).where(eq(people.id, personId)),
        database.query
          .select({ createdAt: sessions.createdAt, seenAt: sessions.seenAt, device: sessions.device })
          .from(sessions)
          .where(eq(sessions.personId, personId))
          .orderBy(desc(sessions.createdAt)),
        database.query
          .select({ role: roles.role, grantedAt: roles.grantedAt })
          .from(roles)
          .where(eq(roles.personId, personId)),
      ]);
      return { consents: person?.consents ?? null, sessions: ended, roles: given };
    },
    erase(personId, now): readonly (Writable | Statement)[] {
      const clear = database.query
        .update(people)
        .set({ ...nameless, erasedAt: now })
        .where(and(eq(people.id, personId), isNull(people.erasedAt)));
      return [
        expecting(1, clear),
        database.query.delete(loginNames).where(eq(loginNames.personId, personId)),
        database.query.delete(logins).where(eq(logins.personId, personId)),
        database.query.delete(roles).where(eq(roles.personId, personId)),
        database.query.delete(sessions).where(eq(sessions.personId, personId)),
        raisingEpoch(database, personId),
        database.query.delete(codes).where(eq(codes.personId, personId)),
      ];
    },
  };
}

/** Every personal column of `people`. */
const nameless = {
  name: '',
  folded: '',
  sortKey: '',
  birthDate: null,
  unitId: null,
  group: null,
  title: null,
  address: null,
  phoneCipher: null,
  phoneHash: null,
  emailCipher: null,
  emailHash: null,
  citizenHash: null,
  citizenLast: null,
  consents: null,
} as const;
