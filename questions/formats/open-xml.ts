/**
 * The XML parts of office files, read strictly and piece by piece. Names lose the prefix of the part's main namespace, so
 * that `w:p` is `p` whatever a program calls it; formulas and drawings keep theirs (`m:r`, `a:blip`). Entities are never
 * resolved and nothing outside is ever looked at.
 */

import { type PieceEvents, XmlFault, XmlPieces } from './xml-pieces.ts';
import type { ZipArchive } from './zip.ts';
import { ZipError } from './zip-error.ts';
import { zipSayings } from './zip-messages.ts';

export type XmlAttributes = Readonly<Record<string, string>>;

/** What happens while a part is read. Names are without the main prefix. */
export interface XmlEvents {
  open(name: string, attributes: XmlAttributes): void;
  text?(text: string): void;
  close(name: string): void;
}

const DEPTH_MAX = 400;

/** Reads a part. Throws ZipError when it breaks off or is no XML; what came before has been told. */
export function readPart(archive: ZipArchive, name: string, events: XmlEvents): void {
  const pieces = new XmlPieces(withoutPrefix(events));
  const decoder = new PieceDecoder();
  try {
    archive.stream(name, (piece) => pieces.write(decoder.decode(piece)));
    pieces.end();
  } catch (error) {
    if (!(error instanceof XmlFault)) throw error;
    throw new ZipError(zipSayings.xml(name, error.message));
  }
}

/** The root's prefix is that of the main namespace. */
function withoutPrefix(events: XmlEvents): PieceEvents {
  let prefix = '';
  let depth = 0;
  const localName = (full: string) =>
    prefix !== '' && full.startsWith(prefix) ? full.slice(prefix.length) : full;
  return {
    open(full, attributes) {
      if (depth === 0) prefix = full.slice(0, full.indexOf(':') + 1);
      depth += 1;
      if (depth > DEPTH_MAX) throw new XmlFault('too deep');
      events.open(localName(full), attributes);
    },
    text: (text) => events.text?.(text),
    close(full) {
      depth -= 1;
      events.close(localName(full));
    },
  };
}

/** UTF-8, or UTF-16 where the part begins with its mark. */
class PieceDecoder {
  #decoder: TextDecoder | null = null;

  decode(piece: Uint8Array): string {
    this.#decoder ??= new TextDecoder(encodingOf(piece));
    return this.#decoder.decode(piece, { stream: true });
  }
}

function encodingOf([first, second]: Uint8Array): string {
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  return first === 0xfe && second === 0xff ? 'utf-16be' : 'utf-8';
}

/** An element with everything in it. */
export interface XmlNode {
  readonly name: string;
  readonly attributes: XmlAttributes;
  readonly children: readonly (XmlNode | string)[];
}

interface Growing extends XmlNode {
  readonly children: (XmlNode | string)[];
}

/** Gives every child of the first `container`, complete, one after another; `''`: the root alone. */
export function readChildren(
  archive: ZipArchive,
  name: string,
  container: string,
  take: (node: XmlNode) => void,
): void {
  const open: Growing[] = [];
  let inside = container === '';
  readPart(archive, name, {
    open(tag, attributes) {
      if (inside) open.push({ name: tag, attributes, children: [] });
      else inside = tag === container;
    },
    text(text) {
      open.at(-1)?.children.push(text);
    },
    close(tag) {
      const done = open.pop();
      if (done === undefined) inside = inside && tag !== container;
      else if (open.length > 0) open.at(-1)?.children.push(done);
      else take(done);
    },
  });
}

const NOTHING: XmlNode = { name: '', attributes: {}, children: [] };

/** The whole tree of a small part; an empty element when the archive has no such part. */
export function treeOfPart(archive: ZipArchive, name: string): XmlNode {
  const found = archive.find(name);
  let root = NOTHING;
  if (found !== null)
    readChildren(archive, found, '', (node) => {
      root = node;
    });
  return root;
}

/** Child elements, all or those of a name. */
export function childrenOf(node: XmlNode, name?: string): readonly XmlNode[] {
  return node.children.filter(
    (child): child is XmlNode => typeof child !== 'string' && (name === undefined || child.name === name),
  );
}

/** The first child of that name. */
export function childOf(node: XmlNode | undefined, name: string): XmlNode | undefined {
  return node?.children.find((child): child is XmlNode => typeof child !== 'string' && child.name === name);
}

/** Every element of that name, at any depth, in the order of the document. */
export function descendantsOf(node: XmlNode, name: string): readonly XmlNode[] {
  return childrenOf(node).flatMap((child) => [
    ...(child.name === name ? [child] : []),
    ...descendantsOf(child, name),
  ]);
}

/** All text in an element. */
export function textIn(node: XmlNode): string {
  return node.children.map((child) => (typeof child === 'string' ? child : textIn(child))).join('');
}

/** The value of an attribute, whatever prefix it has; empty: not there. */
export function attributeOf(node: XmlNode | undefined, name: string): string {
  if (node === undefined) return '';
  const direct = node.attributes[name];
  if (direct !== undefined) return direct;
  const full = Object.keys(node.attributes).find((key) => key.endsWith(`:${name}`));
  return full === undefined ? '' : (node.attributes[full] ?? '');
}

/** Whether a switch such as `<b/>` or `<b val="0"/>` is on; null: not said. */
export function isOn(node: XmlNode | undefined): boolean | null {
  if (node === undefined) return null;
  return !['0', 'false', 'off', 'none'].includes(attributeOf(node, 'val').toLowerCase());
}

/** Id → path inside the archive, of one part's relationships; what lies outside is null. */
export function relationsOf(
  archive: ZipArchive,
  part: string,
): ReadonlyMap<string, { readonly type: string; readonly path: string | null; readonly target: string }> {
  const slash = part.lastIndexOf('/');
  const folder = part.slice(0, slash + 1);
  const root = treeOfPart(archive, `${folder}_rels/${part.slice(slash + 1)}.rels`);
  return new Map(
    childrenOf(root, 'Relationship').map((relation) => {
      const target = attributeOf(relation, 'Target');
      const isOutside = attributeOf(relation, 'TargetMode').toLowerCase() === 'external';
      const path = isOutside ? null : archive.find(resolve(folder, target));
      const type = attributeOf(relation, 'Type').split('/').at(-1) ?? '';
      return [attributeOf(relation, 'Id'), { type, path, target }];
    }),
  );
}

/** A target relative to a folder; it never leads out of the archive, since only names in it are looked up. */
function resolve(folder: string, target: string): string {
  const steps = target.startsWith('/') ? [] : folder.split('/').filter((step) => step !== '');
  for (const step of target.split('/')) {
    if (step === '..') steps.pop();
    else if (step !== '' && step !== '.') steps.push(step);
  }
  return steps.join('/');
}

/** Path of the part that the file is about; `usual` where the file does not say. Null: there is none. */
export function mainPart(archive: ZipArchive, usual: string): string | null {
  for (const { type, path } of relationsOf(archive, '').values())
    if (type === 'officeDocument' && path !== null) return path;
  return archive.find(usual);
}
