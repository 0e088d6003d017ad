/** One block of a GIFT file → a question as learning platforms think of it. */
import { cleanText } from '../../vietnamese.ts';
import { type FoundText, noText } from '../found-text.ts';
import { topicOfPath } from '../lms/labels.ts';
import type { LmsBody, LmsQuestion } from '../lms/question.ts';
import type { MediaShelf } from '../media.ts';
import type { Saying } from '../message.ts';
import type { Remarks } from '../reading.ts';
import { bodyOfAnswers } from './answers.ts';
import { type GiftBlock, isComment } from './blocks.ts';
import { GiftText, unescapeGift } from './gift-text.ts';
import { giftSayings } from './messages.ts';
import { answerContext, type TextKind, takeKind } from './text-kind.ts';

/** What a block turned out to be. */
export type Parsed =
  | { readonly is: 'comment' }
  | { readonly is: 'category'; readonly topic: string }
  | { readonly is: 'question'; readonly question: LmsQuestion<FoundText> }
  | { readonly is: 'broken' };

const CATEGORY = /^\$CATEGORY\s*:\s*/i;
const ID = /\[id:((?:\\\]|[^\]]){1,500})\]/i;
const TAG = /\[tag:((?:\\\]|[^\]]){1,500})\]/gi;
/** Where the gap of a missing word was. */
const GAP = '_____';

/** Reads a block; `topic` is the category that stands before it. */
export function parseGift(block: GiftBlock, topic: string, shelf: MediaShelf, remarks: Remarks): Parsed {
  const comments = block.lines.filter(isComment).join('\n');
  const body = block.lines
    .filter((line) => !isComment(line))
    .join('\n')
    .trim();
  if (body === '') return { is: 'comment' };
  if (CATEGORY.test(body)) {
    return { is: 'category', topic: topicOfPath(body.replace(CATEGORY, '').replace(/\\([~=#{}:])/g, '$1')) };
  }
  if (block.fused) remarks.warn(giftSayings.fused);
  const { title, rest } = titleOf(new GiftText(body), remarks);
  const { kind, text: piece } = takeKind(rest.trim());
  const cut = cutAnswers(piece);
  if ('code' in cut) {
    remarks.error(cut);
    return { is: 'broken' };
  }
  const found = readParts(cut, kind, shelf, remarks);
  if (found === null) return { is: 'broken' };
  return {
    is: 'question',
    question: {
      ...found,
      code: bracketed(ID.exec(comments)?.[1]) || null,
      title,
      topic,
      tags: [...comments.matchAll(TAG)].map(([, tag]) => bracketed(tag)),
      points: null,
    },
  };
}

function bracketed(text: string | undefined): string {
  return cleanText((text ?? '').replaceAll('\\]', ']'));
}

function titleOf(body: GiftText, remarks: Remarks): { readonly title: string; readonly rest: GiftText } {
  if (!body.mask.startsWith('::')) return { title: '', rest: body };
  const end = body.indexOf('::', 2);
  if (end >= 0) {
    const title = cleanText(unescapeGift(body.slice(2, end).raw));
    return { title, rest: body.slice(end + 2) };
  }
  remarks.warn(giftSayings.titleOpen);
  return { title: '', rest: body.slice(2) };
}

interface Cut {
  readonly stem: GiftText;
  /** Null: no braces, a description. */
  readonly answers: GiftText | null;
  /** Text behind the braces: the question is a sentence with a gap. */
  readonly tail: GiftText;
}

function cutAnswers(text: GiftText): Cut | Saying {
  const open = text.indexOf('{');
  const close = text.indexOf('}');
  if (open < 0 && close < 0) return { stem: text, answers: null, tail: new GiftText('') };
  if (open < 0 || (close >= 0 && close < open)) return giftSayings.braceStray;
  if (close < 0) return giftSayings.braceOpen;
  const nested = text.indexOf('{', open + 1);
  if (nested >= 0 && nested < close) return giftSayings.braceNested;
  if (nested >= 0) return giftSayings.severalAnswers;
  if (text.indexOf('}', close + 1) >= 0) return giftSayings.braceStray;
  return { stem: text.slice(0, open), answers: text.slice(open + 1, close), tail: text.slice(close + 1) };
}

type FoundParts = Pick<LmsQuestion<FoundText>, 'stem' | 'explanation'> & {
  readonly body: LmsBody<FoundText>;
};

function readParts(
  { stem, answers, tail }: Cut,
  kind: TextKind,
  shelf: MediaShelf,
  remarks: Remarks,
): FoundParts | null {
  const context = answerContext(kind, shelf, remarks);
  const { text } = context;
  if (answers === null) return { stem: text(stem), explanation: noText, body: { kind: 'info' } };
  const feedbackAt = answers.mask.lastIndexOf('####');
  const section = feedbackAt < 0 ? answers : answers.slice(0, feedbackAt);
  const body = bodyOfAnswers(section, context);
  if (body === null) return null;
  const explanation = feedbackAt < 0 ? noText : text(answers.slice(feedbackAt + 4));
  const sentence = tail.isBlank ? stem : new GiftText(`${stem.raw}${gapIn(kind)}${tail.raw}`);
  return { stem: text(sentence), explanation, body };
}

/** In Markdown a row of underscores is a line. */
function gapIn(kind: TextKind): string {
  return kind === 'markdown' ? GAP.replaceAll('_', '\\\\_') : GAP;
}
