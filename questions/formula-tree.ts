/** A formula as MathML elements, made on the server from LaTeX and drawn by the client: names and attributes from a list, no HTML, no addresses. */

export type MathNode =
  | string
  | {
      readonly name: string;
      readonly attributes: Readonly<Record<string, string>>;
      readonly children: readonly MathNode[];
    };

/** What a prompt shows: the source of a formula as `formulaKey` writes it → its tree. What is not there is shown as LaTeX. */
export type Formulas = Readonly<Record<string, MathNode>>;

const NAMES: ReadonlySet<string> = new Set(
  (
    'math mrow mi mn mo mtext mspace ms mfrac msqrt mroot mstyle merror mpadded mphantom menclose ' +
    'msub msup msubsup munder mover munderover mmultiscripts mprescripts none mtable mtr mtd'
  ).split(' '),
);
const ATTRIBUTES: ReadonlySet<string> = new Set(
  (
    'display displaystyle scriptlevel mathvariant mathcolor stretchy fence form separator symmetric largeop accent ' +
    'accentunder movablelimits lspace rspace minsize maxsize linethickness width height depth voffset notation ' +
    'columnalign rowalign columnspan rowspan columnlines rowlines dir intent'
  ).split(' '),
);
/** The renderer's own classes that base styles know. */
const CLASSES: ReadonlySet<string> = new Set(['tml-left', 'tml-right', 'tml-overline', 'tml-underline']);

export function isMathName(name: string): boolean {
  return NAMES.has(name);
}

/** No attribute of these can hold an address or a script; the values are short words, lengths and colours. */
export function isMathAttribute(name: string, value: string): boolean {
  if (name === 'class') return CLASSES.has(value);
  return ATTRIBUTES.has(name) && /^[\w#%. +-]{0,60}$/.test(value);
}

export function formulaKey(latex: string, display: boolean): string {
  return display ? `$$${latex}` : `$${latex}`;
}
