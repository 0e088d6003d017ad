/** A question of ours → a question as learning platforms think of it, with what that loses. */
import { type ChoiceKey, isChoiceKey } from '../../kinds/choice/key.ts';
import { isChoicePrompt } from '../../kinds/choice/prompt.ts';
import { isClozeKey } from '../../kinds/cloze/key.ts';
import { type ClozeGap, isClozePrompt } from '../../kinds/cloze/prompt.ts';
import { isEssayKey } from '../../kinds/essay/key.ts';
import { isEssayPrompt } from '../../kinds/essay/prompt.ts';
import { isEstimateKey } from '../../kinds/estimate/key.ts';
import { isMatchingKey } from '../../kinds/matching/key.ts';
import { isMatchingPrompt } from '../../kinds/matching/prompt.ts';
import { acceptedNumbers, isNumericKey, type NumericKey } from '../../kinds/numeric/key.ts';
import { isNumericPrompt } from '../../kinds/numeric/prompt.ts';
import { isOrderingKey } from '../../kinds/ordering/key.ts';
import { isOrderingPrompt } from '../../kinds/ordering/prompt.ts';
import { isShortTextKey, type ShortTextKey } from '../../kinds/short-text/key.ts';
import { defaultScores, isStatementsKey } from '../../kinds/statements/key.ts';
import { isStatementsPrompt } from '../../kinds/statements/prompt.ts';
import { isTrueFalseKey } from '../../kinds/true-false/key.ts';
import type { Json, Question } from '../../question.ts';
import type { LossCode } from '../losses.ts';
import { fractionsOf, percentOfShare, shareOfPercent } from './choice-marks.ts';
import { difficultyTag } from './labels.ts';
import type { LmsBody, LmsGap, LmsNumber, LmsOption, LmsPattern, LmsQuestion } from './question.ts';
import { truthOf } from './truth-words.ts';

type Body = LmsBody<string>;
type Lose = (code: LossCode) => void;

/** The question, or null when platforms have nothing like it. Texts stay as they are, plain or in markup. */
export function lmsOf(question: Question, lose: Lose): LmsQuestion<string> | null {
  const body = bodyOf(question, lose);
  if (body === null) {
    lose('omitted');
    return null;
  }
  const { code, prompt, explanation, topic, points, difficulty, tags } = question;
  if (question.citation !== null) lose('citation');
  return {
    code,
    title: code,
    stem: prompt.stem,
    explanation,
    topic,
    tags: [difficultyTag(difficulty), ...tags],
    points,
    body,
  };
}

function bodyOf({ kind, prompt, key }: Question, lose: Lose): Body | null {
  switch (kind) {
    case 'choice':
      return choiceBody(prompt, key, lose);
    case 'trueFalse':
      return { kind, right: isTrueFalseKey(key) ? key.right : null, feedback: [] };
    case 'shortText':
      return {
        kind,
        answers: patternsOf(isShortTextKey(key) ? key : null, lose),
        case: isShortTextKey(key) && key.case,
      };
    case 'numeric':
      if (!isNumericPrompt(prompt)) return null;
      return { kind, answers: numbersOf(isNumericKey(key) ? key : null, lose), unit: prompt.unit };
    case 'statements':
      return statementsBody(prompt, key, lose);
    case 'matching':
      return matchingBody(prompt, key, lose);
    case 'ordering':
      return orderingBody(prompt, key);
    case 'cloze':
      return clozeBody(prompt, key, lose);
    case 'estimate':
      return estimateBody(prompt, key, lose);
    case 'essay':
      if (!isEssayPrompt(prompt)) return null;
      return { kind, rubric: isEssayKey(key) ? key.rubric : [], maxWords: prompt.maxWords };
    case 'info':
      return { kind };
    default:
      return null;
  }
}

function choiceBody(prompt: Json, key: Json | null, lose: Lose): Body | null {
  if (!isChoicePrompt(prompt) || !(key === null || isChoiceKey(key))) return null;
  const { options, multiple } = prompt;
  if (multiple && key !== null && (key.scoring ?? 'allOrNothing') === 'allOrNothing') lose('scoring');
  return { kind: 'choice', options: optionsOf(options, key, !multiple, lose), single: !multiple };
}

function optionsOf(
  options: readonly string[],
  key: ChoiceKey | null,
  single: boolean,
  lose: Lose,
): readonly LmsOption<string>[] {
  const fractions = fractionsOf(key, options.length, single);
  if (key?.scoring === 'weights') sayUnwritable(fractions, lose);
  return options.map((text, i) => ({
    text,
    fraction: fractions[i] ?? 0,
    feedback: key?.feedback?.[i] ?? '',
  }));
}

/** Platforms write percent with five decimals. */
function sayUnwritable(shares: readonly number[], lose: Lose): void {
  if (shares.some((share) => shareOfPercent(Number(percentOfShare(share))) !== share)) lose('scoring');
}

function patternsOf(key: ShortTextKey | null, lose: Lose): readonly LmsPattern<string>[] {
  if (key === null) return [];
  if (!key.accents) lose('shape');
  sayUnwritable(key.weights ?? [], lose);
  return key.accept.map((pattern, i) => ({ pattern, fraction: key.weights?.[i] ?? 1, feedback: '' }));
}

function numbersOf(key: NumericKey | null, lose: Lose): readonly LmsNumber<string>[] {
  if (key === null) return [];
  const accepted = acceptedNumbers(key);
  sayUnwritable(
    accepted.map(({ weight = 1 }) => weight),
    lose,
  );
  return accepted.map(({ weight = 1, ...range }) => ({ accepted: range, fraction: weight, feedback: '' }));
}

/** Statements become pairs with "Đúng" and "Sai", which our readers take for statements again. */
function statementsBody(prompt: Json, key: Json | null, lose: Lose): Body | null {
  if (!isStatementsPrompt(prompt) || !isStatementsKey(key) || key.truths.includes(null)) return null;
  const { statements } = prompt;
  const scores = key.scores ?? defaultScores(statements.length);
  if (scores.some((score, right) => Math.abs(score - right / statements.length) > 1e-9)) lose('scoring');
  if (statements.length < 2) lose('kind');
  return {
    kind: 'matching',
    pairs: statements.map((left, i) => ({ left, right: key.truths[i] === true ? 'Đúng' : 'Sai' })),
  };
}

function matchingBody(prompt: Json, key: Json | null, lose: Lose): Body | null {
  if (!isMatchingPrompt(prompt) || !isMatchingKey(key)) return null;
  const { lefts, rights } = prompt;
  if (key.scoring === 'allOrNothing') lose('scoring');
  if (rights.every((right) => truthOf(right) !== null)) lose('kind');
  const pairs = lefts.map((left, i) => ({ left, right: rights[key.pairs[i] ?? -1] ?? '' }));
  const others = rights.filter((_, i) => !key.pairs.includes(i)).map((right) => ({ left: null, right }));
  return { kind: 'matching', pairs: [...pairs, ...others] };
}

function orderingBody(prompt: Json, key: Json | null): Body | null {
  if (!isOrderingPrompt(prompt) || !isOrderingKey(key)) return null;
  const items = key.order.flatMap((index) => prompt.items[index] ?? []);
  return { kind: 'ordering', items, scoring: key.scoring ?? 'exact' };
}

function clozeBody(prompt: Json, key: Json | null, lose: Lose): Body | null {
  if (!isClozePrompt(prompt) || !(key === null || isClozeKey(key))) return null;
  const weights = key?.weights ?? [];
  if (weights.some((weight) => !Number.isInteger(weight))) lose('scoring');
  const gaps = prompt.gaps.map((gap, i) => gapOf(gap, key?.gaps[i] ?? null, weights[i] ?? 1, lose));
  return { kind: 'cloze', gaps };
}

function gapOf(gap: ClozeGap, key: Json | null, share: number, lose: Lose): LmsGap<string> {
  const weight = Math.max(1, Math.round(share));
  if (gap.kind === 'choice') {
    return {
      kind: 'choice',
      weight,
      options: optionsOf(gap.options, isChoiceKey(key) ? key : null, true, lose),
    };
  }
  if (gap.kind === 'text') {
    const typed = isShortTextKey(key) ? key : null;
    return { kind: 'text', weight, answers: patternsOf(typed, lose), case: typed?.case ?? false };
  }
  if (gap.unit !== '') lose('unit');
  return { kind: 'number', weight, answers: numbersOf(isNumericKey(key) ? key : null, lose) };
}

/** Bands of an estimate are tolerances with weights. */
function estimateBody(prompt: Json, key: Json | null, lose: Lose): Body | null {
  if (!isNumericPrompt(prompt)) return null;
  lose('kind');
  const { truth = null, bands = [] } = isEstimateKey(key) ? key : {};
  if (truth === null) return { kind: 'numeric', answers: [], unit: prompt.unit };
  const near = bands.filter(({ share }) => share > 0);
  const answers = (near.length === 0 ? [{ within: 0, share: 1 }] : near).map(({ within, share }) => ({
    accepted: { value: truth, tolerance: within },
    fraction: share,
    feedback: '',
  }));
  return { kind: 'numeric', answers, unit: prompt.unit };
}
