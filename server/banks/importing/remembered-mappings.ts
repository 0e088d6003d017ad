/** How a mapping of columns that somebody corrected is found again for the next file with the same titles. Pure. */
import { createHash } from 'node:crypto';
import type { Json } from '../../../questions/question.ts';

/** By what tables are known again: the format and the titles of all columns; null where there is nothing to remember. */
export function signatureOf(format: string, settings: Json | null): string | null {
  const titles = titlesIn(settings);
  if (titles.every((title) => title === '')) return null;
  return createHash('sha256')
    .update(JSON.stringify([format, ...titles]))
    .digest('hex');
}

function titlesIn(value: Json | undefined): readonly string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) =>
    name === 'title' && typeof inner === 'string' ? [inner] : titlesIn(inner),
  );
}

/** The mapping of another workbook for this one, whose sheets may be called otherwise. */
export function withSheetsOf(mapping: Json, own: Json): Json {
  const [theirs, ours] = [sheetsOf(mapping), sheetsOf(own)];
  if (theirs.length !== ours.length) return mapping;
  const sheets = theirs.map((sheet, i) => Object.assign({}, sheet, { sheet: ours[i]?.sheet ?? '' }));
  return { sheets };
}

function sheetsOf(settings: Json): readonly { readonly [name: string]: Json }[] {
  if (typeof settings !== 'object' || settings === null || !('sheets' in settings)) return [];
  const { sheets } = settings;
  return Array.isArray(sheets) ? sheets.filter((sheet) => typeof sheet === 'object' && sheet !== null) : [];
}
