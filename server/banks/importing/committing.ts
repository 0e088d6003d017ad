/**
 * Blocks into the bank, all or nothing. Questions are written in small pieces into a place that belongs to no bank
 * (`bank_id` = −import), corrections as versions of no question (`question_id` = −question); one short statement each then
 * moves everything at once, and the other way when the import is undone. What was never moved is taken away again.
 */
import { setImmediate } from 'node:timers/promises';
import { and, eq, inArray, isNotNull, isNull, lt, type SQL, sql } from 'drizzle-orm';
import type { Draft } from '../../../questions/formats/draft.ts';
import { likenessOf } from '../../../questions/formats/duplicates.ts';
import type { Context } from '../../context.ts';
import { type AuditEntry, withAudit } from '../../platform/audit.ts';
import {
  type Database,
  expecting,
  prepare,
  type Statement,
  type Writable,
} from '../../platform/database/door.ts';
import { uidAt } from '../../platform/uid.ts';
import type { QuestionRow } from '../question-row.ts';
import { searchText, statusAfterEdit } from '../rules.ts';
import type { Authorship, BankStore } from '../store.ts';
import type { BlockRecord } from './block-store.ts';
import { contentOf } from './draft-rules.ts';
import type { ImportRow } from './store.ts';

type CommitContext = Pick<Context, 'database' | 'keys' | 'secrets' | 'clock'>;

/** How much went in. */
export interface Written {
  readonly added: number;
  readonly changed: number;
}

/** Blocks whose content is read and written before others get their turn. */
const BLOCKS_A_TURN = 5;
/** Rows that are taken away in one go. */
const PIECE = 100;

export class Commits {
  readonly #context: CommitContext;
  readonly #banks: BankStore;
  readonly #inserts: Inserts;

  constructor(context: CommitContext, banks: BankStore) {
    this.#context = context;
    this.#banks = banks;
    this.#inserts = insertsOf(context.database);
  }

  get #tables() {
    return this.#context.database.tables;
  }

  get #query() {
    return this.#context.database.query;
  }

  /** Writes some blocks where nobody sees them yet. */
  async stage(importId: number, blocks: readonly BlockRecord[], author: Authorship): Promise<Written> {
    const changed = blocks.filter(({ fate }) => fate === 'changed');
    const known = await this.#banks.byIds(changed.flatMap(({ questionId }) => questionId ?? []));
    const statements: Statement[] = [];
    for (const [i, block] of blocks.entries()) {
      if (i % BLOCKS_A_TURN === BLOCKS_A_TURN - 1) await setImmediate();
      const question = block.questionId === null ? undefined : known.get(block.questionId);
      if (block.fate === 'new') statements.push(...(await this.#stageNew(importId, block, author)));
      else if (question !== undefined)
        statements.push(...(await this.#stageChange(importId, block, question, author)));
    }
    await this.#context.database.atomic(statements, 'low');
    return { added: blocks.length - changed.length, changed: changed.length };
  }

  async #stageNew(importId: number, block: BlockRecord, author: Authorship): Promise<readonly Statement[]> {
    const id = await this.#context.keys.next('questions');
    const versionId = await this.#context.keys.next('question_versions');
    return [
      this.#inserts.question({
        id,
        uid: uidAt(author.at),
        bankId: -importId,
        code: block.code,
        status: 'draft',
        currentVersionId: versionId,
        createdAt: author.at,
      }),
      ...this.#version(block, { id: versionId, questionId: id, version: 1 }, author),
      this.#link(importId, block, id, versionId, null),
    ];
  }

  async #stageChange(
    importId: number,
    block: BlockRecord,
    question: QuestionRow,
    author: Authorship,
  ): Promise<readonly Statement[]> {
    const versionId = await this.#context.keys.next('question_versions');
    const version = { id: versionId, questionId: -question.id, version: question.version + 1 };
    return [
      ...this.#version(block, version, author),
      this.#link(importId, block, question.id, versionId, question),
    ];
  }

  #version(
    block: BlockRecord,
    version: { readonly id: number; readonly questionId: number; readonly version: number },
    author: Authorship,
  ): readonly Statement[] {
    const { key, explanation, citation, ...content } = contentOf(draftOf(block));
    return [
      this.#inserts.version({
        ...version,
        ...content,
        folded: searchText(block.code, content.prompt.stem),
        likeness: likenessOf(content.prompt),
        createdBy: author.by,
        createdAt: author.at,
        reason: author.reason,
      }),
      this.#inserts.key({ versionId: version.id, key, explanation, citation: citation && { ...citation } }),
    ];
  }

  #link(
    importId: number,
    { number, hash }: BlockRecord,
    questionId: number,
    versionId: number,
    before: QuestionRow | null,
  ): Statement {
    return this.#inserts.link({
      importId,
      number,
      questionId,
      versionId,
      previousVersionId: before?.versionId ?? null,
      previousStatus: before?.status ?? null,
      hash,
    });
  }

  /** Everything that was staged becomes part of the bank at once. Throws ConflictError when the bank changed meanwhile. */
  async reveal(
    { id, bankId }: ImportRow,
    written: Written,
    author: Authorship,
    entry: AuditEntry,
  ): Promise<void> {
    const { imports, questions } = this.#tables;
    const done = this.#query
      .update(imports)
      .set({ state: 'committed', committedAt: author.at, undoneAt: null, movedAt: author.at })
      .where(and(eq(imports.id, id), eq(imports.state, 'committing')));
    const moved = this.#query.update(questions).set({ bankId }).where(eq(questions.bankId, -id));
    await withAudit(this.#context, entry, [
      expecting(1, done),
      expecting(written.added, moved),
      ...this.#turnVersions(id, written.changed, { to: 'versionId', from: 'previousVersionId' }),
    ]);
  }

  /** The bank is as it was before. Throws ConflictError when a question has another version by now. */
  async hide({ id }: ImportRow, written: Written, author: Authorship, entry: AuditEntry): Promise<void> {
    const { imports, questions, importQuestions: links } = this.#tables;
    const done = this.#query
      .update(imports)
      .set({ undoneAt: author.at, committedAt: null, movedAt: author.at })
      .where(and(eq(imports.id, id), eq(imports.state, 'undoing')));
    const own = this.#query
      .select({ id: links.questionId })
      .from(links)
      .where(and(eq(links.importId, id), isNull(links.previousVersionId)));
    const moved = this.#query
      .update(questions)
      .set({ bankId: -id })
      .where(and(inArray(questions.id, own), eq(questions.currentVersionId, this.#linked(id, 'versionId'))));
    await withAudit(this.#context, entry, [
      expecting(1, done),
      expecting(written.added, moved),
      ...this.#turnVersions(id, written.changed, { to: 'previousVersionId', from: 'versionId' }),
    ]);
  }

  /** What an import wrote, by its links. */
  async written(importId: number): Promise<Written> {
    const { importQuestions: links } = this.#tables;
    const [row] = await this.#query
      .select({ all: sql<number>`count(*)`, changed: sql<number>`count(${links.previousVersionId})` })
      .from(links)
      .where(eq(links.importId, importId));
    const changed = Number(row?.changed ?? 0);
    return { added: Number(row?.all ?? 0) - changed, changed };
  }

  /** Corrected questions point at the version on the other side; the versions change sides with them. */
  #turnVersions(
    importId: number,
    count: number,
    {
      to,
      from,
    }: { readonly to: 'versionId' | 'previousVersionId'; readonly from: 'versionId' | 'previousVersionId' },
  ): readonly (Statement | Writable)[] {
    if (count === 0) return [];
    const { questions, questionVersions: versions, importQuestions: links } = this.#tables;
    const changes = and(eq(links.importId, importId), isNotNull(links.previousVersionId));
    const staged = this.#query.select({ id: links.versionId }).from(links).where(changes);
    const corrected = this.#query.select({ id: links.questionId }).from(links).where(changes);
    const status = to === 'versionId' ? afterEdit(questions.status) : this.#linkedStatus(importId);
    const point = this.#query
      .update(questions)
      .set({ currentVersionId: this.#linked(importId, to), status })
      .where(
        and(inArray(questions.id, corrected), eq(questions.currentVersionId, this.#linked(importId, from))),
      );
    const turn = this.#query
      .update(versions)
      .set({ questionId: sql`-${versions.questionId}` })
      .where(inArray(versions.id, staged));
    return [expecting(count, point), expecting(count, turn)];
  }

  #linked(importId: number, column: 'versionId' | 'previousVersionId'): SQL<number> {
    const { questions, importQuestions: links } = this.#tables;
    return sql`(select ${links[column]} from ${links} where ${links.importId} = ${importId} and ${links.questionId} = ${questions.id})`;
  }

  #linkedStatus(importId: number): SQL<string> {
    const { questions, importQuestions: links } = this.#tables;
    return sql`(select ${links.previousStatus} from ${links} where ${links.importId} = ${importId} and ${links.questionId} = ${questions.id})`;
  }

  /** Takes away what was staged and never revealed, or hidden again, in small pieces. */
  async discard(importId: number): Promise<void> {
    const {
      questions,
      questionVersions: versions,
      questionKeys: keys,
      importQuestions: links,
    } = this.#tables;
    for (;;) {
      const rows = await this.#query
        .select({ number: links.number, questionId: links.questionId, versionId: links.versionId })
        .from(links)
        .where(eq(links.importId, importId))
        .limit(PIECE);
      if (rows.length === 0) return;
      const ids = rows.map(({ versionId }) => versionId);
      const numbers = rows.map(({ number }) => number);
      const own = rows.map(({ questionId }) => questionId);
      await this.#context.database.atomic(
        [
          this.#query.delete(keys).where(inArray(keys.versionId, ids)),
          this.#query.delete(versions).where(inArray(versions.id, ids)),
          this.#query.delete(questions).where(and(inArray(questions.id, own), lt(questions.bankId, 0))),
          this.#query.delete(links).where(and(eq(links.importId, importId), inArray(links.number, numbers))),
        ],
        'low',
      );
    }
  }
}

type Insert = ReturnType<typeof prepare>;
type Inserts = Readonly<Record<'question' | 'version' | 'key' | 'link', Insert>>;

/** Compiled once: a file may hold fifty thousand questions. */
function insertsOf(database: Database): Inserts {
  const { questions, questionVersions, questionKeys, importQuestions } = database.tables;
  const given = (name: string) => sql.placeholder(name);
  const question = database.query.insert(questions).values({
    id: given('id'),
    uid: given('uid'),
    bankId: given('bankId'),
    code: given('code'),
    status: given('status'),
    currentVersionId: given('currentVersionId'),
    createdAt: given('createdAt'),
  });
  const version = database.query.insert(questionVersions).values({
    id: given('id'),
    questionId: given('questionId'),
    version: given('version'),
    kind: given('kind'),
    prompt: given('prompt'),
    topic: given('topic'),
    difficulty: given('difficulty'),
    tags: given('tags'),
    points: given('points'),
    folded: given('folded'),
    likeness: given('likeness'),
    createdBy: given('createdBy'),
    createdAt: given('createdAt'),
    reason: given('reason'),
  });
  const key = database.query.insert(questionKeys).values({
    versionId: given('versionId'),
    key: given('key'),
    explanation: given('explanation'),
    citation: given('citation'),
  });
  const link = database.query.insert(importQuestions).values({
    importId: given('importId'),
    number: given('number'),
    questionId: given('questionId'),
    versionId: given('versionId'),
    previousVersionId: given('previousVersionId'),
    previousStatus: given('previousStatus'),
    hash: given('hash'),
  });
  return {
    question: prepare(question, 1),
    version: prepare(version, 1),
    key: prepare(key, 1),
    link: prepare(link, 1),
  };
}

/** As `statusAfterEdit` says, for many rows. */
function afterEdit(status: Context['database']['tables']['questions']['status']): SQL<string> {
  const [reviewed, rest] = [statusAfterEdit('approved'), statusAfterEdit('draft')];
  return sql`case when ${status} in ('approved', 'review') then ${reviewed} else ${rest} end`;
}

/** Blocks that go in have a draft. */
export function draftOf({ draft, number }: Pick<BlockRecord, 'draft' | 'number'>): Draft {
  if (draft === null) throw new RangeError(`block ${number} has no draft`);
  return JSON.parse(draft);
}
