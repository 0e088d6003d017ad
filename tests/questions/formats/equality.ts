/**
 * Whether a question came back as it went out, apart from what was declared as lost. Two ways of saying the same (the
 * order in which the items of an ordering are stored, weights that mean a share each) are made one first.
 */
import type { Draft } from '../../../questions/formats/draft.ts';
import type { Loss } from '../../../questions/formats/format.ts';
import { choiceKeyOf, fractionsOf } from '../../../questions/formats/lms/choice-marks.ts';
import { type ChoiceKey, isChoiceKey } from '../../../questions/kinds/choice/key.ts';
import { isChoicePrompt } from '../../../questions/kinds/choice/prompt.ts';
import { isClozeKey } from '../../../questions/kinds/cloze/key.ts';
import { isClozePrompt } from '../../../questions/kinds/cloze/prompt.ts';
import { isMatchingKey } from '../../../questions/kinds/matching/key.ts';
import { isMatchingPrompt } from '../../../questions/kinds/matching/prompt.ts';
import { acceptedNumbers, isNumericKey } from '../../../questions/kinds/numeric/key.ts';
import { isOrderingKey } from '../../../questions/kinds/ordering/key.ts';
import { isOrderingPrompt } from '../../../questions/kinds/ordering/prompt.ts';
import { isShortTextKey } from '../../../questions/kinds/short-text/key.ts';
import { defaultScores, isStatementsKey } from '../../../questions/kinds/statements/key.ts';
import type { Json, Question } from '../../../questions/question.ts';
import { escapeText, parse, plainText, write } from '../../../questions/rich-text.ts';

type Common = Question | Draft;
type Record = { readonly [name: string]: Json };

/** The questions that are there after all losses, each with the codes of what it lost. */
export function remaining(questions: readonly Question[], losses: readonly Loss[]) {
  return questions
    .map((question, index) => ({
      question,
      lost: new Set(losses.filter((loss) => loss.question === index).map(({ code }) => code)),
    }))
    .filter(({ lost }) => !lost.has('omitted'));
}

/** What must be equal. */
export function comparable(question: Common, lost: ReadonlySet<string>): unknown {
  const field = <Value>(name: string, value: Value) => (lost.has(name) ? 'lost' : value);
  return {
    code: field('code', question.code),
    explanation: field('explanation', textual(asMarkup(question.explanation, isRich(question)), lost)),
    citation: field('citation', question.citation),
    topic: field('topic', question.topic),
    difficulty: field('difficulty', question.difficulty),
    tags: field('tags', question.tags.toSorted()),
    points: field('points', question.points ?? 100),
    ...(lost.has('kind') ? {} : { kind: question.kind, ...bodyOf(question, lost) }),
  };
}

function isRich({ prompt }: Common): boolean {
  return 'rich' in prompt && prompt.rich === true;
}

/** A question that is marked as rich and has nothing rich in it may come back as a plain one. */
function asMarkup(value: Json, rich: boolean): Json {
  const texts = mapStrings(value, (text) => (rich ? write(parse(text)) : escapeText(text)));
  if (typeof texts !== 'object' || texts === null || isList(texts)) return texts;
  return { ...texts, rich: true };
}

function keyAsMarkup(key: Json | null, rich: boolean): Json | null {
  if (isClozeKey(key)) return { ...key, gaps: key.gaps.map((gap) => keyAsMarkup(gap, rich)) };
  if (!isChoiceKey(key) || key.feedback === undefined) return key;
  return { ...key, feedback: asMarkup(key.feedback, rich) };
}

/** Line breaks and spaces may be lost; pictures and formatting too. */
function textual(value: Json, lost: ReadonlySet<string>): Json {
  if (lost.has('rich') || lost.has('media')) return 'lost';
  if (!lost.has('layout')) return value;
  return mapStrings(value, (text) => plainText(text).replace(/\s+/g, ' ').trim());
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}

function mapStrings(value: Json, map: (text: string) => string): Json {
  if (typeof value === 'string') return map(value);
  if (isList(value)) return value.map((item) => mapStrings(item, map));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, mapStrings(item, map)]));
}

function bodyOf({ kind, prompt, key }: Common, lost: ReadonlySet<string>) {
  const rich = 'rich' in prompt && prompt.rich === true;
  const found = canonical(kind, asMarkup(prompt, rich), keyAsMarkup(key, rich));
  const shown: { [name: string]: Json } = { ...found.prompt };
  if (lost.has('unit')) shown.unit = 'lost';
  if (lost.has('shape')) for (const name of ['multiple', 'maxWords']) delete shown[name];
  return { prompt: textual(shown, lost), key: keyOf(found.key, lost) };
}

const OF_SCORING = ['scoring', 'weights', 'scores'];
const OF_SHAPE = ['accents', 'case'];

function keyOf(key: Json | null, lost: ReadonlySet<string>): Json {
  if (lost.has('key')) return 'lost';
  if (lost.has('shape') && isNumericKey(key)) return 'numbers';
  return textual(without(key, lost), lost);
}

function without(value: Json, lost: ReadonlySet<string>): Json {
  if (lost.has('shape') && isNumericKey(value)) return 'numbers';
  if (isList(value)) return value.map((item) => without(item, lost));
  if (typeof value !== 'object' || value === null) return value;
  const names = Object.entries(value).filter(
    ([name]) =>
      !(lost.has('scoring') && OF_SCORING.includes(name)) && !(lost.has('shape') && OF_SHAPE.includes(name)),
  );
  return Object.fromEntries(names.map(([name, item]) => [name, without(item, lost)]));
}

function canonical(kind: string, prompt: Json, key: Json | null): { prompt: Record; key: Json | null } {
  const shown: Record = typeof prompt === 'object' && prompt !== null && !isList(prompt) ? { ...prompt } : {};
  if (kind === 'choice' && isChoicePrompt(prompt) && isChoiceKey(key))
    return { prompt: shown, key: canonicalChoice(key, prompt.options.length, !prompt.multiple) };
  if (kind === 'shortText' && isShortTextKey(key)) return { prompt: shown, key: canonicalShortText(key) };
  if (isNumericKey(key)) return { prompt: shown, key: canonicalNumeric(key) };
  if (isMatchingPrompt(prompt) && isMatchingKey(key)) {
    const pairs = prompt.lefts.map((left, i) => [left, prompt.rights[key.pairs[i] ?? -1] ?? '']);
    return {
      prompt: { ...shown, rights: prompt.rights.toSorted() },
      key: { pairs, scoring: key.scoring ?? 'share' },
    };
  }
  if (isOrderingPrompt(prompt) && isOrderingKey(key)) {
    const order = key.order.map((index) => prompt.items[index] ?? '');
    return {
      prompt: { ...shown, items: prompt.items.toSorted() },
      key: { order, scoring: key.scoring ?? 'exact' },
    };
  }
  if (kind === 'statements' && isStatementsKey(key))
    return { prompt: shown, key: { ...key, scores: key.scores ?? defaultScores(key.truths.length) } };
  if (isClozePrompt(prompt) && isClozeKey(key)) {
    const gaps = key.gaps.map((gap, i): Json => {
      const shape = prompt.gaps[i];
      if (shape?.kind === 'choice' && isChoiceKey(gap))
        return canonicalChoice(gap, shape.options.length, true);
      if (isShortTextKey(gap)) return canonicalShortText(gap);
      return isNumericKey(gap) ? canonicalNumeric(gap) : gap;
    });
    return { prompt: shown, key: { ...key, gaps } };
  }
  return { prompt: shown, key };
}

function canonicalChoice(key: ChoiceKey, options: number, single: boolean): Json {
  const feedback = key.feedback?.some((text) => text !== '') ? { feedback: key.feedback } : {};
  if (!single && (key.scoring ?? 'allOrNothing') === 'allOrNothing')
    return { right: key.right.toSorted(), scoring: 'allOrNothing', ...feedback };
  return { ...choiceKeyOf(fractionsOf(key, options, single), single), ...feedback };
}

function canonicalShortText(key: Json): Json {
  if (!isShortTextKey(key)) return key;
  return { ...key, weights: key.weights ?? key.accept.map(() => 1) };
}

function canonicalNumeric(key: Json): Json {
  if (!isNumericKey(key)) return key;
  return acceptedNumbers(key).map((accepted) => ({ weight: 1, ...accepted }));
}
