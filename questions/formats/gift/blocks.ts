/**
 * Lines of a GIFT file → blocks. A blank line ends a block, also a broken one; inside braces that are closed later it
 * does not.
 */

export interface GiftBlock {
  /** First line, from 1. */
  readonly line: number;
  readonly lines: readonly string[];
  /** It followed another question without a blank line between. */
  readonly fused: boolean;
}

const CATEGORY = /^\s*\$CATEGORY\s*:/i;
/** A brace that opens an answer section. */
const OPENING = /(?:^|[^\\])(?:\\\\)*\{/;
const BRACES = /\\[\\~=#{}:]|([{}])/g;

export function isComment(line: string): boolean {
  return line.trimStart().startsWith('//');
}

/** Whether an answer section is open behind this line. */
function openAfter(line: string, open: boolean): boolean {
  if (isComment(line)) return open;
  let isOpen = open;
  for (const [, brace] of line.matchAll(BRACES)) {
    if (brace !== undefined) isOpen = brace === '{';
  }
  return isOpen;
}

/** Whether what is open before `from` is closed before anything that begins another question. */
function isClosedLater(lines: readonly string[], from: number): boolean {
  for (const line of lines.slice(from, from + 200)) {
    if (isComment(line)) continue;
    if (line.startsWith('::') || CATEGORY.test(line)) return false;
    const first = [...line.matchAll(BRACES)].find(([, brace]) => brace !== undefined);
    if (first !== undefined) return first[1] === '}';
  }
  return false;
}

/** Splits a file into its blocks; no line with anything on it is left out. */
export function splitGift(text: string): readonly GiftBlock[] {
  const lines = text.split('\n');
  const blocks: GiftBlock[] = [];
  let start = 0;
  let open = false;
  const flush = (end: number) => {
    const taken = lines.slice(start, end);
    const blank = taken.findIndex((line) => line.trim() !== '');
    if (blank >= 0) blocks.push(...unfuse(start + blank + 1, trimEnd(taken.slice(blank))));
    start = end;
    open = false;
  };
  for (const [index, line] of lines.entries()) {
    if (line.trim() === '') {
      if (!open || !isClosedLater(lines, index + 1)) flush(index + 1);
    } else if (CATEGORY.test(line)) {
      if (!lines.slice(start, index).every((before) => before.trim() === '' || isComment(before)))
        flush(index);
      flush(index + 1);
    } else {
      if (open && line.startsWith('::')) flush(index);
      open = openAfter(line, open);
    }
  }
  flush(lines.length);
  return blocks;
}

function trimEnd(lines: readonly string[]): readonly string[] {
  const last = lines.findLastIndex((line) => line.trim() !== '');
  return lines.slice(0, last + 1);
}

/** Questions that follow one another without a blank line are cut behind the brace that ends a line. */
function unfuse(line: number, lines: readonly string[]): readonly GiftBlock[] {
  const lastOpening = lines.findLastIndex((text) => !isComment(text) && OPENING.test(text));
  const pieces: GiftBlock[] = [];
  let from = 0;
  let open = false;
  for (const [index, text] of lines.entries()) {
    const wasOpen = open;
    open = openAfter(text, open);
    const closes = !open && (wasOpen || OPENING.test(text)) && /(^|[^\\])\}\s*$/.test(text);
    if (closes && !isComment(text) && index < lastOpening) {
      pieces.push({ line: line + from, lines: lines.slice(from, index + 1), fused: from > 0 });
      from = index + 1;
    }
  }
  return [...pieces, { line: line + from, lines: lines.slice(from), fused: from > 0 }];
}
