/** The secret part of a question version, as grading and the review after the release take it. */
import type { Citation, Json } from '../../questions/question.ts';

/** What rulings leave of a question's key, beside a `key` that they put in its place. */
export interface Ruled {
  /** Keys that are right too. */
  readonly also: readonly Json[];
  /** Given to everybody whose paper asks it, answered or not. `void` is stronger than `full`. */
  readonly all: 'full' | 'void' | null;
}

export interface QuestionKey {
  readonly key: Json | null;
  readonly explanation: string;
  readonly citation: Citation | null;
  /** What was decided about it after it was asked; absent: nothing. */
  readonly ruled?: Ruled;
}
