/** Question versions by key, from memory: they never change, so what was read once is right for ever. Public parts only. */
import { inArray } from 'drizzle-orm';
import type { Database } from '../platform/database/door.ts';
import { type Paper, unpackPaper } from './draw-rules.ts';
import type { OpenAttempt } from './open-attempt.ts';
import type { QuestionVersion } from './question-version.ts';

export function paperText(packed: Uint8Array): string {
  return Buffer.from(packed).toString('base64url');
}

export function paperOf(text: string): Paper {
  return unpackPaper(Buffer.from(text, 'base64url'));
}

export class Papers {
  readonly #database: Database;
  readonly #versions = new Map<number, QuestionVersion>();

  constructor(database: Database) {
    this.#database = database;
  }

  /** The versions that a paper asks, in its order. Throws when one is missing from the database. */
  async versionsOf(paper: Paper): Promise<readonly QuestionVersion[]> {
    const missing = paper.questions
      .map((question) => question.versionId)
      .filter((id) => !this.#versions.has(id));
    if (missing.length > 0) await this.#read(missing);
    return paper.questions.map(({ versionId }) => this.#get(versionId));
  }

  /** As `versionsOf`, kept with the attempt: each save asks again. */
  async askedIn(attempt: OpenAttempt): Promise<readonly QuestionVersion[]> {
    attempt.asked ??= await this.versionsOf(paperOf(attempt.paper));
    return attempt.asked;
  }

  #get(id: number): QuestionVersion {
    const version = this.#versions.get(id);
    if (version === undefined) throw new Error(`question version ${id} is gone`);
    return version;
  }

  async #read(ids: readonly number[]): Promise<void> {
    const t = this.#database.tables.questionVersions;
    const rows = await this.#database.query
      .select({ id: t.id, questionId: t.questionId, kind: t.kind, prompt: t.prompt, points: t.points })
      .from(t)
      .where(inArray(t.id, [...ids]));
    for (const row of rows) this.#versions.set(row.id, row);
  }
}
