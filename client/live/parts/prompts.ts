/** What live screens read out of prompts and answers, whose shapes belong to their kinds. Pure. */
import { type ClozeGap, isClozePrompt } from '../../../questions/kinds/cloze/prompt.ts';
import { withUnit } from '../../../questions/kinds/judgement.ts';
import type { PlayerAnswer, ShownPrompt } from '../../../questions/kinds/player.ts';
import { plainText } from '../../../questions/rich-text.ts';
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

/** "a)": what stands before a statement. */
export function statementLabel(place: number): string {
  return `${String.fromCharCode(97 + place)})`;
}

/** Things that stand beside the question on the screen: items to put in order, statements, the two sides of a matching. */
export function listsOf({ prompt }: Question): readonly (readonly string[])[] {
  return ['items', 'statements', 'lefts', 'rights']
    .map((name) => field(prompt, name))
    .map(texts)
    .filter((list) => list.length > 0);
}

/** The gaps of a cloze; none for every other kind. */
export function gapsOf({ kind, prompt }: Question): readonly ClozeGap[] {
  return kind === 'cloze' && isClozePrompt(prompt) ? prompt.gaps : [];
}

/** What an answer or a key puts into each gap; null: nothing. */
export function gapTexts(question: Question, answer: unknown): readonly (string | null)[] {
  return gapsOf(question).map((gap, i) => {
    const part: unknown = Array.isArray(answer) ? answer[i] : null;
    if (typeof part === 'number') return gap.kind === 'choice' ? (gap.options[part] ?? null) : null;
    if (typeof part !== 'string' || part === '') return null;
    return gap.kind === 'number' ? withUnit(part, gap.unit) : part;
  });
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

/** One line of an answer or a key. */
export interface AnswerLine {
  /** Place of the button that it is; null: it is none. */
  readonly place: number | null;
  /** What it belongs to: the left of a pair, a statement; empty: nothing. */
  readonly to: string;
  readonly text: string;
}

/** An answer or a key, line by line, in the markup of its prompt; nothing for none. */
export function linesOf(question: Question, answer: unknown): readonly AnswerLine[] {
  if (answer === null || answer === undefined) return [];
  const options = optionsOf(question);
  if (options !== null)
    return placesOf(answer).map((place) => ({ place, to: '', text: options[place] ?? '' }));
  const { kind, prompt } = question;
  if (kind === 'ordering') {
    const items = texts(field(prompt, 'items'));
    return placesOf(answer).map((item, place) => ({
      place: null,
      to: `${place + 1}.`,
      text: items[item] ?? '',
    }));
  }
  if (!Array.isArray(answer)) return typeof answer === 'object' ? [] : [line(String(answer))];
  if (kind === 'statements') {
    const statements = texts(field(prompt, 'statements'));
    return answer.map((part, i) => line(judged(part), `${statementLabel(i)} ${statements[i] ?? ''}`));
  }
  if (kind === 'matching') {
    const [lefts, rights] = [texts(field(prompt, 'lefts')), texts(field(prompt, 'rights'))];
    return answer.map((right, left) => line(rights[right] ?? '…', lefts[left]));
  }
  if (kind === 'cloze') return gapTexts(question, answer).map((text, i) => line(text ?? '…', `${i + 1}.`));
  return answer.filter((part) => typeof part !== 'object').map((part) => line(String(part)));
}

function judged(part: unknown): string {
  return part === true ? kinds.right : part === false ? kinds.wrong : '…';
}

function line(text: string, to = ''): AnswerLine {
  return { place: null, to, text };
}

/** The same read out: "B. Hà Nội", "1. Hồ Gươm · 2. Lăng Bác", "Hồ Gươm: Hoàn Kiếm". */
export function inWords(question: Question, answer: unknown): string {
  const isRich = shownPrompt(question).rich === true;
  const plain = (text: string): string => (isRich ? plainText(text) : text);
  return linesOf(question, answer)
    .map(({ place, to, text }) => {
      if (place !== null) return `${letterOf(place)}. ${plain(text)}`;
      return to === '' ? plain(text) : `${plain(to)}${to.endsWith('.') ? '' : ':'} ${plain(text)}`;
    })
    .join(' · ');
}

/** The prompt as components of kinds take it. */
export function shownPrompt({ prompt }: Question): ShownPrompt {
  return isPrompt(prompt) ? prompt : { stem: '' };
}

function isPrompt(prompt: unknown): prompt is ShownPrompt {
  return typeof field(prompt, 'stem') === 'string';
}
