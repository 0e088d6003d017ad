/**
 * Lines of a GIFT file → blocks. A blank line ends a block, also a broken one; inside braces that are closed later it
 * does not.
 */
import { maskOf } from './gift-text.ts';

export interface GiftBlock {
  /** First line, from 1. */
  readonly line: number;
  readonly lines: readonly string[];
  /** It followed another question without a blank line between. */
  readonly fused: boolean;
}

const CATEGORY = /^\s*\$CATEGORY\s*:/i;

/** A line that is only for those who edit the file, and for ids and tags. */
export function isComment(line: string): boolean {
  return line.trimStart().startsWith('//');
}

/** Structure of each line; nothing in comments. */
function masksOf(lines: readonly string[]): readonly string[] {
  return lines.map((line) => (isComment(line) ? '' : maskOf(line)));
}

/** Whether an answer section is open behind this line. */
function openAfter(mask: string, open: boolean): boolean {
  const last = Math.max(mask.lastIndexOf('{'), mask.lastIndexOf('}'));
  return last < 0 ? open : mask[last] === '{';
}

/** Whether what is open before `from` is closed before anything that begins another question. */
function isClosedLater(masks: readonly string[], from: number): boolean {
  for (const mask of masks.slice(from, from + 200)) {
    if (mask.startsWith('::') || CATEGORY.test(mask)) return false;
    const brace = /[{}]/.exec(mask);
    if (brace !== null) return brace[0] === '}';
  }
  return false;
}

/** Splits a file into its blocks; no line with anything on it is left out. */
export function splitGift(text: string): readonly GiftBlock[] {
  const lines = text.split('\n');
  const masks = masksOf(lines);
  const blocks: GiftBlock[] = [];
  let start = 0;
  let open = false;
  const flush = (end: number) => {
    const taken = lines.slice(start, end);
    const first = taken.findIndex((line) => line.trim() !== '');
    const last = taken.findLastIndex((line) => line.trim() !== '');
    if (first >= 0) blocks.push(...unfuse(start + first + 1, taken.slice(first, last + 1)));
    start = end;
    open = false;
  };
  for (const [index, line] of lines.entries()) {
    const mask = masks[index] ?? '';
    if (line.trim() === '') {
      if (!open || !isClosedLater(masks, index + 1)) flush(index + 1);
    } else if (CATEGORY.test(mask)) {
      if (masks.slice(start, index).some((before) => before.trim() !== '')) flush(index);
      flush(index + 1);
    } else {
      if (open && mask.startsWith('::')) flush(index);
      open = openAfter(mask, open);
    }
  }
  flush(lines.length);
  return blocks;
}

/** Questions that follow one another without a blank line are cut behind the brace that ends a line. */
function unfuse(line: number, lines: readonly string[]): readonly GiftBlock[] {
  const masks = masksOf(lines);
  const lastOpening = masks.findLastIndex((mask) => mask.includes('{'));
  const pieces: GiftBlock[] = [];
  let from = 0;
  let open = false;
  for (const [index, mask] of masks.entries()) {
    const wasOpen = open;
    open = openAfter(mask, open);
    const closes = !open && (wasOpen || mask.includes('{')) && /\}\s*$/.test(mask);
    if (closes && index < lastOpening) {
      pieces.push({ line: line + from, lines: lines.slice(from, index + 1), fused: from > 0 });
      from = index + 1;
    }
  }
  return [...pieces, { line: line + from, lines: lines.slice(from), fused: from > 0 }];
}
