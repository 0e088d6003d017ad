/** The quick reader of XML against a slow one that looks at every letter: the same events, and the same texts refused. */
import fc from 'fast-check';
import { SaxesParser } from 'saxes';
import { describe, expect, it } from 'vitest';
import { XmlFault, XmlPieces } from '../../../questions/formats/xml-pieces.ts';

type Told = readonly unknown[];

/** Texts that come in parts are one. */
class Events {
  readonly all: Told[] = [];
  #text = '';

  open(name: string, attributes: Readonly<Record<string, string>>): void {
    this.#say('open', name, { ...attributes });
  }
  text(text: string): void {
    this.#text += text;
  }
  close(name: string): void {
    this.#say('close', name);
  }
  #say(...event: Told): void {
    if (this.#text !== '') this.all.push(['text', this.#text]);
    this.#text = '';
    this.all.push(event);
  }
}

function quick(pieces: readonly string[]): Told | null {
  const events = new Events();
  const reader = new XmlPieces(events);
  try {
    for (const piece of pieces) reader.write(piece);
    reader.end();
    return events.all;
  } catch (error) {
    if (!(error instanceof XmlFault)) throw error;
    return null;
  }
}

function slow(text: string): Told | null {
  const events = new Events();
  const parser = new SaxesParser();
  let fault = false;
  parser.on('error', ({ message }) => {
    if (!/undefined entity/.test(message)) fault = true;
  });
  parser.on('opentag', ({ name, attributes }) => events.open(name, attributes));
  parser.on('closetag', ({ name }) => events.close(name));
  // Outside of the root there is nothing but white space.
  parser.on('text', (words) => events.text(words));
  parser.on('cdata', (words) => events.text(words));
  parser.write(text).close();
  return fault ? null : events.all.filter(([is, words]) => is !== 'text' || String(words).trim() !== '');
}

const withoutBlanks = (told: Told | null) =>
  told?.filter((event) => !Array.isArray(event) || event[0] !== 'text' || String(event[1]).trim() !== '');

const words = fc
  .array(
    fc.constantFrom(
      'a',
      'Đề số 1',
      ' ',
      '\n',
      '\r\n',
      '&amp;',
      '&lt;',
      '&#x1EBF;',
      '&#233;',
      '&nbsp;',
      ']',
      '"',
      "'",
    ),
    { maxLength: 6 },
  )
  .map((parts) => parts.join(''));
const name = fc.constantFrom('a', 'w:p', 'c', 'row', 'đ', 'x-y.z');
const attribute = fc
  .tuple(
    fc.constantFrom('r', 'w:val', 't', 'xml:space'),
    fc.constantFrom('"', "'"),
    words,
    fc.constantFrom(' ', '  ', '\n'),
  )
  .map(([key, quote, value, space]) => `${space}${key}=${quote}${value.replaceAll(quote, '')}>${quote}`);
const treeWith = (...beside: readonly string[]) =>
  fc.letrec<{ tree: string }>((tie) => ({
    tree: fc
      .tuple(
        name,
        fc.uniqueArray(attribute, { maxLength: 3, selector: (one) => one.trim().split('=')[0] }),
        fc.array(fc.oneof({ maxDepth: 4 }, words, fc.constantFrom('', ...beside), tie('tree')), {
          maxLength: 4,
        }),
      )
      .map(([tag, attributes, inner]) =>
        inner.length === 0
          ? `<${tag}${attributes.join('')}/>`
          : `<${tag}${attributes.join('')} >${inner.join('')}</${tag}>`,
      ),
  })).tree;

/** Cut into pieces of this length. */
const cut = (text: string, length: number): readonly string[] =>
  Array.from({ length: Math.ceil(text.length / length) }, (_, i) => text.slice(i * length, (i + 1) * length));

describe('XML in pieces', () => {
  it('tells what a slow reader tells, wherever it is cut', () => {
    fc.assert(
      fc.property(
        treeWith('<!-- a > b -->', '<![CDATA[ <x> & ]] ]]>', '<?p i > ?>'),
        fc.integer({ min: 1, max: 40 }),
        (xml, length) => {
          const told = quick(cut(`<?xml version="1.0"?>\n${xml}`, length));
          expect(withoutBlanks(told)).toEqual(withoutBlanks(slow(xml)));
          expect(told).not.toBeNull();
        },
      ),
      { numRuns: 400 },
    );
  });

  it('refuses what a slow reader refuses', () => {
    const broken = fc
      .tuple(
        treeWith(),
        fc.nat(),
        fc.constantFrom('<', '>', '</a>', '&', '&#0;', '&#xD800;', '\u0001', ']]>', '"', '<b', '<1>', ''),
      )
      .map(([xml, at, sign]) => {
        const place = at % xml.length;
        return xml.slice(0, place) + sign + xml.slice(sign === '' ? place + 1 : place);
      });
    fc.assert(
      fc.property(broken, fc.integer({ min: 1, max: 40 }), (xml, length) => {
        expect(withoutBlanks(quick(cut(xml, length))) ?? null).toEqual(withoutBlanks(slow(xml)) ?? null);
      }),
      { numRuns: 1500 },
    );
  });

  it('skips a DOCTYPE and leaves its entities as they stand', () => {
    const xml = '<!DOCTYPE a [<!ENTITY e "]>"><!-- > --> ]>\n<a b="&e;">&e;</a>';
    const told = [
      ['open', 'a', { b: '&e;' }],
      ['text', '&e;'],
      ['close', 'a'],
    ];
    for (const length of [3, 1000]) expect(quick(cut(xml, length))).toEqual(told);
    expect(quick(['<a/><!DOCTYPE a>'])).toBeNull();
  });

  it('says what is wrong', () => {
    const faultOf = (xml: string) => {
      const reader = new XmlPieces(new Events());
      try {
        reader.write(xml);
        reader.end();
        return '';
      } catch (error) {
        return error instanceof Error ? error.message : '';
      }
    };
    expect(faultOf('')).toBe('document must contain a root element');
    expect(faultOf('<a><b></a>')).toBe('unexpected close tag: a');
    expect(faultOf('<a>')).toBe('unclosed tag: a');
    expect(faultOf('<a/><b/>')).toBe('documents may contain only one root');
    expect(faultOf('<a x="1" x="2"/>')).toBe('duplicate attribute: x');
    expect(faultOf(`<a ${'x'.repeat(5_000_000)}`)).toMatch(/^unreadable/);
  });
});
