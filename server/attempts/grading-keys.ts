/** The one reader of keys: grading, and the review after release. Nothing that answers before release imports this. */
import { inArray } from 'drizzle-orm';
import type { Database } from '../platform/database/door.ts';
import type { Paper } from './draw-rules.ts';
import type { QuestionKey } from './question-key.ts';
import { ruledKey } from './ruling-rules.ts';
import type { Rulings } from './rulings.ts';

export class GradingKeys {
  readonly #database: Database;
  readonly #rulings: Pick<Rulings, 'of'> | null;
  readonly #keys = new Map<number, QuestionKey>();

  constructor(database: Database, rulings: Pick<Rulings, 'of'> | null = null) {
    this.#database = database;
    this.#rulings = rulings;
  }

  /** Keys of a paper's questions in a round, in its order, as they are in force now. */
  async keysOf(paper: Paper, roundId: number): Promise<readonly QuestionKey[]> {
    const missing = paper.questions.map((question) => question.versionId).filter((id) => !this.#keys.has(id));
    if (missing.length > 0) await this.#read(missing);
    const rulings = this.#rulings?.of(roundId);
    return paper.questions.map(({ versionId }) => {
      const key = this.#keys.get(versionId);
      if (key === undefined) throw new Error(`the key of question version ${versionId} is gone`);
      const ruled = rulings?.get(versionId);
      return ruled === undefined ? key : ruledKey(key, ruled);
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
