/** What a line of a document may be the head of, by its signs alone. Whether it is, the order around it decides. */
import { cleanText, fold } from '../vietnamese.ts';
import { romanValue } from './numbers.ts';
import type { SectionKind } from './section.ts';

/** A line that may begin a section. */
export interface Sign {
  readonly kind: SectionKind;
  /** As written: "II", "thứ nhất", "12a", "1.2", "đ"; empty for what has none. */
  readonly number: string;
  readonly label: string;
  /** What stands behind on the same line. */
  readonly rest: string;
  /** A word ("Điều", "Chương") or a hash says it: no order is needed to believe it. */
  readonly isNamed: boolean;
}

const NUMBER = '(?:[IVXLC]+|\\d{1,3})';
const END = '\\s*(?:[.:)\\-–—/]+\\s*(.*)|\\s+(\\S.*)|)$';
const ORDINAL = 'thứ\\s+(?:nhất|hai|ba|tư|năm|sáu|bảy|tám|chín|mười(?:\\s+(?:một|hai))?)';

const NAMED: readonly (readonly [SectionKind, RegExp])[] = [
  ['part', new RegExp(`^(phần\\s+(${ORDINAL}|${NUMBER}))${END}`, 'iu')],
  ['chapter', new RegExp(`^(chương\\s+(${NUMBER}[a-zđ]?))${END}`, 'iu')],
  ['subgroup', new RegExp(`^(tiểu\\s+mục\\s+(${NUMBER}))${END}`, 'iu')],
  ['group', new RegExp(`^(mục\\s+(${NUMBER}))${END}`, 'iu')],
  ['article', new RegExp(`^(điều\\s+(\\d{1,4}[a-zđ]?))${END}`, 'iu')],
  ['appendix', new RegExp(`^(phụ\\s+lục(?:\\s+(?:số\\s+)?(${NUMBER}|[A-Z]))?)${END}`, 'iu')],
];

const HASH = /^(#{1,3})\s+(\S.*)$/u;
const ROMAN_HEAD = /^([IVXLC]+)\s*[.)\-–—/:]+\s*(.*)$/u;
const LETTER_HEAD = /^([A-ZĐ])\s*[.)\-–—/:]+\s+(\S.*)$/u;
const DECIMAL_HEAD = /^(\d{1,2}(?:\.\d{1,2}){1,3})\s*[.)\-–—/:]?\s+(\S.*)$/u;
/** "1.070.547 người" and "05/5/2022" are numbers in prose. */
const CLAUSE_HEAD = /^\(?(\d{1,3}[a-zđ]?)\s*(?:[.)/:]+(?:\s+|(?=\D))|[-–—]\s+)(\S.*)$/u;
const POINT_HEAD = /^\(?([a-zđ])\s*(?:[.)/:]+|[-–—]\s)\s*(\S.*)$/u;

/** Every sign that a line may have; the likeliest first. `line` is clean. */
export function signsOf(line: string): readonly Sign[] {
  const hash = HASH.exec(line);
  if (hash !== null)
    return [{ kind: 'heading', number: hash[1] ?? '#', label: '', rest: hash[2] ?? '', isNamed: true }];
  const named = namedSign(line);
  if (named !== null) return [named];
  const signs: Sign[] = [];
  add(signs, 'roman', ROMAN_HEAD.exec(line), (number) => romanValue(number) !== null);
  add(signs, 'letter', LETTER_HEAD.exec(line));
  add(signs, 'decimal', DECIMAL_HEAD.exec(line));
  add(signs, 'clause', CLAUSE_HEAD.exec(line));
  add(signs, 'point', POINT_HEAD.exec(line));
  return signs;
}

function add(
  signs: Sign[],
  kind: SectionKind,
  found: RegExpExecArray | null,
  fits: (number: string) => boolean = () => true,
): void {
  const [, number = '', rest = ''] = found ?? [];
  if (found !== null && fits(number))
    signs.push({ kind, number, label: number, rest: rest.trim(), isNamed: false });
}

function namedSign(line: string): Sign | null {
  for (const [kind, pattern] of NAMED) {
    const found = pattern.exec(line);
    if (found === null) continue;
    const [, label = '', number = '', marked, loose] = found;
    if (loose !== undefined && !mayFollow(kind, label, loose)) return null;
    const rest = (marked ?? loose ?? '').trim();
    return { kind, number, label: tidyLabel(label), rest, isNamed: true };
  }
  return null;
}

/** "Điều 12 của Luật này quy định" is no heading; "Chương I NHỮNG QUY ĐỊNH CHUNG" and "Điều 1 Phạm vi" are. */
function mayFollow(kind: SectionKind, label: string, rest: string): boolean {
  if (isCapitals(rest)) return true;
  if (kind !== 'article' && kind !== 'chapter') return false;
  return (
    /^\p{Lu}/u.test(rest) &&
    !/^(?:Luật|Nghị|Bộ|Hiến|Quyết|Thông|Pháp)\b/u.test(rest) &&
    /^\p{Lu}/u.test(label)
  );
}

/** "CHƯƠNG   I" and "chương I" are written "Chương I". */
function tidyLabel(label: string): string {
  const words = cleanText(label).split(' ');
  const number = words.at(-1) ?? '';
  const rest = words.slice(0, -1).join(' ').toLowerCase();
  if (words.length === 1) return capitalised(number.toLowerCase());
  const isOrdinal = /^phần thứ/u.test(cleanText(label).toLowerCase());
  return `${capitalised(rest)} ${isOrdinal ? number.toLowerCase() : number}`;
}

const capitalised = (text: string): string => text.slice(0, 1).toUpperCase() + text.slice(1);

/** Capitals throughout, as titles are set: at least two letters, none small. */
export function isCapitals(text: string): boolean {
  const letters = text.replace(/[^\p{L}]/gu, '');
  return letters.length >= 2 && letters === letters.toUpperCase();
}

/** "(Ban hành kèm theo Nghị quyết số …)". */
export function isIssuedWith(line: string): boolean {
  return /^\(?\s*(?:được\s+)?(?:ban hành\s+)?kèm theo\b/iu.test(line) && line.length < 300;
}

/** Where the signatures begin: "Nơi nhận:", "T/M BỘ CHÍNH TRỊ", and the sentence that says when a law was passed. */
export function isClosing(line: string): boolean {
  const text = fold(line);
  if (/^noi nhan\s*:?/.test(text)) return line.length < 60;
  if (/^(?:t\/m|tm|kt|tuq|tl)\s*\.?\s/.test(text)) return isCapitals(line) || line.length < 60;
  return /^(?:bo )?luat nay (?:da )?duoc quoc hoi .*thong qua/.test(text);
}

/** What printers and copiers put between the lines: numbers of pages, rules. Not part of the text. */
export function isFurniture(line: string): boolean {
  return (
    /^[-–—_*=.·\s]+$/u.test(line) || /^[-–—\s]*(?:trang\s+)?\d{1,4}(?:\s*\/\s*\d{1,4})?[-–—\s]*$/iu.test(line)
  );
}
