/**
 * Strict XML, one element after another: a file that is cut off or whose tags do not match is an error with line and
 * column, never a silent half. A DOCTYPE is skipped; entities that it declares are never resolved and stay as they
 * stand (`&nbsp;` is then read as HTML by whoever reads HTML).
 */
import { SaxesParser } from 'saxes';

export interface XmlElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly XmlElement[];
  /** Its own text and CDATA, without that of its children. */
  readonly text: string;
  /** Where it begins in the text. */
  readonly start: number;
}

export interface XmlError {
  /** What the parser says, without the place. */
  readonly reason: string;
  readonly line: number;
  readonly column: number;
  /** Where in the text. */
  readonly position: number;
}

/** What happens while a document is read. */
export interface XmlEvents {
  /** The root element begins. */
  root(name: string): void;
  /** A child of the root is complete; `end` is where it ends in the text. */
  child(element: XmlElement, end: number): void;
  /** An entity that XML does not know; it stays as text. */
  entity(): void;
}

/** How much is read between two looks at the state. */
const CHUNK = 65_536;
const DEPTH_MAX = 100;
const ENTITY_UNKNOWN = /undefined entity/;

interface Growing {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: XmlElement[];
  readonly texts: string[];
  readonly start: number;
}

/** Reads from an offset to the end or the first error, which is returned. `within`: the root that is open there. */
export function readXml(
  text: string,
  from: number,
  within: string | null,
  events: XmlEvents,
): XmlError | null {
  const parser = new SaxesParser();
  const prefix = within === null ? '' : `<${within}>`;
  const shift = from - prefix.length;
  const open: Growing[] = [];
  let error: XmlError | null = null;
  const stop = (reason: string) => {
    error ??= { reason, ...placeOf(text, parser.position + shift), position: parser.position + shift };
  };
  parser.on('error', ({ message }) => {
    if (ENTITY_UNKNOWN.test(message)) events.entity();
    else stop(message.replace(/^\d+:\d+:\s*/, ''));
  });
  parser.on('opentagstart', ({ name }) => {
    if (error !== null) return;
    if (open.length === 0) events.root(name);
    if (open.length > DEPTH_MAX) stop('too deep');
    const start = parser.position + shift - name.length - 2;
    open.push({ name, attributes: {}, children: [], texts: [], start });
  });
  parser.on('opentag', ({ attributes }) => {
    Object.assign(open.at(-1)?.attributes ?? {}, attributes);
  });
  const addText = (part: string) => void open.at(-1)?.texts.push(part);
  parser.on('text', addText);
  parser.on('cdata', addText);
  parser.on('closetag', () => {
    const closed = open.pop();
    if (closed === undefined || error !== null) return;
    const { texts, ...element } = closed;
    const complete = { ...element, text: texts.join('') };
    if (open.length === 1) events.child(complete, parser.position + shift);
    else open.at(-1)?.children.push(complete);
  });
  if (prefix !== '') parser.write(prefix);
  for (let at = from; at < text.length && error === null; at += CHUNK)
    parser.write(text.slice(at, at + CHUNK));
  if (error === null) parser.close();
  return error;
}

function placeOf(text: string, position: number): { readonly line: number; readonly column: number } {
  const before = text.slice(0, position);
  const lineStart = before.lastIndexOf('\n') + 1;
  return { line: countLines(before) + 1, column: before.length - lineStart + 1 };
}

function countLines(text: string): number {
  let lines = 0;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) lines++;
  return lines;
}

/** Lines of places that come in rising order, without counting from the start each time. */
export class LineOf {
  readonly #text: string;
  #at = 0;
  #line = 1;

  constructor(text: string) {
    this.#text = text;
  }

  /** The line (from 1) of a position. */
  at(position: number): number {
    if (position < this.#at) {
      this.#at = 0;
      this.#line = 1;
    }
    this.#line += countLines(this.#text.slice(this.#at, position));
    this.#at = position;
    return this.#line;
  }
}
