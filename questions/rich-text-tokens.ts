/** The markup of `rich-text.ts` cut into texts, formulas, pictures, signs that may open or close a mark, and bars of tables. */
import { type Inline, type Mark, SIGNS } from './rich-text-tree.ts';

const LATEX_MAX = 2_000;
const ALT_MAX = 500;

const ESCAPED = /\\([\\*_^~$![\]|&+])/y;
const IMAGE = new RegExp(`!\\[((?:\\\\.|[^\\]\\\\\\n]){0,${ALT_MAX}})\\]\\(media:([0-9a-f]{64})\\)`, 'y');
/** What a formula may hold: no unescaped dollar; it neither begins nor ends with a space, so that prices stay prices. */
const FORMULA = new RegExp(`\\$(?!\\s)((?:\\\\.|[^$\\\\\\n]){1,${LATEX_MAX}})\\$(?!\\d)`, 'y');
const DISPLAY = new RegExp(`\\$\\$((?:\\\\[\\s\\S]|[^$\\\\]){1,${LATEX_MAX}})\\$\\$`, 'y');
const RUN = /\*+|_+|\^|~/y;
const PLAIN = /[^\\*_^~$!|\n]+|[\s\S]/y;

export type Token =
  | { readonly type: 'node'; readonly node: Inline }
  | { readonly type: 'mark'; readonly mark: Mark; readonly opens: boolean; readonly closes: boolean }
  | { readonly type: 'bar' };

const MARKS: readonly Mark[] = ['bold', 'italic', 'underline', 'above', 'below'];

/** A text and how far it was read. */
class Cursor {
  at = 0;
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }

  /** Reads on when the sticky pattern fits here. */
  take(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.text);
    if (found !== null) this.at += found[0].length;
    return found;
  }

  /** What cannot be anything else: up to the next sign. */
  plain(): Inline {
    return { type: 'text', text: this.take(PLAIN)?.[0] ?? '' };
  }
}

/** Every letter of the text is in one of the tokens. Its work grows with the length alone: what one pattern looks through is limited. */
export function tokensOf(text: string): Token[] {
  const cursor = new Cursor(text);
  const tokens: Token[] = [];
  while (cursor.at < text.length) tokens.push(nextToken(cursor));
  return tokens;
}

function nextToken(cursor: Cursor): Token {
  const sign = cursor.text[cursor.at];
  if (sign === '|') {
    cursor.at += 1;
    return { type: 'bar' };
  }
  if (sign === '*' || sign === '_' || sign === '^' || sign === '~') return markOrText(cursor);
  if (sign === '\\') return { type: 'node', node: escapedAt(cursor) ?? cursor.plain() };
  if (sign === '$') return { type: 'node', node: formulaAt(cursor) ?? cursor.plain() };
  if (sign === '!') return { type: 'node', node: imageAt(cursor) ?? cursor.plain() };
  return { type: 'node', node: cursor.plain() };
}

function escapedAt(cursor: Cursor): Inline | null {
  const escaped = cursor.take(ESCAPED);
  return escaped === null ? null : { type: 'text', text: meantBy(escaped[1] ?? '') };
}

function meantBy(sign: string): string {
  if (sign === '&') return '';
  return sign === '+' ? '\n' : sign;
}

function imageAt(cursor: Cursor): Inline | null {
  const image = cursor.take(IMAGE);
  if (image === null) return null;
  const alt = (image[1] ?? '').replace(/\\([\\*_^~$![\]|&+])/g, (_, sign: string) => meantBy(sign));
  return { type: 'image', alt, media: image[2] ?? '' };
}

function formulaAt(cursor: Cursor): Inline | null {
  const display = cursor.take(DISPLAY);
  if (display !== null) {
    const latex = tidyLatex(display[1] ?? '');
    return latex === '' ? { type: 'text', text: display[0] } : { type: 'formula', latex, display: true };
  }
  const inline = cursor.take(FORMULA);
  if (inline === null) return null;
  const latex = inline[1] ?? '';
  return latex === latex.trimEnd()
    ? { type: 'formula', latex, display: false }
    : { type: 'text', text: inline[0] };
}

/** Lines without what stands around them, which means nothing to LaTeX; `\ ` at the end is a space that it wants. */
export function tidyLatex(latex: string): string {
  return latex
    .replace(/\r\n?/g, '\n')
    .replace(/^\s+|(?<![\\\s])\s+$|(?<=\\\s)\s+$/g, '')
    .replace(/\s+/g, (gap) => (gap.includes('\n') ? '\n' : gap));
}

function markOrText(cursor: Cursor): Token {
  const from = cursor.at;
  const run = cursor.take(RUN)?.[0] ?? '';
  const mark = MARKS.find((name) => SIGNS[name] === run);
  if (mark === undefined) return { type: 'node', node: { type: 'text', text: run } };
  const isInk = (sign: string | undefined): boolean => sign !== undefined && /\S/.test(sign);
  return { type: 'mark', mark, opens: isInk(cursor.text[cursor.at]), closes: isInk(cursor.text[from - 1]) };
}
