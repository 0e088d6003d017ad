/** `document.xml` → paragraphs and tables, one after another as they come out of the archive. */
import { fromLost, halfWidthAtoms, lostEncoding, textInFont } from '../legacy-runs.ts';
import type { MediaShelf } from '../media.ts';
import { type Saying, sayings } from '../message.ts';
import { otherOffice } from '../office.ts';
import {
  attributeOf,
  childOf,
  childrenOf,
  descendantsOf,
  mainPart,
  readChildren,
  relationsOf,
  type XmlNode,
} from '../open-xml.ts';
import type { Remarks } from '../reading.ts';
import { type Atom, StyledText } from '../styled-text.ts';
import type { WordBlock, WordCell, WordParagraph, WordTable } from '../word-model.ts';
import type { ZipArchive } from '../zip.ts';
import { ZipError } from '../zip-error.ts';
import { marginLines } from './margins.ts';
import { docxSayings } from './messages.ts';
import { isIdleBullet, Numbering } from './numbering.ts';
import { ParagraphReader, type Surroundings } from './paragraph.ts';
import { looksOf, type RunProperties, runProperties } from './run-properties.ts';
import { numberingOf, type WordStyle, WordStyles } from './styles.ts';

/** What the file says about single paragraphs, by their number. */
export type ParagraphSayings = ReadonlyMap<number, readonly Saying[]>;

/** Reads a document; what came before an error is in `blocks`. */
export class DocumentReader {
  readonly blocks: WordBlock[] = [];
  readonly #archive: ZipArchive;
  readonly #styles: WordStyles;
  readonly #numbering: Numbering;
  readonly #around: Surroundings;
  readonly #part: string;
  readonly #about: Remarks;
  readonly #sayings = new Map<number, Saying[]>();
  #number = 0;
  #deletions = 0;

  /** Throws ZipError when this is no Word document. */
  constructor(archive: ZipArchive, shelf: MediaShelf, about: Remarks) {
    const part = mainPart(archive, 'word/document.xml');
    if (part === null || !/document[^/]{0,40}\.xml$/i.test(part)) throw new ZipError(otherOffice(archive));
    const relations = relationsOf(archive, part);
    const partOf = (type: string) =>
      [...relations.values()].find((relation) => relation.type === type)?.path ?? null;
    this.#archive = archive;
    this.#part = part;
    this.#about = about;
    this.#styles = new WordStyles(archive, partOf('styles'));
    this.#numbering = new Numbering(archive, partOf('numbering'));
    this.#around = {
      archive,
      styles: this.#styles,
      shelf,
      relations,
      say: (saying) => this.#say(saying),
    };
  }

  /** How many paragraphs were read. */
  get paragraphs(): number {
    return this.#number;
  }

  /** Lines at the head and foot of its pages. */
  get margins(): readonly string[] {
    return marginLines(this.#archive, this.#part);
  }

  get sayings(): ParagraphSayings {
    return this.#sayings;
  }

  /** Throws ZipError at the place where the document is broken. */
  read(progress: (paragraphs: number) => void): void {
    readChildren(this.#archive, this.#part, 'body', (node) => {
      this.blocks.push(...this.#blocksOf(node));
      if (this.blocks.length % 200 === 0) progress(this.#number);
    });
    if (this.#deletions > 0) this.#about.warn(docxSayings.deletions(this.#deletions), { paragraph: 1 });
  }

  #say(saying: Saying): void {
    this.#sayings.set(this.#number, [...(this.#sayings.get(this.#number) ?? []), saying]);
  }

  #blocksOf(node: XmlNode): WordBlock[] {
    if (node.name === 'p') return this.#paragraphs(node);
    if (node.name === 'tbl') return [this.#table(node)];
    if (node.name === 'del' || node.name === 'moveFrom') {
      this.#deletions += 1;
      return [];
    }
    if (node.name === 'sectPr' || node.name === 'sdtPr') return [];
    return childrenOf(node).flatMap((child) => this.#blocksOf(child));
  }

  #paragraphs(node: XmlNode): WordParagraph[] {
    this.#number += 1;
    const number = this.#number;
    const properties = childOf(node, 'pPr');
    const style = this.#styles.of(attributeOf(childOf(properties, 'pStyle'), 'val'));
    const base: RunProperties = { ...this.#styles.defaults, ...style.run };
    const reader = new ParagraphReader(this.#around, base);
    reader.read(node);
    this.#deletions += reader.deletions;
    if (reader.legacy !== null) this.#about.warn(sayings.legacyText(reader.legacy), { paragraph: number });
    const body = new StyledText(this.#unicode(reader.atoms, number));
    const isGone = reader.deletions > 0 && body.isBlank;
    const label = isGone ? new StyledText([]) : this.#label(properties, style, base, body);
    const own: WordParagraph = { is: 'paragraph', number, label, body, isHeading: style.isHeading };
    const boxed = reader.boxes.flatMap((box) =>
      childrenOf(box).flatMap((child) => this.#blocksOf(child).flatMap(paragraphsIn)),
    );
    return [own, ...boxed];
  }

  /** What is shown before the paragraph, with the looks of its number and of its paragraph mark. */
  #label(
    properties: XmlNode | undefined,
    style: WordStyle,
    base: RunProperties,
    body: StyledText,
  ): StyledText {
    const use = numberingOf(properties) ?? style.numbering;
    if (use === null || use.list === '0' || body.text.trim() === '') return new StyledText([]);
    const label = this.#numbering.next(use);
    if (label === null || isIdleBullet(label.text, body.text)) return new StyledText([]);
    const mark = runProperties(childOf(properties, 'rPr'));
    const run = { ...base, ...mark, ...label.run };
    return new StyledText([{ text: textInFont(label.text, run.font ?? '').text, looks: looksOf(run) }]);
  }

  /** A document that lost its fonts: the paragraph tells by its words. */
  #unicode(atoms: readonly Atom[], number: number): readonly Atom[] {
    const encoding = lostEncoding(atoms.map(({ text }) => text).join(''));
    if (encoding === null) return halfWidthAtoms(atoms);
    this.#about.warn(sayings.legacyText(encoding), { paragraph: number });
    return atoms.map((atom) =>
      atom.thing === undefined ? { ...atom, text: fromLost(atom.text, encoding) } : atom,
    );
  }

  #table(node: XmlNode): WordTable {
    const number = this.#number + 1;
    const rows = childrenOf(node)
      .flatMap((child) => rowsIn(child))
      .map((row) => this.#row(row));
    return { is: 'table', number, rows };
  }

  #row(row: XmlNode): readonly WordCell[] {
    const cells = childrenOf(row).flatMap((child) =>
      child.name === 'tc' ? [child] : descendantsOf(child, 'tc').slice(0, 1),
    );
    return cells.flatMap((cell) => {
      const properties = childOf(cell, 'tcPr');
      const span = Number(attributeOf(childOf(properties, 'gridSpan'), 'val') || 1);
      const own: WordCell = {
        paragraphs: childrenOf(cell).flatMap((child) => this.#blocksOf(child).flatMap(paragraphsIn)),
      };
      const empty = Array.from({ length: Math.min(30, Math.max(1, span)) - 1 }, () => ({ paragraphs: [] }));
      return [own, ...empty];
    });
  }
}

/** Rows may stand inside content controls; deleted ones are gone. */
function rowsIn(node: XmlNode): readonly XmlNode[] {
  if (node.name === 'tr') return childOf(childOf(node, 'trPr'), 'del') === undefined ? [node] : [];
  return node.name === 'sdt' || node.name === 'sdtContent' || node.name === 'ins'
    ? childrenOf(node).flatMap(rowsIn)
    : [];
}

/** A table in a table gives its paragraphs. */
function paragraphsIn(block: WordBlock): readonly WordParagraph[] {
  if (block.is === 'paragraph') return [block];
  return block.rows.flatMap((row) => row.flatMap(({ paragraphs }) => paragraphs));
}
