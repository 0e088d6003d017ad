/** Names of sections in addresses: short, of ASCII letters, unique in the document. */
import { fold } from '../vietnamese.ts';
import type { Sign } from './line-signs.ts';
import { keyOfNumber, plainNumber } from './numbers.ts';
import { PREFIXES } from './section.ts';

const SLUG_LONGEST = 48;

/** "Quan điểm chỉ đạo" → "quan-diem-chi-dao". */
export function slugOf(text: string): string {
  const words = fold(text)
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
  return words.slice(0, SLUG_LONGEST).replace(/-$/, '');
}

/** The section around the one that begins. */
interface Around {
  readonly key: string;
  readonly scopeKey: string;
  readonly isInArticle: boolean;
}

/** The key of a section that begins, and whether one of its name is there already. Takes it into `taken`. */
export function keyFor(
  sign: Sign,
  parent: Around | null,
  taken: Set<string>,
): { readonly key: string; readonly isTwin: boolean } {
  const above = sign.kind === 'article' ? (parent?.scopeKey ?? '') : (parent?.key ?? '');
  const own = ownName(sign, parent);
  const wanted = above === '' ? own : `${above}.${own}`;
  const isTwin = taken.has(wanted);
  return { key: unique(wanted, taken), isTwin };
}

function ownName({ kind, number, rest }: Sign, parent: Around | null): string {
  const inArticle = parent?.isInArticle === true;
  if (kind === 'heading') return slugOf(rest) || 'muc';
  if (kind === 'clause') return `${inArticle ? 'khoan-' : ''}${keyOfNumber(number)}`;
  if (kind === 'point') return `${inArticle ? 'diem-' : ''}${keyOfNumber(number)}`;
  if (kind === 'decimal') return keyOfNumber(number.split('.').at(-1) ?? number);
  if (kind === 'roman') return keyOfNumber(number);
  const prefix = PREFIXES[kind] ?? kind;
  return number === '' ? prefix : `${prefix}-${keyOfNumber(plainNumber(number))}`;
}

/** The name with the smallest number behind it that nobody has. */
export function unique(name: string, taken: Set<string>): string {
  let key = name;
  for (let n = 2; taken.has(key); n++) key = `${name}-${n}`;
  taken.add(key);
  return key;
}
