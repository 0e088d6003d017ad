/**
 * The small markup of questions, and the tree that screens draw from it: no HTML anywhere, so nothing has to be cleaned.
 * `**bold**`, `*italic*`, `__underlined__`, `^above^`, `~below~`, `$LaTeX$`, `$$LaTeX$$` on a line of its own,
 * `![what it shows](media:<sha256>)`, tables of `| a | b |` lines (a second line `|---|---|` makes the first a heading),
 * blank lines between paragraphs. A backslash takes a sign at its word; `\&` is nothing, `\+` a line break in a cell.
 * Whatever is no markup is text: reading never fails. Its work grows with the length of the text alone.
 */

import { type Token, tokensOf } from './rich-text-tokens.ts';
import {
  type Block,
  type Inline,
  type Line,
  type Mark,
  merged,
  type RichText,
  SIGNS,
  trimmed,
} from './rich-text-tree.ts';

export type { Block, Inline, Line, Mark, RichText } from './rich-text-tree.ts';
export { escapeText, write } from './rich-text-writing.ts';

/** Longer texts are taken for plain ones. Every field of a question is far shorter. */
const TEXT_MAX = 50_000;
/** The tree of a text in the markup. Never throws. */
export function parse(text: string): RichText {
  const lines = text.replace(/\r\n?/g, '\n').split('\n');
  if (text.length > TEXT_MAX) return paragraphsOf(lines, (line) => [{ type: 'text', text: line }]);
  const blocks: Block[] = [];
  let waiting: string[] = [];
  const flush = (): void => {
    blocks.push(...paragraphsOf(waiting, (paragraph) => inlinesOf(tokensOf(paragraph))));
    waiting = [];
  };
  for (let i = 0; i < lines.length; i++) {
    const rows = rowsFrom(lines, i);
    if (rows.length === 0) {
      waiting.push(lines[i] ?? '');
      continue;
    }
    flush();
    blocks.push(tableOf(rows));
    i += rows.length - 1;
  }
  flush();
  return blocks;
}

function paragraphsOf(lines: readonly string[], read: (paragraph: string) => Line): Block[] {
  return lines
    .map((line) => (line.trim() === '' ? '' : line))
    .join('\n')
    .split(/\n{2,}/)
    .map((paragraph) => trimmed(read(paragraph)))
    .filter((children) => children.length > 0)
    .map((children) => ({ type: 'paragraph', children }));
}

/** The lines of a table that begins here. */
function rowsFrom(lines: readonly string[], from: number): readonly string[] {
  let end = from;
  while (isRow(lines[end])) end++;
  return lines.slice(from, end);
}

function isRow(line: string | undefined): boolean {
  const text = line?.trim() ?? '';
  return text.length > 1 && text.startsWith('|') && /(^|[^\\])(\\\\)*\|$/.test(text);
}

function tableOf(lines: readonly string[]): Block {
  const isRule = (line: string | undefined): boolean => /^\|(\s*:?-+:?\s*\|)+$/.test(line?.trim() ?? '');
  const heading = lines.length > 1 && isRule(lines[1]) && !isRule(lines[0]);
  const rows = lines.filter((_, i) => !(heading && i === 1)).map(cellsOf);
  const width = Math.max(...rows.map((row) => row.length));
  return {
    type: 'table',
    heading,
    rows: rows.map((row) => [...row, ...new Array<Line>(width - row.length).fill([])]),
  };
}

/** Bars inside formulas and behind backslashes part nothing. */
function cellsOf(line: string): Line[] {
  const cells: Token[][] = [[]];
  for (const token of tokensOf(line.trim())) {
    if (token.type === 'bar') cells.push([]);
    else cells[cells.length - 1]?.push(token);
  }
  return cells.slice(1, -1).map((cell) => trimmed(inlinesOf(cell)));
}

interface OpenMark {
  readonly mark: Mark;
  readonly children: Inline[];
}

/** Marks that are open while a line is read. Each kind is open once at most, so the stack is never deep. */
class OpenMarks {
  readonly #root: Inline[] = [];
  readonly #open: OpenMark[] = [];

  add(node: Inline): void {
    (this.#open[this.#open.length - 1]?.children ?? this.#root).push(node);
  }

  /** A mark closes the one of its kind that is open; what was opened inside it and never closed is text. */
  meet({ mark, opens, closes }: Extract<Token, { readonly type: 'mark' }>): void {
    const place = this.#open.findIndex((other) => other.mark === mark);
    if (place >= 0 && closes) {
      while (this.#open.length > place + 1) this.#abandon();
      const children = this.#open.pop()?.children ?? [];
      this.add({ type: mark, children });
    } else if (place < 0 && opens) this.#open.push({ mark, children: [] });
    else this.add({ type: 'text', text: SIGNS[mark] });
  }

  end(): Line {
    while (this.#open.length > 0) this.#abandon();
    return merged(this.#root);
  }

  #abandon(): void {
    const last = this.#open.pop();
    if (last === undefined) return;
    this.add({ type: 'text', text: SIGNS[last.mark] });
    for (const child of last.children) this.add(child);
  }
}

function inlinesOf(tokens: readonly Token[]): Line {
  const marks = new OpenMarks();
  for (const token of tokens) {
    if (token.type === 'mark') marks.meet(token);
    else marks.add(token.type === 'node' ? token.node : { type: 'text', text: '|' });
  }
  return marks.end();
}

/** Everything readable, for search and for places that can draw nothing: formulas as LaTeX, pictures by what they show. */
export function plainText(text: string): string {
  return parse(text)
    .map((block) =>
      block.type === 'paragraph'
        ? plainLine(block.children)
        : block.rows.map((row) => row.map(plainLine).join(' | ')).join('\n'),
    )
    .join('\n');
}

function plainLine(line: Line): string {
  return line
    .map((node) => {
      if (node.type === 'text') return node.text;
      if (node.type === 'formula') return node.latex;
      return node.type === 'image' ? node.alt : plainLine(node.children);
    })
    .join('');
}
