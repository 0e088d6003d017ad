/** Styles of a document: what a name stands for, with everything that it is based on. */
import { attributeOf, childOf, childrenOf, treeOfPart, type XmlNode } from '../open-xml.ts';
import type { ZipArchive } from '../zip.ts';
import { type RunProperties, runProperties } from './run-properties.ts';

export interface NumberingUse {
  readonly list: string;
  readonly level: number;
}

export interface WordStyle {
  readonly run: RunProperties;
  readonly numbering: NumberingUse | null;
  readonly isHeading: boolean;
}

const DEPTH_MAX = 20;

export class WordStyles {
  /** What the document says where nobody else does, with its default paragraph style. */
  readonly defaults: RunProperties;
  readonly #nodes: ReadonlyMap<string, XmlNode>;
  readonly #known = new Map<string, WordStyle>();
  readonly #defaultParagraph: string;

  constructor(archive: ZipArchive, part: string | null) {
    const root: XmlNode =
      part === null ? { name: '', attributes: {}, children: [] } : treeOfPart(archive, part);
    const styles = childrenOf(root, 'style');
    this.#nodes = new Map(styles.map((style) => [attributeOf(style, 'styleId'), style]));
    const usual = styles.find(
      (style) => attributeOf(style, 'type') === 'paragraph' && attributeOf(style, 'default') === '1',
    );
    this.#defaultParagraph = attributeOf(usual, 'styleId');
    const defaults = childOf(childOf(childOf(root, 'docDefaults'), 'rPrDefault') ?? root, 'rPr');
    this.defaults = runProperties(defaults);
  }

  /** The style of that id; empty: the default one of paragraphs. */
  of(id: string): WordStyle {
    const name = id === '' ? this.#defaultParagraph : id;
    const known = this.#known.get(name);
    if (known !== undefined) return known;
    const style = this.#resolve(name, 0);
    this.#known.set(name, style);
    return style;
  }

  #resolve(id: string, depth: number): WordStyle {
    const node = this.#nodes.get(id);
    if (node === undefined || depth > DEPTH_MAX) return { run: {}, numbering: null, isHeading: false };
    const basedOn = attributeOf(childOf(node, 'basedOn'), 'val');
    const base = basedOn === '' ? null : this.#resolve(basedOn, depth + 1);
    const name = attributeOf(childOf(node, 'name'), 'val');
    return {
      run: { ...base?.run, ...runProperties(childOf(node, 'rPr')) },
      numbering: numberingOf(childOf(node, 'pPr')) ?? base?.numbering ?? null,
      isHeading: /^(?:heading|title|tiêu đề)/iu.test(name) || (base?.isHeading ?? false),
    };
  }
}

/** The list that `pPr` puts a paragraph in; null: none is named. */
export function numberingOf(properties: XmlNode | undefined): NumberingUse | null {
  const numbering = childOf(properties, 'numPr');
  const list = attributeOf(childOf(numbering, 'numId'), 'val');
  if (list === '') return null;
  return { list, level: Number(attributeOf(childOf(numbering, 'ilvl'), 'val') || 0) };
}
