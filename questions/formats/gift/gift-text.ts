/**
 * A piece of a GIFT file in which signs behind a backslash are no structure. Structure is looked for in a mask of the
 * same length, text is cut from the raw; so nothing is ever unescaped twice.
 */

const ESCAPED = /\\[\\~=#{}:]/g;
/** `=` inside an HTML tag is an attribute that somebody forgot to escape. */
const TAG = /<[a-z][^<>]*>/gi;
/** Nobody escapes the braces of a formula, though they should. */
const FORMULA = /\\\([^\n]{1,500}?\\\)/g;
const HIDDEN = '\u0001';

/** A text of the same length in which only structure is left. */
export function maskOf(raw: string): string {
  const escaped = raw.replace(ESCAPED, HIDDEN.repeat(2));
  const mask = escaped.includes('\\(')
    ? escaped.replace(FORMULA, (formula) => formula.replace(/[{}=~#:]/g, HIDDEN))
    : escaped;
  return mask.includes('<') ? mask.replace(TAG, (tag) => tag.replace(/[=~#]/g, HIDDEN)) : mask;
}

export class GiftText {
  readonly raw: string;
  /** The raw with everything blotted out that is no structure. */
  readonly mask: string;

  constructor(raw: string, mask = maskOf(raw)) {
    this.raw = raw;
    this.mask = mask;
  }

  slice(from: number, to?: number): GiftText {
    return new GiftText(this.raw.slice(from, to), this.mask.slice(from, to));
  }

  trim(): GiftText {
    const start = this.raw.length - this.raw.trimStart().length;
    return this.slice(start, Math.max(start, this.raw.trimEnd().length));
  }

  indexOf(structure: string, from = 0): number {
    return this.mask.indexOf(structure, from);
  }

  get isBlank(): boolean {
    return this.raw.trim() === '';
  }

  /** Cuts before each of these signs. */
  splitBefore(signs: RegExp): readonly GiftText[] {
    const parts: GiftText[] = [];
    let from = 0;
    for (const { index } of this.mask.matchAll(signs)) {
      if (index > from) parts.push(this.slice(from, index));
      from = index;
    }
    return [...parts, this.slice(from)].filter((part) => !part.isBlank);
  }

  /** What stands before and behind the first such sign. */
  cut(structure: string): readonly [GiftText, GiftText | null] {
    const at = this.indexOf(structure);
    return at < 0 ? [this, null] : [this.slice(0, at), this.slice(at + structure.length)];
  }
}

/** `\n` is a line break, but LaTeX typed by hand has commands that begin so. */
const SIGN =
  /\\(?:([\\~=#{}:])|n(?!(?:eq?|u|abla|ot|otin|eg|i|mid|exists|leq|geq|less|gtr|subseteq|parallel)(?![A-Za-z])))/g;

/** The text that a person means. */
export function unescapeGift(raw: string): string {
  return raw.replace(SIGN, (_, sign: string | undefined) => sign ?? '\n');
}

/** The other way round; line breaks become `\n`. */
export function escapeGift(text: string): string {
  return text.replace(/[\\~=#{}:]/g, '\\$&').replace(/\n[ \t]*/g, '\\n ');
}
