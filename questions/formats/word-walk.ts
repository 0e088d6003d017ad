/** Goes through a document line by line and gives each line to a question, a heading, the answers, or to nobody yet. */
import { cleanText } from '../vietnamese.ts';
import type { Saying } from './message.ts';
import { StyledText } from './styled-text.ts';
import { excerpt } from './texts.ts';
import { type Answer, answersInGrid, answersInLine, isNamedAnswers } from './word-answers.ts';
import { isLine, isNote, linesOf, type Mode, modeOf, ordinal, versionOf } from './word-lines.ts';
import { wordSayings } from './word-messages.ts';
import type { WordBlock, WordTable } from './word-model.ts';
import { type AnswerGroup, type PaperItem, PaperQuestion, type Part, type WordLine } from './word-paper.ts';
import {
  headNote,
  isAnswersHeading,
  isInstruction,
  isNoise,
  isPart,
  isTopicHeading,
  keyLine,
  lineMeaning,
  numberedStart,
  partKind,
  passageRange,
  type QuestionStart,
  questionStart,
  topicLine,
} from './word-patterns.ts';
import { Solutions } from './word-solutions.ts';
import {
  foundTable,
  gridOf,
  isFrame,
  isLetterAnswers,
  paragraphsOfTable,
  questionTable,
  statementLines,
} from './word-tables.ts';

export interface Paper {
  readonly items: readonly PaperItem[];
}

const UPPER = /^\s*(?:[*#✓✔√☑]\s*)?\(?([A-H])\s?[.)/:]/u;
const FIRST = /^\s*[*#✓✔√☑]?\s*\(?A\s?[.)/:]/u;
const LOWER = /^\s*(?:[*#✓✔√☑]\s*)?\(?([a-h])\s?[.)/]/u;

/** Takes a document apart. */
export function walkPaper(blocks: readonly WordBlock[]): Paper {
  const lines = linesOf(blocks);
  return new Walker(modeOf(lines), versionOf(lines)).walk(lines);
}

class Walker {
  readonly #mode: Mode;
  readonly #version: string | null;
  readonly #items: PaperItem[] = [];
  readonly #solutions = new Solutions();
  #part: Part = { index: 0, kind: null };
  #current: PaperQuestion | null = null;
  #section: 'body' | 'key' | 'explanation' | 'citation' = 'body';
  /** Letters that began lines of the current body. */
  #letters = '';
  /** Lines of the body behind its last label. */
  #tail = 0;
  #lastNumber = 0;
  #topic = '';
  #isInAnswers = false;
  #answersPart: number | null = null;
  /** Lines that wait for a question to belong to: preamble, instructions of a part, passages. */
  #waiting: { readonly is: 'preamble' | 'part' | 'passage' | 'none'; lines: WordLine[] } = {
    is: 'preamble',
    lines: [],
  };
  #instruction: StyledText | null = null;
  #passage: { readonly from: number; readonly to: number; readonly text: StyledText } | null = null;

  constructor(mode: Mode, version: string | null) {
    this.#mode = mode;
    this.#version = version;
  }

  walk(lines: readonly (WordLine | WordTable)[]): Paper {
    for (const [i, line] of lines.entries()) {
      if (isLine(line)) this.#line(line, lines[i + 1]);
      else this.#table(line);
    }
    this.#finish();
    this.#settle();
    return { items: this.#items };
  }

  #line(line: WordLine, next: WordLine | WordTable | undefined): void {
    const text = line.text.text;
    if (this.#isInAnswers && this.#answerLine(line)) return;
    if (isAnswersHeading(text) && this.#hasQuestions()) this.#beginAnswers(line);
    else if (isPart(text)) this.#beginPart(line);
    else if (this.#takeListedAnswers(line)) return;
    else {
      const start = this.#startOf(line);
      if (start !== null) this.#begin(line, start);
      else if (this.#isHeadingLine(line)) this.#heading(line);
      else if (this.#current === null) this.#stray(line, next);
      else this.#continue(line, this.#current, next);
    }
  }

  #hasQuestions(): boolean {
    return this.#current !== null || this.#items.some(({ is }) => is === 'question');
  }

  #startOf({ text }: WordLine): QuestionStart | null {
    const word = questionStart(text.text);
    if (word !== null) return word;
    if (this.#mode !== 'number') return null;
    const numbered = numberedStart(text.text);
    if (numbered === null) return null;
    const { number } = numbered;
    const isNext = number === this.#lastNumber + 1;
    const isAnew = number === 1 && (this.#current === null || this.#letters.length >= 2);
    const isSkip = number > this.#lastNumber && number <= this.#lastNumber + 3 && this.#letters.length >= 2;
    return isNext || isAnew || isSkip ? numbered : null;
  }

  #begin(line: WordLine, { number, end }: QuestionStart): void {
    this.#flushWaiting(number);
    this.#finish();
    this.#isInAnswers = false;
    const question = this.#open(line.number, number);
    let rest = line.text.slice(end).trim();
    for (let note = headNote(rest.text); note !== null; note = headNote(rest.text)) {
      if (!isNote(note.text)) break;
      question.notes.push(note.text);
      rest = rest.slice(note.end).trim();
    }
    question.raw.push(line.text.line);
    question.paragraphs.add(line.number);
    if (!rest.isBlank) this.#body(question, rest);
  }

  #open(place: number, number: number | null): PaperQuestion {
    const question = new PaperQuestion(place, number, this.#part, this.#topic);
    this.#current = question;
    question.instruction = this.#instruction;
    this.#section = 'body';
    this.#letters = '';
    this.#tail = 0;
    if (number !== null) this.#lastNumber = number;
    const passage = this.#passage;
    if (passage !== null && number !== null && number >= passage.from && number <= passage.to)
      question.passage = passage.text;
    return question;
  }

  #finish(): void {
    if (this.#current !== null) this.#items.push({ is: 'question', question: this.#current });
    this.#current = null;
    this.#section = 'body';
  }

  #body(question: PaperQuestion, text: StyledText): void {
    const letter = UPPER.exec(text.text)?.[1] ?? LOWER.exec(text.text)?.[1];
    question.body.push(text);
    if (letter === undefined) this.#tail += 1;
    else {
      this.#letters += letter;
      this.#tail = 0;
    }
    for (const [, inline = ''] of text.text.matchAll(/[\s\u00a0]\(?([B-H])\s?[.)/:]\s/g))
      this.#letters += inline;
  }

  /** A line inside a question. */
  #continue(line: WordLine, question: PaperQuestion, next: WordLine | WordTable | undefined): void {
    const text = line.text.text;
    const range = passageRange(text);
    if (range !== null && this.#letters !== '') {
      this.#finish();
      this.#waiting = { is: 'passage', lines: [line] };
      return;
    }
    if (isInstruction(text) && this.#letters.length >= 2) {
      this.#finish();
      this.#instruct(line);
      return;
    }
    if (this.#splits(text, question, line, next)) return;
    if (isNoise(text) && this.#section === 'body') {
      this.#ignore(line, wordSayings.noise);
      return;
    }
    question.raw.push(line.text.line);
    question.paragraphs.add(line.number);
    if (!this.#aside(line, question)) this.#more(line, question);
  }

  /** A second option A: a question without a number has begun behind the last option. */
  #splits(
    text: string,
    question: PaperQuestion,
    line: WordLine,
    next: WordLine | WordTable | undefined,
  ): boolean {
    const isA = FIRST.test(text);
    if (isA && this.#letters.includes('B') && this.#section === 'body') {
      const stem = this.#tail > 0 ? question.body.splice(question.body.length - this.#tail) : [];
      const raw = this.#tail > 0 ? question.raw.splice(question.raw.length - this.#tail) : [];
      this.#finish();
      const fresh = this.#open(line.number - stem.length, null);
      fresh.raw.push(...raw);
      for (const piece of stem) this.#body(fresh, piece);
      return this.#restart(line);
    }
    const nextA = next !== undefined && isLine(next) && FIRST.test(next.text.text);
    if (this.#mode === 'bare' && nextA && this.#section !== 'body' && keyLine(text) === null) {
      this.#finish();
      return this.#restart(line, this.#open(line.number, null));
    }
    return false;
  }

  #restart(line: WordLine, fresh: PaperQuestion | null = this.#current): boolean {
    if (fresh === null) return false;
    fresh.raw.push(line.text.line);
    fresh.paragraphs.add(line.number);
    this.#body(fresh, line.text);
    return true;
  }

  /** Keys, explanations, citations, levels: what stands beside a question. */
  #aside({ text }: WordLine, question: PaperQuestion): boolean {
    const meaning = lineMeaning(text.text);
    if (meaning !== null) {
      const rest = text.slice(meaning.end).trim();
      if (meaning.is === 'difficulty') question.difficulty = rest.line;
      else if (meaning.is === 'points') question.points = rest.line;
      else if (meaning.is === 'citation') {
        question.citation.push(rest.line);
        this.#section = 'citation';
      } else {
        this.#section = 'explanation';
        this.#explain(question, rest);
      }
      return true;
    }
    const topic = topicLine(text.text);
    if (topic !== null && (this.#letters !== '' || this.#section !== 'body')) {
      question.ownTopic = topic;
      return true;
    }
    const key = this.#section === 'explanation' ? null : keyLine(text.text);
    if (key === null) return false;
    question.keys.push(text.slice(key).trim());
    this.#section = 'key';
    return true;
  }

  /** "Lời giải: Chọn B" is a key, too. */
  #explain(question: PaperQuestion, text: StyledText): void {
    const key = keyLine(text.text);
    const rest = key === null ? null : text.slice(key).trim();
    if (rest !== null && /^\(?[A-H]\)?[\s.]*$/.test(rest.text)) question.keys.push(rest);
    else if (!text.isBlank) question.explanation.push(text);
  }

  #more({ text }: WordLine, question: PaperQuestion): void {
    if (this.#section === 'body') this.#body(question, text);
    else if (this.#section === 'citation') question.citation.push(text.line);
    else this.#explain(question, text);
  }

  #isHeadingLine({ text, isHeading }: WordLine): boolean {
    if (this.#current !== null && this.#letters === '' && this.#section === 'body') return false;
    if (keyLine(text.text) !== null || lineMeaning(text.text) !== null || UPPER.test(text.text)) return false;
    const isAside = this.#section !== 'body' && topicLine(text.text) !== null;
    return !isAside && (isHeading || isTopicHeading(text.text)) && (isHeading || this.#isOutside(text.text));
  }

  /** "Chủ đề: x" behind options belongs to the question, "Chương 2. x" does not. */
  #isOutside(text: string): boolean {
    return this.#current === null
      ? this.#hasQuestions() || topicLine(text) !== null
      : /^\s*(?:chương|chuyên đề|chủ đề|bài|mục)\s+(?:[IVX]+|\d+)/iu.test(text);
  }

  #heading(line: WordLine): void {
    this.#flushWaiting(null);
    this.#finish();
    this.#topic = (topicLine(line.text.text) ?? line.text.line).slice(0, 200);
    this.#ignore(line, wordSayings.topic(excerpt(this.#topic)));
  }

  #ignore(line: WordLine, saying: Saying): void {
    this.#items.push({ is: 'ignored', place: line.number, raw: line.text.line, saying });
  }

  #beginPart(line: WordLine): void {
    this.#flushWaiting(null);
    this.#finish();
    this.#isInAnswers = false;
    this.#part = { index: this.#part.index + 1, kind: partKind(line.text.text) };
    if (this.#mode === 'number') this.#lastNumber = 0;
    this.#waiting = { is: 'part', lines: [line] };
  }

  /** A line while no question is open. */
  #stray(line: WordLine, next: WordLine | WordTable | undefined): void {
    const text = line.text.text;
    if (this.#beginsBare(line, next)) return;
    if (this.#waiting.is === 'part') this.#part.kind ??= partKind(text);
    if (passageRange(text) !== null) {
      this.#flushWaiting(null);
      this.#waiting = { is: 'passage', lines: [] };
    }
    if (isInstruction(text)) {
      this.#flushWaiting(null);
      this.#instruct(line);
    } else if (isNoise(text) && this.#waiting.is === 'none') this.#ignore(line, wordSayings.noise);
    else this.#waiting.lines.push(line);
  }

  /** An option A, or what stands right before one, begins a question that has no number. */
  #beginsBare(line: WordLine, next: WordLine | WordTable | undefined): boolean {
    const isA = FIRST.test(line.text.text);
    const isBeforeA =
      this.#mode === 'bare' && next !== undefined && isLine(next) && FIRST.test(next.text.text);
    if (!isA && !isBeforeA) return false;
    const stem = isA ? this.#waiting.lines.pop() : undefined;
    this.#flushWaiting(null);
    const question = this.#open(stem?.number ?? line.number, null);
    if (stem !== undefined) this.#restart(stem, question);
    return this.#restart(line, question);
  }

  #instruct(line: WordLine): void {
    this.#instruction = line.text;
    this.#ignore(line, wordSayings.instruction);
  }

  /** Books what waited for the question that begins now. */
  #flushWaiting(number: number | null): void {
    const { is, lines } = this.#waiting;
    this.#waiting = { is: 'none', lines: [] };
    const [first] = lines;
    if (first === undefined) return;
    const raw = lines.map(({ text }) => text.line).join('\n');
    const place = first.number;
    const range = is === 'passage' ? passageRange(lines.map(({ text }) => text.text).join(' ')) : null;
    if (range !== null && number !== null) {
      const [from, to] = range;
      this.#passage = {
        from,
        to,
        text: StyledText.join(
          lines.map(({ text }) => text),
          '\n',
        ),
      };
      this.#items.push({ is: 'ignored', place, raw, saying: wordSayings.passage(from, to) });
    } else if (is === 'none' || is === 'passage') this.#items.push({ is: 'unassigned', place, raw });
    else
      this.#items.push({
        is: 'ignored',
        place,
        raw,
        saying: is === 'part' ? wordSayings.part : wordSayings.preamble,
      });
  }

  #beginAnswers(line: WordLine): void {
    this.#flushWaiting(null);
    this.#finish();
    this.#isInAnswers = true;
    this.#answersPart = null;
    this.#ignore(line, wordSayings.answersHeading);
  }

  /** A line below the heading of the answers; false: the paper goes on. */
  #answerLine(line: WordLine): boolean {
    const text = line.text.text;
    if (isPart(text)) {
      const roman = /(?:phần|part)\s+(?:thứ\s+)?([IVX]+|\d+)/iu.exec(text)?.[1] ?? '';
      this.#answersPart = ordinal(roman);
      this.#ignore(line, wordSayings.answersHeading);
      return true;
    }
    const answers = answersInLine(text);
    if (answers.length > 0) {
      this.#answers(line.number, line.text.line, answers);
      return true;
    }
    const start = questionStart(text) ?? numberedStart(text);
    if (start !== null) return this.#solutions.begin(line, start, this.#answersPart);
    if (isAnswersHeading(text) || isNoise(text) || this.#solutions.isClosed) {
      this.#ignore(line, wordSayings.answersHeading);
      return true;
    }
    return this.#solutions.more(line);
  }

  /** "1.A 2.B 3.C" without a heading. */
  #takeListedAnswers(line: WordLine): boolean {
    const answers = answersInLine(line.text.text);
    if (answers.length < 3 || !isLetterAnswers(answers.map(({ value }) => value))) return false;
    this.#finish();
    this.#answers(line.number, line.text.line, answers);
    return true;
  }

  #answers(place: number, raw: string, answers: readonly Answer[]): void {
    const group: AnswerGroup = { place, raw, answers, part: this.#answersPart, used: 0 };
    this.#items.push({ is: 'answers', group });
  }

  #table(table: WordTable): void {
    const grid = gridOf(table);
    const answers = answersInGrid(grid, this.#version);
    const isLetters = isLetterAnswers(answers.map(({ value }) => value));
    const isSure = this.#isInAnswers || isNamedAnswers(grid) || isLetters;
    const raw = grid.map((row) => row.join(' | ')).join('\n');
    if (answers.length > 0 && isSure) {
      this.#flushWaiting(null);
      this.#finish();
      this.#answers(table.number, raw, answers);
      return;
    }
    if (questionTable(table, '') !== null) {
      this.#flushWaiting(null);
      this.#finish();
      this.#items.push({ is: 'rows', table });
      return;
    }
    const statements = this.#current === null ? null : statementLines(table);
    if (statements !== null) this.#lines(statements, table.number);
    else if (isFrame(table)) this.#frame(table);
    else this.#content(table, raw);
  }

  #lines(texts: readonly StyledText[], number: number): void {
    for (const text of texts) this.#line({ number, text, isHeading: false, isAfterBlank: false }, undefined);
  }

  #frame(table: WordTable): void {
    for (const line of linesOf(paragraphsOfTable(table))) if (isLine(line)) this.#line(line, undefined);
  }

  #content(table: WordTable, raw: string): void {
    const question = this.#current;
    if (cleanText(raw.replaceAll('|', '')) === '') return;
    if (question !== null && !this.#isInAnswers) {
      question.tables.push(foundTable(table));
      question.raw.push(raw);
    } else
      for (const line of linesOf(paragraphsOfTable(table))) if (isLine(line)) this.#waiting.lines.push(line);
  }

  #settle(): void {
    this.#flushWaiting(null);
    this.#items.push(...this.#solutions.settle(this.#items));
  }
}
