/**
 * Codes that people type: a number and its keyed signature in letters and digits that are not taken for one another
 * (Crockford's base 32: no I, L, O, U). Nobody makes one, and guessing one is hopeless; typed ones forgive case and gaps.
 * The number goes out through a keyed permutation, so that codes tell nothing of how many there are.
 */
import { hash } from 'node:crypto';
import type { Secrets } from '../platform/secrets.ts';

const DIGITS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const GROUP = 5;
/** More numbers than there will be; seven characters. */
const NUMBERS = 32 ** 7;

/** What a code is for; signatures of one use do not serve another. */
export interface CodeUse {
  readonly name: string;
  /** Characters of the signature, five bits each. */
  readonly length: number;
}

/** 100 bits: printed on paper, and shows a name. */
export const CERTIFICATE: CodeUse = { name: 'certificate', length: 20 };
/** 60 bits: typed by hand, asked through a limited door, and shows a shortened name. */
export const RESULT: CodeUse = { name: 'result-code', length: 12 };

/** "2SK7Q2M-9ABCD-EF…": the number, then its signature in groups. */
export function codeOf(secrets: Secrets, use: CodeUse, id: number): string {
  const shown = secrets.permutation(use.name, NUMBERS).forward(id);
  return `${encode(shown)}-${grouped(signatureOf(secrets, use, id))}`;
}

/** The number behind a code, or null when it was not made here. */
export function idOf(secrets: Secrets, use: CodeUse, code: string): number | null {
  const typed = tidy(code);
  if (typed.length <= use.length) return null;
  const shown = decode(typed.slice(0, -use.length));
  if (shown === null || shown >= NUMBERS || encode(shown) !== typed.slice(0, -use.length)) return null;
  const id = secrets.permutation(use.name, NUMBERS).back(shown);
  return constantTimeEqual(signatureOf(secrets, use, id), typed.slice(-use.length)) ? id : null;
}

/** Upper case, without gaps and hyphens; letters that are not used are read as the digits that they look like. */
function tidy(code: string): string {
  return code.toUpperCase().replace(/[\s-]/g, '').replace(/[IL]/g, '1').replace(/O/g, '0');
}

function signatureOf(secrets: Secrets, { name, length }: CodeUse, id: number): string {
  // A signature is 128 bits; hashed once more it spreads over as many characters as are wanted.
  const bytes = Buffer.from(hash('sha256', secrets.sign(name, String(id)), 'hex'), 'hex');
  return Array.from({ length }, (_, i) => DIGITS[(bytes[i] ?? 0) % 32]).join('');
}

function encode(id: number): string {
  let text = '';
  for (let rest = id; rest > 0 || text === ''; rest = Math.floor(rest / 32))
    text = `${DIGITS[rest % 32]}${text}`;
  return text;
}

function decode(text: string): number | null {
  let id = 0;
  for (const digit of text) {
    const value = DIGITS.indexOf(digit);
    if (value < 0) return null;
    id = id * 32 + value;
  }
  return Number.isSafeInteger(id) ? id : null;
}

function grouped(text: string): string {
  const groups: string[] = [];
  for (let at = 0; at < text.length; at += GROUP) groups.push(text.slice(at, at + GROUP));
  return groups.join('-');
}

/** Takes as long whether the first or the last letter differs. */
function constantTimeEqual(a: string, b: string): boolean {
  let differs = a.length ^ b.length;
  for (let i = 0; i < a.length; i += 1) differs |= a.charCodeAt(i) ^ b.charCodeAt(i);
  return differs === 0;
}
