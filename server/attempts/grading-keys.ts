/** The one reader of keys: grading, and the review after release. Nothing that answers before release imports this. */
import { inArray } from 'drizzle-orm';
import type { Citation, Json } from '../../questions/question.ts';
import type { Database } from '../platform/database/door.ts';
import type { Paper } from './draw-rules.ts';

export interface QuestionKey {
  readonly key: Json | null;
  readonly explanation: string;
  readonly citation: Citation | null;
}

export class GradingKeys {
  readonly #database: Database;
  readonly #keys = new Map<number, QuestionKey>();

  constructor(database: Database) {
    this.#database = database;
  }

  /** Keys of a paper's questions, in its order. */
  async keysOf(paper: Paper): Promise<readonly QuestionKey[]> {
    const missing = paper.questions.map((question) => question.versionId).filter((id) => !this.#keys.has(id));
    if (missing.length > 0) await this.#read(missing);
    return paper.questions.map(({ versionId }) => {
      const key = this.#keys.get(versionId);
      if (key === undefined) throw new Error(`the key of question version ${versionId} is gone`);
      return key;
    });
  }

  async #read(ids: readonly number[]): Promise<void> {
    const t = this.#database.tables.questionKeys;
    const rows = await this.#database.query
      .select()
      .from(t)
      .where(inArray(t.versionId, [...ids]));
    for (const { versionId, key, explanation, citation } of rows)
      this.#keys.set(versionId, { key, explanation, citation });
  }
}
