/**
 * A tree as text in the markup of `rich-text.ts`, so that reading it gives the same tree again. What the markup cannot
 * hold (a mark inside the same mark, an address that is no picture of ours) is left out, its text stays.
 */
import { tidyLatex } from './rich-text-tokens.ts';
import {
  type Block,
  type Inline,
  type Line,
  type Mark,
  merged,
  type RichText,
  SIGNS,
} from './rich-text-tree.ts';

/** Nothing, where two signs would run together or a space would make a sign mean itself. */
const NOTHING = '\\&';
const RULE = /^\s*:?-+:?\s*$/;

/** The text of a tree. `parse(write(tree))` is the tree with neighbours joined and ends trimmed. */
export function write(tree: RichText): string {
  return tree
    .map(writeBlock)
    .filter((text) => text !== '')
    .join('\n\n');
}

/** Any text as the markup that means it. */
export function escapeText(text: string): string {
  return write(
    text
      .split(/(?:\r\n?|\n)(?:[^\S\n]*(?:\r\n?|\n))+/)
      .map((part) => ({ type: 'paragraph', children: [{ type: 'text', text: part }] })),
  );
}

function writeBlock(block: Block): string {
  if (block.type === 'paragraph') return lineText(block.children, false).trim();
  const width = Math.max(1, ...block.rows.map((row) => row.length));
  const rows = block.rows.map((row) => rowText(row, width));
  const [first = '', ...others] = rows;
  return (block.heading ? [first, `|${'---|'.repeat(width)}`, ...others] : rows).join('\n');
}

function rowText(row: readonly Line[], width: number): string {
  const cells = Array.from({ length: width }, (_, i) => lineText(row[i] ?? [], true).trim());
  return `|${cells.map((cell) => ` ${RULE.test(cell) ? NOTHING : ''}${cell} |`).join('')}`;
}

function lineText(line: Line, inCell: boolean): string {
  const writer = new LineWriter(inCell);
  writer.add(merged(line), new Set());
  return writer.text;
}

class LineWriter {
  text = '';
  readonly #inCell: boolean;

  constructor(inCell: boolean) {
    this.#inCell = inCell;
  }

  add(line: Line, inside: ReadonlySet<Mark>): void {
    for (const node of line) this.#node(node, inside);
  }

  #node(node: Inline, inside: ReadonlySet<Mark>): void {
    if (node.type === 'text') this.#put(this.#escaped(node.text));
    else if (node.type === 'formula') this.#formula(node.latex, node.display);
    else if (node.type === 'image') this.#image(node.alt, node.media);
    else if (inside.has(node.type)) this.add(node.children, inside);
    else this.#mark(node.type, node.children, inside);
  }

  #mark(mark: Mark, children: Line, inside: ReadonlySet<Mark>): void {
    const before = this.text;
    this.#put(SIGNS[mark]);
    const from = this.text.length;
    this.add(children, new Set([...inside, mark]));
    const written = this.text.slice(from);
    if (written === '' || written === NOTHING) {
      this.text = before;
      return;
    }
    const opened = /^\s/.test(written) ? NOTHING : '';
    const closed = /\s$/.test(written) ? NOTHING : '';
    this.text = this.text.slice(0, from) + opened + written + closed;
    this.#put(SIGNS[mark]);
  }

  #formula(latex: string, display: boolean): void {
    const oneLine = tidyLatex(latex).replace(/\n/g, display && !this.#inCell ? '\n' : ' ');
    const isWhole = /^(?:\\[\s\S]|[^$\\]){1,2000}$/.test(oneLine);
    if (!isWhole || (!display && oneLine !== oneLine.trimEnd())) this.#put(this.#escaped(latex));
    else this.#put(display ? `$$${oneLine}$$` : `$${oneLine}$`);
  }

  #image(alt: string, media: string): void {
    const shown = alt.replace(/\s+/g, ' ').slice(0, 200);
    if (/^[0-9a-f]{64}$/.test(media)) this.#put(`![${shown.replace(/[\\[\]|]/g, '\\$&')}](media:${media})`);
    else this.#put(this.#escaped(alt));
  }

  /** Signs that would run into one another are kept apart, and a formula from a digit that would make it a price. */
  #put(piece: string): void {
    const last = this.text[this.text.length - 1] ?? '';
    const next = piece[0] ?? '';
    const collide =
      (last === next && (last === '*' || last === '_')) ||
      (last === '$' && /\d/.test(next)) ||
      (last === '!' && next === '[');
    this.text += collide ? NOTHING + piece : piece;
  }

  #escaped(text: string): string {
    return text
      .replace(/\r\n?/g, '\n')
      .replace(/[\\*^~$]|!(?=\[)/g, '\\$&')
      .replace(/_+/g, (run) => (run.length === 2 ? '\\_\\_' : run))
      .replace(/\|/g, (bar, at: number, whole: string) =>
        this.#inCell || /(^|\n)\s*$/.test(whole.slice(Math.max(0, at - 50), at)) ? `\\${bar}` : bar,
      )
      .replace(/\n/g, (line, at: number, whole: string) =>
        !this.#inCell && isInk(whole[at - 1]) && isInk(whole[at + 1]) ? line : '\\+',
      );
  }
}

function isInk(sign: string | undefined): boolean {
  return sign !== undefined && /\S/.test(sign);
}
