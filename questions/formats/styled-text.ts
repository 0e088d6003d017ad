/**
 * A piece of text with its looks, as Word and Excel have it: what a reader cuts into stem, options and keys. It is handled
 * by positions in `text`; a picture or a formula is one sign there (U+FFFC). Looks that say which option is right are
 * asked for by position, and left out of what becomes the question.
 */
import type { Mark } from '../rich-text.ts';
import { cleanText } from '../vietnamese.ts';
import { type FoundText, plainFound } from './found-text.ts';
import { RichBuilder } from './rich-builder.ts';
import { cleanLines } from './texts.ts';

/** Bits of `Looks.marks`. */
export const BOLD = 1;
export const ITALIC = 2;
export const UNDERLINE = 4;
export const ABOVE = 8;
export const BELOW = 16;
export const HIGHLIGHT = 32;

export interface Looks {
  /** Sum of the bits above. */
  readonly marks: number;
  /** Six lower case hex digits; null: black or not set. */
  readonly color: string | null;
}

export const plainLooks: Looks = { marks: 0, color: null };

/** A picture or a formula inside a text. */
export type Thing =
  | { readonly type: 'image'; readonly alt: string; readonly media: string }
  | { readonly type: 'formula'; readonly latex: string; readonly display: boolean };

/** Letters with one look, or a thing (whose text is U+FFFC). */
export interface Atom {
  readonly text: string;
  readonly looks: Looks;
  readonly thing?: Thing;
}

export const THING = '\ufffc';

/** White space in a row that anybody can mean. */
const GAP_MAX = 24;
const LONG_GAP = new RegExp(`\\s{${GAP_MAX + 1}}`);

const CARRIED: readonly (readonly [number, Mark])[] = [
  [BOLD, 'bold'],
  [ITALIC, 'italic'],
  [UNDERLINE, 'underline'],
  [ABOVE, 'above'],
  [BELOW, 'below'],
];

export class StyledText {
  readonly atoms: readonly Atom[];
  /** All letters; things are U+FFFC, breaks are "\n", tabs "\t". */
  readonly text: string;

  constructor(atoms: readonly Atom[]) {
    this.atoms = atoms.filter(({ text }) => text !== '');
    this.text = this.atoms.map(({ text }) => text).join('');
  }

  static plain(text: string): StyledText {
    return new StyledText([{ text, looks: plainLooks }]);
  }

  /** Texts one after another with something between. */
  static join(texts: readonly StyledText[], between: string): StyledText {
    const gap: Atom = { text: between, looks: plainLooks };
    return new StyledText(texts.flatMap(({ atoms }, i) => (i === 0 ? atoms : [gap, ...atoms])));
  }

  get isBlank(): boolean {
    return this.text.trim() === '';
  }

  slice(from: number, to = this.text.length): StyledText {
    if (from <= 0 && to >= this.text.length) return this;
    const atoms: Atom[] = [];
    let at = 0;
    for (const atom of this.atoms) {
      const text = atom.text.slice(Math.max(0, from - at), Math.max(0, to - at));
      if (text !== '') atoms.push(text === atom.text ? atom : { ...atom, text });
      at += atom.text.length;
    }
    return new StyledText(atoms);
  }

  trim(): StyledText {
    const start = this.text.length - this.text.trimStart().length;
    return this.slice(start, this.text.trimEnd().length);
  }

  /** Texts between line breaks. */
  lines(): readonly StyledText[] {
    if (!this.text.includes('\n')) return [this];
    const lines: Atom[][] = [[]];
    for (const atom of this.atoms)
      for (const [i, text] of atom.text.split('\n').entries()) {
        if (i > 0) lines.push([]);
        lines.at(-1)?.push(text === atom.text ? atom : { ...atom, text });
      }
    return lines.map((atoms) => new StyledText(atoms));
  }

  /** No run of white space longer than anybody means: what is read with patterns takes its time with long ones. */
  get squeezed(): StyledText {
    if (!LONG_GAP.test(this.text)) return this;
    let run = 0;
    const atoms = this.atoms.map((atom): Atom => {
      if (atom.text.trimStart() !== '' && !/^\s/.test(atom.text)) run = 0;
      const text = atom.text.replace(/\s+/g, (gap, at: number) => {
        if (at > 0) run = 0;
        const kept = gap.slice(0, GAP_MAX - run);
        run += kept.length;
        return kept;
      });
      if (!/\s$/.test(atom.text.slice(-1))) run = 0;
      return { ...atom, text };
    });
    return new StyledText(atoms);
  }

  /** Share (0..1) of what is to be seen that looks so; 0 when nothing is to be seen. */
  share(looks: (looks: Looks) => boolean): number {
    let all = 0;
    let so = 0;
    for (const atom of this.atoms) {
      const size = inkOf(atom.text);
      all += size;
      if (looks(atom.looks)) so += size;
    }
    return all === 0 ? 0 : so / all;
  }

  /** Marks on everything that is to be seen say nothing about a part of it. */
  #uniformMarks(): number {
    let common = BOLD | ITALIC | UNDERLINE;
    let any = false;
    for (const { text, looks, thing } of this.atoms) {
      if (inkOf(text) === 0 || thing !== undefined) continue;
      common &= looks.marks;
      any = true;
    }
    return any ? common : 0;
  }

  /** As a text of a question, without these marks and without those that all of it has. */
  found(dropped = 0): FoundText {
    const out = dropped | this.#uniformMarks();
    const isPlain = this.atoms.every(
      ({ text, looks, thing }) =>
        thing === undefined && ((looks.marks & ~out & 31) === 0 || inkOf(text) === 0),
    );
    if (isPlain) return plainFound(this.text);
    const builder = new RichBuilder();
    for (const atom of this.atoms) addAtom(builder, atom, out);
    return builder.finish();
  }

  /** Its letters on one line. */
  get line(): string {
    return cleanText(this.text.replaceAll(THING, ' '));
  }

  /** Its letters on their lines. */
  get paragraph(): string {
    return cleanLines(this.text.replaceAll(THING, ' '));
  }
}

function inkOf(text: string): number {
  return text.replace(/\s+/g, '').length;
}

function addAtom(builder: RichBuilder, { text, looks, thing }: Atom, dropped: number): void {
  const write = (): void => {
    if (thing?.type === 'image') builder.image(thing.alt, thing.media);
    else if (thing?.type === 'formula') builder.formula(thing.latex, thing.display);
    else addLines(builder, text);
  };
  const marks = thing === undefined && text.trim() !== '' ? looks.marks & ~dropped : 0;
  CARRIED.filter(([bit]) => (marks & bit) !== 0).reduceRight<() => void>(
    (inner, [, mark]) =>
      () =>
        builder.marked(mark, inner),
    write,
  )();
}

function addLines(builder: RichBuilder, text: string): void {
  for (const [i, line] of text.split('\n').entries()) {
    if (i > 0) builder.lineBreak();
    builder.text(line);
  }
}
