/**
 * What the components of a kind are given, here and in every place that shows questions: `Player.svelte` takes an answer,
 * `Review.svelte` shows one beside its key. The stem is drawn by the screen, under the id `labelledBy`.
 */

import type { Formulas } from '../formula-tree.ts';

/** As saved: true/false, text, or parts (shown positions, true/false, texts); null is blank. */
export type PlayerAnswer = null | boolean | string | (null | boolean | string | number)[];

/** What every prompt has; the kind's `prompt.ts` says what else is in it. */
export interface ShownPrompt {
  readonly stem: string;
  /** The texts are the markup of `questions/rich-text.ts`. */
  readonly rich?: boolean;
  /** Put in by the server's presenters. */
  readonly formulas?: Formulas;
}

/** The parts of an answer that are positions. */
export function positionsIn(answer: PlayerAnswer | undefined): number[] {
  return Array.isArray(answer) ? answer.filter((part) => typeof part === 'number') : [];
}

export type PlayerProps = {
  readonly prompt: ShownPrompt;
  readonly answer: PlayerAnswer;
  readonly labelledBy: string;
  readonly disabled: boolean;
  /** `typing`: more is probably to come. */
  readonly onanswer: (answer: PlayerAnswer, pace: 'now' | 'typing') => void;
};

/** What a player may offer besides drawing itself. */
export interface PlayerKeys {
  /** Chooses the option at this place, from 0, as if it were pressed; false when there is none. */
  press?: (place: number) => boolean;
}

export type ReviewProps = {
  readonly prompt: ShownPrompt;
  readonly answer: PlayerAnswer;
  /** Undefined until it is released; null: the question has none. */
  readonly rightAnswer: PlayerAnswer | undefined;
  /** Share of the points that the answer earned, 0..1; undefined while it is not told, or where something else than the answer decided. */
  readonly share?: number | undefined;
  /** The same of each part, for kinds that cannot tell it from answer and key. */
  readonly parts?: readonly number[] | undefined;
  readonly labelledBy: string;
};
