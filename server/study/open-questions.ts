/**
 * Questions of banks that are open for practice, with and without their keys. What is not open is not found: the condition
 * stands in the query that reads the key, so that no other code has to remember it.
 */
import { and, eq, inArray, isNull, type SQL } from 'drizzle-orm';
import type { Citation, Json } from '../../questions/question.ts';
import type { Database } from '../platform/database/door.ts';

/** Public part. */
export interface OpenQuestion {
  readonly id: number;
  readonly uid: string;
  readonly bankUid: string;
  readonly version: number;
  readonly kind: string;
  readonly prompt: Json & { readonly stem: string };
  readonly topic: string;
  readonly difficulty: number;
  readonly points: number;
}

export interface OpenKey {
  readonly key: Json | null;
  readonly explanation: string;
  readonly citation: Citation | null;
}

/** A bank that is open for practice. */
export interface OpenBank {
  readonly id: number;
  readonly uid: string;
  readonly title: string;
  readonly description: string;
  readonly licence: string;
}

export class OpenQuestions {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** Open for practice, not put away, approved: what is practised. */
  #isOpen(): SQL | undefined {
    const { banks, questions } = this.#database.tables;
    return and(eq(banks.practice, true), isNull(banks.archivedAt), eq(questions.status, 'approved'));
  }

  /** By title. */
  async banks(): Promise<readonly OpenBank[]> {
    const { banks } = this.#database.tables;
    return this.#database.query
      .select(bankColumns(banks))
      .from(banks)
      .where(and(eq(banks.practice, true), isNull(banks.archivedAt)))
      .orderBy(banks.title);
  }

  /** Null: there is no such bank, or it is not open. */
  async bank(uid: string): Promise<OpenBank | null> {
    const { banks } = this.#database.tables;
    const [bank] = await this.#database.query
      .select(bankColumns(banks))
      .from(banks)
      .where(and(eq(banks.uid, uid), eq(banks.practice, true), isNull(banks.archivedAt)));
    return bank ?? null;
  }

  /** Those of these questions (by id) that are open, in no order. */
  async byIds(ids: readonly number[]): Promise<readonly OpenQuestion[]> {
    if (ids.length === 0) return [];
    return this.#select(inArray(this.#database.tables.questions.id, [...ids]));
  }

  /** Null: there is no such question, or it is not open. */
  async byUid(uid: string): Promise<OpenQuestion | null> {
    const [question] = await this.#select(eq(this.#database.tables.questions.uid, uid));
    return question ?? null;
  }

  /** Ids of these questions, open or not. */
  async idsOf(uids: readonly string[]): Promise<ReadonlySet<number>> {
    if (uids.length === 0) return new Set();
    const { questions } = this.#database.tables;
    const rows = await this.#database.query
      .select({ id: questions.id })
      .from(questions)
      .where(inArray(questions.uid, [...uids]));
    return new Set(rows.map(({ id }) => id));
  }

  #select(where: SQL): Promise<OpenQuestion[]> {
    const { questions, questionVersions: versions, banks } = this.#database.tables;
    return this.#database.query
      .select({
        id: questions.id,
        uid: questions.uid,
        bankUid: banks.uid,
        version: versions.version,
        kind: versions.kind,
        prompt: versions.prompt,
        topic: versions.topic,
        difficulty: versions.difficulty,
        points: versions.points,
      })
      .from(questions)
      .innerJoin(versions, eq(versions.id, questions.currentVersionId))
      .innerJoin(banks, eq(banks.id, questions.bankId))
      .where(and(where, this.#isOpen()));
  }

  /** The key of a question's current version. Null: it is not open. */
  async keyOf(uid: string): Promise<OpenKey | null> {
    const { questions, questionKeys: keys, banks } = this.#database.tables;
    const [row] = await this.#database.query
      .select({ key: keys.key, explanation: keys.explanation, citation: keys.citation })
      .from(questions)
      .innerJoin(keys, eq(keys.versionId, questions.currentVersionId))
      .innerJoin(banks, eq(banks.id, questions.bankId))
      .where(and(eq(questions.uid, uid), this.#isOpen()));
    return row ?? null;
  }
}

function bankColumns(banks: Database['tables']['banks']) {
  return {
    id: banks.id,
    uid: banks.uid,
    title: banks.title,
    description: banks.description,
    licence: banks.licence,
  };
}
