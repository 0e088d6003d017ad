/**
 * The one place where the result of a closed attempt gets its next version. What it is worth now follows from the sheet as it
 * was folded, the keys and rulings in force, and the marks that people gave; old versions stay, the newest counts, and
 * leaderboards follow. Whoever changed one of these (a ruling, a mark by hand) asks here for the statement and commits it.
 */
import { ConflictError, type Statement } from '../platform/database/door.ts';
import type { GradingKeys } from './grading-keys.ts';
import { type Marking, markSheet } from './marking-rules.ts';
import { type Papers, paperOf } from './papers.ts';
import { foldedSheet } from './sheet-rules.ts';
import type { AttemptRow, AttemptStore, ResultRow } from './store.ts';

/** Marks that people gave: place of the question on the paper → hundredths. */
export type MarksByHand = ReadonlyMap<number, number>;

/** Where marks by hand are kept: the feature that takes them. */
export interface MarksByHandSource {
  /** Attempt → its marks; one without any may be missing. */
  of(attemptIds: readonly number[]): Promise<ReadonlyMap<number, MarksByHand>>;
}

/** What a version says anew; the rest stays as it was in the version before. */
export interface NextResult {
  readonly marks: number;
  readonly rightCount: number;
  /** 1 counts, 0 annulled. */
  readonly counts: number;
}

interface Parts {
  readonly store: AttemptStore;
  readonly papers: Papers;
  readonly gradingKeys: GradingKeys;
}

const NO_MARKS: MarksByHand = new Map();

export class ResultVersions {
  readonly #parts: Parts;
  #byHand: MarksByHandSource | null = null;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** Marks by hand are read from here when somebody else asks for a new version. */
  follow(byHand: MarksByHandSource): void {
    this.#byHand = byHand;
  }

  /**
   * Marks of a closed attempt by everything that is in force. `given`: marks by hand that are not committed yet, in place
   * of the stored ones.
   */
  async markingOf(
    row: Pick<AttemptRow, 'id' | 'roundId' | 'paper' | 'sheet'>,
    given?: MarksByHand,
  ): Promise<Marking> {
    const paper = paperOf(row.paper);
    const versions = await this.#parts.papers.versionsOf(paper);
    const keys = await this.#parts.gradingKeys.keysOf(paper, row.roundId);
    const byHand = given ?? (await this.#byHand?.of([row.id]))?.get(row.id) ?? NO_MARKS;
    return markSheet(paper, versions, keys, foldedSheet(row.sheet, paper.questions.length), byHand);
  }

  /**
   * The statement that brings a closed attempt's result up to date; null when it is, or when nobody has graded it yet. Commit
   * it with whatever made the difference, then announce `results:<round>`; another writer may be faster, see `isRaced`.
   */
  async next(attemptId: number, given?: MarksByHand): Promise<Statement | null> {
    const row = await this.#parts.store.byId(attemptId);
    const newest = row === null ? null : await this.#parts.store.resultOf(attemptId);
    if (row === null || newest === null) return null;
    const { total, rightCount } = await this.markingOf(row, given);
    return this.after(newest, { marks: total, rightCount, counts: newest.counts });
  }

  /** The statement that adds a version after the newest one; null when it would say the same. */
  after(newest: ResultRow, { marks, rightCount, counts }: NextResult): Statement | null {
    if (newest.marks === marks && newest.rightCount === rightCount && newest.counts === counts) return null;
    return this.#parts.store.insertResult({
      attempt: newest.attemptId,
      round: newest.roundId,
      person: newest.personId,
      unit: newest.unitId,
      version: newest.version + 1,
      counts,
      marks,
      rightCount,
      elapsedMs: newest.elapsedMs,
      submittedAt: newest.submittedAt,
      prediction: newest.prediction,
    });
  }
}

/** Somebody else added the version that a statement of ours was to be: read again and decide again. */
export function isRaced(error: unknown): boolean {
  return error instanceof ConflictError && error.constraint.includes('results');
}
