/** Letters of documents in fonts of before Unicode: told by the font where there is one, otherwise by what they would mean. */
import { nfc } from '../vietnamese.ts';
import {
  detectLegacy,
  fromLegacy,
  fromTcvn3,
  fromVni,
  type LegacyEncoding,
  legacyFont,
} from './legacy-text.ts';
import type { Atom } from './styled-text.ts';

/** The text of a run in this font. Ð (U+00D0) is mapped only where it is no TCVN3 letter. */
export function textInFont(
  text: string,
  font: string,
): { readonly text: string; readonly legacy: LegacyEncoding | null } {
  const old = legacyFont(font);
  if (old === null || !hasOldLetters(text)) {
    const shown = old?.capitals === true ? text.toUpperCase() : text;
    return { text: withBarredD(visible(shown)), legacy: null };
  }
  const unicode = old.encoding === 'tcvn3' ? fromTcvn3(text, old.capitals) : nfc(fromVni(text));
  return { text: unicode, legacy: old.encoding };
}

/** Text that was typed in Unicode stays as it is, whatever font it has now. */
function hasOldLetters(text: string): boolean {
  return !/[\u0102-\u01b0\u1ea0-\u1ef9]|[\u0300-\u0323]/.test(text);
}

const INVISIBLE = /[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]/g;

/** Letters with their marks in one (macOS and some web pages keep them apart), without signs that nobody sees. */
function visible(text: string): string {
  return nfc(text).replace(INVISIBLE, '');
}

function withBarredD(text: string): string {
  return text.replaceAll('\u00d0', 'Đ');
}

/** The encoding of text whose font was lost, judged by a paragraph's worth of it; null: it is as it should be. */
export function lostEncoding(paragraph: string): LegacyEncoding | null {
  return paragraph.length < 4 ? null : detectLegacy(paragraph);
}

/** Converts text whose font was lost. */
export function fromLost(text: string, encoding: LegacyEncoding): string {
  return fromLegacy(text, encoding);
}

const FULL_WIDTH = /[\uff01-\uff5e\u3000]/;
const CHINESE = /[\u3040-\u30ff\u4e00-\u9fff]/;

/** Signs of East Asian keyboards ("A．", "（B）") as ours, where the paragraph is not in such a language. */
export function halfWidthAtoms(atoms: readonly Atom[]): readonly Atom[] {
  const text = atoms.map((atom) => atom.text).join('');
  if (!FULL_WIDTH.test(text) || CHINESE.test(text)) return atoms;
  return atoms.map((atom) => (FULL_WIDTH.test(atom.text) ? { ...atom, text: halfWidth(atom.text) } : atom));
}

function halfWidth(text: string): string {
  return text
    .replace(/[\uff01-\uff5e]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) - 0xfee0))
    .replaceAll('\u3000', ' ');
}
