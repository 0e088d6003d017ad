/** Banks and their questions as rows. A change of a question is a new version; keys go into a table of their own. */
import { and, count, desc, eq, getTableColumns, gt, inArray, ne, type SQL } from 'drizzle-orm';
import { likenessOf } from '../../questions/formats/duplicates.ts';
import type { Context } from '../context.ts';
import type { BankSummary, ChangeBank, CreateBank, QuestionStatus } from '../contracts/banks.ts';
import { type AuditEntry, withAudit } from '../platform/audit.ts';
import { ConflictError, expecting, type Statement, type Writable } from '../platform/database/door.ts';
import { AppError } from '../platform/errors.ts';
import { uidAt } from '../platform/uid.ts';
import { type QuestionRow, statusOf, toQuestionRow } from './question-row.ts';
import { type Content, searchText } from './rules.ts';

type BankContext = Pick<Context, 'database' | 'keys' | 'announcer' | 'secrets' | 'clock'>;

export interface BankRow {
  readonly id: number;
  readonly uid: string;
  readonly slug: string;
  readonly title: string;
  readonly description: string;
  readonly licence: string;
  readonly shipped: boolean;
  readonly practice: boolean;
  readonly createdBy: number | null;
  readonly createdAt: number;
  readonly archivedAt: number | null;
}

/** Who writes and when; null: the product itself. */
export interface Authorship {
  readonly by: number | null;
  readonly at: number;
  readonly reason: string | null;
  /** For the audit log; left out for the product itself. */
  readonly log?: { readonly actor: string; readonly address: string };
}

/** A question as it comes into a bank. */
export interface NewQuestion {
  readonly code: string;
  readonly content: Content;
}

/** What a question is to say from now on. */
export interface QuestionEdit {
  readonly question: QuestionRow;
  readonly content: Content;
  readonly status: QuestionStatus;
}

/** Questions that one entry of the log names; more are counted. */
export const LOGGED_MOST = 50;

const NO_COUNTS: BankSummary['counts'] = { draft: 0, review: 0, approved: 0, retired: 0 };

/** Topic of the nudge that a bank's questions changed. */
export function bankTopic(id: number): string {
  return `bank:${id}`;
}

export class BankStore {
  readonly #context: BankContext;

  constructor(context: BankContext) {
    this.#context = context;
  }

  get #tables() {
    return this.#context.database.tables;
  }

  get #query() {
    return this.#context.database.query;
  }

  /** All banks by title. */
  async list(): Promise<readonly BankRow[]> {
    return this.#query.select().from(this.#tables.banks).orderBy(this.#tables.banks.title);
  }

  async byUid(uid: string): Promise<BankRow> {
    const [bank] = await this.#query.select().from(this.#tables.banks).where(eq(this.#tables.banks.uid, uid));
    if (bank === undefined) throw new AppError('notFound');
    return bank;
  }

  async byId(id: number): Promise<BankRow> {
    const [bank] = await this.#query.select().from(this.#tables.banks).where(eq(this.#tables.banks.id, id));
    if (bank === undefined) throw new AppError('notFound');
    return bank;
  }

  async bySlug(slug: string): Promise<BankRow | null> {
    const [bank] = await this.#query
      .select()
      .from(this.#tables.banks)
      .where(eq(this.#tables.banks.slug, slug));
    return bank ?? null;
  }

  /** Questions by status for each bank, counted outside the main thread. */
  async counts(): Promise<ReadonlyMap<number, BankSummary['counts']>> {
    const { questions } = this.#tables;
    const counts = new Map<number, BankSummary['counts']>();
    const query = this.#query
      .select({ bankId: questions.bankId, status: questions.status, count: count() })
      .from(questions)
      .groupBy(questions.bankId, questions.status);
    for await (const rows of this.#context.database.scan(query)) {
      for (const [bankId, status, number] of rows) {
        const known = counts.get(Number(bankId)) ?? NO_COUNTS;
        counts.set(Number(bankId), { ...known, [statusOf(String(status))]: Number(number) });
      }
    }
    return counts;
  }

  /** Throws `taken` when the slug is in use. */
  async create(
    bank: CreateBank & { readonly shipped: boolean; readonly practice: boolean },
    author: Authorship,
  ): Promise<BankRow> {
    const row: BankRow = {
      id: await this.#context.keys.next('banks'),
      uid: uidAt(author.at),
      slug: bank.slug,
      title: bank.title,
      description: bank.description,
      licence: bank.licence,
      shipped: bank.shipped,
      practice: bank.practice,
      createdBy: author.by,
      createdAt: author.at,
      archivedAt: null,
    };
    const insert = this.#query.insert(this.#tables.banks).values(row);
    // Whoever opens a bank owns it; what the product brings belongs to the house.
    const owner = { bankId: row.id, personId: author.by ?? 0, duty: 'owner', addedAt: author.at };
    const owning = author.by === null ? [] : [this.#query.insert(this.#tables.bankStaff).values(owner)];
    const logged = { action: 'bank.created', subject: `bank:${row.uid}`, details: { slug: row.slug } };
    await this.#write([insert, ...owning], author, logged).catch(orTaken('slug'));
    this.#context.announcer.announce(bankTopic(row.id));
    return row;
  }

  /** Statements with what the log says of them, together. */
  async #write(
    statements: readonly (Writable | Statement)[],
    { log, reason }: Authorship,
    entry: Pick<AuditEntry, 'action' | 'subject' | 'details'>,
  ): Promise<void> {
    if (log === undefined) await this.#context.database.atomic(statements);
    else await withAudit(this.#context, { ...entry, ...log, reason }, statements);
  }

  async change(bank: BankRow, change: ChangeBank, author: Authorship): Promise<BankRow> {
    const { archived, ...fields } = change;
    const set = {
      ...fields,
      ...(archived === undefined ? {} : { archivedAt: archived ? (bank.archivedAt ?? author.at) : null }),
    };
    if (Object.keys(set).length === 0) return bank;
    const { banks } = this.#tables;
    const update = expecting(1, this.#query.update(banks).set(set).where(eq(banks.id, bank.id)));
    const logged = {
      action: archived === undefined ? 'bank.changed' : archived ? 'bank.archived' : 'bank.restored',
      subject: `bank:${bank.uid}`,
      details: {
        paths: Object.keys(change),
        ...(change.practice === undefined ? {} : { practice: change.practice }),
      },
    };
    await this.#write([update], author, logged);
    this.#context.announcer.announce(bankTopic(bank.id));
    return this.byUid(bank.uid);
  }

  get #isCurrent(): SQL {
    return eq(this.#tables.questionVersions.id, this.#tables.questions.currentVersionId);
  }

  #select(where: SQL | undefined) {
    const { questions, questionVersions: versions, questionKeys: keys, banks } = this.#tables;
    return this.#query
      .select({
        question: getTableColumns(questions),
        version: getTableColumns(versions),
        secret: getTableColumns(keys),
        bankUid: banks.uid,
      })
      .from(questions)
      .innerJoin(versions, this.#isCurrent)
      .innerJoin(keys, eq(keys.versionId, versions.id))
      .innerJoin(banks, eq(banks.id, questions.bankId))
      .where(where);
  }

  /** Throws `notFound`. */
  async question(uid: string): Promise<QuestionRow> {
    const [row] = await this.#select(eq(this.#tables.questions.uid, uid));
    if (row === undefined) throw new AppError('notFound');
    return toQuestionRow(row);
  }

  /** Every question of a bank by its code. */
  async byCode(bank: BankRow): Promise<ReadonlyMap<string, QuestionRow>> {
    const rows = await this.#select(eq(this.#tables.questions.bankId, bank.id));
    return new Map(rows.map((row) => [row.question.code, toQuestionRow(row)]));
  }

  /** Those questions of a bank that have one of these codes; some hundreds at a time. */
  async byCodes(bankId: number, codes: readonly string[]): Promise<ReadonlyMap<string, QuestionRow>> {
    if (codes.length === 0) return new Map();
    const { questions } = this.#tables;
    const rows = await this.#select(and(eq(questions.bankId, bankId), inArray(questions.code, [...codes])));
    return new Map(rows.map((row) => [row.question.code, toQuestionRow(row)]));
  }

  /** All questions of a bank that are not retired in the order of their codes, some at a time. */
  async *inOrder(bank: BankRow, piece: number) {
    const { questions } = this.#tables;
    for (let last = ''; ; ) {
      const more = and(
        eq(questions.bankId, bank.id),
        ne(questions.status, 'retired'),
        gt(questions.code, last),
      );
      const rows = await this.#select(more).orderBy(questions.code).limit(piece);
      if (rows.length === 0) return;
      yield rows.map(toQuestionRow);
      last = rows.at(-1)?.question.code ?? last;
    }
  }

  /** Some hundreds at a time. */
  async byIds(ids: readonly number[]): Promise<ReadonlyMap<number, QuestionRow>> {
    if (ids.length === 0) return new Map();
    const rows = await this.#select(inArray(this.#tables.questions.id, [...ids]));
    return new Map(rows.map((row) => [row.question.id, toQuestionRow(row)]));
  }

  /** Some hundreds at a time, in the order asked. Throws `notFound` when one is missing. */
  async byUids(uids: readonly string[]): Promise<readonly QuestionRow[]> {
    const rows = await this.#select(inArray(this.#tables.questions.uid, [...uids]));
    const found = new Map(rows.map((row) => [row.question.uid, toQuestionRow(row)]));
    return uids.map((uid) => {
      const row = found.get(uid);
      if (row === undefined) throw new AppError('notFound');
      return row;
    });
  }

  /** Versions of a question, the newest first. */
  async versions(questionId: number) {
    const { questionVersions: versions, people } = this.#tables;
    return this.#query
      .select({ version: versions.version, at: versions.createdAt, by: people.name, reason: versions.reason })
      .from(versions)
      .leftJoin(people, eq(people.id, versions.createdBy))
      .where(eq(versions.questionId, questionId))
      .orderBy(desc(versions.version));
  }

  /** Adds questions to a bank together or not at all. Throws `taken` when a code is in use. */
  async add(
    bank: BankRow,
    added: readonly NewQuestion[],
    status: QuestionStatus,
    author: Authorship,
  ): Promise<readonly string[]> {
    const { statements, uids } = await this.adding(bank.id, added, status, author);
    const logged = {
      action: 'questions.added',
      subject: `bank:${bank.uid}`,
      details: { questions: uids.slice(0, LOGGED_MOST), count: uids.length, status },
    };
    await this.#write(statements, author, logged).catch(orTaken('code'));
    this.#context.announcer.announce(bankTopic(bank.id));
    return uids;
  }

  /** The statements that add questions, and their uids. */
  async adding(
    bankId: number,
    added: readonly NewQuestion[],
    status: QuestionStatus,
    author: Authorship,
  ): Promise<{ readonly statements: readonly Statement[]; readonly uids: readonly string[] }> {
    const statements: Statement[] = [];
    const uids: string[] = [];
    for (const { code, content } of added) {
      const uid = uidAt(author.at);
      uids.push(uid);
      const id = await this.#context.keys.next('questions');
      const versionId = await this.#context.keys.next('question_versions');
      const question = { id, uid, bankId, code, status, currentVersionId: versionId };
      statements.push(
        expecting(
          1,
          this.#query.insert(this.#tables.questions).values({ ...question, createdAt: author.at }),
        ),
        ...this.#versionStatements({ id: versionId, questionId: id, version: 1 }, code, content, author),
      );
    }
    return { statements, uids };
  }

  /** A new version of each question, at the version that was seen. Throws `ConflictError`. */
  async edit(edits: readonly QuestionEdit[], author: Authorship): Promise<void> {
    const uids = edits.map(({ question }) => question.uid);
    const logged = {
      action: 'questions.edited',
      subject: `bank:${edits[0]?.question.bankUid ?? ''}`,
      details: { questions: uids.slice(0, LOGGED_MOST), count: uids.length },
    };
    await this.#write(await this.editing(edits, author), author, logged);
    for (const id of new Set(edits.map(({ question }) => question.bankId)))
      this.#context.announcer.announce(bankTopic(id));
  }

  /** The statements of new versions, each at the version that was seen. */
  async editing(edits: readonly QuestionEdit[], author: Authorship): Promise<readonly Statement[]> {
    const { questions } = this.#tables;
    const statements: Statement[] = [];
    for (const { question, content, status } of edits) {
      const id = await this.#context.keys.next('question_versions');
      statements.push(
        expecting(
          1,
          this.#query
            .update(questions)
            .set({ currentVersionId: id, status })
            .where(and(eq(questions.id, question.id), eq(questions.currentVersionId, question.versionId))),
        ),
        ...this.#versionStatements(
          { id, questionId: question.id, version: question.version + 1 },
          question.code,
          content,
          author,
        ),
      );
    }
    return statements;
  }

  #versionStatements(
    version: { readonly id: number; readonly questionId: number; readonly version: number },
    code: string,
    { key, explanation, citation, ...content }: Content,
    author: Authorship,
  ): readonly Statement[] {
    const { questionVersions, questionKeys } = this.#tables;
    return [
      expecting(
        1,
        this.#query.insert(questionVersions).values({
          ...version,
          ...content,
          folded: searchText(code, content.prompt.stem),
          likeness: likenessOf(content.prompt),
          createdBy: author.by,
          createdAt: author.at,
          reason: author.reason,
        }),
      ),
      expecting(
        1,
        this.#query.insert(questionKeys).values({ versionId: version.id, key, explanation, citation }),
      ),
    ];
  }

  /** Throws `ConflictError` when the question changed since. `also` is written with it. */
  async giveStatus(
    question: QuestionRow,
    status: QuestionStatus,
    author: Authorship,
    also: readonly (Writable | Statement)[] = [],
  ): Promise<void> {
    await this.#write([this.givingStatus(question, status), ...also], author, {
      action: 'question.status',
      subject: `bank:${question.bankUid}`,
      details: { question: question.uid, from: question.status, to: status },
    });
    this.#context.announcer.announce(bankTopic(question.bankId));
  }

  /** The statement that gives a status to a question as it was seen. */
  givingStatus(question: QuestionRow, status: QuestionStatus): Statement {
    const { questions } = this.#tables;
    return expecting(1, this.#query.update(questions).set({ status }).where(this.#unchanged(question)));
  }

  /** The statement that puts a question into another bank; its versions go along. */
  moving(question: QuestionRow, bankId: number): Statement {
    const { questions } = this.#tables;
    return expecting(1, this.#query.update(questions).set({ bankId }).where(this.#unchanged(question)));
  }

  #unchanged({ id, bankId, versionId, status }: QuestionRow): SQL | undefined {
    const { questions: t } = this.#tables;
    return and(eq(t.id, id), eq(t.bankId, bankId), eq(t.currentVersionId, versionId), eq(t.status, status));
  }

  /** Everything together or nothing, with one entry in the log of the bank; the banks are told. Throws `conflict`. */
  async writeMany(
    banks: readonly { readonly id: number; readonly uid: string }[],
    statements: readonly (Writable | Statement)[],
    author: Authorship,
    details: Readonly<Record<string, unknown>>,
  ): Promise<void> {
    const entry = { action: 'questions.changed', subject: `bank:${banks[0]?.uid ?? ''}`, details };
    try {
      await this.#write(statements, author, entry);
    } catch (error) {
      throw error instanceof ConflictError ? new AppError('conflict') : error;
    }
    for (const { id } of banks) this.#context.announcer.announce(bankTopic(id));
  }
}

function orTaken(path: string) {
  return (error: unknown): never => {
    if (!(error instanceof ConflictError)) throw error;
    throw new AppError('taken', {
      errors: [{ path, vi: 'Tên này đã được dùng.', en: 'This name is in use.' }],
    });
  };
}
