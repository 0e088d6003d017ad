/**
 * What every kind promises to the rest of the product. `questions/kinds/<kind>/grade.ts` exports one `grading`.
 */
import type { Json } from './question.ts';

/** A message at a place in a question; both languages, for people. */
export interface Problem {
  /** Path inside the prompt or key, e.g. "options.2". */
  readonly at: string;
  readonly vi: string;
  readonly en: string;
}

/**
 * One kind. `Prompt`, `Key` and `Answer` are JSON values.
 * Answers travel and are stored as the citizen saw them; `order` maps shown positions to original ones.
 */
export interface Grading<Prompt extends Json = Json, Key extends Json = Json, Answer extends Json = Json> {
  readonly kind: string;
  /** False for what is only read (info): never drawn unless a blueprint names the kind, no marks, not counted among the questions. Left out: true. */
  readonly isAnswered?: boolean;
  /** True where people mark (essay): `grade` gives 0 until they have. Left out: false. */
  readonly isMarkedByHand?: boolean;
  /** True where the order as written gives the answer away (ordering, matching): papers shuffle it whatever the round says. Left out: false. */
  readonly isAlwaysShuffled?: boolean;
  /** Everything wrong with a prompt and its key; an empty list means that both can be used. A null key is allowed. */
  check(prompt: Json, key: Json | null): readonly Problem[];
  /** Parts of a key that are not given yet, so that nobody approves half a key. Left out: a key is whole or null. */
  missing?(prompt: Prompt, key: Key): readonly Problem[];
  /** How many things can be shuffled (options); 0 when the kind has no order. */
  shuffleable(prompt: Prompt): number;
  /** The prompt as shown when its parts stand in `order` (shown position → original index). */
  arrange(prompt: Prompt, order: readonly number[]): Prompt;
  /** An answer as it came through the door, normalised (NFC, trimmed, sorted); `undefined` when it is not an answer to this prompt. `null` means "no answer". */
  normalise(prompt: Prompt, value: unknown): Answer | null | undefined;
  /** Share of the points, 0..1. `order` maps shown position → original index (empty: not shuffled). A blank or a null key earns 0. */
  grade(prompt: Prompt, key: Key | null, answer: Answer | null, order: readonly number[]): number;
  /** What each part of an answer earned, 0..1, where its text alone does not tell (cloze: "36.000" is 36000); for the review after release. Left out: it does. */
  parts?(prompt: Prompt, key: Key, answer: Answer): readonly number[];
  /** The right answer in shown positions, for the review after release; null when there is no key. */
  reveal(prompt: Prompt, key: Key | null, order: readonly number[]): Answer | null;
}
