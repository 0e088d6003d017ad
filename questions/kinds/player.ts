/**
 * What the components of a kind are given, here and in every place that shows questions: `Player.svelte` takes an answer,
 * `Review.svelte` shows one beside its key. The stem is drawn by the screen, under the id `labelledBy`.
 */

/** As saved: shown positions, true/false, text; null is blank. */
export type PlayerAnswer = null | boolean | string | number[];

export type PlayerProps = {
  /** The kind's `prompt.ts` says what else is in it. */
  readonly prompt: { readonly stem: string };
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
  readonly prompt: { readonly stem: string };
  readonly answer: PlayerAnswer;
  /** Undefined until it is released; null: the question has none. */
  readonly rightAnswer: PlayerAnswer | undefined;
  readonly labelledBy: string;
};
