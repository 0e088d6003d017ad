/** Who marks for a contest beside its organisers. */
import { and, asc, eq } from 'drizzle-orm';
import type { PersonalPart } from '../accounts/personal-data.ts';
import type { Context } from '../context.ts';
import { withAudit } from '../platform/audit.ts';
import { AppError } from '../platform/errors.ts';

type MarkersContext = Pick<Context, 'database' | 'secrets' | 'clock'>;

/** Who changes the list. */
interface Author {
  readonly actor: string;
  readonly address: string;
}

export class Markers {
  readonly #context: MarkersContext;

  constructor(context: MarkersContext) {
    this.#context = context;
  }

  async isMarker(contestId: number, personId: number): Promise<boolean> {
    const { contestMarkers: t } = this.#context.database.tables;
    const rows = await this.#context.database.query
      .select({ personId: t.personId })
      .from(t)
      .where(and(eq(t.contestId, contestId), eq(t.personId, personId)));
    return rows.length > 0;
  }

  /** The contest of a desk address. Throws `notFound`. */
  async contest(uid: string): Promise<{ readonly id: number; readonly uid: string }> {
    const { contests: c } = this.#context.database.tables;
    const [row] = await this.#context.database.query
      .select({ id: c.id, uid: c.uid })
      .from(c)
      .where(eq(c.uid, uid));
    if (row === undefined) throw new AppError('notFound');
    return row;
  }

  async list(contestId: number): Promise<{ id: string; name: string }[]> {
    const { contestMarkers: t, people } = this.#context.database.tables;
    return this.#context.database.query
      .select({ id: people.uid, name: people.name })
      .from(t)
      .innerJoin(people, eq(people.id, t.personId))
      .where(eq(t.contestId, contestId))
      .orderBy(asc(t.addedAt), asc(t.personId));
  }

  /** Twice is once. Throws `notFound` for who has no account. */
  async add(contest: { id: number; uid: string }, person: string, author: Author): Promise<void> {
    const { contestMarkers: t, people } = this.#context.database.tables;
    const [row] = await this.#context.database.query
      .select({ id: people.id, guest: people.guest, erasedAt: people.erasedAt })
      .from(people)
      .where(eq(people.uid, person));
    if (row === undefined || row.guest || row.erasedAt !== null) throw new AppError('notFound');
    if (await this.isMarker(contest.id, row.id)) return;
    const added = { contestId: contest.id, personId: row.id, addedAt: this.#context.clock.now() };
    const insert = this.#context.database.query.insert(t).values(added).onConflictDoNothing();
    await withAudit(this.#context, entryOf(contest, 'contest.markerAdded', person, author), [insert]);
  }

  async remove(contest: { id: number; uid: string }, person: string, author: Author): Promise<void> {
    const { contestMarkers: t, people } = this.#context.database.tables;
    const [row] = await this.#context.database.query
      .select({ id: people.id })
      .from(people)
      .where(eq(people.uid, person));
    if (row === undefined || !(await this.isMarker(contest.id, row.id))) return;
    const gone = this.#context.database.query
      .delete(t)
      .where(and(eq(t.contestId, contest.id), eq(t.personId, row.id)));
    await withAudit(this.#context, entryOf(contest, 'contest.markerRemoved', person, author), [gone]);
  }
}

function entryOf(contest: { readonly uid: string }, action: string, person: string, author: Author) {
  return { ...author, action, subject: `contest:${contest.uid}`, details: { person } };
}

/** Where somebody marks goes with their data; what they gave stays, without their name. */
export function markersPart({ database }: Pick<Context, 'database'>): PersonalPart {
  const { contestMarkers: t, contests: c } = database.tables;
  return {
    name: 'markingDuties',
    collect: async (personId) =>
      database.query
        .select({ contest: c.title, at: t.addedAt })
        .from(t)
        .innerJoin(c, eq(c.id, t.contestId))
        .where(eq(t.personId, personId)),
    erase: (personId) => [database.query.delete(t).where(eq(t.personId, personId))],
  };
}
