/** "Hướng dẫn giải" behind a paper: solutions by the number of their question, sometimes with the question written again. */
import { fold } from '../vietnamese.ts';
import { numberOfKey, truthOfWord } from './key-text.ts';
import type { StyledText } from './styled-text.ts';
import { wordSayings } from './word-messages.ts';
import { isPair, pairsOf } from './word-pair-keys.ts';
import type { PaperItem, PaperQuestion, WordLine } from './word-paper.ts';
import { keyLine, lineMeaning, type QuestionStart } from './word-patterns.ts';

interface Solution {
  readonly place: number;
  readonly number: number;
  readonly part: number | null;
  readonly lines: StyledText[];
}

export class Solutions {
  readonly #all: Solution[] = [];
  #open: Solution | null = null;

  get isClosed(): boolean {
    return this.#open === null;
  }

  /** A line that names a question. */
  begin({ number: place, text }: WordLine, { number, end }: QuestionStart, part: number | null): boolean {
    this.#open = { place, number, part, lines: [text.slice(end).trim()] };
    this.#all.push(this.#open);
    return true;
  }

  close(): void {
    this.#open = null;
  }

  more({ text }: WordLine): boolean {
    this.#open?.lines.push(text);
    return true;
  }

  /** "1-b, 2-a" below the number of a question that asks for pairs is its key, and no list of keys. */
  holdsPairs(text: string, items: readonly PaperItem[]): boolean {
    if (this.#open === null || (/[A-H]/.test(text) && !/^\D*1\D/.test(text))) return false;
    const isPairs = pairsOf(text) !== null || isPair(text);
    return isPairs && questionOf(this.#open, questionsIn(items))?.asksPairs === true;
  }

  /** Gives each solution to its question; what finds none is unassigned. */
  settle(items: readonly PaperItem[]): readonly PaperItem[] {
    const questions = questionsIn(items);
    return this.#all.map((solution): PaperItem => {
      const raw = solution.lines.map(({ line }) => line).join('\n');
      const question = questionOf(solution, questions);
      if (question === null) return { is: 'unassigned', place: solution.place, raw };
      give(solution, question);
      return { is: 'ignored', place: solution.place, raw, saying: wordSayings.solution(solution.number) };
    });
  }
}

function questionsIn(items: readonly PaperItem[]): readonly PaperQuestion[] {
  return items.flatMap((item) => (item.is === 'question' ? [item.question] : []));
}

function questionOf({ number, part }: Solution, questions: readonly PaperQuestion[]): PaperQuestion | null {
  const same = questions.filter((question) => question.number === number);
  const parts = [...new Set(questions.map((question) => question.part.index))];
  const own = part === null ? same : same.filter((question) => parts.indexOf(question.part.index) === part);
  return own.length === 1 ? (own[0] ?? null) : null;
}

const LABEL = /(?:^|\s)\(?[A-Ha-h]\s?[.)]\s/u;
const WORDS_MOST = 60;

/** "12,5" or "Đúng" as all of the solution is the key of a question without options; words are where they are asked for. */
function isTypedKey({ line }: StyledText, { body, part }: PaperQuestion): boolean {
  if (part.kind === 'essay' || body.some(({ text }) => LABEL.test(text))) return false;
  if (truthOfWord(line) !== null || numberOfKey(line) !== null) return true;
  return part.kind === 'short' && line.length <= WORDS_MOST;
}

/** What only repeats the question is left out. */
function give({ lines }: Solution, question: PaperQuestion): void {
  const [only, ...more] = lines;
  if (only !== undefined && more.length === 0 && isTypedKey(only, question)) {
    question.keys.push(only);
    return;
  }
  const known = new Set(question.body.map(({ line }) => fold(line)));
  for (const [i, line] of lines.entries()) {
    if (line.isBlank || known.has(fold(line.line))) continue;
    const meaning = lineMeaning(line.text);
    const text = meaning?.is === 'explanation' ? line.slice(meaning.end).trim() : line;
    const key = keyIn(text, i === 0) ?? (question.asksPairs && isPair(text.text) ? text : null);
    if (key !== null) question.keys.push(key);
    else if (!text.isBlank && !question.takePairs(behindKeyWord(text))) question.explanation.push(text);
  }
}

function behindKeyWord(text: StyledText): StyledText {
  const key = keyLine(text.text);
  return key === null ? text : text.slice(key).trim();
}

/** The letter that a line gives, "Chọn B"; on the first one also before its reason, "B. Vì theo Điều 5 …". Null: none. */
function keyIn(text: StyledText, isFirst: boolean): StyledText | null {
  const rest = behindKeyWord(text);
  if (rest !== text && /^\(?[A-H]\)?[\s.]*$/.test(rest.text)) return rest;
  if (/^[A-H]\.?$/.test(text.text.trim())) return text;
  return isFirst && /^[A-H]\s*[.:)–-]\s*\S/u.test(text.text) ? text : null;
}
