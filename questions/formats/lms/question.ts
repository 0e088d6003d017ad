/**
 * A question as learning platforms think of it: answers with fractions and feedback. GIFT and Moodle XML are two ways of
 * writing this down. `Text` is a text as found (reading) or the text to be written (writing).
 */
import type { NumericAccepted } from '../../kinds/numeric/key.ts';

export interface LmsOption<Text> {
  readonly text: Text;
  /** What choosing it earns, −1 … 1. */
  readonly fraction: number;
  readonly feedback: Text;
}

export interface LmsPattern<Text> {
  /** `*` stands for anything, `\*` for an asterisk. */
  readonly pattern: string;
  /** 0 … 1. */
  readonly fraction: number;
  readonly feedback: Text;
}

export interface LmsNumber<Text> {
  /** Null: every number (a place for feedback). */
  readonly accepted: NumericAccepted | null;
  /** 0 … 1. */
  readonly fraction: number;
  readonly feedback: Text;
}

export interface LmsPair<Text> {
  /** Null: the right side fits nothing. */
  readonly left: Text | null;
  readonly right: Text;
}

/** A gap of a cloze; `weight` is relative to the other gaps. */
export type LmsGap<Text> = { readonly weight: number } & (
  | { readonly kind: 'choice'; readonly options: readonly LmsOption<Text>[] }
  | { readonly kind: 'text'; readonly answers: readonly LmsPattern<Text>[]; readonly case: boolean }
  | { readonly kind: 'number'; readonly answers: readonly LmsNumber<Text>[] }
);

export type LmsBody<Text> =
  | { readonly kind: 'choice'; readonly options: readonly LmsOption<Text>[]; readonly single: boolean }
  | { readonly kind: 'trueFalse'; readonly right: boolean | null; readonly feedback: readonly Text[] }
  | { readonly kind: 'shortText'; readonly answers: readonly LmsPattern<Text>[]; readonly case: boolean }
  | { readonly kind: 'numeric'; readonly answers: readonly LmsNumber<Text>[]; readonly unit: string }
  | { readonly kind: 'matching'; readonly pairs: readonly LmsPair<Text>[] }
  | {
      readonly kind: 'ordering';
      readonly items: readonly Text[];
      readonly scoring: 'exact' | 'adjacent';
    }
  | { readonly kind: 'cloze'; readonly gaps: readonly LmsGap<Text>[] }
  | {
      readonly kind: 'essay';
      /** Points in hundredths. */
      readonly rubric: readonly { readonly text: string; readonly points: number }[];
      readonly maxWords: number | null;
    }
  | { readonly kind: 'info' };

export interface LmsQuestion<Text> {
  readonly code: string | null;
  readonly title: string;
  /** Gaps of a cloze stand in it as `{{1}}`, `{{2}}` … */
  readonly stem: Text;
  readonly explanation: Text;
  readonly topic: string;
  readonly tags: readonly string[];
  /** In hundredths; null: not said. */
  readonly points: number | null;
  readonly body: LmsBody<Text>;
}
