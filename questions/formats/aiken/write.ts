/** Writes Aiken: stems and options on one line each, one right option; the rest is declared as lost. */
import { isChoiceKey } from '../../kinds/choice/key.ts';
import { isChoicePrompt } from '../../kinds/choice/prompt.ts';
import { isTrueFalseKey } from '../../kinds/true-false/key.ts';
import type { Question } from '../../question.ts';
import { parse, write } from '../../rich-text.ts';
import { cleanText } from '../../vietnamese.ts';
import type { Writing } from '../format.ts';
import { markupOf } from '../found-text.ts';
import { bareOf, picturesIn } from '../html-out.ts';
import { hasLatex } from '../latex.ts';
import { Losses } from '../losses.ts';
import { foundInPlainText } from '../rich-html.ts';
import { letterOf } from '../texts.ts';
import { looksStructural } from './blocks.ts';

/** Writes what Aiken can hold. */
export function writeAiken(questions: readonly Question[]): Writing {
  const losses = new Losses();
  const blocks = questions.map((question, index) => writeQuestion(question, index, losses));
  const text = blocks.filter((block) => block !== '').join('\n');
  return { bytes: new TextEncoder().encode(text), losses: losses.all };
}

const FIELDS = ['code', 'explanation', 'citation', 'topic', 'difficulty', 'tags', 'points'] as const;

function writeQuestion(question: Question, index: number, losses: Losses): string {
  const parts = bareParts(question);
  if (parts === null || !canStand(parts)) {
    losses.add(index, 'omitted');
    return '';
  }
  if (question.kind !== 'choice') losses.add(index, 'kind');
  losses.addFields(index, question, FIELDS);
  sayTextLosses(question, parts, index, losses);
  const options = parts.options.map((option, place) => `${letterOf(place)}) ${oneLine(option)}`);
  const answer = parts.right === null ? '' : letterOf(parts.right);
  return [oneLine(parts.stem), ...options, `ANSWER: ${answer}`.trim(), ''].join('\n');
}

/** Nothing is empty, and the stem is not taken for an option or an answer. */
function canStand({ stem, options }: Parts): boolean {
  return ![stem, ...options].some((text) => oneLine(text) === '') && !looksStructural(oneLine(stem));
}

/** Letters of rich texts, with their formulas. */
function bareParts(question: Question): Parts | null {
  const parts = partsOf(question);
  if (parts === null || !isRich(question)) return parts;
  return { ...parts, stem: bareOf(parts.stem), options: parts.options.map((option) => bareOf(option)) };
}

function isRich({ prompt }: Question): boolean {
  return 'rich' in prompt && prompt.rich === true;
}

function sayTextLosses(question: Question, bare: Parts, index: number, losses: Losses): void {
  const lines = [bare.stem, ...bare.options];
  const original = partsOf(question);
  if (lines.some((line) => oneLine(line) !== line)) losses.add(index, 'layout');
  if (isChoiceKey(question.key) && question.key.right.length > 1) losses.add(index, 'key');
  if (isChoiceKey(question.key) && question.key.feedback?.some((text) => text !== ''))
    losses.add(index, 'key');
  if (isChoiceKey(question.key) && question.key.scoring === 'weights') losses.add(index, 'scoring');
  const texts = original === null ? [] : [original.stem, ...original.options];
  const survives = isRich(question) ? texts.every(survivesBare) : !lines.some(hasLatex);
  if (!survives) losses.add(index, 'rich');
  if (texts.some((text) => isRich(question) && picturesIn(text).length > 0)) losses.add(index, 'media');
}

/** Whether letters and formulas are all that is in a rich text. */
function survivesBare(markup: string): boolean {
  return markupOf(foundInPlainText(oneLine(bareOf(markup)))) === write(parse(markup));
}

interface Parts {
  readonly stem: string;
  readonly options: readonly string[];
  /** Index of the right option; null: no key. */
  readonly right: number | null;
}

function partsOf({ kind, prompt, key }: Question): Parts | null {
  if (kind === 'trueFalse') return trueFalseParts(prompt.stem, key);
  if (kind !== 'choice' || !isChoicePrompt(prompt) || prompt.multiple) return null;
  const { stem, options } = prompt;
  if (key === null) return { stem, options, right: null };
  return isChoiceKey(key) ? { stem, options, right: key.right[0] ?? null } : null;
}

/** True and false become two options. */
function trueFalseParts(stem: string, key: Question['key']): Parts {
  const right = isTrueFalseKey(key) ? Number(!key.right) : null;
  return { stem, options: ['Đúng', 'Sai'], right };
}

function oneLine(text: string): string {
  return cleanText(text);
}
