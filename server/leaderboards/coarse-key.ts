/**
 * A first guess at who stands before whom, in one number: the leading criteria, each in as many bits as it mostly needs.
 *
 * It only saves looking at rows. Where two keys differ, the order is certain; where they are equal, the columns are
 * compared. So nothing can overflow: a value outside its bits becomes the field's end and hides all that follows it,
 * and the last field that fits loses its low bits.
 */
import type { Criterion } from './order.ts';

/** A criterion's field in the key. */
export interface KeyPart {
  /** What is subtracted first: the least value that has a place of its own. */
  readonly least: number;
  /** How many values have a place. */
  readonly values: number;
  /** What one step is worth in the key; below 1 the lowest bits are lost. */
  readonly worth: number;
}

/** Bits that a criterion mostly needs, and where its values begin (turned so that less is better). */
const FIELDS: Record<Criterion, { readonly bits: number; readonly least: number }> = {
  /** ±20,971 marks. */
  marks: { bits: 22, least: -(2 ** 21) },
  prediction: { bits: 21, least: 0 },
  /** 4.6 hours. */
  time: { bits: 24, least: 0 },
  /** Until 2039. */
  submitted: { bits: 41, least: 0 },
};

const KEY_BITS = 53;

/** The fields of an order, first criterion first; what does not fit is left out. */
export function keyParts(order: readonly Criterion[]): KeyPart[] {
  const parts: KeyPart[] = [];
  let left = KEY_BITS;
  for (const criterion of order) {
    if (left <= 0) break;
    const { bits, least } = FIELDS[criterion];
    parts.push({ least, values: 2 ** bits, worth: 2 ** (left - bits) });
    left -= bits;
  }
  return parts;
}

/** Key of the row that begins at `row`, an integer from 0 to 2^53 − 1. Columns are the order's criteria. */
export function coarseKey(parts: readonly KeyPart[], rows: Float64Array, row: number): number {
  let key = 0;
  for (let column = 0; column < parts.length; column += 1) {
    const part = parts[column];
    if (part === undefined) break;
    const { least, values, worth } = part;
    const value = (rows[row + column] ?? 0) - least;
    if (value < 0) return key;
    if (value >= values - 1) return key + Math.floor((values - 1) * worth);
    key += Math.floor(value * worth);
  }
  return key;
}
