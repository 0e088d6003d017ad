/**
 * What a question is: the model that banks store, papers point at and kinds interpret.
 *
 * The public part (`prompt`) and the secret part (`key`, `explanation`) are kept apart from the start, so that
 * what leaves before release is a field that was never copied rather than one that somebody remembered to delete.
 * Text is NFC. A `null` key means "not given", which is never the same as false.
 */

/** Difficulty as Vietnamese banks use it: 1 nhận biết, 2 thông hiểu, 3 vận dụng. */
export type Difficulty = 1 | 2 | 3;

/** Any value that survives `JSON.stringify` unchanged. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [name: string]: Json };

/** The section that a question rests on, and the time for which its answer holds. */
export interface Citation {
  /** Number and name as people cite it, e.g. "Nghị quyết 15-NQ/TW ngày 05/5/2022". */
  readonly document: string;
  /** Article or part, e.g. "Điều 9, khoản 1"; empty when the whole document is meant. */
  readonly section: string;
  /** Where the fact was read: an address or a publication. */
  readonly source: string;
  /** For which time the answer holds, in words, e.g. "đến năm 2030" or "từ 01/01/2025". */
  readonly validity: string;
}

/** One question with everything that a version of it holds. */
export interface Question {
  /** Stable name inside its bank, e.g. "nq15-014": the same code again is the same question, corrected. */
  readonly code: string;
  /** Name of the folder in `questions/kinds`, e.g. "choice". */
  readonly kind: string;
  /** Public part; its shape belongs to the kind. Every prompt has a `stem`. */
  readonly prompt: Json & { readonly stem: string };
  /** Secret part; its shape belongs to the kind. */
  readonly key: Json | null;
  readonly explanation: string;
  readonly citation: Citation | null;
  readonly topic: string;
  readonly difficulty: Difficulty;
  readonly tags: readonly string[];
  /** Marks for a fully right answer, in hundredths: 100 = one mark. */
  readonly points: number;
}

/** A bank as a file holds it. */
export interface Bank {
  /** URL-safe name, unique among banks. */
  readonly slug: string;
  readonly title: string;
  readonly description: string;
  readonly licence: string;
  readonly questions: readonly Question[];
}
