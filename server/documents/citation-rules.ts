/** Which document the words of a citation mean: by its number, then by its day or year, else by its name. Pure. */
import { cleanText, fold } from '../../questions/vietnamese.ts';

/** A document as far as citations tell it apart. */
export interface CitedDocument {
  readonly id: number;
  readonly type: string;
  readonly number: string;
  readonly title: string;
  /** "yyyy-mm-dd". */
  readonly issuedOn: string | null;
}

/** "15-NQ/TW", "39/2024/QH15", "12/NQ-CP": digits, then signs of letters with at least one dash or slash. */
const NUMBER =
  /(?<![\p{L}\d/])(\d{1,4}(?:\s*\/\s*(?:19|20)\d\d)?\s*[-–—/]\s*\p{Lu}[\p{L}\d]*(?:\s*[-–—/]\s*\p{Lu}[\p{L}\d]*)*)/gu;

/** Titles of articles: they may speak of a document without being it. */
const TITLES = /«[^»]{0,1000}»|“[^”]{30,1000}”/gu;

/** One text for one number however it is typed: no spaces, plain dashes, no zeros before, capitals without marks. */
export function numberKey(number: string): string {
  const plain = fold(cleanText(number)).replace(/[–—]/g, '-').replace(/\s+/g, '').replace(/^so:?/, '');
  return plain.replace(/^0+(?=\d)/, '').toUpperCase();
}

/** Numbers of documents that a text names, as keys. */
export function numbersIn(text: string): readonly string[] {
  return [...cleanText(text).matchAll(NUMBER)].map(([, number = '']) => numberKey(number));
}

const DAY = /(?:ngày\s+)?(\d{1,2})\s*(?:[/.-]|tháng)\s*(\d{1,2})\s*(?:[/.-]|năm)\s*((?:19|20)\d\d)/iu;
const YEARS = /(?<![\d/])(?:19|20)\d\d(?![\d/])/gu;

/** "ngày 05/5/2022" or "ngày 5 tháng 5 năm 2022" → "2022-05-05"; null: no day. */
export function dayIn(text: string): string | null {
  const [, day = '', month = '', year = ''] = DAY.exec(text) ?? [];
  return year === '' ? null : `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
}

/** One text for one name: small letters without marks and signs, years and the day taken out. */
export function nameKey(text: string): string {
  const bare = text.replace(DAY, ' ').replace(YEARS, ' ');
  return fold(bare)
    .replace(/[^a-z0-9]+/g, ' ')
    .replace(/\b(?:nam|ngay|so|cua)\b/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
}

/** Documents ready to be asked. */
export interface Shelf<Document extends CitedDocument> {
  readonly byNumber: ReadonlyMap<string, readonly Document[]>;
  readonly byName: ReadonlyMap<string, readonly Document[]>;
}

export function shelfOf<Document extends CitedDocument>(documents: readonly Document[]): Shelf<Document> {
  const byNumber = new Map<string, Document[]>();
  const byName = new Map<string, Document[]>();
  const put = (map: Map<string, Document[]>, key: string, document: Document): void => {
    if (key === '') return;
    const there = map.get(key) ?? [];
    if (!there.includes(document)) map.set(key, [...there, document]);
  };
  for (const document of documents) {
    put(byNumber, numberKey(document.number), document);
    for (const name of namesOf(document)) put(byName, nameKey(name), document);
  }
  return { byNumber, byName };
}

/** A law is called by its title with or without the word before it; what has a number is not called by a bare title of one word. */
function namesOf({ type, title, number }: CitedDocument): readonly string[] {
  const whole = fold(title).startsWith(fold(type)) ? title : `${type} ${title}`;
  return number === '' ? [title, whole] : [whole, `${whole} ${number}`, `${type} ${number} ${title}`];
}

/** The document that is meant; null: none here, or more than one could be. */
export function documentOf<Document extends CitedDocument>(
  text: string,
  shelf: Shelf<Document>,
): Document | null {
  const day = dayIn(text);
  const withoutDay = text.replace(DAY, ' ');
  for (const number of numbersIn(text.replace(TITLES, ' '))) {
    const sameDay = onDay(shelf.byNumber.get(number) ?? [], day);
    const ofYear = sameDay.filter(({ issuedOn }) => withoutDay.includes(issuedOn?.slice(0, 4) ?? '-'));
    const found = theOnly(sameDay) ?? theOnly(ofYear);
    if (found !== null) return found;
  }
  const name = withoutDay.replace(NUMBER, ' ').trim();
  const year = /((?:19|20)\d\d)\s*\)?$/u.exec(name)?.[1] ?? null;
  const called = onDay(shelf.byName.get(nameKey(name)) ?? [], day);
  return theOnly(called.filter((document) => isOfYear(document, year)));
}

/** A day that differs is another document. */
function onDay<Document extends CitedDocument>(
  documents: readonly Document[],
  day: string | null,
): readonly Document[] {
  return documents.filter(({ issuedOn }) => issuedOn === null || day === null || issuedOn === day);
}

/** "Luật Thủ đô 2012" is not the one of 2024; the year may also belong to the title. */
function isOfYear({ issuedOn, title }: CitedDocument, year: string | null): boolean {
  return year === null || issuedOn === null || issuedOn.startsWith(year) || title.includes(year);
}

function theOnly<Document>(documents: readonly Document[]): Document | null {
  return documents.length === 1 ? (documents[0] ?? null) : null;
}
