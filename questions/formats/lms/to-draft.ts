/** A question of a learning platform → a draft of ours. */

import type { NumericAccepted, NumericKey } from '../../kinds/numeric/key.ts';
import type { ShortTextKey } from '../../kinds/short-text/key.ts';
import { defaultScores } from '../../kinds/statements/key.ts';
import type { Json } from '../../question.ts';
import { cleanText } from '../../vietnamese.ts';
import type { Draft } from '../draft.ts';
import { type FoundText, isEmpty, joinFound, labelled, markupOf } from '../found-text.ts';
import { sayings } from '../message.ts';
import type { Remarks } from '../reading.ts';
import { choiceKeyOf } from './choice-marks.ts';
import { codeOfTitle, splitTags } from './labels.ts';
import { lmsSayings } from './messages.ts';
import type { LmsBody, LmsGap, LmsNumber, LmsOption, LmsPair, LmsPattern, LmsQuestion } from './question.ts';
import { feedbackOf, textsOf } from './texts.ts';
import { truthOf } from './truth-words.ts';

type Found = LmsQuestion<FoundText>;
type Pick = (text: FoundText) => string;

/** A kind with its two parts, without the stem. */
interface Parts {
  readonly kind: string;
  readonly prompt: { readonly [name: string]: Json };
  readonly key: Json | null;
}

/** The draft; what could not be carried over is said. */
export function draftOf(found: Found, remarks: Remarks): Draft {
  const rich = textsOf(found).some((text) => text.plain === null);
  const pick: Pick = (text) => (rich ? markupOf(text) : (text.plain ?? ''));
  const { kind, prompt, key } = partsOf(found.body, pick, remarks);
  const { tags, difficulty } = splitTags(found.tags);
  return {
    code: found.code ?? codeOfTitle(found.title),
    title: found.title,
    kind,
    prompt: { stem: pick(found.stem), ...(rich ? { rich } : {}), ...prompt },
    key,
    explanation: pick(explanationOf(found, remarks)),
    citation: null,
    topic: found.topic,
    difficulty,
    tags,
    points: found.points,
  };
}

/** Feedback of single answers has a place in choice questions only; elsewhere it is told with the explanation. */
function explanationOf({ explanation, body }: Found, remarks: Remarks): FoundText {
  const feedback = feedbackOf(body);
  if (feedback.length === 0) return explanation;
  remarks.note(sayings.feedbackJoined);
  const lines = feedback.map(({ answer, text }) => (answer === '' ? text : labelled(`“${answer}”:`, text)));
  return joinFound([explanation, ...lines]);
}

function partsOf(body: LmsBody<FoundText>, pick: Pick, remarks: Remarks): Parts {
  switch (body.kind) {
    case 'choice':
      return choiceParts(body.options, body.single, pick);
    case 'trueFalse':
      return {
        kind: 'trueFalse',
        prompt: {},
        key: body.right === null ? null : { right: body.right },
      };
    case 'shortText':
      return { kind: 'shortText', prompt: {}, key: shortTextKeyOf(body.answers, body.case) };
    case 'numeric':
      return { kind: 'numeric', prompt: { unit: body.unit }, key: numericKeyOf(body.answers) };
    case 'matching':
      return matchingParts(body.pairs, pick, remarks);
    case 'ordering':
      return orderingParts(body.items.map(pick), body.scoring);
    case 'cloze':
      return clozeParts(body.gaps, pick);
    case 'essay':
      return essayParts(body);
    case 'info':
      return { kind: 'info', prompt: {}, key: null };
  }
}

function choiceParts(options: readonly LmsOption<FoundText>[], single: boolean, pick: Pick): Parts {
  const marks = choiceKeyOf(
    options.map(({ fraction }) => fraction),
    single,
  );
  const feedback = options.map((option) => pick(option.feedback));
  const said = feedback.some((text) => text !== '') ? { feedback } : {};
  return {
    kind: 'choice',
    prompt: { options: options.map(({ text }) => pick(text)), multiple: !single },
    key: marks === null ? null : { ...marks, ...said },
  };
}

/** Platforms compare accents as they stand. Patterns that earn nothing are only there for their feedback. */
function shortTextKeyOf(answers: readonly LmsPattern<FoundText>[], isCase: boolean): ShortTextKey | null {
  const accepted = answers.filter(({ fraction }) => fraction > 0);
  if (accepted.length === 0) return null;
  const weights = accepted.map(({ fraction }) => fraction);
  return {
    accept: accepted.map(({ pattern }) => pattern),
    ...(weights.every((weight) => weight === 1) ? {} : { weights }),
    accents: true,
    case: isCase,
  };
}

function numericKeyOf(answers: readonly LmsNumber<FoundText>[]): NumericKey | null {
  const accept = answers.flatMap(({ accepted, fraction }): NumericAccepted[] => {
    if (accepted === null || fraction <= 0) return [];
    return [fraction === 1 ? accepted : { ...accepted, weight: fraction }];
  });
  const [first] = accept;
  if (first === undefined) return null;
  return accept.length === 1 ? first : { accept };
}

function matchingParts(pairs: readonly LmsPair<FoundText>[], pick: Pick, remarks: Remarks): Parts {
  const statements = statementsParts(pairs, pick);
  if (statements !== null) {
    remarks.note(lmsSayings.matchingIsStatements);
    return statements;
  }
  const rights: string[] = [];
  const lefts: string[] = [];
  const indexes: number[] = [];
  for (const { left, right } of pairs) {
    const text = pick(right);
    if (!rights.includes(text)) rights.push(text);
    if (left === null || isEmpty(left)) continue;
    lefts.push(pick(left));
    indexes.push(rights.indexOf(text));
  }
  return { kind: 'matching', prompt: { lefts, rights }, key: { pairs: indexes, scoring: 'share' } };
}

function statementsParts(pairs: readonly LmsPair<FoundText>[], pick: Pick): Parts | null {
  const truths = pairs.map(({ right }) => truthOf(right.plain ?? ''));
  const lefts = pairs.flatMap(({ left }) => (left === null || isEmpty(left) ? [] : [pick(left)]));
  const known = truths.slice(0, lefts.length);
  const extra = pairs.slice(lefts.length).some(({ left }) => left !== null && !isEmpty(left));
  if (extra || lefts.length < 2 || truths.includes(null)) return null;
  const equal = Array.from({ length: lefts.length + 1 }, (_, right) => right / lefts.length);
  const scores = defaultScores(lefts.length).every((score, right) => score === equal[right])
    ? {}
    : { scores: equal };
  return { kind: 'statements', prompt: { statements: lefts }, key: { truths: known, ...scores } };
}

function orderingParts(items: readonly string[], scoring: 'exact' | 'adjacent'): Parts {
  const order = items.map((_, index) => index);
  return { kind: 'ordering', prompt: { items }, key: { order, scoring } };
}

function clozeParts(gaps: readonly LmsGap<FoundText>[], pick: Pick): Parts {
  const weights = gaps.map(({ weight }) => weight);
  const shown = gaps.map((gap): Json => {
    if (gap.kind === 'choice') return { kind: 'choice', options: gap.options.map(({ text }) => pick(text)) };
    return gap.kind === 'text' ? { kind: 'text' } : { kind: 'number', unit: '' };
  });
  const keys = gaps.map((gap) => gapKeyOf(gap, pick));
  const same = weights.every((weight) => weight === weights[0]);
  return {
    kind: 'cloze',
    prompt: { gaps: shown },
    key: keys.every((key) => key === null) ? null : { gaps: keys, ...(same ? {} : { weights }) },
  };
}

function gapKeyOf(gap: LmsGap<FoundText>, pick: Pick): Json | null {
  if (gap.kind === 'choice') return choiceParts(gap.options, true, pick).key;
  if (gap.kind === 'text') return shortTextKeyOf(gap.answers, gap.case);
  const key = numericKeyOf(gap.answers);
  return key;
}

function essayParts({ rubric, maxWords }: Extract<LmsBody<FoundText>, { kind: 'essay' }>): Parts {
  const lines = rubric.map(({ text, points }) => ({ text: cleanText(text), points }));
  return { kind: 'essay', prompt: { maxWords }, key: lines.length === 0 ? null : { rubric: lines } };
}
