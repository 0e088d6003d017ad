/** Public part of a cloze: a text with gaps `{{1}}`, `{{2}}` …, each one to be chosen, typed or counted. */
import { isRecord, isStemmed, isTexts } from '../shapes.ts';

export type ClozeGap =
  | { readonly kind: 'choice'; readonly options: readonly string[] }
  | { readonly kind: 'text' }
  | { readonly kind: 'number'; readonly unit: string };

export type ClozePrompt = {
  /** Holds `{{n}}` exactly once for each gap; n counts from 1. */
  readonly stem: string;
  readonly rich?: boolean;
  readonly gaps: readonly ClozeGap[];
};

/** For each gap the index of the option, or the text as typed (words and numbers), or null for a blank. Not all are blank. */
export type ClozeAnswer = readonly (number | string | null)[];

export const GAPS_MAX = 40;
/** More gaps than these nobody fills in on a phone against the clock. */
export const LIVE_GAPS_MAX = 8;
/** Longest text in a gap, in UTF-16 units after cleaning. */
export const GAP_TEXT_MAX = 200;

/** Whether the value can be shown as a cloze. */
export function isClozePrompt(value: unknown): value is ClozePrompt {
  return isStemmed(value) && Array.isArray(value.gaps) && value.gaps.every(isClozeGap);
}

function isClozeGap(value: unknown): value is ClozeGap {
  if (!isRecord(value)) return false;
  if (value.kind === 'choice') return isTexts(value.options);
  if (value.kind === 'number') return typeof value.unit === 'string';
  return value.kind === 'text';
}

/** A gap as it stands in a stem; the group is its number, from 1. */
const GAP = /\{\{(\d{1,2})\}\}/;

/** Numbers of the gaps that a stem holds, in its order, from 1. */
export function gapsIn(stem: string): readonly number[] {
  return [...stem.matchAll(new RegExp(GAP, 'g'))].map(([, number]) => Number(number));
}

/** A text cut at its gaps: texts, and the index (from 0) of a gap between two of them. */
export function cutAtGaps(text: string): readonly (string | number)[] {
  return text.split(GAP).map((part, i) => (i % 2 === 0 ? part : Number(part) - 1));
}
