/**
 * A text of a file before it is known whether its question is plain or rich: one picture in an option makes all texts
 * of the question rich, so each text is kept in both ways until all are read.
 */
import type { Block, RichText } from '../rich-text.ts';
import { plainText, write } from '../rich-text.ts';
import { cleanLines } from './texts.ts';

export interface FoundText {
  /** The text when nothing but letters and line breaks is in it, otherwise null. */
  readonly plain: string | null;
  readonly tree: RichText;
}

export const noText: FoundText = { plain: '', tree: [] };

/** A text that has no formatting. */
export function plainFound(text: string): FoundText {
  const plain = cleanLines(text);
  return plain === '' ? noText : { plain, tree: treeOfPlain(plain) };
}

/** Paragraphs between blank lines. */
export function treeOfPlain(plain: string): RichText {
  return plain
    .split(/\n{2,}/)
    .filter((text) => text !== '')
    .map((text): Block => ({ type: 'paragraph', children: [{ type: 'text', text }] }));
}

/** Whether there is nothing to see in it. */
export function isEmpty({ tree }: FoundText): boolean {
  return tree.length === 0;
}

/** The text as a rich question keeps it. */
export function markupOf({ tree }: FoundText): string {
  return write(tree);
}

/** Texts one below the other; empty ones are left out. */
export function joinFound(texts: readonly FoundText[]): FoundText {
  const filled = texts.filter((text) => !isEmpty(text));
  const plains = filled.flatMap(({ plain }) => (plain === null ? [] : [plain]));
  return {
    plain: plains.length === filled.length ? plains.join('\n') : null,
    tree: filled.flatMap(({ tree }) => tree),
  };
}

/** A text with a few words before it, on the same line where that can be. */
export function labelled(label: string, { plain, tree }: FoundText): FoundText {
  const [first, ...rest] = tree;
  const words = { type: 'text', text: `${label} ` } as const;
  const head: Block =
    first?.type === 'paragraph'
      ? { type: 'paragraph', children: [words, ...first.children] }
      : { type: 'paragraph', children: [words] };
  return {
    plain: plain === null ? null : `${label} ${plain}`,
    tree: first?.type === 'paragraph' ? [head, ...rest] : [head, ...tree],
  };
}

/** The letters of a text, whatever it is. */
export function plainTextOf(text: FoundText): string {
  return text.plain ?? plainText(markupOf(text));
}
