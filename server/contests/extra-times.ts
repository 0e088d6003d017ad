/** Extra time that one person has in one round. */
import { eq } from 'drizzle-orm';
import type { Context } from '../context.ts';
import { AppError } from '../platform/errors.ts';

export class ExtraTimes {
  readonly #database: Context['database'];

  constructor({ database }: Pick<Context, 'database'>) {
    this.#database = database;
  }

  /** Sets it, ms in all, for attempts that are still to start. Gives the person's key; throws `notFound`. */
  async give(roundId: number, personUid: string, extraMs: number): Promise<number> {
    const { people, extraTimes } = this.#database.tables;
    const [person] = await this.#database.query
      .select({ id: people.id })
      .from(people)
      .where(eq(people.uid, personUid));
    if (person === undefined) throw new AppError('notFound');
    await this.#database.atomic([
      this.#database.query
        .insert(extraTimes)
        .values({ roundId, personId: person.id, extraMs })
        .onConflictDoUpdate({ target: [extraTimes.roundId, extraTimes.personId], set: { extraMs } }),
    ]);
    return person.id;
  }
}
