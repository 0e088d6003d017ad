/** How a part of an answer stands in a review. */
export type Tone = 'right' | 'wrong' | 'chosen' | '';

/** What was given beside what is right; null: blank, or the key is not told. */
export function toneOf<Part>(given: Part | null, right: Part | null): Tone {
  if (right === null || given === null) return '';
  return given === right ? 'right' : 'wrong';
}

/** A number as it was typed with its unit behind it, unless something stands there already. */
export function withUnit(text: string, unit: string): string {
  return unit === '' || !/\d[.,]?$/.test(text) ? text : `${text} ${unit}`;
}
