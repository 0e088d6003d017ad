/** Every text of a question, and the feedback that choice questions have no place for. */

import type { FoundText } from '../found-text.ts';
import { isEmpty } from '../found-text.ts';
import { excerpt } from '../texts.ts';
import type { LmsBody, LmsGap, LmsOption, LmsQuestion } from './question.ts';

/** All texts, to see whether one of them is rich. */
export function textsOf({ stem, explanation, body }: LmsQuestion<FoundText>): readonly FoundText[] {
  return [stem, explanation, ...bodyTexts(body)];
}

function bodyTexts(body: LmsBody<FoundText>): readonly FoundText[] {
  switch (body.kind) {
    case 'choice':
      return body.options.flatMap(({ text, feedback }) => [text, feedback]);
    case 'trueFalse':
      return body.feedback;
    case 'shortText':
    case 'numeric':
      return body.answers.map(({ feedback }) => feedback);
    case 'matching':
      return body.pairs.flatMap(({ left, right }) => (left === null ? [right] : [left, right]));
    case 'ordering':
      return body.items;
    case 'cloze':
      return body.gaps.flatMap(gapTexts);
    default:
      return [];
  }
}

function gapTexts(gap: LmsGap<FoundText>): readonly FoundText[] {
  if (gap.kind === 'choice') return gap.options.flatMap(({ text, feedback }) => [text, feedback]);
  return gap.answers.map(({ feedback }) => feedback);
}

/** A feedback and the answer that it is about; empty: the whole question. */
export interface Feedback {
  readonly answer: string;
  readonly text: FoundText;
}

/** Feedback outside choice questions, where the key has no place for it. */
export function feedbackOf(body: LmsBody<FoundText>): readonly Feedback[] {
  return answersOf(body).filter(({ text }) => !isEmpty(text));
}

function answersOf(body: LmsBody<FoundText>): readonly Feedback[] {
  switch (body.kind) {
    case 'choice':
      return choiceFeedback(body.options);
    case 'trueFalse':
      return body.feedback.map((text) => ({ answer: '', text }));
    case 'shortText':
      return body.answers.map(({ pattern, feedback }) => ({ answer: pattern, text: feedback }));
    case 'numeric':
      return body.answers.map(({ accepted, feedback }) => ({ answer: numberText(accepted), text: feedback }));
    case 'cloze':
      return body.gaps.flatMap(gapFeedback);
    default:
      return [];
  }
}

/** Without a key there is no place for it. */
function choiceFeedback(options: readonly LmsOption<FoundText>[]): readonly Feedback[] {
  if (options.some(({ fraction }) => fraction > 0)) return [];
  return options.map(({ text, feedback }) => ({ answer: excerpt(text.plain ?? '…'), text: feedback }));
}

/** Gaps of choices keep theirs in the key, as choice questions do. */
function gapFeedback(gap: LmsGap<FoundText>): readonly Feedback[] {
  if (gap.kind === 'choice') return [];
  if (gap.kind === 'text')
    return gap.answers.map(({ pattern, feedback }) => ({ answer: excerpt(pattern), text: feedback }));
  return gap.answers.map(({ accepted, feedback }) => ({ answer: numberText(accepted), text: feedback }));
}

function numberText(
  accepted: { readonly value: number } | { readonly from: number; readonly to: number } | null,
): string {
  if (accepted === null) return '*';
  return 'value' in accepted ? String(accepted.value) : `${accepted.from}–${accepted.to}`;
}
