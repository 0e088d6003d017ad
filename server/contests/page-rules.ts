/**
 * Page text of contests: a small markup, read into blocks that the client draws with elements. No HTML exists anywhere on
 * the way, so nothing has to be sanitised; an address that could run something is simply not a link.
 *
 * `## heading`, `### smaller heading`, `- item`, `1. item`, `**bold**`, `*italic*`, `[text](address)`, and a line
 * `![what it shows](media:<id>)` for a picture. A backslash takes a sign's meaning away. Line breaks stay line breaks.
 */
import { nfc } from '../../questions/vietnamese.ts';
import type { Block, Span } from '../contracts/contests.ts';

interface Style {
  readonly bold: boolean;
  readonly italic: boolean;
  readonly href: string | null;
}

const PLAIN: Style = { bold: false, italic: false, href: null };
const HEADING = /^(#{1,3})\s+(\S.*)$/;
const BULLET = /^\s{0,3}[-*•]\s+(\S.*)$/;
const NUMBERED = /^\s{0,3}\d{1,3}[.)]\s+(\S.*)$/;
const IMAGE = /^!\[([^\]]{0,300})\]\(media:([0-9a-f]{64})\)$/;
const LINK = /\[([^[\]]{1,500})\]\(([^()\s]{1,2000})\)/y;
const MARKED = /[\\*[]/g;

/** Never throws: what is not markup is text. */
export function parsePage(text: string): Block[] {
  const blocks: Block[] = [];
  let paragraph: string[] = [];
  const endParagraph = (): void => {
    if (paragraph.length > 0) blocks.push({ type: 'paragraph', spans: parseSpans(paragraph.join('\n')) });
    paragraph = [];
  };
  for (const line of nfc(text).split(/\r\n|\r|\n/)) {
    const block = blockOf(line.trimEnd());
    if (block === null && line.trim() !== '') {
      if (!continueItem(blocks, line, paragraph)) paragraph.push(line.trim());
      continue;
    }
    endParagraph();
    if (block === null) blocks.push({ type: 'paragraph', spans: [] });
    else addBlock(blocks, block);
  }
  endParagraph();
  return blocks.filter((block) => block.type !== 'paragraph' || block.spans.length > 0);
}

/** The block that a line is by itself; null for text and blank lines. */
function blockOf(line: string): Block | null {
  const image = IMAGE.exec(line.trim());
  if (image !== null) return { type: 'image', media: image[2] ?? '', alt: (image[1] ?? '').trim() };
  const heading = HEADING.exec(line);
  if (heading !== null)
    return { type: 'heading', level: heading[1] === '###' ? 3 : 2, spans: parseSpans(heading[2] ?? '') };
  const bullet = BULLET.exec(line);
  if (bullet !== null) return { type: 'list', ordered: false, items: [parseSpans(bullet[1] ?? '')] };
  const numbered = NUMBERED.exec(line);
  if (numbered !== null) return { type: 'list', ordered: true, items: [parseSpans(numbered[1] ?? '')] };
  return null;
}

/** Items that follow one another are one list. */
function addBlock(blocks: Block[], block: Block): void {
  const last = blocks.at(-1);
  const joins = block.type === 'list' && last?.type === 'list' && last.ordered === block.ordered;
  if (joins) last.items.push(...block.items);
  else blocks.push(block);
}

/** An indented line right under an item belongs to it. */
function continueItem(blocks: readonly Block[], line: string, paragraph: readonly string[]): boolean {
  const last = blocks.at(-1);
  if (paragraph.length > 0 || last?.type !== 'list' || !/^\s{2,}/.test(line)) return false;
  last.items.at(-1)?.push({ text: '\n' }, ...parseSpans(line.trim()));
  return true;
}

/** One piece of text with its styles; neighbours of equal style are one span. */
function parseSpans(text: string): Span[] {
  const spans: Span[] = [];
  readStyled(text, PLAIN, spans);
  return spans;
}

function readStyled(text: string, outer: Style, spans: Span[]): void {
  let style = outer;
  let at = 0;
  while (at < text.length) {
    const token = tokenAt(text, at, style);
    at += token.length;
    switch (token.sign) {
      case 'bold':
        style = { ...style, bold: !style.bold };
        break;
      case 'italic':
        style = { ...style, italic: !style.italic };
        break;
      case 'link':
        readStyled(token.text, { ...style, href: token.href }, spans);
        break;
      case 'none':
        addSpan(spans, token.text, style);
    }
  }
}

type Token =
  | { readonly sign: 'bold'; readonly length: number }
  | { readonly sign: 'italic'; readonly length: number }
  | { readonly sign: 'link'; readonly length: number; readonly text: string; readonly href: string }
  | { readonly sign: 'none'; readonly length: number; readonly text: string };

function tokenAt(text: string, at: number, style: Style): Token {
  MARKED.lastIndex = at;
  const marked = MARKED.exec(text)?.index ?? text.length;
  if (marked > at) return { sign: 'none', length: marked - at, text: text.slice(at, marked) };
  const link = text[at] === '[' && style.href === null ? linkAt(text, at) : null;
  if (link !== null) return { sign: 'link', ...link };
  if (text[at] === '\\' && at + 1 < text.length) return { sign: 'none', length: 2, text: text[at + 1] ?? '' };
  if (text.startsWith('**', at) && turns(text, at, '**', style.bold)) return { sign: 'bold', length: 2 };
  if (text[at] === '*' && turns(text, at, '*', style.italic)) return { sign: 'italic', length: 1 };
  return { sign: 'none', length: 1, text: text[at] ?? '' };
}

/** A sign opens before a letter when it is closed later, and closes behind one: "5 * 3 * 2" stays as it is. */
function turns(text: string, at: number, sign: '*' | '**', open: boolean): boolean {
  const before = text[at - 1] ?? ' ';
  const after = text[at + sign.length] ?? ' ';
  if (open) return !/\s/.test(before);
  return !/\s/.test(after) && text.indexOf(sign, at + sign.length + 1) > 0;
}

function linkAt(
  text: string,
  at: number,
): { readonly text: string; readonly href: string; readonly length: number } | null {
  LINK.lastIndex = at;
  const found = LINK.exec(text);
  const href = found?.[2] ?? '';
  if (found === null || !isSafeAddress(href)) return null;
  return { text: found[1] ?? '', href, length: found[0].length };
}

/** An address that can only be gone to: the web, mail, phone, or a page of our own. */
export function isSafeAddress(href: string): boolean {
  if (/^(mailto:[^\s:]+@[^\s:]+|tel:\+?[0-9.-]{3,20})$/i.test(href)) return true;
  if (/^\/(?![/\\])/.test(href)) return true;
  return /^https?:\/\//i.test(href) && URL.canParse(href);
}

function addSpan(spans: Span[], text: string, { bold, italic, href }: Style): void {
  if (text === '') return;
  const span: Span = {
    text,
    ...(bold ? { bold } : {}),
    ...(italic ? { italic } : {}),
    ...(href === null ? {} : { href }),
  };
  const last = spans.at(-1);
  const joins = last?.bold === span.bold && last?.italic === span.italic && last?.href === span.href;
  if (last !== undefined && joins) last.text += text;
  else spans.push(span);
}

/** Pictures that a page shows. */
export function mediaOf(blocks: readonly Block[]): string[] {
  return blocks.flatMap((block) => (block.type === 'image' ? [block.media] : []));
}
