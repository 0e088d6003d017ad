/** Numbers of HTML lists, as browsers, LibreOffice and Google Docs paste them: they are shown and stand nowhere in the text. */
import { BULLET, numberAs } from './numbering.ts';

/** By what the attribute `type` and `list-style-type` say. */
const FORMATS: Readonly<Record<string, string>> = {
  ...{ '1': 'decimal', A: 'upperLetter', a: 'lowerLetter', I: 'upperRoman', i: 'lowerRoman' },
  ...{ decimal: 'decimal', 'decimal-leading-zero': 'decimalZero' },
  ...{ 'upper-alpha': 'upperLetter', 'upper-latin': 'upperLetter' },
  ...{ 'lower-alpha': 'lowerLetter', 'lower-latin': 'lowerLetter' },
  ...{ 'upper-roman': 'upperRoman', 'lower-roman': 'lowerRoman' },
};

/** What an element says by an attribute, '' where it says nothing. */
type Said = (name: string) => string;

export class HtmlList {
  readonly #said: Said;
  readonly #isNumbered: boolean;
  #next: number;

  /** Of `ol` or `ul`. */
  constructor(tag: string, said: Said) {
    this.#said = said;
    this.#isNumbered = tag === 'ol';
    this.#next = integerOf(said('start')) ?? 1;
  }

  /** What is shown before the next item: "B.", a bullet, or '' where the list hides it. */
  labelOf(item: Said): string {
    const number = integerOf(item('value')) ?? this.#next;
    this.#next = number + 1;
    const style = styleOf(item) ?? styleOf(this.#said);
    if (style === 'none') return '';
    const format = style === null ? undefined : FORMATS[style];
    if (format === undefined && !this.#isNumbered) return BULLET;
    return style !== null && format === undefined ? BULLET : `${numberAs(format ?? 'decimal', number)}.`;
  }
}

function styleOf(said: Said): string | null {
  const css = /(?:^|;)\s*list-style(?:-type)?\s*:\s*([^;]+)/i.exec(said('style'))?.[1];
  if (css === undefined) return said('type') || null;
  const words = css.trim().toLowerCase().split(/\s+/);
  return words.find((word) => word === 'none' || FORMATS[word] !== undefined) ?? words[0] ?? null;
}

function integerOf(text: string): number | null {
  return /^-?\d{1,6}$/.test(text.trim()) ? Number(text) : null;
}
