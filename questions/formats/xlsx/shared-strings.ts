/** Texts that cells of a workbook share, and texts inside cells: plain ones as strings, those with runs with their looks. */

import { readPart, type XmlAttributes, type XmlEvents } from '../open-xml.ts';
import { type Atom, type Looks, plainLooks, StyledText } from '../styled-text.ts';
import type { ZipArchive } from '../zip.ts';
import { RunLooks } from './run-looks.ts';

export type SharedText = string | StyledText;

/** Gathers one `si` or `is` element: its `t`, or the `t` of its runs; readings (`rPh`) are left out. */
export class TextGatherer implements XmlEvents {
  #atoms: Atom[] = [];
  #text = '';
  #isInText = false;
  #isPhonetic = false;
  #run: RunLooks | null = null;
  #isRich = false;

  open(name: string, attributes: XmlAttributes): void {
    if (name === 't') this.#isInText = !this.#isPhonetic;
    else if (name === 'rPh') this.#isPhonetic = true;
    else if (name === 'r') {
      this.#flush();
      this.#run = new RunLooks();
    } else this.#run?.property(name, attributes);
  }

  text(text: string): void {
    if (this.#isInText) this.#text += text;
  }

  close(name: string): void {
    if (name === 't') this.#isInText = false;
    else if (name === 'rPh') this.#isPhonetic = false;
    else if (name === 'r') {
      this.#flush();
      this.#run = null;
    }
  }

  /** What was gathered; begins anew. */
  take(): SharedText {
    this.#flush();
    const atoms = this.#atoms;
    const isRich = this.#isRich;
    this.#atoms = [];
    this.#isRich = false;
    const [only] = atoms;
    if (!isRich) return atoms.length === 1 && only !== undefined ? only.text : joined(atoms);
    return new StyledText(atoms);
  }

  #flush(): void {
    if (this.#text === '') return;
    const looks: Looks = this.#run?.looks ?? plainLooks;
    if (looks.marks !== 0 || looks.color !== null) this.#isRich = true;
    this.#atoms.push({ text: unescaped(this.#text), looks });
    this.#text = '';
  }
}

function joined(atoms: readonly Atom[]): string {
  return atoms.map(({ text }) => text).join('');
}

/** `_x000D_` stands for a control sign; those are no text. */
function unescaped(text: string): string {
  if (!text.includes('_x')) return text;
  return text.replace(/_x00(?:0[0-8bBcCeEfFdD]|1[0-9a-fA-F])_/g, '').replace(/_x005[fF]_/g, '_');
}

/** All shared texts, by their index. */
export function sharedStringsOf(archive: ZipArchive, part: string): SharedText[] {
  const texts: SharedText[] = [];
  const gatherer = new TextGatherer();
  readPart(archive, part, {
    open: (name, attributes) => gatherer.open(name, attributes),
    text: (text) => gatherer.text(text),
    close(name) {
      gatherer.close(name);
      if (name === 'si') texts.push(gatherer.take());
    },
  });
  return texts;
}
