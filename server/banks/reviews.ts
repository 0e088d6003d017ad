/** Who is asked to review what, and by when: named by editors, seen by reviewers in one queue over all banks, gone once decided. */
import { and, asc, eq, inArray, sql } from 'drizzle-orm';
import type { Context } from '../context.ts';
import type { MyReviews } from '../contracts/banks.ts';
import { compile, expecting, type Statement, type Writable } from '../platform/database/door.ts';
import { invalidField } from '../platform/errors.ts';
import type { BankStaff } from './staff.ts';

type ReviewContext = Pick<Context, 'database'>;

export interface ReviewAsked {
  readonly reviewer: string;
  readonly name: string;
  readonly dueAt: number | null;
}

/** Shown of somebody's queue. */
const SHOWN_MOST = 200;

export class Reviews {
  readonly #context: ReviewContext;
  readonly #staff: BankStaff;

  constructor(context: ReviewContext, staff: BankStaff) {
    this.#context = context;
    this.#staff = staff;
  }

  /** Who reviews these questions, by their id. */
  async of(questionIds: readonly number[]): Promise<ReadonlyMap<number, ReviewAsked>> {
    if (questionIds.length === 0) return new Map();
    const { questionReviews: t, people } = this.#context.database.tables;
    const rows = await this.#context.database.query
      .select({ id: t.questionId, reviewer: people.uid, name: people.name, dueAt: t.dueAt })
      .from(t)
      .innerJoin(people, eq(people.id, t.reviewerId))
      .where(inArray(t.questionId, [...questionIds]));
    return new Map(rows.map(({ id, ...review }) => [id, review]));
  }

  /** The key of a person who may approve in the bank. Throws `request.invalid` for anybody else. */
  async reviewer(bankId: number, uid: string): Promise<number> {
    const found = (await this.#staff.reviewers(bankId)).find((one) => one.id === uid);
    if (found !== undefined) return found.personId;
    throw invalidField(
      'reviewer',
      'Người này không thẩm định được ngân hàng này.',
      'This person cannot review in this bank.',
    );
  }

  /** The statement that names a reviewer, in place of whoever was named before. */
  asking(
    questionId: number,
    asked: {
      readonly reviewerId: number;
      readonly dueAt: number | null;
      readonly askedBy: number | null;
      readonly askedAt: number;
    },
  ): Statement {
    const { questionReviews: t } = this.#context.database.tables;
    const insert = this.#context.database.query
      .insert(t)
      .values({ questionId, ...asked })
      .onConflictDoUpdate({ target: t.questionId, set: asked });
    return expecting(1, compile(insert));
  }

  /** The statement that takes questions out of the queues. */
  ending(questionIds: readonly number[]): Writable {
    const { questionReviews: t } = this.#context.database.tables;
    return this.#context.database.query.delete(t).where(inArray(t.questionId, [...questionIds]));
  }

  /** What waits for somebody, the most urgent first; what has no date stands last. */
  async mine(personId: number, now: number): Promise<MyReviews> {
    const { questionReviews: t, questions: q, questionVersions: v, banks: b } = this.#context.database.tables;
    const waits = and(eq(t.reviewerId, personId), eq(q.status, 'review'));
    const [counted] = await this.#context.database.query
      .select({
        total: sql<number>`count(*)`,
        overdue: sql<number>`sum(case when ${t.dueAt} < ${now} then 1 else 0 end)`,
      })
      .from(t)
      .innerJoin(q, eq(q.id, t.questionId))
      .where(waits);
    const rows = await this.#context.database.query
      .select({ review: t, question: q, version: v, bank: { uid: b.uid, title: b.title } })
      .from(t)
      .innerJoin(q, eq(q.id, t.questionId))
      .innerJoin(v, eq(v.id, q.currentVersionId))
      .innerJoin(b, eq(b.id, q.bankId))
      .where(waits)
      .orderBy(sql`case when ${t.dueAt} is null then 1 else 0 end`, asc(t.dueAt), asc(t.askedAt))
      .limit(SHOWN_MOST);
    return {
      total: Number(counted?.total ?? 0),
      overdue: Number(counted?.overdue ?? 0),
      questions: rows.map(({ review, question, version, bank }) => ({
        id: question.uid,
        bank: bank.uid,
        bankTitle: bank.title,
        code: question.code,
        kind: version.kind,
        topic: version.topic,
        stem: version.prompt.stem,
        dueAt: review.dueAt,
        askedAt: review.askedAt,
        own: version.createdBy === personId,
      })),
    };
  }
}
