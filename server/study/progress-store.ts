/** How far somebody has come in practice: one small row a person, changed at the version that was read. */
import { and, eq } from 'drizzle-orm';
import {
  type Answered,
  forget,
  NOTHING,
  type Progress,
  readProgress,
  withAnswer,
} from '../../questions/practice/boxes.ts';
import type { PersonalPart } from '../accounts/personal-data.ts';
import type { Context } from '../context.ts';
import { ConflictError, expecting } from '../platform/database/door.ts';

/** Answers from two tabs race; the loser reads again. */
const TRIES = 10;

export class ProgressStore {
  readonly #database: Context['database'];

  constructor({ database }: Pick<Context, 'database'>) {
    this.#database = database;
  }

  async read(personId: number): Promise<Progress> {
    return (await this.#row(personId)).progress;
  }

  /** One more answer; the same one again changes nothing. Gives what stands then. */
  answered(personId: number, answer: Answered): Promise<Progress> {
    return this.#change(personId, answer.at, (progress) => withAnswer(progress, answer));
  }

  /** The question is open no longer. */
  forget(personId: number, question: string, now: number): Promise<Progress> {
    return this.#change(personId, now, (progress) => forget(progress, question));
  }

  async #change(personId: number, now: number, change: (progress: Progress) => Progress): Promise<Progress> {
    for (let tried = 1; ; tried++) {
      const { progress, version } = await this.#row(personId);
      const next = change(progress);
      if (next === progress) return progress;
      try {
        await this.#write(personId, next, version, now);
        return next;
      } catch (error) {
        if (!(error instanceof ConflictError) || tried === TRIES) throw error;
      }
    }
  }

  async #row(personId: number): Promise<{ readonly progress: Progress; readonly version: number }> {
    const { studyProgress: t } = this.#database.tables;
    const [row] = await this.#database.query
      .select({ progress: t.progress, version: t.version })
      .from(t)
      .where(eq(t.personId, personId));
    if (row === undefined) return { progress: NOTHING, version: 0 };
    return { progress: readProgress(JSON.parse(row.progress)), version: row.version };
  }

  async #write(personId: number, progress: Progress, version: number, now: number): Promise<void> {
    const { studyProgress: t } = this.#database.tables;
    const row = { progress: JSON.stringify(progress), version: version + 1, changedAt: now };
    const statement =
      version === 0
        ? this.#database.query.insert(t).values({ personId, ...row })
        : this.#database.query
            .update(t)
            .set(row)
            .where(and(eq(t.personId, personId), eq(t.version, version)));
    await this.#database.atomic([expecting(1, statement)]);
  }
}

/** What somebody practised goes with them. */
export function studyPart({ database }: Pick<Context, 'database'>): PersonalPart {
  const { studyProgress: t } = database.tables;
  return {
    name: 'study',
    collect: async (personId) => {
      const [row] = await database.query
        .select({ progress: t.progress, changedAt: t.changedAt })
        .from(t)
        .where(eq(t.personId, personId));
      return row === undefined ? null : { ...row, progress: JSON.parse(row.progress) };
    },
    erase: (personId) => [database.query.delete(t).where(eq(t.personId, personId))],
  };
}
