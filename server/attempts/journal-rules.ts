/**
 * The journal as text: a row is an attempt's whole packed sheet, or a difference, which is the lines of the sheet that a
 * save changed. What counts of an attempt is its newest whole row and the differences behind it. Pure.
 */
import { RADIX } from './sheet-rules.ts';

/** First character of a difference; no sheet begins with it. */
export const MARK = '~';

/** A sheet with something merged in, whole and as a difference to what it was. */
export interface Merged {
  readonly sheet: string;
  readonly difference: string;
}

/** Adds a line, by its place in the sheet, to a difference; '' is one without lines. */
export function withLine(difference: string, place: number, line: string): string {
  return `${difference === '' ? MARK : `${difference}\n`}${place.toString(RADIX)} ${line}`;
}

export function isDifference(text: string): boolean {
  return text.startsWith(MARK);
}

/** One difference that does what both do, the second after the first. */
function joined(first: string, second: string): string {
  return first === '' ? second : `${first}\n${second.slice(MARK.length)}`;
}

/** Throws when a line has no place in the sheet. */
export function applyDifference(sheet: string, difference: string): string {
  const lines = sheet.split('\n');
  for (const entry of difference.slice(MARK.length).split('\n')) {
    const space = entry.indexOf(' ');
    const place = Number.parseInt(entry.slice(0, space), RADIX);
    if (space < 1 || lines[place] === undefined) throw new Error('not a difference to this sheet');
    lines[place] = entry.slice(space + 1);
  }
  return lines.join('\n');
}

/** What rows of the journal amount to for one attempt, given in the order in which they were written. */
export class Replay {
  #seq = 0;
  #wholeSeq = 0;
  #whole = '';
  #differences = '';

  /** Number of the newest save; 0: none. */
  get seq(): number {
    return this.#seq;
  }

  /** Number of the save whose whole sheet everything rests on; 0: none. */
  get wholeSeq(): number {
    return this.#wholeSeq;
  }

  /** '' when nothing was saved. */
  get sheet(): string {
    return this.#differences === '' ? this.#whole : applyDifference(this.#whole, this.#differences);
  }

  /**
   * A later whole row counts, whatever its number: one that was refused may be there with a higher one. A difference without
   * a whole row before it was carried forward since. Throws when a save is missing in between.
   */
  add(seq: number, text: string): void {
    if (!isDifference(text)) {
      this.#seq = this.#wholeSeq = seq;
      this.#whole = text;
      this.#differences = '';
      return;
    }
    if (this.#wholeSeq === 0) return;
    if (seq !== this.#seq + 1) throw new Error(`save ${this.#seq + 1} is missing before ${seq}`);
    this.#seq = seq;
    this.#differences = joined(this.#differences, text);
  }
}
