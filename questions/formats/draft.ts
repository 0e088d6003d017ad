/**
 * A question as a file gave it: what the file did not say stays open, so that it can be asked for and is never guessed.
 * Becomes a `Question` once somebody has looked at it.
 */
import type { Citation, Difficulty, Json } from '../question.ts';

export interface Draft {
  /** The name that the question has in its file, when that is fit to be one (an id number, a short title). */
  readonly code: string | null;
  /** A title that people gave it; the product shows the stem instead. */
  readonly title: string;
  /** Name of the kind as in data, e.g. "trueFalse". */
  readonly kind: string;
  /** `rich: true` in it: its texts, and the explanation, are in the markup of `questions/rich-text.ts`. */
  readonly prompt: Json & { readonly stem: string };
  /** Null: the file gives no key. */
  readonly key: Json | null;
  readonly explanation: string;
  readonly citation: Citation | null;
  /** Category of the file; parts of a path are joined by " / ". */
  readonly topic: string;
  readonly difficulty: Difficulty | null;
  readonly tags: readonly string[];
  /** Marks in hundredths; null: the file does not say. */
  readonly points: number | null;
}

/** What a file says beside the body of a question, when it says nothing. */
export const nothingSaid: Omit<Draft, 'kind' | 'prompt' | 'key'> = {
  code: null,
  title: '',
  explanation: '',
  citation: null,
  topic: '',
  difficulty: null,
  tags: [],
  points: null,
};
