/** Public part of a matching question: to each left one of the rights, some of which may fit nothing. */
import { isStemmed, isTexts } from '../shapes.ts';

export type MatchingPrompt = {
  readonly stem: string;
  readonly rich?: boolean;
  readonly lefts: readonly string[];
  /** As many as the lefts or more (distractors), or fewer where one fits several. */
  readonly rights: readonly string[];
};

/** For each left the position of a right as shown on the paper, or null for a blank. Not all are blank. */
export type MatchingAnswer = readonly (number | null)[];

/** Rights are lettered A to Z. */
export const MATCHING_MAX = 26;

/** Whether the value can be shown as a matching question. */
export function isMatchingPrompt(value: unknown): value is MatchingPrompt {
  return isStemmed(value) && isTexts(value.lefts) && isTexts(value.rights);
}
