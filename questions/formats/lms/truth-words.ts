/** "Đúng" and "Sai" as people write them in the right column of a matching question. */
import { fold } from '../../vietnamese.ts';

const TRUE_WORDS = new Set(['dung', 'true', 'd', 't']);
const FALSE_WORDS = new Set(['sai', 'false', 's', 'f']);

/** What the word says, or null when it is another word. */
export function truthOf(word: string): boolean | null {
  const folded = fold(word).trim();
  if (TRUE_WORDS.has(folded)) return true;
  return FALSE_WORDS.has(folded) ? false : null;
}
