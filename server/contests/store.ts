/** Contests and rounds as rows. Whoever changes one names the contest's version; who comes second decides again. */
import { and, asc, desc, eq, inArray, ne, type SQL, sql } from 'drizzle-orm';
import type { Context } from '../context.ts';
import type { ContestDraft, DeskState, RoundDraft } from '../contracts/contest-desk.ts';
import { type AuditEntry, withAudit } from '../platform/audit.ts';
import { ConflictError, compile, expecting, type Statement, type Tables } from '../platform/database/door.ts';
import { AppError } from '../platform/errors.ts';
import { uidAt } from '../platform/uid.ts';
import { consentTexts } from './consent-texts.ts';

export type ContestRow = Tables['contests']['$inferSelect'];
export type RoundRow = Tables['rounds']['$inferSelect'];

/** A contest with its rounds by number. */
export interface WholeContest {
  readonly contest: ContestRow;
  readonly rounds: readonly RoundRow[];
}

/** A round as it is to be written, with the questions that it alone may ask (null: all that fit). */
export type RoundPlan = RoundDraft & { readonly share: readonly number[] | null };

/** Who did what and why; the contest is added by the store. */
export type AuditFacts = Omit<AuditEntry, 'subject'>;

/** Nudge: something about published contests, their rounds or their settlement changed. */
export const CONTESTS_TOPIC = 'contests';

type StoreContext = Pick<Context, 'database' | 'keys' | 'announcer' | 'secrets' | 'clock'>;

/** Duty of who made a contest; others have `organiser`. */
export const CREATOR = 'creator';

/** States are written by this file alone. */
export function stateOf({ state }: Pick<ContestRow, 'state'>): DeskState {
  return state === 'published' || state === 'archived' ? state : 'draft';
}

export class ContestStore {
  readonly #context: StoreContext;

  constructor(context: StoreContext) {
    this.#context = context;
  }

  get #tables() {
    return this.#context.database.tables;
  }

  get #query() {
    return this.#context.database.query;
  }

  /** Contests that this person organises, the newest first; null: all of them. */
  async list(personId: number | null): Promise<readonly WholeContest[]> {
    const { contests, contestStaff } = this.#tables;
    const mine = this.#query
      .select({ id: contestStaff.contestId })
      .from(contestStaff)
      .where(eq(contestStaff.personId, personId ?? 0));
    return this.#read(personId === null ? undefined : inArray(contests.id, mine));
  }

  /** Everything that was ever published. */
  async published(): Promise<readonly WholeContest[]> {
    return this.#read(ne(this.#tables.contests.state, 'draft'));
  }

  async #read(where: SQL | undefined): Promise<readonly WholeContest[]> {
    const { contests, rounds } = this.#tables;
    const rows = await this.#query.select().from(contests).where(where).orderBy(desc(contests.id));
    const found = await this.#query
      .select()
      .from(rounds)
      .where(
        where === undefined
          ? undefined
          : inArray(rounds.contestId, this.#query.select({ id: contests.id }).from(contests).where(where)),
      )
      .orderBy(asc(rounds.number));
    const byContest = Map.groupBy(found, ({ contestId }) => contestId);
    return rows.map((contest) => ({ contest, rounds: byContest.get(contest.id) ?? [] }));
  }

  /** Throws `notFound`. */
  async byUid(uid: string): Promise<WholeContest> {
    const [whole] = await this.#read(eq(this.#tables.contests.uid, uid));
    if (whole === undefined) throw new AppError('notFound');
    return whole;
  }

  /** The contest that a round belongs to. Throws `notFound`. */
  async byRoundUid(uid: string): Promise<WholeContest & { readonly round: RoundRow }> {
    const { contests, rounds } = this.#tables;
    const [round] = await this.#query.select().from(rounds).where(eq(rounds.uid, uid));
    const [whole] = round === undefined ? [] : await this.#read(eq(contests.id, round.contestId));
    if (round === undefined || whole === undefined) throw new AppError('notFound');
    return { ...whole, round };
  }

  async slugIsTaken(slug: string): Promise<boolean> {
    const { contests } = this.#tables;
    const rows = await this.#query.select({ id: contests.id }).from(contests).where(eq(contests.slug, slug));
    return rows.length > 0;
  }

  /** A draft of somebody's. `uid` chosen by the client: sent again it is the contest that is there. Throws `taken`. */
  async create(
    draft: ContestDraft,
    uid: string | undefined,
    by: { readonly personId: number; readonly uid: string } | null,
    now: number,
  ): Promise<string> {
    const id = await this.#context.keys.next('contests');
    const { contests, contestStaff } = this.#tables;
    const contest: ContestRow = {
      id,
      uid: uid ?? uidAt(now),
      slug: draft.slug,
      ...fieldsOf(draft),
      state: 'draft',
      version: 1,
      createdBy: by?.personId ?? null,
      createdAt: now,
      publishedAt: null,
    };
    const statements = [compile(this.#query.insert(contests).values(contest))];
    for (const [i, round] of draft.rounds.entries())
      statements.push(await this.#newRound(id, i + 1, { ...round, share: null }, now));
    if (by !== null) {
      const creator = { contestId: id, personId: by.personId, duty: CREATOR, addedAt: now };
      statements.push(compile(this.#query.insert(contestStaff).values(creator)));
    }
    const actor = by?.uid ?? 'system';
    const entry = { actor, action: 'contest.created', subject: contestSubject(contest) };
    await withAudit(this.#context, entry, statements).catch(takenSlug);
    return contest.uid;
  }

  async #newRound(contestId: number, number: number, plan: RoundPlan, now: number): Promise<Statement> {
    const row: Tables['rounds']['$inferInsert'] = {
      id: await this.#context.keys.next('rounds'),
      uid: uidAt(now),
      contestId,
      number,
      ...windowOf(plan),
      settings: plan.settings,
      state: 'scheduled',
      share: plan.share,
      version: 1,
    };
    return compile(this.#query.insert(this.#tables.rounds).values(row));
  }

  /**
   * Writes the whole draft over what is there; `plans` are its rounds with their shares. Throws `ConflictError` when
   * somebody changed it since, and `taken`.
   */
  async save(
    before: WholeContest,
    draft: ContestDraft,
    plans: readonly RoundPlan[],
    entry: AuditFacts,
    now: number,
  ): Promise<void> {
    const { rounds } = this.#tables;
    const { id: contestId } = before.contest;
    const kept = new Set(plans.map(({ id }) => id));
    const removed = before.rounds.filter(({ uid }) => !kept.has(uid)).map(({ id }) => id);
    const statements: Statement[] = [this.#touch(before, { slug: draft.slug, ...fieldsOf(draft) })];
    if (removed.length > 0)
      statements.push(
        expecting(removed.length, this.#query.delete(rounds).where(inArray(rounds.id, removed))),
      );
    // Numbers are unique in a contest: out of the way first, so that rounds can change places.
    const outOfTheWay = this.#query.update(rounds).set({ number: sql`-${rounds.id}` });
    statements.push(compile(outOfTheWay.where(eq(rounds.contestId, contestId))));
    for (const [i, plan] of plans.entries()) {
      const known = before.rounds.find(({ uid }) => uid === plan.id);
      statements.push(
        known === undefined
          ? await this.#newRound(contestId, i + 1, plan, now)
          : this.#changeRound(known, i + 1, plan),
      );
    }
    if (stateOf(before.contest) === 'published')
      statements.push(...consentTexts(this.#context.database, contestId, draft.settings, now));
    await this.#write(before, entry, statements);
  }

  #changeRound(known: RoundRow, number: number, plan: RoundPlan): Statement {
    const { rounds } = this.#tables;
    const { settings, share } = plan;
    return expecting(
      1,
      this.#query
        .update(rounds)
        .set({ number, ...windowOf(plan), settings, share, version: known.version + 1 })
        .where(and(eq(rounds.id, known.id), eq(rounds.version, known.version))),
    );
  }

  /** Opens the contest to people; `shares` are the rounds' in their order. Throws `ConflictError`. */
  async publish(
    before: WholeContest,
    shares: readonly (readonly number[] | null)[],
    entry: AuditFacts,
    now: number,
  ): Promise<void> {
    const { rounds } = this.#tables;
    await this.#write(before, entry, [
      this.#touch(before, { state: 'published', publishedAt: now }),
      ...consentTexts(this.#context.database, before.contest.id, before.contest.settings, now),
      ...before.rounds.map((round, i) =>
        expecting(
          1,
          this.#query
            .update(rounds)
            .set({ share: shares[i] ?? null, version: round.version + 1 })
            .where(and(eq(rounds.id, round.id), eq(rounds.version, round.version))),
        ),
      ),
    ]);
  }

  /** Out of the lists; its page and results stay where links point. Throws `ConflictError`. */
  async archive(before: WholeContest, entry: AuditFacts): Promise<void> {
    await this.#write(before, entry, [this.#touch(before, { state: 'archived' })]);
  }

  /** Another closing time for one round. Throws `ConflictError`. */
  async moveClosing(
    before: WholeContest,
    round: RoundRow,
    closesAt: number,
    entry: AuditFacts,
  ): Promise<void> {
    const { rounds } = this.#tables;
    await this.#write(before, entry, [
      this.#touch(before, {}),
      expecting(
        1,
        this.#query
          .update(rounds)
          .set({ closesAt, version: round.version + 1 })
          .where(and(eq(rounds.id, round.id), eq(rounds.version, round.version))),
      ),
    ]);
  }

  async #write(
    { contest }: WholeContest,
    facts: AuditFacts,
    statements: readonly Statement[],
  ): Promise<void> {
    const entry = { ...facts, subject: contestSubject(contest) };
    await withAudit(this.#context, entry, statements).catch(takenSlug);
    this.#context.announcer.announce(CONTESTS_TOPIC);
  }

  /** Changes the contest's row at the version that was seen, and counts the version up. */
  #touch({ contest }: WholeContest, set: Partial<ContestRow>): Statement {
    const { contests } = this.#tables;
    return expecting(
      1,
      this.#query
        .update(contests)
        .set({ ...set, version: contest.version + 1 })
        .where(and(eq(contests.id, contest.id), eq(contests.version, contest.version))),
    );
  }
}

/** How the audit log names a contest. */
export function contestSubject({ uid }: Pick<ContestRow, 'uid'>): string {
  return `contest:${uid}`;
}

function fieldsOf({ title, summary, page, image, settings }: ContestDraft) {
  return { title, summary, page, imageId: image, settings };
}

function windowOf({ title, opensAt, closesAt, durationMs }: RoundDraft) {
  return { title, opensAt, closesAt, durationMs };
}

function takenSlug(error: unknown): never {
  if (!(error instanceof ConflictError) || !/slug/.test(error.constraint)) throw error;
  throw new AppError('taken', {
    errors: [{ path: 'slug', vi: 'Địa chỉ này đã được dùng.', en: 'This address is in use.' }],
  });
}
