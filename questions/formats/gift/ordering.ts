/** `{> …}`: an extension of GIFT by Moodle's ordering question. Settings stand on the first line, items on lines of their own. */
import type { FoundText } from '../found-text.ts';
import type { LmsBody } from '../lms/question.ts';
import type { GiftText } from './gift-text.ts';
import { giftSayings } from './messages.ts';
import type { AnswerContext } from './text-kind.ts';

const COUNT = /^\d+$/;
const SUBSET = /^(?:EXACT|REL|RELATIVE|RANDOM|CONTIGUOUS|CONTIG)$/i;
const SETTING =
  /^(?:ALL|HORIZONTAL|HORI|H|VERTICAL|VERT|V|SHOW|HIDE|TRUE|FALSE|YES|NO|none|123|abc|ABCD|iii|IIII)$/i;
const SCORING = /^(?:ALL_OR_NOTHING|ABSOLUTE_POSITION|ABSOLUTE|ABS|RELATIVE_[A-Z_]+|LONGEST_[A-Z_]+)$/i;

/** Settings at the front of the first line. */
function settingsOf(line: string): { readonly words: readonly string[]; readonly length: number } {
  const words: string[] = [];
  let length = 0;
  for (const match of line.matchAll(/(?<!\s)\s*(\S+)/g)) {
    const [all, word = ''] = match;
    if (![COUNT, SUBSET, SETTING, SCORING].some((pattern) => pattern.test(word))) break;
    words.push(word);
    length += all.length;
  }
  return { words, length };
}

/** The body; its items are in the right order. */
export function orderingBody(answers: GiftText, { text, remarks }: AnswerContext): LmsBody<FoundText> {
  const lineEnd = answers.raw.includes('\n') ? answers.raw.indexOf('\n') : answers.raw.length;
  const { words, length } = settingsOf(answers.raw.slice(0, lineEnd));
  const items = answers
    .slice(length)
    .splitBefore(/\n/g)
    .map((piece) => {
      const item = piece.trim();
      return text(item.mask.startsWith('=') ? item.slice(1) : item);
    });
  const count = Number(words.find((word) => COUNT.test(word)) ?? 0);
  if (count > 0 && count < items.length) remarks.warn(giftSayings.orderingSubset);
  const scoring = words.find((word) => SCORING.test(word)) ?? 'ALL_OR_NOTHING';
  const isAdjacent = /^RELATIVE_/i.test(scoring);
  if (!isAdjacent && !/^ALL_OR_NOTHING$/i.test(scoring)) remarks.warn(giftSayings.orderingScoring);
  return { kind: 'ordering', items, scoring: isAdjacent ? 'adjacent' : 'exact' };
}
