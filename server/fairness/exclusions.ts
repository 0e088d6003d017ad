/** Who gets no prize and no rank in a contest. They may still play, and they can be let in again. */
import { and, eq, isNull } from 'drizzle-orm';
import type { Database } from '../platform/database/door.ts';

/** A person who is left out, and why. */
export interface Exclusion {
  readonly contestId: number;
  readonly personId: number;
  readonly reason: string;
  /** uid of who decided it. */
  readonly createdBy: string;
  readonly createdAt: number;
}

/** Exclusions that hold now, for whoever ranks or gives prizes; few, by the contest's key. */
export async function exclusionsOf(database: Database, contestId: number): Promise<readonly Exclusion[]> {
  const { exclusions } = database.tables;
  const rows = await database.query
    .select()
    .from(exclusions)
    .where(and(eq(exclusions.contestId, contestId), isNull(exclusions.liftedAt)));
  return rows.map(({ liftedAt: _, ...exclusion }) => exclusion);
}
