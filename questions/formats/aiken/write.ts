/** Writes Aiken: stems and options on one line each, one right option; the rest is declared as lost. */
import { isChoiceKey } from '../../kinds/choice/key.ts';
import { isChoicePrompt } from '../../kinds/choice/prompt.ts';
import { isTrueFalseKey } from '../../kinds/true-false/key.ts';
import type { Question } from '../../question.ts';
import { cleanText } from '../../vietnamese.ts';
import type { Writing } from '../format.ts';
import { Losses } from '../losses.ts';
import { letterOf } from '../texts.ts';
import { looksStructural } from './blocks.ts';

/** Writes what Aiken can hold. */
export function writeAiken(questions: readonly Question[]): Writing {
  const losses = new Losses();
  const blocks = questions.map((question, index) => writeQuestion(question, index, losses));
  const text = blocks.filter((block) => block !== '').join('\n');
  return { bytes: new TextEncoder().encode(text), losses: losses.all };
}

function writeQuestion(question: Question, index: number, losses: Losses): string {
  const parts = partsOf(question);
  if (parts === null || looksStructural(oneLine(parts.stem))) {
    losses.add(index, 'omitted');
    return '';
  }
  if (question.kind !== 'choice') losses.add(index, 'kind');
  losses.addFields(index, question, [
    'code',
    'explanation',
    'citation',
    'topic',
    'difficulty',
    'tags',
    'points',
  ]);
  const lines = [parts.stem, ...parts.options];
  if (lines.some((line) => oneLine(line) !== line)) losses.add(index, 'layout');
  const options = parts.options.map((option, place) => `${letterOf(place)}) ${oneLine(option)}`);
  const answer = parts.right === null ? '' : letterOf(parts.right);
  return [oneLine(parts.stem), ...options, `ANSWER: ${answer}`.trim(), ''].join('\n');
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
