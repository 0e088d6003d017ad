/** Who gets no prize and no rank in a contest. They may still play, and they can be let in again. */
import { and, eq, isNull } from 'drizzle-orm';
import { compile, type Database, expecting, type Statement } from '../platform/database/door.ts';

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

/** Leaves somebody out, or changes why; lifted ones hold again. */
export function excluding(database: Database, exclusion: Exclusion): Statement {
  const { exclusions } = database.tables;
  const { contestId, personId, ...why } = exclusion;
  const set = { ...why, liftedAt: null };
  return compile(
    database.query
      .insert(exclusions)
      .values({ contestId, personId, ...set })
      .onConflictDoUpdate({ target: [exclusions.contestId, exclusions.personId], set }),
  );
}

/** Lets somebody in again; the row stays, so that it can be seen that there was one. */
export function lifting(database: Database, contestId: number, personId: number, now: number): Statement {
  const { exclusions } = database.tables;
  const held = and(
    eq(exclusions.contestId, contestId),
    eq(exclusions.personId, personId),
    isNull(exclusions.liftedAt),
  );
  return expecting(1, database.query.update(exclusions).set({ liftedAt: now }).where(held));
}
