/** The part of personal data that rosters keep: the lines that somebody was found to be. */
import { eq } from 'drizzle-orm';
import type { PersonalPart } from '../accounts/personal-data.ts';
import type { Database } from '../platform/database/door.ts';

export function rostersPart(database: Database): PersonalPart {
  const {
    rosterMembers: m,
    rosterMatches: x,
    rosters: r,
    unitRequests: q,
    unitOfficers: o,
  } = database.tables;
  return {
    name: 'rosters',
    async collect(personId) {
      const [lines, requests] = await Promise.all([
        database.query
          .select({ roster: r.title, name: m.name, birthDate: m.birthDate, found: m.found })
          .from(m)
          .innerJoin(r, eq(r.id, m.rosterId))
          .where(eq(m.personId, personId)),
        database.query
          .select({ unit: q.text, state: q.state, at: q.createdAt, refusal: q.refusal })
          .from(q)
          .where(eq(q.personId, personId)),
      ]);
      return { lines, unitsAskedFor: requests };
    },
    erase(personId) {
      const nameless = {
        name: '',
        folded: '',
        sortKey: '',
        birthDate: null,
        phoneCipher: null,
        phoneHash: null,
      };
      return [
        database.query.update(m).set(nameless).where(eq(m.personId, personId)),
        database.query.delete(x).where(eq(x.personId, personId)),
        database.query.delete(q).where(eq(q.personId, personId)),
        database.query.delete(o).where(eq(o.personId, personId)),
      ];
    },
  };
}
