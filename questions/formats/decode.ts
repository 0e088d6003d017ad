/**
 * Bytes of a text file to text: UTF-8, UTF-16 (also without a mark), Windows-1258 and Windows-1252, told apart by what
 * they would mean. Vietnamese in TCVN3 or VNI becomes Unicode, Ð (U+00D0) in Vietnamese becomes Đ, everything is NFC,
 * and lines end with "\n".
 */
import { isUtf8 } from 'node:buffer';
import { nfc } from '../vietnamese.ts';
import { detectLegacy, fromLegacy, type LegacyEncoding, vietnameseShare } from './legacy-text.ts';

export interface Decoded {
  readonly text: string;
  /** Label of the encoding as TextDecoder knows it. */
  readonly encoding: string;
  /** How many places were no text and became U+FFFD. */
  readonly unreadable: number;
  /** The legacy encoding that the letters were in. */
  readonly legacy: LegacyEncoding | null;
}

const SAMPLE = 4_096;
const XML_ENCODING = /^<\?xml[^>]{0,200}?encoding\s*=\s*["']([A-Za-z0-9._-]{1,40})["']/;

/** The text of a file, or null when the bytes are no text at all. */
export function decode(bytes: Uint8Array): Decoded | null {
  const encoding = encodingOf(bytes);
  if (encoding === null) return null;
  const raw = new TextDecoder(encoding).decode(bytes);
  const unreadable = raw.split('\ufffd').length - 1;
  const lines = composed(raw.includes('\r') ? raw.replace(/\r\n?/g, '\n') : raw);
  const legacy = detectLegacy(lines);
  if (legacy !== null) return { text: fromLegacy(lines, legacy), encoding, unreadable, legacy };
  return { text: withBarredD(lines), encoding, unreadable, legacy };
}

/** How much is composed at once, in UTF-16 units: each piece is copied, and most texts are composed already. */
const PIECE = 1_000_000;

/** NFC. Nothing is composed across the end of a line. */
function composed(text: string): string {
  const pieces: string[] = [];
  let isSame = true;
  for (let from = 0; from < text.length; ) {
    const end = text.indexOf('\n', from + PIECE) + 1 || text.length;
    const piece = text.slice(from, end);
    const made = nfc(piece);
    isSame &&= made === piece;
    pieces.push(made);
    from = end;
  }
  return isSame ? text : pieces.join('');
}

/** Icelandic Ð is what many old Vietnamese keyboards wrote for Đ. */
function withBarredD(text: string): string {
  if (!text.includes('\u00d0')) return text;
  const mapped = text.replaceAll('\u00d0', 'Đ');
  const { words, share } = vietnameseShare(mapped);
  return words > 0 && share > 0.6 ? mapped : text;
}

function encodingOf(bytes: Uint8Array): string | null {
  const marked = encodingByMark(bytes) ?? wideEncoding(bytes);
  if (marked !== null) return marked;
  if (bytes.subarray(0, SAMPLE).includes(0)) return null;
  const declared = declaredEncoding(bytes);
  if (declared !== null) return declared;
  if (isUtf8(bytes)) return 'utf-8';
  const { valid, broken } = utf8Sequences(bytes);
  if (valid > 4 * broken) return 'utf-8';
  return singleByteEncoding(bytes);
}

function encodingByMark(bytes: Uint8Array): string | null {
  const [a, b, c] = bytes;
  if (a === 0xef && b === 0xbb && c === 0xbf) return 'utf-8';
  if (a === 0xff && b === 0xfe) return 'utf-16le';
  if (a === 0xfe && b === 0xff) return 'utf-16be';
  return null;
}

/** UTF-16 without a mark: ASCII in it has a zero in every second byte. */
function wideEncoding(bytes: Uint8Array): string | null {
  const sample = bytes.subarray(0, SAMPLE);
  const pairs = Math.floor(sample.length / 2);
  if (pairs < 4) return null;
  const zeros = [0, 0];
  for (let i = 0; i < pairs * 2; i++) if (sample[i] === 0) zeros[i % 2] = (zeros[i % 2] ?? 0) + 1;
  const [even = 0, odd = 0] = zeros;
  if (odd > pairs * 0.4 && even < pairs * 0.05) return 'utf-16le';
  if (even > pairs * 0.4 && odd < pairs * 0.05) return 'utf-16be';
  return null;
}

/** What an XML file says about itself, when we know it; UTF-8 is still looked at. */
function declaredEncoding(bytes: Uint8Array): string | null {
  const start = new TextDecoder('latin1').decode(bytes.subarray(0, 300));
  const name = XML_ENCODING.exec(start)?.[1]?.toLowerCase();
  if (name === undefined || name.startsWith('utf') || name === 'us-ascii') return null;
  try {
    return new TextDecoder(name).encoding;
  } catch {
    return null;
  }
}

/** Counts well-formed and broken sequences of UTF-8 beyond ASCII. */
function utf8Sequences(bytes: Uint8Array): { readonly valid: number; readonly broken: number } {
  let valid = 0;
  let broken = 0;
  for (let i = 0; i < bytes.length; i++) {
    const lead = bytes[i] ?? 0;
    if (lead < 0x80) continue;
    const length = lead >= 0xf0 && lead < 0xf5 ? 3 : lead >= 0xe0 ? 2 : lead >= 0xc2 ? 1 : 0;
    const rest = bytes.subarray(i + 1, i + 1 + length);
    if (lead < 0xf5 && length > 0 && rest.length === length && rest.every((byte) => byte >> 6 === 2)) {
      valid++;
      i += length;
    } else broken++;
  }
  return { valid, broken };
}

/** Windows-1258 has Vietnamese tones as letters of their own; where they make Vietnamese words, it is that. */
function singleByteEncoding(bytes: Uint8Array): string {
  const sample = bytes.subarray(0, 100_000);
  const vietnamese = vietnameseShare(new TextDecoder('windows-1258').decode(sample).normalize('NFC'));
  const western = vietnameseShare(new TextDecoder('windows-1252').decode(sample));
  return vietnamese.share > 0.6 && vietnamese.share > western.share + 0.2 ? 'windows-1258' : 'windows-1252';
}
