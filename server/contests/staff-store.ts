/** Who organises which contest. */
import { and, asc, eq } from 'drizzle-orm';
import type { Context } from '../context.ts';
import { withAudit } from '../platform/audit.ts';
import { compile } from '../platform/database/door.ts';
import { AppError } from '../platform/errors.ts';
import { type ContestRow, CREATOR, contestSubject } from './store.ts';

export interface Organiser {
  readonly personId: number;
  readonly uid: string;
  readonly name: string;
  /** Made the contest: stays. */
  readonly creator: boolean;
}

type StaffContext = Pick<Context, 'database' | 'secrets' | 'clock' | 'announcer'>;

export class StaffStore {
  readonly #context: StaffContext;

  constructor(context: StaffContext) {
    this.#context = context;
  }

  async isOrganiser(contestId: number, personId: number): Promise<boolean> {
    const { contestStaff } = this.#context.database.tables;
    const rows = await this.#context.database.query
      .select({ duty: contestStaff.duty })
      .from(contestStaff)
      .where(and(eq(contestStaff.contestId, contestId), eq(contestStaff.personId, personId)));
    return rows.length > 0;
  }

  /** In the order in which they came. */
  async list(contestId: number): Promise<readonly Organiser[]> {
    const { contestStaff, people } = this.#context.database.tables;
    const rows = await this.#context.database.query
      .select({ personId: people.id, uid: people.uid, name: people.name, duty: contestStaff.duty })
      .from(contestStaff)
      .innerJoin(people, eq(people.id, contestStaff.personId))
      .where(eq(contestStaff.contestId, contestId))
      .orderBy(asc(contestStaff.addedAt), asc(contestStaff.personId));
    return rows.map(({ duty, ...organiser }) => ({ ...organiser, creator: duty === CREATOR }));
  }

  /** Adding twice is once. Throws `notFound` for a person who is not there or has no account. */
  async add(contest: ContestRow, personUid: string, actor: string, now: number): Promise<void> {
    const { contestStaff, people } = this.#context.database.tables;
    const [person] = await this.#context.database.query
      .select({ id: people.id, guest: people.guest, erasedAt: people.erasedAt })
      .from(people)
      .where(eq(people.uid, personUid));
    if (person === undefined || person.guest || person.erasedAt !== null) throw new AppError('notFound');
    if (await this.isOrganiser(contest.id, person.id)) return;
    const row = { contestId: contest.id, personId: person.id, duty: 'organiser', addedAt: now };
    const insert = this.#context.database.query.insert(contestStaff).values(row).onConflictDoNothing();
    await this.#log(contest, actor, 'contest.organiserAdded', personUid, compile(insert));
  }

  /** Taking off twice is once; who made the contest stays (`auth.forbidden`). */
  async remove(contest: ContestRow, personUid: string, actor: string): Promise<void> {
    const organiser = (await this.list(contest.id)).find(({ uid }) => uid === personUid);
    if (organiser === undefined) return;
    if (organiser.creator) throw new AppError('auth.forbidden');
    const { contestStaff } = this.#context.database.tables;
    const gone = this.#context.database.query
      .delete(contestStaff)
      .where(and(eq(contestStaff.contestId, contest.id), eq(contestStaff.personId, organiser.personId)));
    await this.#log(contest, actor, 'contest.organiserRemoved', personUid, compile(gone));
    // Lines that they hold open as one of its organisers are looked at again.
    this.#context.announcer.announce(`person:${organiser.personId}`);
  }

  async #log(
    contest: ContestRow,
    actor: string,
    action: string,
    person: string,
    statement: ReturnType<typeof compile>,
  ): Promise<void> {
    const entry = { actor, action, subject: contestSubject(contest), details: { person } };
    await withAudit(this.#context, entry, [statement]);
  }
}
