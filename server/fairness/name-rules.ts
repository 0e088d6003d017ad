/** Whether two Vietnamese names may be one person's: typed with and without marks, with a letter wrong, in another order. Pure. */
import { cleanText, fold } from '../../questions/vietnamese.ts';

/** same: letters and marks; marks: the letters alone, the marks differ; near: a letter or a word apart; other. */
export type NameLikeness = 'same' | 'marks' | 'near' | 'other';

/** Shorter ones are too easily a letter apart. */
const LONG_ENOUGH = 7;
const MARK = /\p{Mn}/gu;

/** A name with its letters as they are looked up: whoever compares it with many folds it once. */
export interface NamedTwice {
  readonly name: string;
  readonly folded: string;
}

/** The same whichever comes first. */
export function likenessOf(a: string, b: string): NameLikeness {
  return likenessOfFolded({ name: a, folded: foldedName(a) }, { name: b, folded: foldedName(b) });
}

export function likenessOfFolded(a: NamedTwice, b: NamedTwice): NameLikeness {
  if (a.folded === '' || b.folded === '') return 'other';
  if (a.folded === b.folded) return haveSameMarks(a.name, b.name) ? 'same' : 'marks';
  return isNear(a.folded, b.folded) ? 'near' : 'other';
}

/** What names are looked up by: letters without marks, small, single spaces. */
export function foldedName(name: string): string {
  return fold(cleanText(name))
    .replace(/[^\p{L}\p{N} ]/gu, '')
    .trim();
}

/** "Hoà" is "Hòa": where the tone stands is a habit of typing. A name without any mark says nothing about marks. */
function haveSameMarks(a: string, b: string): boolean {
  const [one, two] = [marksOf(a), marksOf(b)];
  return one === two || one === '' || two === '';
}

function marksOf(name: string): string {
  const words = cleanText(name).toLowerCase().split(' ');
  const marks = words.map((word) => {
    const found = word.normalize('NFD').match(MARK) ?? [];
    return [...found, ...(word.includes('đ') ? ['đ'] : [])].sort().join('');
  });
  return marks.some((word) => word !== '') ? marks.join(' ') : '';
}

function isNear(a: string, b: string): boolean {
  const [one, two] = [a.split(' '), b.split(' ')];
  if (one.toSorted().join(' ') === two.toSorted().join(' ')) return true;
  const [shorter, longer] = one.length <= two.length ? [one, two] : [two, one];
  const isPart = shorter.length >= 2 && longer.length === shorter.length + 1 && isInOrder(shorter, longer);
  if (isPart && shorter.at(-1) === longer.at(-1)) return true;
  return Math.min(a.length, b.length) >= LONG_ENOUGH && isOneLetterApart(a, b);
}

function isInOrder(words: readonly string[], within: readonly string[]): boolean {
  let at = 0;
  for (const word of within) if (word === words[at]) at += 1;
  return at === words.length;
}

/** One letter more, less, or another one. */
function isOneLetterApart(a: string, b: string): boolean {
  if (Math.abs(a.length - b.length) > 1) return false;
  let same = 0;
  while (same < a.length && a[same] === b[same]) same += 1;
  const [restA, restB] = [a.slice(same), b.slice(same)];
  if (a.length === b.length) return restA.slice(1) === restB.slice(1);
  return a.length > b.length ? restA.slice(1) === restB : restA === restB.slice(1);
}
