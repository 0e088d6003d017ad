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

/** The stem cut at its gaps: texts, and the index of a gap between two of them. `{{9}}` without such a gap stays text. */
export function clozePieces({ stem, gaps }: ClozePrompt): readonly (string | number)[] {
  const pieces: (string | number)[] = [];
  let text = '';
  for (const [i, part] of stem.split(/\{\{(\d{1,2})\}\}/).entries()) {
    const gap = Number(part) - 1;
    if (i % 2 === 0) text += part;
    else if (gap < 0 || gap >= gaps.length || pieces.includes(gap)) text += `{{${part}}}`;
    else {
      pieces.push(text, gap);
      text = '';
    }
  }
  return [...pieces, text];
}
