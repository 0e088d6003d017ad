/** The part of personal data that contests keep: entries. What identifies people stands in their own row. */
import { eq } from 'drizzle-orm';
import type { PersonalPart } from '../accounts/personal-data.ts';
import type { Context } from '../context.ts';

export function contestsPart({ database }: Pick<Context, 'database'>): PersonalPart {
  const { entries, contests, contestStaff } = database.tables;
  return {
    name: 'entries',
    async collect(personId) {
      return database.query
        .select({
          contest: contests.title,
          number: entries.number,
          group: entries.group,
          fields: entries.fields,
          consents: entries.consents,
          enteredAt: entries.createdAt,
        })
        .from(entries)
        .innerJoin(contests, eq(contests.id, entries.contestId))
        .where(eq(entries.personId, personId));
    },
    erase(personId) {
      return [
        database.query
          .update(entries)
          .set({ group: null, fields: {}, device: null, network: null })
          .where(eq(entries.personId, personId)),
        database.query.delete(contestStaff).where(eq(contestStaff.personId, personId)),
      ];
    },
  };
}
