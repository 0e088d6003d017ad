/**
 * Whether two questions ask the same: their texts without diacritics, letter case, marks and spaces, the options in any
 * order. Keys do not matter, so the same question with two different keys is found as well.
 */
import { createHash } from 'node:crypto';
import { plainText } from '../rich-text.ts';
import { fold } from '../vietnamese.ts';

/** Characters of a likeness: 96 bits, far more than banks of a million questions need. */
const LENGTH = 24;

/** Signs that do not tell texts apart: all but those inside and before numbers (3,5 is not 35, −5 is not 5). */
const MEANINGLESS = /(?!(?<=\d)[.,:/](?=\d)|[-−+<>](?=\d))[^\p{L}\p{N}]/gu;

/** Equal for questions that ask the same; empty for a question without any letter or digit. */
export function likenessOf(prompt: { readonly stem: string }): string {
  const isRich = 'rich' in prompt && prompt.rich === true;
  const bare = (text: string): string => bareText(isRich ? plainText(text) : text);
  const { stem, ...parts } = prompt;
  const asked = bare(stem);
  const others = Object.values(parts)
    .flatMap(textsIn)
    .map(bare)
    .filter((text) => text !== '');
  if (asked === '' && others.length === 0) return '';
  const text = JSON.stringify([asked, ...others.sort()]);
  return createHash('sha256').update(text).digest('hex').slice(0, LENGTH);
}

function bareText(text: string): string {
  const bare = fold(text).replace(MEANINGLESS, '');
  // A text of signs alone (a formula, "<", ">") is told apart by them.
  return bare === '' ? text.replace(/\s+/g, '') : bare;
}

function textsIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(textsIn);
}
