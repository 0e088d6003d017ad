/**
 * Who may not win: staff who may have seen keys by default, officers of units where a prediction decides the order, and whom
 * organisers left out; with what lets somebody in again.
 */
import { and, eq, inArray, isNull } from 'drizzle-orm';
import { contestSubject, type WholeContest } from '../contests/store.ts';
import type { Exclusion, ExclusionCause } from '../contracts/prizes.ts';
import { excluding, exclusionsOf } from '../fairness/exclusions.ts';
import { officersSeeing } from '../officers/store.ts';
import { withAudit } from '../platform/audit.ts';
import { compile, type Statement } from '../platform/database/door.ts';
import { AppError } from '../platform/errors.ts';
import type { By, ClosingContext } from './closing-context.ts';

/** Roles whose holders can read keys. */
const READS_KEYS: readonly string[] = ['editor', 'reviewer', 'admin'];

interface Right {
  readonly personId: number;
  readonly cause: ExclusionCause;
  readonly excluded: boolean;
  readonly reason: string | null;
}

export class PrizeRights {
  readonly #closing: Pick<ClosingContext, 'context'>;

  constructor(closing: Pick<ClosingContext, 'context'>) {
    this.#closing = closing;
  }

  get #database() {
    return this.#closing.context.database;
  }

  /** Everybody who may not win on a board, with the cause. Who saw figures may, unless a prediction decides its order. */
  async excluded(
    whole: WholeContest,
    order: readonly string[],
  ): Promise<ReadonlyMap<number, ExclusionCause>> {
    const rights = await this.#rights(whole);
    const isPredicted = order.includes('prediction');
    const left = rights.filter(({ excluded, cause }) => excluded && (isPredicted || cause !== 'figures'));
    return new Map(left.map(({ personId, cause }) => [personId, cause]));
  }

  async list(whole: WholeContest): Promise<Exclusion[]> {
    const rights = await this.#rights(whole);
    const { people } = this.#database.tables;
    const ids = rights.map(({ personId }) => personId);
    const rows =
      ids.length === 0
        ? []
        : await this.#database.query
            .select({ id: people.id, uid: people.uid, name: people.name, key: people.sortKey })
            .from(people)
            .where(and(inArray(people.id, ids), isNull(people.erasedAt)));
    const named = new Map(rows.map((row) => [row.id, row]));
    return rights
      .flatMap(({ personId, cause, excluded, reason }) => {
        const person = named.get(personId);
        return person === undefined ? [] : [{ person, cause, excluded, reason }];
      })
      .sort((a, b) => (a.person.key < b.person.key ? -1 : 1))
      .map(({ person, ...right }) => ({ person: person.uid, name: person.name, ...right }));
  }

  /** A decision of organisers goes before what follows from duties. */
  async #rights(whole: WholeContest): Promise<readonly Right[]> {
    const { id } = whole.contest;
    const predicts = whole.rounds.some(({ settings }) => settings.prediction !== null);
    const [officers, organisers, readers, left, allowed] = await Promise.all([
      predicts ? officersSeeing(this.#database, id) : [],
      this.#organisers(id),
      this.#readers(whole),
      exclusionsOf(this.#database, id),
      this.#allowed(id),
    ]);
    const rights = new Map<number, Right>();
    const add = (personId: number, cause: ExclusionCause): void => {
      const reason = allowed.get(personId);
      rights.set(personId, { personId, cause, excluded: reason === undefined, reason: reason ?? null });
    };
    for (const personId of officers) add(personId, 'figures');
    for (const personId of readers) add(personId, 'keys');
    for (const personId of organisers) add(personId, 'organiser');
    for (const { personId, reason } of left)
      rights.set(personId, { personId, cause: 'decided', excluded: true, reason });
    return [...rights.values()];
  }

  async #organisers(contestId: number): Promise<readonly number[]> {
    const { contestStaff: t } = this.#database.tables;
    const rows = await this.#database.query
      .select({ id: t.personId })
      .from(t)
      .where(eq(t.contestId, contestId));
    return rows.map(({ id }) => id);
  }

  /** Who holds a role that reads keys, or wrote a version of a question in the contest's banks. */
  async #readers({ rounds }: WholeContest): Promise<readonly number[]> {
    const { roles, banks, questions, questionVersions: v } = this.#database.tables;
    const uids = [
      ...new Set(rounds.flatMap(({ settings }) => settings.blueprint.cells.flatMap(({ banks: of }) => of))),
    ];
    const holders = await this.#database.query
      .selectDistinct({ id: roles.personId })
      .from(roles)
      .where(inArray(roles.role, [...READS_KEYS]));
    const people = new Set(holders.map(({ id }) => id));
    if (uids.length === 0) return [...people];
    const writers = this.#database.query
      .selectDistinct({ id: v.createdBy })
      .from(banks)
      .innerJoin(questions, eq(questions.bankId, banks.id))
      .innerJoin(v, eq(v.questionId, questions.id))
      .where(inArray(banks.uid, uids));
    for await (const rows of this.#database.scan(writers))
      for (const [id] of rows) if (id !== null) people.add(Number(id));
    return [...people];
  }

  async #allowed(contestId: number): Promise<ReadonlyMap<number, string>> {
    const { prizeAllowances: t } = this.#database.tables;
    const rows = await this.#database.query.select().from(t).where(eq(t.contestId, contestId));
    return new Map(rows.map(({ personId, reason }) => [personId, reason]));
  }

  /** Decides about one person; twice is once. Throws `notFound`. */
  async decide(
    whole: WholeContest,
    right: { readonly person: string; readonly excluded: boolean; readonly reason: string },
    by: By,
  ): Promise<void> {
    const { people } = this.#database.tables;
    const [person] = await this.#database.query
      .select({ id: people.id })
      .from(people)
      .where(and(eq(people.uid, right.person), isNull(people.erasedAt)));
    if (person === undefined) throw new AppError('notFound');
    const statements = right.excluded
      ? this.#excluding(whole.contest.id, person.id, right.reason, by)
      : this.#allowing(whole.contest.id, person.id, right.reason, by);
    const entry = {
      actor: by.who.uid,
      action: right.excluded ? 'prizes.excluded' : 'prizes.allowed',
      subject: contestSubject(whole.contest),
      reason: right.reason,
      details: { person: right.person },
      address: by.address,
    };
    await withAudit(this.#closing.context, entry, statements);
  }

  #excluding(contestId: number, personId: number, reason: string, { who, now }: By): Statement[] {
    const { prizeAllowances: a } = this.#database.tables;
    const exclusion = { contestId, personId, reason, createdBy: who.uid, createdAt: now };
    return [
      excluding(this.#database, exclusion),
      compile(
        this.#database.query.delete(a).where(and(eq(a.contestId, contestId), eq(a.personId, personId))),
      ),
    ];
  }

  #allowing(contestId: number, personId: number, reason: string, { who, now }: By): Statement[] {
    const { exclusions: t, prizeAllowances: a } = this.#database.tables;
    const held = and(eq(t.contestId, contestId), eq(t.personId, personId), isNull(t.liftedAt));
    const set = { reason, decidedBy: who.uid, decidedAt: now };
    return [
      compile(this.#database.query.update(t).set({ liftedAt: now }).where(held)),
      compile(
        this.#database.query
          .insert(a)
          .values({ contestId, personId, ...set })
          .onConflictDoUpdate({ target: [a.contestId, a.personId], set }),
      ),
    ];
  }
}
