/** The part of personal data that reports keep: what somebody wrote about questions. Erased, the count stays without them or their words. */
import { eq } from 'drizzle-orm';
import type { PersonalPart } from '../accounts/personal-data.ts';
import type { Database } from '../platform/database/door.ts';

export function reportsPart({ query, tables: { questionReports: t } }: Database): PersonalPart {
  return {
    name: 'questionReports',
    collect: async (personId) =>
      query.select({ at: t.at, reason: t.reason, text: t.text }).from(t).where(eq(t.personId, personId)),
    erase: (personId) => [query.update(t).set({ personId: null, text: '' }).where(eq(t.personId, personId))],
  };
}
