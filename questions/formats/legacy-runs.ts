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

/** The text of a run in this font. Ð (U+00D0) is mapped only where it is no TCVN3 letter. */
export function textInFont(
  text: string,
  font: string,
): { readonly text: string; readonly legacy: LegacyEncoding | null } {
  const old = legacyFont(font);
  if (old === null || !hasOldLetters(text)) {
    const shown = old?.capitals === true ? text.toUpperCase() : text;
    return { text: withBarredD(shown), legacy: null };
  }
  const unicode = old.encoding === 'tcvn3' ? fromTcvn3(text, old.capitals) : nfc(fromVni(text));
  return { text: unicode, legacy: old.encoding };
}

/** Text that was typed in Unicode stays as it is, whatever font it has now. */
function hasOldLetters(text: string): boolean {
  return !/[\u0102-\u01b0\u1ea0-\u1ef9]|[\u0300-\u0323]/.test(text);
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
