/** One `w:p` → its letters with their looks, pictures and formulas. */
import { textInFont } from '../legacy-runs.ts';
import type { LegacyEncoding } from '../legacy-text.ts';
import { MEDIA_BYTES_MAX, type MediaShelf } from '../media.ts';
import { type Saying, sayings } from '../message.ts';
import { attributeOf, childOf, childrenOf, descendantsOf, textIn, type XmlNode } from '../open-xml.ts';
import { type Atom, type Looks, plainLooks, THING } from '../styled-text.ts';
import type { ZipArchive } from '../zip.ts';
import { symbolOf } from './math-signs.ts';
import { docxSayings, FORMULA_LOST, PICTURE_LOST } from './messages.ts';
import { latexOf } from './omml.ts';
import { looksOf, type RunProperties, runProperties } from './run-properties.ts';
import type { WordStyles } from './styles.ts';

export interface Surroundings {
  readonly archive: ZipArchive;
  readonly styles: WordStyles;
  readonly shelf: MediaShelf;
  readonly relations: ReadonlyMap<string, { readonly path: string | null; readonly target: string }>;
  say(saying: Saying): void;
}

/** Letters with the font they are in, before old fonts are turned into Unicode. */
interface RawRun {
  readonly text: string;
  readonly looks: Looks;
  readonly font: string;
}

/** Walks the runs of a paragraph. */
export class ParagraphReader {
  readonly atoms: Atom[] = [];
  /** Text boxes: paragraphs that hang in this one. */
  readonly boxes: XmlNode[] = [];
  deletions = 0;
  legacy: LegacyEncoding | null = null;
  readonly #around: Surroundings;
  readonly #base: RunProperties;
  #pending: RawRun | null = null;
  /** Depth of fields whose instruction is being read. */
  #fields: ('code' | 'result')[] = [];

  constructor(around: Surroundings, base: RunProperties) {
    this.#around = around;
    this.#base = base;
  }

  read(paragraph: XmlNode): void {
    this.#children(paragraph);
    this.#flush();
  }

  #children(node: XmlNode): void {
    for (const child of childrenOf(node)) this.#node(child);
  }

  #node(node: XmlNode): void {
    switch (node.name) {
      case 'r':
        this.#run(node);
        break;
      case 'del':
      case 'moveFrom':
        this.deletions += 1;
        break;
      case 'm:oMath':
        this.#formula(node, false);
        break;
      case 'm:oMathPara':
        for (const math of childrenOf(node, 'm:oMath')) this.#formula(math, true);
        break;
      case 'mc:AlternateContent':
        this.#children(childOf(node, 'mc:Choice') ?? childOf(node, 'mc:Fallback') ?? node);
        break;
      case 'pPr':
      case 'rPr':
      case 'sdtPr':
      case 'proofErr':
        break;
      default:
        this.#children(node);
    }
  }

  #formula(node: XmlNode, display: boolean): void {
    const latex = latexOf(node);
    if (latex !== '')
      this.#add({ text: THING, looks: plainLooks, thing: { type: 'formula', latex, display } });
  }

  #run(run: XmlNode): void {
    const own = childOf(run, 'rPr');
    const style = attributeOf(childOf(own, 'rStyle'), 'val');
    const properties: RunProperties = {
      ...this.#base,
      ...(style === '' ? {} : this.#around.styles.of(style).run),
      ...runProperties(own),
    };
    if (properties.hidden === true) {
      if (textIn(run).trim() !== '') this.#around.say(docxSayings.hidden);
      return;
    }
    for (const child of childrenOf(run)) this.#inRun(child, properties);
  }

  #inRun(node: XmlNode, properties: RunProperties): void {
    if (node.name === 'fldChar') this.#field(attributeOf(node, 'fldCharType'));
    if (this.#fields.at(-1) === 'code') return;
    switch (node.name) {
      case 't':
        this.#text(textIn(node), properties);
        break;
      case 'tab':
      case 'ptab':
        this.#text('\t', properties);
        break;
      case 'br':
        if (!['page', 'column'].includes(attributeOf(node, 'type'))) this.#text('\n', properties);
        break;
      case 'cr':
        this.#text('\n', properties);
        break;
      case 'noBreakHyphen':
        this.#text('-', properties);
        break;
      case 'sym':
        this.#symbol(node, properties);
        break;
      case 'footnoteReference':
      case 'endnoteReference':
        this.#around.say(docxSayings.notes);
        break;
      case 'drawing':
      case 'pict':
      case 'object':
        this.#picture(node);
        break;
      case 'mc:AlternateContent':
        for (const child of childrenOf(childOf(node, 'mc:Choice') ?? childOf(node, 'mc:Fallback') ?? node))
          this.#inRun(child, properties);
        break;
      case 'm:oMath':
        this.#formula(node, false);
        break;
    }
  }

  #field(type: string): void {
    if (type === 'begin') this.#fields.push('code');
    else if (type === 'separate') this.#fields[this.#fields.length - 1] = 'result';
    else if (type === 'end') this.#fields.pop();
  }

  #symbol(node: XmlNode, properties: RunProperties): void {
    const code = Number.parseInt(attributeOf(node, 'char'), 16);
    if (Number.isFinite(code)) this.#text(symbolOf(attributeOf(node, 'font'), code), properties);
  }

  #text(text: string, properties: RunProperties): void {
    const looks = looksOf(properties);
    const font = properties.font ?? '';
    const last = this.#pending;
    if (last !== null && last.font === font && isSame(last.looks, looks))
      this.#pending = { ...last, text: last.text + text };
    else {
      this.#flush();
      this.#pending = { text, looks, font };
    }
  }

  #flush(): void {
    const run = this.#pending;
    this.#pending = null;
    if (run === null || run.text === '') return;
    const { text, legacy } = textInFont(run.text, run.font);
    if (legacy !== null) this.legacy = legacy;
    this.atoms.push({ text, looks: run.looks });
  }

  #add(atom: Atom): void {
    this.#flush();
    this.atoms.push(atom);
  }

  #picture(node: XmlNode): void {
    const boxes = descendantsOf(node, 'txbxContent');
    this.boxes.push(...boxes);
    const blips = descendantsOf(node, 'a:blip').map((blip) => [blip, 'embed'] as const);
    const old = descendantsOf(node, 'v:imagedata').map((image) => [image, 'id'] as const);
    const pictures = [...blips, ...old];
    const alt = attributeOf(descendantsOf(node, 'wp:docPr')[0], 'descr');
    for (const [picture, name] of pictures)
      this.#embedded(attributeOf(picture, name) || attributeOf(picture, 'link'), alt, node.name === 'object');
    if (pictures.length === 0 && boxes.length === 0 && node.name !== 'pict')
      this.#around.say(docxSayings.drawing);
  }

  #embedded(id: string, alt: string, isObject: boolean): void {
    const relation = this.#around.relations.get(id);
    const { archive, shelf } = this.#around;
    const name = relation?.target.split('/').at(-1) ?? id;
    if (relation === undefined || relation.path === null) {
      this.#around.say(sayings.imageRemote(relation?.target ?? name));
      this.#add({ text: PICTURE_LOST, looks: plainLooks });
      return;
    }
    const fits = archive.sizeOf(relation.path) <= MEDIA_BYTES_MAX;
    const media = fits ? shelf.keep(archive.bytes(relation.path), name) : null;
    if (media !== null) {
      this.#add({ text: THING, looks: plainLooks, thing: { type: 'image', alt, media } });
      return;
    }
    this.#around.say(isObject ? docxSayings.mathType : docxSayings.pictureKind(name));
    this.#add({ text: isObject ? FORMULA_LOST : PICTURE_LOST, looks: plainLooks });
  }
}

function isSame(a: Looks, b: Looks): boolean {
  return a.marks === b.marks && a.color === b.color;
}
