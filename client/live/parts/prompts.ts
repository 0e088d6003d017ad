/** What live screens read out of prompts and answers, whose shapes belong to their kinds. Pure. */
import type { PlayerAnswer, ShownPrompt } from '../../../questions/kinds/player.ts';
import type { LiveQuestionView } from '../../api/live.ts';
import { kinds } from '../../messages/kinds.ts';
import { letterOf } from './marks.ts';

type Question = Pick<LiveQuestionView, 'kind' | 'prompt'>;

function field(prompt: unknown, name: string): unknown {
  return typeof prompt === 'object' && prompt !== null ? Reflect.get(prompt, name) : undefined;
}

function texts(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((text) => typeof text === 'string') : [];
}

export function stemOf({ prompt }: Question): string {
  const stem = field(prompt, 'stem');
  return typeof stem === 'string' ? stem : '';
}

/** Texts of the buttons, where a question is answered by pressing one; null: it is answered otherwise. */
export function optionsOf({ kind, prompt }: Question): readonly string[] | null {
  if (kind === 'trueFalse') return [kinds.right, kinds.wrong];
  const options = texts(field(prompt, 'options'));
  return options.length > 0 ? options : null;
}

/** Several buttons may be pressed, then sent. */
export function isMultiple({ prompt }: Question): boolean {
  return field(prompt, 'multiple') === true;
}

/** Things that stand beside the question on the screen: items to put in order, the two sides of a matching. */
export function listsOf({ prompt }: Question): readonly (readonly string[])[] {
  return [field(prompt, 'items'), field(prompt, 'lefts'), field(prompt, 'rights')]
    .map(texts)
    .filter((list) => list.length > 0);
}

/** A word cloud: how many texts, how long. */
export function cloudOf({ prompt }: Question): { readonly words: number; readonly length: number } {
  const [words, length] = [field(prompt, 'words'), field(prompt, 'length')];
  return {
    words: typeof words === 'number' ? words : 1,
    length: typeof length === 'number' ? length : 30,
  };
}

/** Places of the buttons that an answer presses. */
export function placesOf(answer: unknown): readonly number[] {
  if (answer === true) return [0];
  if (answer === false) return [1];
  return Array.isArray(answer) ? answer.filter((place) => typeof place === 'number') : [];
}

/** The answer that buttons at these places make. */
export function answerOf({ kind }: Question, places: readonly number[]): PlayerAnswer {
  if (places.length === 0) return null;
  if (kind === 'trueFalse') return places[0] === 0;
  return [...places].sort((a, b) => a - b);
}

/** An answer or a key in words: "B", "Hà Nội", "3 → 1 → 2", "1–C, 2–A". */
export function inWords(question: Question, answer: unknown): string {
  if (answer === null || answer === undefined) return '';
  if (optionsOf(question) !== null) {
    const options = optionsOf(question) ?? [];
    return placesOf(answer)
      .map((place) => `${letterOf(place)}. ${options[place] ?? ''}`)
      .join(' · ');
  }
  if (question.kind === 'ordering') return orderInWords(question, answer);
  if (question.kind === 'matching') return pairsInWords(question, answer);
  if (Array.isArray(answer)) return answer.filter((part) => typeof part !== 'object').join(' · ');
  return typeof answer === 'object' ? '' : String(answer);
}

function orderInWords({ prompt }: Question, answer: unknown): string {
  const items = texts(field(prompt, 'items'));
  return placesOf(answer)
    .map((place) => items[place] ?? '')
    .join(' → ');
}

function pairsInWords({ prompt }: Question, answer: unknown): string {
  if (!Array.isArray(answer)) return '';
  const [lefts, rights] = [texts(field(prompt, 'lefts')), texts(field(prompt, 'rights'))];
  return answer
    .map((right, left) => `${lefts[left] ?? ''} – ${typeof right === 'number' ? (rights[right] ?? '') : '…'}`)
    .join(' · ');
}

/** The prompt as components of kinds take it. */
export function shownPrompt({ prompt }: Question): ShownPrompt {
  return isPrompt(prompt) ? prompt : { stem: '' };
}

function isPrompt(prompt: unknown): prompt is ShownPrompt {
  return typeof field(prompt, 'stem') === 'string';
}
