/**
 * HTML of exports → rich text. It is read by the rules of browsers (parse5), and nothing is cleaned out of it: only what
 * the product's own small tree knows is taken over, everything else leaves its text or is named as left out.
 */
import { marked } from 'marked';
import { type DefaultTreeAdapterTypes, parseFragment } from 'parse5';
import type { Mark } from '../rich-text.ts';
import { type FoundText, plainFound } from './found-text.ts';
import { type Element, readTable } from './html-table.ts';
import { hasLatex, splitLatex } from './latex.ts';
import { bytesOfBase64, type MediaShelf } from './media.ts';
import { sayings } from './message.ts';
import type { Remarks } from './reading.ts';
import { RichBuilder } from './rich-builder.ts';
import { excerpt } from './texts.ts';

/** What the HTML of one question refers to. */
export interface HtmlContext {
  readonly shelf: MediaShelf;
  readonly remarks: Remarks;
  /** Name of a file that came along (as `@@PLUGINFILE@@/name`) → its SHA-256; null: it was refused, which has been said. */
  readonly files: ReadonlyMap<string, string | null>;
}

type Node = DefaultTreeAdapterTypes.ChildNode;

const MARKS: Readonly<Record<string, Mark>> = {
  b: 'bold',
  strong: 'bold',
  i: 'italic',
  em: 'italic',
  cite: 'italic',
  var: 'italic',
  u: 'underline',
  ins: 'underline',
  sup: 'above',
  sub: 'below',
};
const STYLES: readonly (readonly [RegExp, Mark])[] = [
  [/font-weight\s*:\s*(?:bold|[6-9]00)/i, 'bold'],
  [/font-style\s*:\s*(?:italic|oblique)/i, 'italic'],
  [/text-decoration[^;:]{0,40}:[^;]{0,200}underline/i, 'underline'],
  [/vertical-align\s*:\s*super/i, 'above'],
  [/vertical-align\s*:\s*sub/i, 'below'],
];
const BLOCKS = new Set(
  'address article aside blockquote center dd details dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr main nav ol p pre section summary ul'.split(
    ' ',
  ),
);
/** Nothing in them is text for people. */
const SILENT = new Set(['head', 'link', 'meta', 'noscript', 'script', 'style', 'template', 'title']);
const DROPPED = new Set(
  'applet audio button canvas embed iframe input map object select source svg textarea track video'.split(
    ' ',
  ),
);
/** More tags than any text of a question has; such a text is read without them. */
const TAGS_MAX = 20_000;
const DEPTH_MAX = 200;
/** Longer than any text of a question; reading Markdown takes more than linear time. */
const MARKDOWN_MAX = 20_000;

/** Whether a text without a declared kind is HTML. */
export function looksLikeHtml(text: string): boolean {
  return /<\/?[a-z][a-z0-9]*(?:\s[^<>]*)?\/?>|<!--|&(?:#\d+|#x[0-9a-f]+|[a-z][a-z0-9]+);/i.test(text);
}

/** HTML as a rich text. */
export function foundInHtml(html: string, context: HtmlContext): FoundText {
  if (!/[<&]/.test(html))
    return hasLatex(html) ? foundWithLatex(html) : plainFound(html.replace(/\s+/g, ' '));
  if (html.split('<').length > TAGS_MAX) {
    context.remarks.warn(sayings.contentDropped('HTML'));
    return plainFound(html.replace(/<[^<>]*>/g, ' '));
  }
  const walker = new HtmlWalker(context);
  for (const node of parseFragment(html).childNodes) walker.walk(node, 0);
  return walker.builder.finish();
}

/** Markdown as platforms take it: HTML may stand in it. */
export function foundInMarkdown(markdown: string, context: HtmlContext): FoundText {
  if (markdown.length > MARKDOWN_MAX) {
    context.remarks.warn(sayings.contentDropped('Markdown'));
    return plainFound(markdown);
  }
  return foundInHtml(marked.parse(protectLatex(markdown), { async: false, gfm: true }), context);
}

/** Markdown would eat the backslashes of formulas. */
function protectLatex(text: string): string {
  return splitLatex(text)
    .map((piece) => {
      if (piece.is === 'text') return piece.text;
      const latex = piece.latex.replace(/[\\`*_{}[\]()#+\-.!|<>~$]/g, '\\$&');
      return piece.display ? `\\\\[${latex}\\\\]` : `\\\\(${latex}\\\\)`;
    })
    .join('');
}

/** A text of nobody-said-which kind: lines count, tags work where there are any. */
export function foundInMoodleText(text: string, context: HtmlContext): FoundText {
  return looksLikeHtml(text) ? foundInHtml(withBreaks(text), context) : foundInPlainText(text);
}

/** Letters, lines and formulas; signs of HTML are letters. */
export function foundInPlainText(text: string): FoundText {
  return hasLatex(text) ? foundWithLatex(text) : plainFound(text);
}

function withBreaks(text: string): string {
  if (/<(?:br|p|div|li|tr|h[1-6]|pre)\b/i.test(text)) return text;
  return text.trim().replace(/\n/g, '<br>');
}

/** Plain lines in which formulas stand. */
function foundWithLatex(text: string): FoundText {
  const builder = new RichBuilder();
  for (const piece of splitLatex(text)) {
    if (piece.is === 'latex') builder.formula(piece.latex, piece.display);
    else {
      for (const [i, line] of piece.text.split('\n').entries()) {
        if (i > 0) builder.lineBreak();
        builder.plainText(line);
      }
    }
  }
  return builder.finish();
}

function attributeOf(element: Element, name: string): string {
  return element.attrs.find((attribute) => attribute.name === name)?.value ?? '';
}

/** Walks one fragment of HTML. */
class HtmlWalker {
  readonly builder = new RichBuilder();
  readonly #context: HtmlContext;
  /** Numbers of the lists that are open; null for one of bullets. */
  readonly #lists: (number | null)[] = [];
  #isPre = false;

  constructor(context: HtmlContext) {
    this.#context = context;
  }

  walk(node: Node, depth: number): void {
    if (node.nodeName === '#text' && 'value' in node) this.#text(node.value);
    else if ('tagName' in node && depth < DEPTH_MAX) this.#element(node, depth);
    else if ('tagName' in node) this.#context.remarks.warn(sayings.contentDropped(`<${node.tagName}>`));
  }

  #text(text: string): void {
    if (!this.#isPre) {
      this.builder.text(text);
      return;
    }
    for (const [i, line] of text.split('\n').entries()) {
      if (i > 0) this.builder.lineBreak();
      this.builder.text(line);
    }
  }

  #element(element: Element, depth: number): void {
    const { tagName } = element;
    if (SILENT.has(tagName)) return;
    if (DROPPED.has(tagName)) this.#context.remarks.warn(sayings.contentDropped(`<${tagName}>`));
    else if (tagName === 'br') this.builder.lineBreak();
    else if (tagName === 'img') this.#image(element);
    else if (tagName === 'math') this.#math(element);
    else if (tagName === 'table') this.#table(element);
    else if (tagName === 'a') this.#link(element, depth);
    else if (tagName === 'li') this.#item(element, depth);
    else if (tagName === 'div') this.#line(element, depth);
    else if (BLOCKS.has(tagName)) this.#block(element, depth);
    else this.#marked(element, () => this.#children(element, depth));
  }

  #children(element: Element, depth: number): void {
    for (const child of element.childNodes) this.walk(child, depth + 1);
  }

  #block(element: Element, depth: number): void {
    const wasPre = this.#isPre;
    this.builder.endParagraph();
    if (element.tagName === 'pre') this.#isPre = true;
    const isList = element.tagName === 'ol' || element.tagName === 'ul';
    if (isList) this.#lists.push(element.tagName === 'ol' ? 0 : null);
    this.#marked(element, () => this.#children(element, depth));
    if (isList) this.#lists.pop();
    this.#isPre = wasPre;
    this.builder.endParagraph();
  }

  /** Editors make a `<div>` of every line. */
  #line(element: Element, depth: number): void {
    this.builder.freshLine();
    this.#marked(element, () => this.#children(element, depth));
    this.builder.freshLine();
  }

  /** Marks of the element's name and style; an underlined nothing is a line to write on. */
  #marked(element: Element, write: () => void): void {
    const style = attributeOf(element, 'style');
    const named = MARKS[element.tagName];
    const isCancelled = named === 'bold' && /font-weight\s*:\s*(?:normal|[1-4]00)/i.test(style);
    const styled = STYLES.filter(([pattern]) => pattern.test(style)).map(([, mark]) => mark);
    const marks = named === undefined || isCancelled ? styled : [named, ...styled];
    if (marks.includes('underline') && /^\s{3,}$/.test(textOf(element))) {
      this.builder.plainText('_____');
      return;
    }
    const writeAll = marks.reduceRight<() => void>(
      (inner, mark) => () => this.builder.marked(mark, inner),
      write,
    );
    writeAll();
  }

  #item(element: Element, depth: number): void {
    const number = this.#lists.at(-1);
    this.builder.freshLine();
    if (typeof number === 'number') this.#lists[this.#lists.length - 1] = number + 1;
    this.builder.plainText(typeof number === 'number' ? `${number + 1}. ` : '• ');
    this.#children(element, depth);
  }

  /** The address is kept where the text does not say it. */
  #link(element: Element, depth: number): void {
    const href = attributeOf(element, 'href').trim();
    const text = textOf(element).trim();
    this.#children(element, depth);
    if (/^https?:\/\//i.test(href) && text !== '' && !href.includes(text))
      this.builder.plainText(` (${href})`);
  }

  #image(element: Element): void {
    const source = attributeOf(element, 'src').trim();
    const alt = attributeOf(element, 'alt').replace(/\s+/g, ' ').trim();
    const latex = /^(?:https?:)?\/\/.*[?&](?:chl|tex)=|\/filter\/tex\/pix\.php/.test(source);
    if (latex && alt !== '') {
      this.builder.formula(alt.replace(/^\${1,2}|\${1,2}$/g, ''), false);
      return;
    }
    const media = this.#mediaOf(source);
    if (media !== null) this.builder.image(alt, media);
    else if (alt !== '') this.builder.plainText(`[${alt}]`);
  }

  #mediaOf(source: string): string | null {
    const { files, shelf, remarks } = this.#context;
    const data = /^data:[^,;]*(?:;[^,;]*)*;base64,([\s\S]*)$/i.exec(source);
    if (data !== null) {
      const bytes = bytesOfBase64(data[1] ?? '');
      const kept = bytes === null ? null : shelf.keep(bytes, 'image');
      if (kept === null) remarks.warn(sayings.mediaRefused('data:'));
      return kept;
    }
    const name = fileNameOf(source);
    const known = files.get(name);
    if (known !== undefined) return known;
    if (/^(?:[a-z][a-z0-9+.-]*:|\/\/)/i.test(source)) remarks.warn(sayings.imageRemote(excerpt(source)));
    else remarks.warn(sayings.imageMissing(excerpt(name)));
    return null;
  }

  /** LaTeX when the formula carries it along, otherwise its letters. */
  #math(element: Element): void {
    const latex = annotationOf(element) ?? attributeOf(element, 'alttext');
    if (latex.trim() !== '') this.builder.formula(latex.trim(), attributeOf(element, 'display') === 'block');
    else {
      this.builder.plainText(textOf(element));
      this.#context.remarks.warn(sayings.contentDropped('MathML'));
    }
  }

  #table(element: Element): void {
    const { rows, heading } = readTable(element, (cell) => {
      const walker = new HtmlWalker(this.#context);
      for (const child of cell.childNodes) walker.walk(child, 1);
      return walker.builder.finish();
    });
    this.builder.table(rows, heading);
  }
}

function fileNameOf(source: string): string {
  const name = source.replace(/^@@PLUGINFILE@@\/?/, '').split(/[?#]/)[0] ?? '';
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}

function textOf(element: Element): string {
  const texts: string[] = [];
  const waiting: Node[] = [...element.childNodes];
  for (let node = waiting.shift(); node !== undefined; node = waiting.shift()) {
    if ('value' in node && node.nodeName === '#text') texts.push(node.value);
    if ('childNodes' in node) waiting.unshift(...node.childNodes);
  }
  return texts.join('');
}

function annotationOf(element: Element): string | null {
  const waiting: Node[] = [...element.childNodes];
  for (let node = waiting.shift(); node !== undefined; node = waiting.shift()) {
    if (!('tagName' in node)) continue;
    if (node.tagName === 'annotation' && /tex/i.test(attributeOf(node, 'encoding'))) return textOf(node);
    waiting.push(...node.childNodes);
  }
  return null;
}
