/**
 * The one place where a result gets its next version: rows are never changed, the newest counts, and boards follow the feed.
 * Two writers of the same version race on its key; the loser's `ConflictError` says "read again and decide again".
 */
import { and, eq, inArray, isNotNull } from 'drizzle-orm';
import type { Database, Statement } from '../platform/database/door.ts';
import type { GradingKeys } from './grading-keys.ts';
import { type HandMarks, type Marking, markSheet, NO_HAND_MARKS } from './marking-rules.ts';
import { AttemptState } from './open-attempt.ts';
import { type Papers, paperOf } from './papers.ts';
import { sheetOf } from './sheet-rules.ts';
import type { AttemptRow, AttemptStore, ResultRow } from './store.ts';

/** What the next version says otherwise than the newest; `counts` 0 annuls. */
export type NextResult = Pick<ResultRow, 'marks' | 'rightCount' | 'counts'>;

interface ResultSources {
  readonly database: Database;
  readonly store: AttemptStore;
  readonly papers: Papers;
  readonly gradingKeys: GradingKeys;
}

export class ResultVersions {
  readonly #from: ResultSources;

  constructor(sources: ResultSources) {
    this.#from = sources;
  }

  /** The statement that appends the version after `newest`. */
  append(attempt: AttemptRow, newest: ResultRow, next: NextResult): Statement {
    return this.#from.store.insertResult({
      attempt: attempt.id,
      round: attempt.roundId,
      person: attempt.personId,
      unit: attempt.unitId,
      version: newest.version + 1,
      counts: next.counts,
      marks: next.marks,
      rightCount: next.rightCount,
      elapsedMs: newest.elapsedMs,
      submittedAt: newest.submittedAt,
      prediction: newest.prediction,
    });
  }

  /** What a closed attempt earns by the keys and the people's marks of now; `handMarks` are about to be written. */
  async marking(attempt: AttemptRow, handMarks?: HandMarks): Promise<Marking> {
    const paper = paperOf(attempt.paper);
    const versions = await this.#from.papers.versionsOf(paper);
    const keys = await this.#from.gradingKeys.keysOf(paper);
    const byHand = handMarks ?? (await this.handMarks([attempt.id])).get(attempt.id) ?? NO_HAND_MARKS;
    return markSheet(paper, versions, keys, sheetOf(attempt, paper), byHand);
  }

  /** Appends what an attempt earns now; null when it is open, or when its newest version says so already. */
  async remark(attemptId: number, handMarks?: HandMarks): Promise<Statement | null> {
    const attempt = await this.#from.store.byId(attemptId);
    const newest = await this.#from.store.resultOf(attemptId);
    if (attempt === null || newest === null || attempt.state === AttemptState.open) return null;
    const { total, rightCount } = await this.marking(attempt, handMarks);
    if (newest.marks === total && newest.rightCount === rightCount) return null;
    return this.append(attempt, newest, { marks: total, rightCount, counts: newest.counts });
  }

  /** Marks that people gave and finished, by attempt and place on its paper; some hundreds of attempts at a time. */
  async handMarks(attemptIds: readonly number[]): Promise<ReadonlyMap<number, HandMarks>> {
    const { essays: e } = this.#from.database.tables;
    const found = new Map<number, Map<number, number>>();
    if (attemptIds.length === 0) return found;
    const rows = await this.#from.database.query
      .select({ attemptId: e.attemptId, place: e.place, marks: e.marks })
      .from(e)
      .where(and(inArray(e.attemptId, [...attemptIds]), isNotNull(e.marks)));
    for (const { attemptId, place, marks } of rows) {
      const ofAttempt = found.get(attemptId) ?? new Map<number, number>();
      found.set(attemptId, ofAttempt.set(place, marks ?? 0));
    }
    return found;
  }

  /** What people gave for the answers of one attempt, and whether some of them still wait. */
  async byHand(attemptId: number): Promise<{ readonly marks: HandMarks; readonly waits: boolean }> {
    const { essays: e } = this.#from.database.tables;
    const rows = await this.#from.database.query
      .select({ place: e.place, marks: e.marks })
      .from(e)
      .where(eq(e.attemptId, attemptId));
    const marked = rows.flatMap(({ place, marks }) => (marks === null ? [] : [[place, marks] as const]));
    return { marks: new Map(marked), waits: marked.length < rows.length };
  }
}
