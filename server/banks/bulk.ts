/** Changes of many questions: planned, told, done together or not at all, and taken back within the hour. */
import { eq } from 'drizzle-orm';
import type { Context } from '../context.ts';
import type { BulkChange, BulkChanged, QuestionStatus } from '../contracts/banks.ts';
import type { Statement, Writable } from '../platform/database/door.ts';
import { AppError } from '../platform/errors.ts';
import { type BulkPlan, planBulk } from './bulk-rules.ts';
import type { QuestionRow } from './question-row.ts';
import type { Reviews } from './reviews.ts';
import { type Authorship, type BankRow, type BankStore, LOGGED_MOST } from './store.ts';
import { versionOf } from './talk.ts';

type BulkContext = Pick<Context, 'database' | 'secrets'>;

/** Undoing is for what one notices at once. */
const UNDO_MS = 3_600_000;

/** What a change left behind, to take it back: signed, so that nobody makes one up. */
interface Done {
  readonly by: number | null;
  readonly at: number;
  readonly bank: string;
  /** uid, version after, version before, status before. */
  readonly edits: readonly (readonly [string, number, number, QuestionStatus])[];
  /** uid, version, status after, status before. */
  readonly statuses: readonly (readonly [string, number, QuestionStatus, QuestionStatus])[];
  /** uids of what was moved. */
  readonly moves: readonly string[];
  /** uids of copies. */
  readonly copies: readonly string[];
  /** Where they went: uid of a bank. */
  readonly target: string | null;
}

export class Bulk {
  readonly #context: BulkContext;
  readonly #store: BankStore;
  readonly #reviews: Reviews;

  constructor(context: BulkContext, store: BankStore, reviews: Reviews) {
    this.#context = context;
    this.#store = store;
    this.#reviews = reviews;
  }

  /** `target`: where questions are moved or copied to. Throws `notFound`, `conflict`. */
  async change(
    bank: BankRow,
    target: BankRow | null,
    change: BulkChange,
    author: Authorship,
  ): Promise<BulkChanged> {
    const rows = await this.#store.byUids(change.questions);
    if (rows.some(({ bankId }) => bankId !== bank.id)) throw new AppError('notFound');
    const taken = target === null ? new Set<string>() : await this.#codes(target.id);
    const plan = planBulk(rows, change, { personId: author.by ?? 0, taken });
    const refused = plan.refused.map(({ question, vi, en }) => ({
      question: question.uid,
      code: question.code,
      vi,
      en,
    }));
    const touched = touchedBy(plan);
    const isHeld = change.dryRun === true || (refused.length > 0 && change.partly !== true);
    if (isHeld || touched.length === 0)
      return { changed: change.dryRun === true ? touched.length : 0, refused, undo: null };
    const done = await this.#do(bank, target, plan, change, author);
    return { changed: touched.length, refused, undo: this.#signed(done) };
  }

  async #codes(bankId: number): Promise<ReadonlySet<string>> {
    const { questions: q } = this.#context.database.tables;
    const codes = new Set<string>();
    const query = this.#context.database.query.select({ code: q.code }).from(q).where(eq(q.bankId, bankId));
    for await (const rows of this.#context.database.scan(query))
      for (const [code] of rows) codes.add(String(code));
    return codes;
  }

  async #do(
    bank: BankRow,
    target: BankRow | null,
    plan: BulkPlan,
    change: BulkChange,
    author: Authorship,
  ): Promise<Done> {
    const copied =
      target === null
        ? { statements: [], uids: [] }
        : await this.#store.adding(
            target.id,
            plan.copies.map(({ question, code }) => ({ code, content: question.content })),
            'draft',
            author,
          );
    const statements: (Writable | Statement)[] = [
      ...(await this.#store.editing(plan.edits, author)),
      ...plan.statuses.map(({ question, status }) => this.#store.givingStatus(question, status)),
      ...plan.moves.map((question) => this.#store.moving(question, target?.id ?? bank.id)),
      ...copied.statements,
      ...(await this.#reviewing(bank, plan, change, author)),
    ];
    const uids = touchedBy(plan).map(({ uid }) => uid);
    const { questions: _questions, dryRun: _dryRun, partly: _partly, ...asked } = change;
    const details = { ...asked, questions: uids.slice(0, LOGGED_MOST), count: uids.length };
    await this.#store.writeMany(target === null ? [bank] : [bank, target], statements, author, details);
    return doneBy(bank, target?.uid ?? null, plan, copied.uids, author);
  }

  /** Who is named reviewer, and who is not any more. */
  async #reviewing(
    bank: BankRow,
    plan: BulkPlan,
    { review, status }: BulkChange,
    author: Authorship,
  ): Promise<readonly (Writable | Statement)[]> {
    if (review !== undefined) {
      const reviewerId = await this.#reviews.reviewer(bank.id, review.reviewer);
      const asked = { reviewerId, dueAt: review.dueAt, askedBy: author.by, askedAt: author.at };
      return plan.reviews.map(({ id }) => this.#reviews.asking(id, asked));
    }
    const decided = plan.statuses.filter(() => status !== 'review').map(({ question }) => question.id);
    return decided.length === 0 ? [] : [this.#reviews.ending(decided)];
  }

  #signed(done: Done): string {
    const text = JSON.stringify(done);
    return `${Buffer.from(text).toString('base64url')}.${this.#context.secrets.hash('bulkUndo', text)}`;
  }

  /** Throws `notFound` for what nobody gave out, or gave to somebody else, or too long ago. */
  #read(undo: string, bank: BankRow, author: Authorship): Done {
    const [encoded = '', signature] = undo.split('.');
    const text = Buffer.from(encoded, 'base64url').toString();
    if (signature !== this.#context.secrets.hash('bulkUndo', text)) throw new AppError('notFound');
    const done: Done = JSON.parse(text);
    if (done.bank !== bank.uid || done.by !== author.by || author.at - done.at > UNDO_MS)
      throw new AppError('notFound');
    return done;
  }

  /** Brings back what a change took away, all or nothing. Throws `conflict` when somebody went on with a question. */
  async undo(bank: BankRow, undo: string, author: Authorship): Promise<BulkChanged> {
    const done = this.#read(undo, bank, author);
    const statements: (Writable | Statement)[] = [];
    const find = async (uid: string, version: number): Promise<QuestionRow> => {
      const row = await this.#store.question(uid);
      if (row.version !== version) throw new AppError('conflict');
      return row;
    };
    const edits = [];
    for (const [uid, after, before, status] of done.edits) {
      const question = await find(uid, after);
      const { topic, difficulty, tags } = await versionOf(this.#context, question.id, before);
      edits.push({ question, content: { ...question.content, topic, difficulty, tags }, status });
    }
    statements.push(...(await this.#store.editing(edits, author)));
    for (const [uid, version, after, before] of done.statuses) {
      const question = await find(uid, version);
      if (question.status !== after) throw new AppError('conflict');
      statements.push(this.#store.givingStatus(question, before));
    }
    const moved = done.moves.length === 0 ? [] : await this.#store.byUids(done.moves);
    statements.push(...moved.map((question) => this.#store.moving(question, bank.id)));
    const copies = done.copies.length === 0 ? [] : await this.#store.byUids(done.copies);
    statements.push(...copies.map((copy) => this.#store.givingStatus(copy, 'retired')));
    const banks = done.target === null ? [bank] : [bank, await this.#store.byUid(done.target)];
    const count = done.edits.length + done.statuses.length + done.moves.length + done.copies.length;
    await this.#store.writeMany(banks, statements, author, { undone: true, count });
    return { changed: count, refused: [], undo: null };
  }
}

function touchedBy({ edits, statuses, reviews, moves, copies }: BulkPlan): readonly QuestionRow[] {
  const rows = [...edits, ...statuses, ...copies].map(({ question }) => question);
  return [...new Set([...rows, ...reviews, ...moves])];
}

function doneBy(
  bank: BankRow,
  target: string | null,
  plan: BulkPlan,
  copies: readonly string[],
  author: Authorship,
): Done {
  return {
    by: author.by,
    at: author.at,
    bank: bank.uid,
    edits: plan.edits.map(({ question }) => [
      question.uid,
      question.version + 1,
      question.version,
      question.status,
    ]),
    statuses: plan.statuses.map(({ question, status }) => [
      question.uid,
      question.version,
      status,
      question.status,
    ]),
    moves: plan.moves.map(({ uid }) => uid),
    copies,
    target,
  };
}
