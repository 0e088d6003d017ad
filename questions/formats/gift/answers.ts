/** The answer section of a GIFT question: `{…}` without its braces and without the general feedback. */
import { cleanText } from '../../vietnamese.ts';
import { type FoundText, noText } from '../found-text.ts';
import { shareOfPercent } from '../lms/choice-marks.ts';
import { lmsSayings } from '../lms/messages.ts';
import { numberOf } from '../lms/numbers.ts';
import type { LmsBody, LmsNumber, LmsOption, LmsPair, LmsPattern } from '../lms/question.ts';
import type { Remarks } from '../reading.ts';
import { excerpt } from '../texts.ts';
import { type GiftText, unescapeGift } from './gift-text.ts';
import { giftSayings } from './messages.ts';
import { orderingBody } from './ordering.ts';
import type { AnswerContext } from './text-kind.ts';

const WEIGHT = /^\s*%\s*(-?\d+(?:[.,]\d+)?)\s*%/;
const TRUE_FALSE = /^(?:(T|TRUE|Đ|ĐÚNG)|F|FALSE|S|SAI)$/iu;

/** The body of the question; null when it cannot be understood (the remarks say why). */
export function bodyOfAnswers(answers: GiftText, context: AnswerContext): LmsBody<FoundText> | null {
  const start = answers.mask.trimStart();
  if (start === '') return { kind: 'essay', rubric: [], maxWords: null };
  if (start.startsWith('#')) return numericBody(answers.slice(answers.indexOf('#') + 1), context);
  if (start.startsWith('>')) return orderingBody(answers.slice(answers.indexOf('>') + 1), context);
  if (answers.mask.includes('~')) return choiceBody(answers, context);
  if (start.startsWith('=') && answers.mask.includes('->')) return matchingBody(answers, context);
  return trueFalseBody(answers, context) ?? shortTextBody(answers, context);
}

function choiceBody(answers: GiftText, context: AnswerContext): LmsBody<FoundText> {
  const parts = answers.splitBefore(/[~=]/g);
  const marked = parts.filter((part) => /^[~=]/.test(part.mask));
  sayTextBefore(parts, context.remarks);
  const options = marked.map((part) => optionOf(part, context));
  const hasRight = marked.some((part) => part.mask.startsWith('='));
  return { kind: 'choice', options, single: hasRight || options.every(({ fraction }) => fraction <= 0) };
}

function sayTextBefore(parts: readonly GiftText[], remarks: Remarks): void {
  const before = parts.find((part) => !/^[~=]/.test(part.mask));
  if (before !== undefined) remarks.error(giftSayings.textBeforeAnswers(excerpt(before.raw)));
}

function optionOf(part: GiftText, { text, remarks }: AnswerContext): LmsOption<FoundText> {
  const { rest, share } = weightOf(part.slice(1), part.mask.startsWith('=') ? 1 : 0, remarks);
  const [answer, feedback] = rest.cut('#');
  return { text: text(answer), fraction: share, feedback: feedback === null ? noText : text(feedback) };
}

interface Weighed {
  readonly rest: GiftText;
  readonly share: number;
}

/** Takes `%50%` off the front. */
function weightOf(part: GiftText, otherwise: number, remarks: Remarks): Weighed {
  const [all = '', digits = ''] = WEIGHT.exec(part.mask) ?? [];
  if (all === '') return { rest: part, share: otherwise };
  const percent = numberOf(digits) ?? Number.NaN;
  if (Math.abs(percent) <= 100) return { rest: part.slice(all.length), share: shareOfPercent(percent) };
  remarks.error(lmsSayings.weightUnreadable(digits));
  return { rest: part.slice(all.length), share: 0 };
}

function trueFalseBody(
  answers: GiftText,
  { text }: AnswerContext,
): Extract<LmsBody<FoundText>, { kind: 'trueFalse' }> | null {
  const [word, ...feedback] = answers.splitBefore(/#/g);
  const match = TRUE_FALSE.exec(word?.raw.trim() ?? '');
  if (match === null) return null;
  return {
    kind: 'trueFalse',
    right: match[1] !== undefined,
    feedback: feedback.map((piece) => text(piece.slice(1))),
  };
}

function shortTextBody(answers: GiftText, { text, bare, remarks }: AnswerContext): LmsBody<FoundText> {
  const parts = answers.splitBefore(/=/g);
  if (parts.some((part) => !part.mask.startsWith('='))) remarks.warn(giftSayings.noEquals);
  const patterns = parts.map((part): LmsPattern<FoundText> => {
    const marked = part.mask.startsWith('=') ? part.slice(1) : part;
    const { rest, share } = weightOf(marked, 1, remarks);
    const [answer, feedback] = rest.cut('#');
    const pattern = cleanText(bare(answer));
    return { pattern, fraction: share, feedback: feedback === null ? noText : text(feedback) };
  });
  return { kind: 'shortText', answers: patterns.filter(({ pattern }) => pattern !== ''), case: false };
}

function numericBody(answers: GiftText, context: AnswerContext): LmsBody<FoundText> {
  const parts = answers.splitBefore(/[=~]/g);
  return { kind: 'numeric', answers: parts.map((part) => numberPart(part, context)), unit: '' };
}

function numberPart(part: GiftText, { text, remarks }: AnswerContext): LmsNumber<FoundText> {
  const isWrong = part.mask.startsWith('~');
  const marked = /^[=~]/.test(part.mask) ? part.slice(1) : part;
  const { rest, share } = weightOf(marked, isWrong ? 0 : 1, remarks);
  const [answer, feedback] = rest.cut('#');
  const accepted = acceptedOf(unescapeGift(answer.raw).trim());
  if (accepted === undefined) remarks.error(lmsSayings.numberUnreadable(excerpt(answer.raw)));
  return {
    accepted: accepted ?? null,
    fraction: accepted === undefined || accepted === null ? 0 : share,
    feedback: feedback === null ? noText : text(feedback),
  };
}

/** A value, `value:tolerance`, `from..to`; null for any number; undefined when it is none of these. */
function acceptedOf(text: string): LmsNumber<FoundText>['accepted'] | undefined {
  if (text === '' || text === '*') return null;
  const [from, to, ...more] = text.split('..').map(numberOf);
  if (from !== undefined && from !== null && to !== undefined && to !== null && more.length === 0)
    return { from: Math.min(from, to), to: Math.max(from, to) };
  const [value, tolerance, ...others] = text.split(':').map(numberOf);
  if (value === undefined || value === null || tolerance === null || others.length > 0) return undefined;
  return { value, tolerance: Math.abs(tolerance ?? 0) };
}

function matchingBody(answers: GiftText, { text, side, remarks }: AnswerContext): LmsBody<FoundText> {
  const pairs = answers.splitBefore(/=/g).flatMap((part): LmsPair<FoundText>[] => {
    const [left, right] = part.slice(1).cut('->');
    if (right !== null) return [{ left: left.isBlank ? null : text(left), right: side(right) }];
    remarks.error(giftSayings.pairBroken(excerpt(part.raw)));
    return [];
  });
  return { kind: 'matching', pairs };
}
