/** An attempt that takes answers, as a node holds it, and the journal that keeps what was saved. */
import type { Statement, Writable } from '../platform/database/door.ts';
import type { Merged } from './journal-rules.ts';
import type { QuestionVersion } from './question-version.ts';
import type { Sheet } from './sheet-rules.ts';

/** Numbers in `attempts.state`. */
export const AttemptState = { open: 1, submitted: 2, timedOut: 3, annulled: 4 } as const;
export type ClosedState = 2 | 3;

/** A row of `attempts` while it is open, with its newest sheet. On SQLite the projection, on PostgreSQL a cache that writing checks. */
export interface OpenAttempt {
  readonly id: number;
  readonly roundId: number;
  readonly personId: number;
  readonly number: number;
  readonly unitId: number | null;
  readonly startedAt: number;
  /** Without extra time and outages. */
  deadline: number;
  extraMs: number;
  readonly paper: string;
  /** Packed; '' until something was saved. */
  sheet: string;
  /** Number of the newest save, 0 before the first. */
  seq: number;
  /** What the paper asks, once somebody needed it. */
  asked?: readonly QuestionVersion[];
}

/** A round whose window was extended: attempts whose stored deadline is `from` were cut short by it. */
export interface CutShort {
  readonly roundId: number;
  readonly from: number;
  readonly to: number;
  readonly durationMs: number;
}

/** Merges something into the attempt's sheet; null when it is in there already. Called again when another node was faster. */
export type Merge = (attempt: OpenAttempt) => Merged | null;

/** A save that is durable now: the number that it wrote, or null when it had been written before. Or why it was not kept. */
export type Appended = { readonly seq: number | null } | 'notOpen' | 'oldToken';

/**
 * Keeps saves and closes attempts. Two implementations: a projection in memory with a journal without index (SQLite, where
 * one process writes and its queue is the order), and rows that lock one another (PostgreSQL, where many nodes write).
 */
export interface Journal {
  /** The open attempt, or null when it is closed or was never started. */
  find(id: number): OpenAttempt | null | Promise<OpenAttempt | null>;
  /** The person's open attempt in a round. */
  findOf(roundId: number, personId: number): OpenAttempt | null | Promise<OpenAttempt | null>;
  /** Tells that an attempt's row was committed. */
  started(attempt: OpenAttempt): void;
  /**
   * Merges and appends; resolves when the merged sheet is durable, also when another call is writing it. `epoch`, where it is
   * given, is what the person's must be at that moment for anything to be written.
   */
  append(attempt: OpenAttempt, merge: Merge, epoch: number | null): Promise<Appended>;
  /**
   * Closes it with what was saved: nothing is taken afterwards. `fold` gives what is written in the same commit as the
   * final sheet. Resolves false when somebody else had closed it.
   */
  close(attempt: OpenAttempt, state: ClosedState, closedAt: number, fold: Fold): Promise<boolean>;
  /** Resolves when a close that is under way has come to its end: a submit that comes twice answers only then. */
  closed(id: number): Promise<void>;
  /** Changes the extra time of open attempts of a person in a round. */
  extend(roundId: number, personId: number, extraMs: number): Promise<void>;
  /** The window's end moved: attempts that it had cut short get what of their duration now fits. */
  lengthen(cut: CutShort): Promise<void>;
  /** Open attempts whose deadline without extra time and outages has passed, oldest first, at most `limit`. */
  due(before: number, limit: number): readonly OpenAttempt[] | Promise<readonly OpenAttempt[]>;
  /** Its deadline in force is later than the stored one: look at it again then. */
  postpone(attempt: OpenAttempt, until: number): void;
  /** How many are open on what this node knows. */
  openCount(): number | Promise<number>;
  /** Attempts that are closed but not graded yet, because their node died in between (PostgreSQL; none on SQLite, where it is one commit). */
  unfolded(limit: number): Promise<readonly (OpenAttempt & { readonly closedAt: number })[]>;
  /** Grades such an attempt. */
  foldAgain(attempt: OpenAttempt, fold: Fold): Promise<void>;
  stop(): void;
}

export type Fold = (
  sheet: Sheet,
) => Promise<readonly (Statement | Writable)[]> | readonly (Statement | Writable)[];
