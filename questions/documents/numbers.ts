/** Numbers of sections as documents write them: "IV", "thứ hai", "12a", "đ". */
import { fold } from '../vietnamese.ts';

const ROMAN: Readonly<Record<string, number>> = { I: 1, V: 5, X: 10, L: 50, C: 100 };
const ROMAN_SHAPE = /^(?:X{0,3}|XL|LX{0,3}|XC|C)(?:IX|IV|V?I{0,3})$/;

/** "IV" → 4; null: no Roman number up to 100. Capitals only. */
export function romanValue(text: string): number | null {
  if (text === '' || !ROMAN_SHAPE.test(text)) return null;
  let value = 0;
  for (let i = 0; i < text.length; i++) {
    const own = ROMAN[text[i] ?? ''] ?? 0;
    const next = ROMAN[text[i + 1] ?? ''] ?? 0;
    value += own < next ? -own : own;
  }
  return value;
}

const ORDINALS = [
  'nhat',
  'hai',
  'ba',
  'tu',
  'nam',
  'sau',
  'bay',
  'tam',
  'chin',
  'muoi',
  'muoi mot',
  'muoi hai',
];

/** "thứ nhất", "thứ tư" → 1, 4; null: no such word. */
export function ordinalValue(text: string): number | null {
  const word = /^thu (.+)$/.exec(fold(text).trim())?.[1];
  if (word === undefined) return null;
  const at = ORDINALS.indexOf(word);
  return at < 0 ? null : at + 1;
}

/** Points in the order of the Vietnamese alphabet as laws count them; f, j, w and z are skipped, but some papers use them. */
const VIETNAMESE = 'abcdđeghiklmnopqrstuvxy';
const LATIN = 'abcdefghijklmnopqrstuvwxyz';

/** Whether `next` may follow `before` in a list of points; nothing before: it must be "a". */
export function isNextLetter(before: string | null, next: string): boolean {
  if (before === null) return next === 'a';
  return [VIETNAMESE, LATIN].some((letters) => {
    const at = letters.indexOf(before);
    return at >= 0 && letters[at + 1] === next;
  });
}

/** A number as it stands in keys: "12a" → "12a", "II" → "ii", "đ" → "dd" (so that it is not "d"), "1.2" → "1.2". */
export function keyOfNumber(number: string): string {
  return fold(number.toLowerCase().replaceAll('đ', 'dd'))
    .replace(/[^a-z0-9.]+/g, '-')
    .replace(/^-|-$/g, '');
}

/** One text for equal numbers however they are written: "II", "2" and "thứ hai" are "2"; letters stay. */
export function plainNumber(text: string): string {
  const clean = text.trim();
  const value = romanValue(clean) ?? ordinalValue(clean);
  if (value !== null) return String(value);
  const digits = /^0*(\d+)([a-zđ]?)$/i.exec(clean);
  return digits === null ? clean.toLowerCase() : `${digits[1] ?? ''}${(digits[2] ?? '').toLowerCase()}`;
}
