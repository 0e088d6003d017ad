/** Codes that people read, write down and type: Crockford's base32, in groups; I, L, O and U never appear. */
import { randomBytes } from 'node:crypto';

const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** 100 bits; shown once at registration. */
export const RECOVERY_CHARACTERS = 20;
/** 60 bits; typed by guests, and by those who asked staff for a new password. */
export const TYPED_CHARACTERS = 12;
/** 130 bits; in the fragment of a link. */
export const LINK_CHARACTERS = 26;

/** Five random bits a character. */
export function makeCode(characters: number): string {
  return codeFrom(randomBytes(characters));
}

/** A character for each byte: for codes that follow from a keyed hash. */
export function codeFrom(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => ALPHABET[byte & 31]).join('');
}

/** "XXXX-XXXX-XXXX": groups of five when the length allows, else of four. */
export function formatCode(code: string): string {
  const group = code.length % 5 === 0 ? 5 : 4;
  return (code.match(new RegExp(`.{1,${group}}`, 'g')) ?? []).join('-');
}

/** As typed by people: case, spaces and dashes do not count, O is 0, I and L are 1. Null when it cannot be a code. */
export function readCode(typed: string): string | null {
  const code = typed
    .toUpperCase()
    .replace(/[\s‐‑–-]/g, '')
    .replaceAll('O', '0')
    .replace(/[IL]/g, '1');
  return /^[0-9A-HJKMNP-TV-Z]{8,40}$/.test(code) ? code : null;
}
