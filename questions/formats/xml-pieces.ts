/**
 * Strict XML, handed in piece by piece, for the parts of office files: a sheet of fifty thousand rows has two million tags,
 * so tags and texts are found by searching for signs instead of looking at each letter. What is not well formed ends the
 * reading with a reason; a DOCTYPE is skipped, and entities that it declares stay as they stand.
 */

export interface PieceEvents {
  open(name: string, attributes: Readonly<Record<string, string>>): void;
  text(text: string): void;
  close(name: string): void;
}

/** Why a text is no XML. What came before was told. */
export class XmlFault extends Error {
  override readonly name = 'XmlFault';
}

/** No tag, comment or instruction is longer, in UTF-16 units. */
const MARKUP_MAX = 4_000_000;
const NO_ATTRIBUTES: Readonly<Record<string, string>> = Object.freeze({});

const NAME = '[A-Za-z_:\\u0080-\\uffff][\\w:.\\-\\u0080-\\uffff]*';
const OPEN = new RegExp(`<(${NAME})`, 'y');
const ATTRIBUTE = new RegExp(`\\s+(${NAME})\\s*=\\s*(?:"([^"<]*)"|'([^'<]*)')`, 'y');
const OPEN_END = /\s*(\/?)>/y;
const CLOSE = new RegExp(`</(${NAME})\\s*>`, 'y');
const REFERENCE = new RegExp(`&(?:#(\\d+)|#x([\\da-fA-F]+)|(${NAME}));|&`, 'g');
// biome-ignore lint/suspicious/noControlCharactersInRegex: XML allows none of them
const NO_SIGN = /[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/;
const KNOWN: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

interface Attribute {
  readonly key: string;
  readonly value: string;
  readonly end: number;
}

export class XmlPieces {
  readonly #events: PieceEvents;
  readonly #open: string[] = [];
  #rest = '';
  #hadRoot = false;

  constructor(events: PieceEvents) {
    this.#events = events;
  }

  /** Throws XmlFault, and whatever the events throw. */
  write(piece: string): void {
    this.#read(this.#rest + piece, false);
  }

  /** Nothing follows. Throws XmlFault. */
  end(): void {
    this.#read(this.#rest, true);
    const unclosed = this.#open.at(-1);
    if (unclosed !== undefined) throw new XmlFault(`unclosed tag: ${unclosed}`);
    if (!this.#hadRoot) throw new XmlFault('document must contain a root element');
  }

  #read(given: string, isLast: boolean): void {
    const text = this.#withLines(given, isLast);
    let at = 0;
    while (at < text.length) {
      const next = text.charCodeAt(at) === LESS ? this.#markup(text, at) : this.#words(text, at, isLast);
      if (next < 0) break;
      at = next;
    }
    const rest = text.slice(at);
    if (rest !== '' && (isLast || rest.length > MARKUP_MAX))
      throw new XmlFault(`unreadable: ${rest.slice(0, 20)}`);
    this.#rest = isLast ? '' : rest + this.#return;
  }

  /** A carriage return that may belong to what comes next. */
  #return = '';

  #withLines(text: string, isLast: boolean): string {
    this.#return = '';
    if (!text.includes('\r')) return text;
    if (!isLast && text.endsWith('\r')) this.#return = '\r';
    return text.slice(0, text.length - this.#return.length).replace(/\r\n?/g, '\n');
  }

  /** Tells the text that begins here; where it ends, or −1: more is needed. */
  #words(text: string, at: number, isLast: boolean): number {
    const less = text.indexOf('<', at);
    const end = less >= 0 ? less : isLast ? text.length : safeEnd(text, at);
    if (end === at) return -1;
    const words = text.slice(at, end);
    demandSigns(words);
    if (words.includes(']]>')) throw new XmlFault('the string "]]>" is disallowed in char data');
    if (this.#open.length > 0) this.#events.text(resolved(words));
    else if (words.replace('\ufeff', '').trim() !== '') throw new XmlFault('text data outside of root node');
    return end;
  }

  #markup(text: string, at: number): number {
    switch (text.charCodeAt(at + 1)) {
      case SLASH:
        return this.#close(text, at);
      case QUESTION:
        return behind(text, '?>', at);
      case EXCLAMATION:
        return this.#declaration(text, at);
      default:
        return this.#openTag(text, at);
    }
  }

  #close(text: string, at: number): number {
    const end = text.indexOf('>', at);
    if (end < 0) return -1;
    const name = this.#open.at(-1);
    // Almost always just that.
    if (name === undefined || end !== at + 2 + name.length || !text.startsWith(name, at + 2)) {
      CLOSE.lastIndex = at;
      const found = CLOSE.exec(text)?.[1];
      if (name === undefined || found !== name) throw new XmlFault(`unexpected close tag: ${found ?? '?'}`);
    }
    this.#open.pop();
    this.#events.close(name);
    return end + 1;
  }

  #openTag(text: string, at: number): number {
    if (text.indexOf('>', at) < 0) return -1;
    OPEN.lastIndex = at;
    const name = OPEN.exec(text)?.[1];
    if (name === undefined) throw new XmlFault('unencoded <');
    this.#at = OPEN.lastIndex;
    const attributes = this.#attributes(text);
    const end = this.#at;
    OPEN_END.lastIndex = end;
    const closing = OPEN_END.exec(text);
    // A sign ">" inside a value: the tag goes on in the next piece.
    if (closing === null) return isCutTag(text, end) ? -1 : this.#refuse(name);
    this.#begin(name, attributes);
    if (closing[1] === '/') {
      this.#open.pop();
      this.#events.close(name);
    }
    return OPEN_END.lastIndex;
  }

  /** Behind the attributes that were read last. */
  #at = 0;

  #attributes(text: string): Readonly<Record<string, string>> {
    let attributes: Record<string, string> | null = null;
    while (text.charCodeAt(this.#at) <= SPACE) {
      const read = this.#simple(text) ?? this.#anyAttribute(text);
      if (read === null) break;
      attributes ??= {};
      if (Object.hasOwn(attributes, read.key)) throw new XmlFault(`duplicate attribute: ${read.key}`);
      attributes[read.key] = attributeValue(read.value);
      this.#at = read.end;
    }
    return attributes ?? NO_ATTRIBUTES;
  }

  /** Names that were found to be names: a sheet has five of them, two million times. */
  readonly #names = new Set<string>();

  /** As programs write it: one space, a known name, double quotes. */
  #simple(text: string): Attribute | null {
    const equals = text.indexOf('="', this.#at);
    const key = equals < 0 ? '' : text.slice(this.#at + 1, equals);
    if (!this.#names.has(key)) return null;
    const end = text.indexOf('"', equals + 2);
    if (end < 0) return null;
    const value = text.slice(equals + 2, end);
    return value.includes('<') ? null : { key, value, end: end + 1 };
  }

  #anyAttribute(text: string): Attribute | null {
    ATTRIBUTE.lastIndex = this.#at;
    const found = ATTRIBUTE.exec(text);
    if (found === null) return null;
    const [, key = '', double, single = ''] = found;
    if (this.#names.size < 200) this.#names.add(key);
    return { key, value: double ?? single, end: ATTRIBUTE.lastIndex };
  }

  #refuse(name: string): never {
    throw new XmlFault(`malformed tag: ${name}`);
  }

  #begin(name: string, attributes: Readonly<Record<string, string>>): void {
    if (this.#open.length === 0 && this.#hadRoot) throw new XmlFault('documents may contain only one root');
    this.#hadRoot = true;
    this.#open.push(name);
    this.#events.open(name, attributes);
  }

  /** Comment, CDATA or DOCTYPE. */
  #declaration(text: string, at: number): number {
    if (text.startsWith('<!--', at)) return behind(text, '-->', at + 4);
    if (text.startsWith('<![CDATA[', at)) return this.#cdata(text, at);
    if (text.startsWith('<!DOCTYPE', at))
      return this.#hadRoot ? this.#refuse('DOCTYPE') : behindDoctype(text, at);
    const isCut = ['<!--', '<![CDATA[', '<!DOCTYPE'].some((start) => start.startsWith(text.slice(at)));
    return isCut ? -1 : this.#refuse('!');
  }

  #cdata(text: string, at: number): number {
    const end = behind(text, ']]>', at + 9);
    if (end < 0) return end;
    if (this.#open.length === 0) throw new XmlFault('text data outside of root node');
    const words = text.slice(at + 9, end - 3);
    demandSigns(words);
    if (words !== '') this.#events.text(words);
    return end;
  }
}

const [LESS, SLASH, QUESTION, EXCLAMATION, SPACE] = [0x3c, 0x2f, 0x3f, 0x21, 0x20];

function behind(text: string, sign: string, at: number): number {
  const found = text.indexOf(sign, at);
  return found < 0 ? -1 : found + sign.length;
}

/** Texts may be told in parts, but no reference and no "]]>" is cut. */
function safeEnd(text: string, at: number): number {
  const reference = text.lastIndexOf('&');
  const isOpen = reference >= at && text.length - reference < 64 && !text.includes(';', reference);
  let end = isOpen ? reference : text.length;
  while (end > at && text[end - 1] === ']') end -= 1;
  return end;
}

/** Whether a value that began has no end yet. */
function isCutTag(text: string, end: number): boolean {
  if (text.indexOf('>', end) < 0) return true;
  const [, quote = ''] = /^\s+[^\s=<>"']+\s*=\s*(["'])/.exec(text.slice(end, end + 2000)) ?? [];
  if (quote === '') return false;
  const from = text.indexOf(quote, end) + 1;
  return text.indexOf(quote, from) < 0 && text.indexOf('<', from) < 0;
}

/** Quoted values and the part in square brackets may hold anything. */
function behindDoctype(text: string, at: number): number {
  let depth = 0;
  for (const { 0: sign, index } of text
    .slice(at)
    .matchAll(/"[^"]*(?:"|$)|'[^']*(?:'|$)|<!--[\s\S]*?(?:-->|$)|[[\]>]/g)) {
    if (sign === '[') depth += 1;
    else if (sign === ']') depth -= 1;
    else if (sign === '>' && depth === 0) return at + index + 1;
  }
  return -1;
}

function demandSigns(text: string): void {
  if (NO_SIGN.test(text)) throw new XmlFault('disallowed character');
}

function attributeValue(raw: string): string {
  demandSigns(raw);
  const flat = /[\t\n]/.test(raw) ? raw.replace(/[\t\n]/g, ' ') : raw;
  return resolved(flat);
}

function resolved(text: string): string {
  if (!text.includes('&')) return text;
  return text.replace(REFERENCE, (whole, decimal?: string, hex?: string, name?: string) => {
    if (name !== undefined) return KNOWN[name] ?? whole;
    const code = decimal === undefined ? Number.parseInt(hex ?? 'x', 16) : Number(decimal);
    if (!isSign(code)) throw new XmlFault('malformed character entity');
    return String.fromCodePoint(code);
  });
}

function isSign(code: number): boolean {
  if (Number.isNaN(code) || code > 0x10ffff) return false;
  if (code < 0x20) return code === 9 || code === 10 || code === 13;
  return (code < 0xd800 || code > 0xdfff) && code !== 0xfffe && code !== 0xffff;
}
