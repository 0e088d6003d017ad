/** What is pasted from Word (HTML of the clipboard, with colours and fonts) → the paragraphs that documents have. */
import { type DefaultTreeAdapterTypes, parse } from 'parse5';
import { halfWidthAtoms, textInFont } from '../legacy-runs.ts';
import { bytesOfBase64, MediaShelf } from '../media.ts';
import { type Saying, sayings } from '../message.ts';
import { type Reading, ReadingBuilder } from '../reading.ts';
import { type Atom, plainLooks, StyledText, THING } from '../styled-text.ts';
import { excerpt } from '../texts.ts';
import { wordSayings } from '../word-messages.ts';
import type { WordBlock, WordCell, WordParagraph } from '../word-model.ts';
import { readWord } from '../word-reading.ts';
import { cssRun } from './css.ts';
import { HtmlList } from './html-lists.ts';
import { isIdleBullet } from './numbering.ts';
import { looksOf, type RunProperties } from './run-properties.ts';

type Node = DefaultTreeAdapterTypes.ChildNode;
type Element = DefaultTreeAdapterTypes.Element;

const BLOCKS = new Set('p div li h1 h2 h3 h4 h5 h6 blockquote pre dd dt center section article'.split(' '));
const SILENT = new Set('head style script meta link title xml template'.split(' '));
const DEPTH_MAX = 200;

/** The reading of what was pasted; it goes the way of documents. */
export function readPaste(html: string): Reading {
  const builder = new ReadingBuilder('docx');
  const shelf = new MediaShelf();
  const walker = new PasteWalker(shelf, (saying) => builder.about.warn(saying, { paragraph: 1 }));
  for (const node of parse(html).childNodes) walker.walk(node, {}, 0);
  walker.endParagraph();
  if (walker.blocks.length === 0) builder.fail(wordSayings.legacyPaste, { paragraph: 1 });
  else readWord(walker.blocks, builder, {});
  return builder.finish(shelf.all);
}

function attributeOf(element: Element, name: string): string {
  return element.attrs.find((attribute) => attribute.name === name)?.value ?? '';
}

class PasteWalker {
  readonly blocks: WordBlock[] = [];
  readonly #shelf: MediaShelf;
  readonly #say: (saying: Saying) => void;
  /** Inside which lists the walk is, the innermost last. */
  readonly #lists: HtmlList[] = [];
  #atoms: Atom[] = [];
  /** Stands before the next paragraph. */
  #label = new StyledText([]);
  #number = 0;

  constructor(shelf: MediaShelf, say: (saying: Saying) => void) {
    this.#shelf = shelf;
    this.#say = say;
  }

  walk(node: Node, look: RunProperties, depth: number): void {
    if (node.nodeName === '#text' && 'value' in node) this.#text(node.value, look);
    else if ('tagName' in node && depth < DEPTH_MAX && !SILENT.has(node.tagName))
      this.#element(node, look, depth);
  }

  endParagraph(): void {
    const body = new StyledText(halfWidthAtoms(this.#atoms)).trim();
    this.#atoms = [];
    if (body.isBlank) return;
    this.#number += 1;
    this.blocks.push(this.#paragraph(body));
  }

  #paragraph(body: StyledText): WordParagraph {
    const label = isIdleBullet(this.#label.text, body.text) ? new StyledText([]) : this.#label;
    this.#label = new StyledText([]);
    return { is: 'paragraph', number: this.#number, label, body, isHeading: false };
  }

  #text(text: string, look: RunProperties): void {
    const squeezed = text.replace(/[ \r\n\t\f]+/g, ' ').replaceAll('\u00a0', ' ');
    if (squeezed === '') return;
    this.#atoms.push({ text: textInFont(squeezed, look.font ?? '').text, looks: looksOf(look) });
  }

  #element(element: Element, look: RunProperties, depth: number): void {
    const own = {
      ...look,
      ...cssRun(
        element.tagName,
        attributeOf(element, 'style'),
        attributeOf(element, 'color'),
        attributeOf(element, 'face'),
      ),
    };
    if (own.hidden === true) return;
    if (element.tagName === 'br') this.#atoms.push({ text: '\n', looks: plainLooks });
    else if (element.tagName === 'img') this.#image(element);
    else if (element.tagName === 'table') this.#table(element, own, depth);
    else if (element.tagName === 'ol' || element.tagName === 'ul') this.#list(element, own, depth);
    else {
      const isBlock = BLOCKS.has(element.tagName);
      if (isBlock) this.endParagraph();
      if (element.tagName === 'li') this.#item(element, own);
      for (const child of element.childNodes) this.walk(child, own, depth + 1);
      if (isBlock) this.endParagraph();
    }
  }

  #list(element: Element, look: RunProperties, depth: number): void {
    this.endParagraph();
    this.#lists.push(new HtmlList(element.tagName, (name) => attributeOf(element, name)));
    for (const child of element.childNodes) this.walk(child, look, depth + 1);
    this.endParagraph();
    this.#lists.pop();
  }

  #item(element: Element, look: RunProperties): void {
    const text = this.#lists.at(-1)?.labelOf((name) => attributeOf(element, name)) ?? '';
    this.#label = new StyledText(text === '' ? [] : [{ text, looks: looksOf(look) }]);
  }

  #image(element: Element): void {
    const source = attributeOf(element, 'src');
    const packed = /^data:[^,]*;base64,([\s\S]*)$/i.exec(source)?.[1];
    const bytes = packed === undefined ? null : bytesOfBase64(packed);
    const media = bytes === null ? null : this.#shelf.keep(bytes, 'image');
    const alt = attributeOf(element, 'alt');
    if (media === null) this.#say(sayings.imageMissing(excerpt(source)));
    else this.#atoms.push({ text: THING, looks: plainLooks, thing: { type: 'image', alt, media } });
  }

  #table(element: Element, look: RunProperties, depth: number): void {
    this.endParagraph();
    const number = this.#number + 1;
    const rows = elementsOf(element, 'tr').map((row) =>
      row.childNodes.flatMap((cell): WordCell[] =>
        'tagName' in cell && /^t[dh]$/.test(cell.tagName) ? [this.#cell(cell, look, depth)] : [],
      ),
    );
    this.blocks.push({ is: 'table', number, rows });
  }

  #cell(cell: Element, look: RunProperties, depth: number): WordCell {
    const inner = new PasteWalker(this.#shelf, this.#say);
    inner.#number = this.#number;
    for (const child of cell.childNodes) inner.walk(child, look, depth + 1);
    inner.endParagraph();
    this.#number = inner.#number;
    return { paragraphs: inner.blocks.flatMap((block) => (block.is === 'paragraph' ? [block] : [])) };
  }
}

/** Rows of this table, not of tables inside it. */
function elementsOf(element: Element, name: string): readonly Element[] {
  return element.childNodes.flatMap((child) => {
    if (!('tagName' in child)) return [];
    if (child.tagName === name) return [child];
    return ['tbody', 'thead', 'tfoot'].includes(child.tagName) ? elementsOf(child, name) : [];
  });
}
