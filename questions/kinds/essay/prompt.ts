/** Public part of an essay. The answer is a text with line breaks; people mark it. */
import { isStemmed } from '../shapes.ts';

export type EssayPrompt = {
  readonly stem: string;
  readonly rich?: boolean;
  /** Shown to the writer and counted with them; null: no limit but `ESSAY_MAX`. */
  readonly maxWords: number | null;
};

/** Longest answer, in UTF-16 units: every save appends the whole sheet, so an essay cannot be a book. */
export const ESSAY_MAX = 20_000;
/** No limit in words goes beyond what fits. */
export const ESSAY_WORDS_MAX = 4_000;

/** Whether the value can be shown as an essay. */
export function isEssayPrompt(value: unknown): value is EssayPrompt {
  return isStemmed(value) && (value.maxWords === null || typeof value.maxWords === 'number');
}

/** Words (tiếng) as Vietnamese counts them: what stands between spaces. */
export function countWords(text: string): number {
  return text.split(/\s+/).filter((word) => word !== '').length;
}
