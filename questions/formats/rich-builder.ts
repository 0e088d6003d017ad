/**
 * Puts a rich text together from runs as documents have them: letters with a set of marks, pictures, formulas, breaks.
 * White space is settled as browsers do it. HTML uses it, and so can everything else that has runs (DOCX, XLSX).
 */
import type { Block, Inline, Line, Mark, RichText } from '../rich-text.ts';
import { nfc } from '../vietnamese.ts';
import type { FoundText } from './found-text.ts';
import { splitLatex } from './latex.ts';

/** Something in a line, with the marks it stands in, the outermost first. */
interface Run {
  readonly marks: readonly Mark[];
  readonly node: Exclude<Inline, { readonly type: Mark }>;
}

/** Control and invisible characters; a soft hyphen is one. */
const INVISIBLE = /[\p{Cc}\p{Cf}]/gu;

export class RichBuilder {
  readonly #blocks: Block[] = [];
  #runs: Run[] = [];
  #marks: readonly Mark[] = [];
  #isPlain = true;

  /** Everything that `write` adds stands in this mark. */
  marked(mark: Mark, write: () => void): void {
    const before = this.#marks;
    if (!before.includes(mark)) this.#marks = [...before, mark];
    write();
    this.#marks = before;
  }

  /** Letters; white space counts as one space. Formulas between `\(` and `\)` are found. */
  text(text: string): void {
    for (const piece of splitLatex(text)) {
      if (piece.is === 'latex') this.formula(piece.latex, piece.display);
      else this.plainText(piece.text);
    }
  }

  /** Letters in which nothing is a formula. */
  plainText(text: string): void {
    const squeezed = nfc(text.replace(/\s+/g, ' ').replace(INVISIBLE, ''));
    if (squeezed !== '') this.#add({ type: 'text', text: squeezed });
  }

  formula(latex: string, display: boolean): void {
    this.#add({ type: 'formula', latex, display });
  }

  image(alt: string, media: string): void {
    this.#add({ type: 'image', alt, media });
  }

  /** A line break; two of them part paragraphs. */
  lineBreak(): void {
    const last = this.#lastInk();
    if (last?.node.type === 'text' && last.node.text === '\n') this.endParagraph();
    else if (last !== undefined) this.#runs.push({ marks: [], node: { type: 'text', text: '\n' } });
  }

  /** A new line, unless one has just begun. */
  freshLine(): void {
    const last = this.#lastInk();
    if (last !== undefined && !(last.node.type === 'text' && last.node.text === '\n')) this.lineBreak();
  }

  endParagraph(): void {
    const children = nest(settle(this.#runs), 0);
    this.#runs = [];
    if (children.length > 0) this.#blocks.push({ type: 'paragraph', children });
  }

  /** Rows are filled up to equal length. */
  table(rows: readonly (readonly FoundText[])[], heading: boolean): void {
    this.endParagraph();
    const width = Math.max(0, ...rows.map((row) => row.length));
    if (width === 0) return;
    const cells = rows.map((row) => [...row.map(cellOf), ...new Array<Line>(width - row.length).fill([])]);
    this.#blocks.push({ type: 'table', heading, rows: cells });
    this.#isPlain = false;
  }

  /** What was put together. */
  finish(): FoundText {
    this.endParagraph();
    const tree: RichText = this.#blocks;
    return { plain: this.#isPlain ? tree.map(plainOf).join('\n\n') : null, tree };
  }

  /** The last run that is more than a space. */
  #lastInk(): Run | undefined {
    return this.#runs.findLast(
      ({ node }) => node.type !== 'text' || node.text.trim() !== '' || node.text === '\n',
    );
  }

  #add(node: Run['node']): void {
    if (node.type !== 'text') this.#isPlain = false;
    else if (this.#marks.length > 0 && node.text.trim() !== '') this.#isPlain = false;
    this.#runs.push({ marks: this.#marks, node });
  }
}

function plainOf(block: Block): string {
  if (block.type === 'table') return '';
  return block.children.map((node) => (node.type === 'text' ? node.text : '')).join('');
}

/** A cell is one line with breaks in it; tables inside tables become their text. */
function cellOf({ tree }: FoundText): Line {
  const paragraphs = tree.map((block) => (block.type === 'paragraph' ? block.children : block.rows.flat(2)));
  return paragraphs.flatMap((line, i): Line => (i === 0 ? line : [{ type: 'text', text: '\n' }, ...line]));
}

/** One space between words, none around breaks and at the ends. */
function settle(runs: readonly Run[]): readonly Run[] {
  const settled: Run[] = [];
  let atStart = true;
  for (const run of runs) {
    if (run.node.type !== 'text') {
      settled.push(run);
      atStart = false;
      continue;
    }
    const text = atStart ? run.node.text.replace(/^ +/, '') : run.node.text;
    if (run.node.text === '\n') dropTrailing(settled, / +$/);
    if (text === '') continue;
    settled.push({ marks: run.marks, node: { type: 'text', text } });
    atStart = /[ \n]$/.test(text);
  }
  dropTrailing(settled, /[ \n]+$/);
  return settled;
}

function dropTrailing(runs: Run[], white: RegExp): void {
  for (let last = runs.at(-1); last?.node.type === 'text'; last = runs.at(-1)) {
    const text = last.node.text.replace(white, '');
    runs.pop();
    if (text === '') continue;
    runs.push({ marks: last.marks, node: { type: 'text', text } });
    return;
  }
}

/** Runs with the same outer marks side by side become one node. */
function nest(runs: readonly Run[], depth: number): Line {
  const line: Inline[] = [];
  for (let from = 0; from < runs.length; ) {
    const mark = runs[from]?.marks[depth];
    let to = from + 1;
    if (mark !== undefined) while (runs[to]?.marks[depth] === mark) to++;
    if (mark !== undefined) line.push({ type: mark, children: nest(runs.slice(from, to), depth + 1) });
    else addLeaf(line, runs[from]?.node);
    from = to;
  }
  return line;
}

function addLeaf(line: Inline[], node: Run['node'] | undefined): void {
  const last = line.at(-1);
  if (node === undefined) return;
  if (node.type === 'text' && last?.type === 'text')
    line[line.length - 1] = { type: 'text', text: last.text + node.text };
  else line.push(node);
}
