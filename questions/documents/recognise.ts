/**
 * A document as text, a paragraph a line → its sections. Headings are known by their signs and by their order: "3." after
 * "2." begins a clause, "1." inside a point does not. A line that was taken wrongly is put right in the text: "\" before it
 * makes it prose, "# " makes it a heading.
 */
import { cleanText } from '../vietnamese.ts';
import { keyFor } from './keys.ts';
import { isClosing, isFurniture, isIssuedWith, type Sign, signsOf } from './line-signs.ts';
import { Outline } from './outline.ts';
import { quotedLines } from './quotes.ts';
import { type Remark, Remarks, readingSayings } from './remarks.ts';
import type { Section } from './section.ts';
import { hasTitle, joinsTitle } from './titles.ts';

export interface RecognisedDocument {
  readonly sections: readonly Section[];
  readonly remarks: readonly Remark[];
  /** How many remarks there are in all. */
  readonly remarkCount: number;
}

const CONTENTS_LINE = /(?:(?:\.{4}|…{2})\s*|(?<!\s)(?=\s*\t)\s+)\d{1,4}$/u;
const PROSE = '\\';

/** Sections of a document, with everything that somebody should look at. Never throws. */
export function recognise(text: string): RecognisedDocument {
  const remarks = new Remarks();
  const reader = new Reader(remarks);
  const lines = text.split(/\r\n?|\n|\u2028|\u2029/);
  const quoted = quotedLines(lines, (line) =>
    remarks.look(line, lines[line - 1] ?? '', readingSayings.quote),
  );
  for (const [i, line] of lines.entries()) reader.take(line, i + 1, quoted.has(i));
  const sections = reader.outline.finish();
  if (sections.every(({ kind }) => kind === 'opening' || kind === 'closing') && sections.length > 0)
    remarks.look(1, lines[0] ?? '', readingSayings.noSections);
  return { sections, remarks: remarks.shown, remarkCount: remarks.count };
}

class Reader {
  readonly outline: Outline;
  readonly #remarks: Remarks;

  constructor(remarks: Remarks) {
    this.#remarks = remarks;
    this.outline = new Outline();
  }

  take(raw: string, number: number, isQuoted: boolean): void {
    const line = cleanText(raw);
    if (line === '') return;
    if (line.startsWith(PROSE)) this.outline.text(cleanText(line.slice(1)));
    else if (isFurniture(line)) this.#remarks.left(number, line, readingSayings.furniture);
    else if (CONTENTS_LINE.test(raw.trimEnd())) this.#remarks.left(number, line, readingSayings.contents);
    else if (isQuoted) this.outline.text(line);
    else this.#content(line, number);
  }

  #content(line: string, number: number): void {
    if (isIssuedWith(line) && this.outline.beginAttachment(line)) return;
    if (isClosing(line) && this.outline.hasSections) {
      this.outline.beginClosing();
      this.outline.text(line);
      return;
    }
    const signs = signsOf(line);
    const taken = signs.find((sign) => this.#begin(sign, line, number));
    if (taken !== undefined) return;
    if (this.outline.current !== null && joinsTitle(this.outline.current, line)) this.outline.title(line);
    else this.outline.text(line);
    const doubtful = signs.find(
      ({ kind, number: own }) => kind === 'article' || (kind === 'clause' && own !== ''),
    );
    if (doubtful !== undefined && !this.outline.isClosed)
      this.#remarks.look(number, line, readingSayings.outOfOrder(doubtful.label));
  }

  /** Begins a section where the sign's order allows it. */
  #begin(sign: Sign, line: string, number: number): boolean {
    if (this.outline.isClosed && !sign.isNamed) return false;
    if (sign.kind === 'article' && sign.number === '1' && this.outline.isCounting) {
      this.#remarks.look(number, line, readingSayings.restart);
      this.outline.beginAttachment('');
    }
    const place = this.outline.placeFor(sign);
    if (place === null) return false;
    if (place.gapAfter !== null)
      this.#remarks.look(number, line, readingSayings.gap(sign.label, place.gapAfter));
    const { key, isTwin } = keyFor(sign, place.parent, this.outline.keys);
    if (isTwin) this.#remarks.look(number, line, readingSayings.duplicate(sign.label));
    const isTitle = hasTitle(sign, place.isInArticle);
    this.outline.begin(sign, place, key, isTitle ? sign.rest : '');
    if (!isTitle && sign.rest !== '') this.outline.text(sign.rest);
    return true;
  }
}
