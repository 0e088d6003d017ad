/** The part of personal data that closing keeps: prizes and certificates by key, and files of certificates, which hold names. */
import { eq, inArray } from 'drizzle-orm';
import type { PersonalPart } from '../accounts/personal-data.ts';
import type { Context } from '../context.ts';

export function closingPart({ database }: Pick<Context, 'database'>): PersonalPart {
  const { certificates: c, certificateFiles: f, prizeAllowances, winners: w } = database.tables;
  return {
    name: 'prizes',
    async collect(personId) {
      const [prizes, certificates] = await Promise.all([
        database.query.select({ prize: w.prize, rank: w.rank }).from(w).where(eq(w.personId, personId)),
        database.query
          .select({ says: c.saying, issuedAt: c.issuedAt, revokedAt: c.revokedAt })
          .from(c)
          .where(eq(c.personId, personId)),
      ]);
      return { prizes, certificates };
    },
    /** Prizes stay, nameless; files that show the name go. */
    erase(personId) {
      const own = database.query.select({ id: c.id }).from(c).where(eq(c.personId, personId));
      return [
        database.query.delete(f).where(inArray(f.certificateId, own)),
        database.query.delete(prizeAllowances).where(eq(prizeAllowances.personId, personId)),
      ];
    },
  };
}
