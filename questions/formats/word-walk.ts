/** Goes through a document line by line and gives each line to a question, a heading, the answers, or to nobody yet. */
import { cleanText } from '../vietnamese.ts';
import type { Saying } from './message.ts';
import type { StyledText } from './styled-text.ts';
import { excerpt } from './texts.ts';
import { answersInGrid, isNamedAnswers } from './word-answer-grid.ts';
import { AnswerSection } from './word-answer-section.ts';
import { answersInLine, answersOne } from './word-answers.ts';
import {
  firstQuestionBelow,
  isFirstOption,
  isLine,
  isNote,
  linesOf,
  linesOfTexts,
  type Mode,
  modeOf,
  versionOf,
} from './word-lines.ts';
import { wordSayings } from './word-messages.ts';
import type { WordBlock, WordTable } from './word-model.ts';
import { isOption, OpenQuestion } from './word-open-question.ts';
import { takePairTable } from './word-pair-table.ts';
import { type PaperItem, PaperQuestion, type Part, takesRest, type WordLine } from './word-paper.ts';
import {
  FIRST_OPTION,
  headNote,
  isAnswersHeading,
  isChapter,
  isInstruction,
  isNoise,
  isPart,
  isTopicHeading,
  keyLine,
  levelHeading,
  levelOfPart,
  lineMeaning,
  numberedStart,
  partKind,
  passageRange,
  type QuestionStart,
  questionStart,
  topicLine,
} from './word-patterns.ts';
import {
  cardLines,
  frameLines,
  gridOf,
  isFrame,
  isLetterAnswers,
  linesBelow,
  paragraphsOfTable,
  questionTable,
  rawOfTable,
} from './word-tables.ts';
import { WaitingLines } from './word-waiting.ts';

export interface Paper {
  readonly items: readonly PaperItem[];
  /** "Mã đề 102" → "102"; null: it has none. */
  readonly version: string | null;
}

/** Takes a document apart. `margins`: what stands at the head and foot of its pages. */
export function walkPaper(blocks: readonly WordBlock[], margins: readonly string[] = []): Paper {
  const lines = linesOf(blocks);
  const version = versionOf(lines, margins);
  return { items: new Walker(lines, version).walk(), version };
}

/** The same of a document that should hold the answers of another one. */
export function walkAnswers(blocks: readonly WordBlock[]): readonly PaperItem[] {
  const lines = linesOf(blocks);
  return new Walker(lines, versionOf(lines)).awaitAnswers().walk();
}

class Walker {
  readonly #lines: readonly (WordLine | WordTable)[];
  readonly #mode: Mode;
  readonly #version: string | null;
  readonly #items: PaperItem[] = [];
  readonly #answers = new AnswerSection(this.#items);
  readonly #waiting = new WaitingLines();
  #part: Part = { index: 0, kind: null };
  #current: OpenQuestion | null = null;
  #lastNumber = 0;
  #topic = '';
  #signs: string | null = null; // around the first bare number
  /** "THÔNG HIỂU" above the questions. */
  #level = '';
  #instruction: StyledText | null = null;

  constructor(lines: readonly (WordLine | WordTable)[], version: string | null) {
    this.#lines = lines;
    this.#mode = modeOf(lines);
    this.#version = version;
  }

  awaitAnswers(): this {
    this.#answers.open();
    return this;
  }

  walk(): readonly PaperItem[] {
    for (const [at, line] of this.#lines.entries()) {
      if (isLine(line)) this.#line(line, at);
      else this.#table(line);
    }
    this.#finish();
    this.#flushWaiting(null);
    return [...this.#items, ...this.#answers.settle(this.#items)];
  }

  /** `at`: its index among all lines; lines out of tables have none. */
  #line(line: WordLine, at: number | null): void {
    const text = line.text.text;
    const next = at === null ? undefined : this.#lines[at + 1];
    if (this.#answers.isOpen && !this.#isPaperAgain(text, at)) {
      const items = this.#answers.take(line);
      if (items !== null) {
        this.#items.push(...items);
        return;
      }
    }
    if (this.#opensAnswers(line, next)) this.#beginAnswers(line);
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

  #opensAnswers({ text }: WordLine, next: WordLine | WordTable | undefined): boolean {
    if (!this.#hasQuestions) return false;
    if (isAnswersHeading(text.text)) return true;
    const meaning = lineMeaning(text.text);
    if (meaning?.is !== 'explanation' || !text.slice(meaning.end).isBlank) return false;
    // "HƯỚNG DẪN GIẢI", and below it the numbers begin again.
    if (next === undefined || !isLine(next)) return false;
    const start = questionStart(next.text.text) ?? numberedStart(next.text.text);
    return start !== null && this.#current?.question.number !== null && start.number <= this.#lastNumber;
  }

  /** Whether a heading among the answers begins another part of the paper, with questions that were not there yet. */
  #isPaperAgain(text: string, at: number | null): boolean {
    if (at === null || !isPart(text)) return false;
    const first = firstQuestionBelow(this.#lines, at);
    if (first === null || this.#isKnown(first)) return false;
    this.#answers.close();
    return true;
  }

  /** The same words were a question before. */
  #isKnown({ text }: WordLine): boolean {
    const end = (questionStart(text.text) ?? numberedStart(text.text))?.end ?? 0;
    const words = text.slice(end).line;
    return this.#items.some((item) => item.is === 'question' && item.question.body[0]?.line === words);
  }

  get #hasQuestions(): boolean {
    return this.#current !== null || this.#items.some(({ is }) => is === 'question' || is === 'rows');
  }

  #startOf({ text }: WordLine): QuestionStart | null {
    const word = questionStart(text.text);
    if (word !== null) return word;
    if (this.#mode !== 'number') return null;
    const numbered = numberedStart(text.text);
    if (numbered === null) return null;
    const { number } = numbered;
    if (this.#current?.isListed(number)) return null;
    const hasOptions = this.#current === null || this.#current.letters.length >= 2;
    if (this.#current?.isWhole === false && this.#signs !== null && numbered.signs !== this.#signs)
      return null;
    const isNext = number === this.#lastNumber + 1;
    const isSkip = number > this.#lastNumber && number <= this.#lastNumber + 3;
    return isNext || (hasOptions && (number === 1 || isSkip)) ? numbered : null;
  }

  #begin(line: WordLine, { number, end, signs }: QuestionStart): void {
    this.#flushWaiting(number);
    this.#finish();
    this.#answers.close();
    this.#signs ??= signs ?? null;
    // Numbers that begin again without a heading: another paper in the same file.
    if (number === 1 && this.#lastNumber >= 1) this.#part = { index: this.#part.index + 1, kind: null };
    const open = this.#open(line.number, number);
    let rest = line.text.slice(end).trim();
    for (let note = headNote(rest.text); note !== null; note = headNote(rest.text)) {
      if (!isNote(note.text)) break;
      open.question.notes.push(note.text);
      rest = rest.slice(note.end).trim();
    }
    open.takeBody(line, rest);
  }

  #open(place: number, number: number | null): OpenQuestion {
    const question = new PaperQuestion(place, number, this.#part, this.#topic);
    question.instruction = this.#instruction;
    question.level = this.#level;
    if (number !== null) {
      this.#lastNumber = number;
      question.passage = this.#waiting.passageOf(number);
    }
    this.#current = new OpenQuestion(question);
    return this.#current;
  }

  #finish(): void {
    if (this.#current !== null) this.#items.push({ is: 'question', question: this.#current.question });
    this.#current = null;
  }

  /** A line inside a question. */
  #continue(line: WordLine, open: OpenQuestion, next: WordLine | WordTable | undefined): void {
    const text = line.text.text;
    if (line.isKey === true) open.takeKey(line);
    else if (passageRange(text) !== null && open.letters !== '') {
      this.#finish();
      this.#waiting.begin('passage', [line]);
    } else if (isInstruction(text) && open.letters.length >= 2) {
      this.#finish();
      this.#instruct(line);
    } else if (this.#splits(line, open, next)) return;
    else if (isNoise(text)) this.#ignore(line, wordSayings.noise);
    else open.take(line);
  }

  /** A question without a number has begun behind the last option. */
  #splits(line: WordLine, open: OpenQuestion, next: WordLine | WordTable | undefined): boolean {
    const text = line.text.text;
    const off = open.splitOff(text);
    if (off !== null) {
      this.#finish();
      const fresh = this.#open(line.number - off.stem.length, null);
      fresh.question.raw.push(...off.raw);
      for (const piece of off.stem) fresh.body(piece);
      fresh.takeBody(line);
      return true;
    }
    if (this.#mode !== 'bare' || open.isInBody || !isFirstOption(next) || keyLine(text) !== null)
      return false;
    this.#finish();
    this.#open(line.number, null).takeBody(line);
    return true;
  }

  #isHeadingLine({ text, isHeading }: WordLine): boolean {
    const open = this.#current;
    if (open?.isStem === true) return false;
    if (keyLine(text.text) !== null || lineMeaning(text.text) !== null || isOption(text.text)) return false;
    if (levelHeading(text.text) !== null) return open === null || open.letters.length !== 1;
    if (open?.isInBody === false && topicLine(text.text) !== null) return false;
    return isHeading || (isTopicHeading(text.text) && this.#isOutside(text.text));
  }

  /** "Chủ đề: x" behind options belongs to the question, "Chương 2. x" does not. */
  #isOutside(text: string): boolean {
    return this.#current === null ? this.#hasQuestions || topicLine(text) !== null : isChapter(text);
  }

  #heading(line: WordLine): void {
    this.#close();
    this.#level = levelHeading(line.text.text) ?? '';
    if (this.#level !== '') {
      this.#ignore(line, wordSayings.level(excerpt(line.text.line)));
      return;
    }
    this.#topic = (topicLine(line.text.text) ?? line.text.line).slice(0, 200);
    this.#ignore(line, wordSayings.topic(excerpt(this.#topic)));
  }

  #ignore(line: WordLine, saying: Saying): void {
    this.#items.push({ is: 'ignored', place: line.number, raw: line.text.line, saying });
  }

  #beginPart(line: WordLine): void {
    this.#close();
    this.#answers.close();
    this.#part = { index: this.#part.index + 1, kind: partKind(line.text.text) };
    this.#lastNumber = 0;
    this.#level = levelOfPart(line.text.text);
    this.#waiting.begin('part', [line]);
  }

  /** A line while no question is open. */
  #stray(line: WordLine, next: WordLine | WordTable | undefined): void {
    const text = line.text.text;
    if (this.#beginsBare(line, next)) return;
    if (this.#waiting.is === 'part') this.#part.kind ??= partKind(text);
    if (passageRange(text) !== null) {
      this.#flushWaiting(null);
      this.#waiting.begin('passage', []);
    }
    if (isInstruction(text)) {
      this.#flushWaiting(null);
      this.#instruct(line);
    } else if (isNoise(text) && this.#waiting.is === 'none') this.#ignore(line, wordSayings.noise);
    else this.#waiting.push(line);
  }

  /** An option A, or what stands right before one, begins a question that has no number. */
  #beginsBare(line: WordLine, next: WordLine | WordTable | undefined): boolean {
    const isA = FIRST_OPTION.test(line.text.text);
    if (!isA && !(this.#mode === 'bare' && isFirstOption(next))) return false;
    const stem = isA ? this.#waiting.pop() : undefined;
    this.#flushWaiting(null);
    const open = this.#open(stem?.number ?? line.number, null);
    if (stem !== undefined) open.takeBody(stem);
    open.takeBody(line);
    return true;
  }

  #instruct(line: WordLine): void {
    this.#instruction = line.text;
    this.#ignore(line, wordSayings.instruction);
  }

  #flushWaiting(number: number | null): void {
    this.#items.push(...this.#waiting.flush(number));
  }

  #beginAnswers(line: WordLine): void {
    this.#close();
    this.#items.push(this.#answers.begin(line));
  }

  /** Nothing is open any more. */
  #close(): void {
    this.#flushWaiting(null);
    this.#finish();
  }

  /** "1.A 2.B 3.C" without a heading; a line of them may be followed by a shorter one. */
  #takeListedAnswers(line: WordLine): boolean {
    const answers = answersInLine(line.text.text);
    const isMore = this.#current === null && this.#items.at(-1)?.is === 'answers';
    const isAll = answers.length > 1 && answers.every(({ number }, i) => number === i + 1);
    const isOne = this.#current !== null && answersOne(line.text.text, this.#lastNumber);
    const isList = isAll || isOne || isLetterAnswers(answers.map(({ value }) => value));
    const isSure = isMore ? answers.length > 0 : isList;
    if (!isSure || this.#current?.question.asksPairs === true) return false;
    this.#finish();
    this.#items.push(this.#answers.group(line.number, line.text.line, answers));
    return true;
  }

  #table(table: WordTable): void {
    const open = this.#current;
    if (open !== null && takePairTable(table, open.question, open.isStem)) return;
    const asked = open?.isStem === true ? open.question.body.map(({ text }) => text).join('\n') : null;
    const lines = asked === null ? null : linesBelow(table, asked);
    if (lines !== null) this.#tableLines(lines, table.number);
    else if (!this.#answerTable(table)) this.#otherTable(table);
  }

  /** Whether the table held answers of the paper. */
  #answerTable(table: WordTable): boolean {
    const grid = gridOf(table);
    const { answers, versions, values } = answersInGrid(grid, this.#version);
    const isSure = this.#answers.isOpen || isNamedAnswers(grid) || isLetterAnswers(values);
    if (!isSure || (answers.length === 0 && versions.length === 0)) return false;
    this.#close();
    const [place, raw] = [table.number, rawOfTable(table)];
    const saying = wordSayings.versions(versions.join(', '), this.#version);
    const isForeign = versions.length > 0;
    this.#items.push(
      isForeign ? { is: 'unassigned', place, raw, saying } : this.#answers.group(place, raw, answers),
    );
    return true;
  }

  #otherTable(table: WordTable): void {
    const card = this.#answers.isOpen ? null : cardLines(table);
    if (card === null && questionTable(table, '') !== null) {
      this.#close();
      this.#items.push({ is: 'rows', table });
    } else if (card === null && this.#current === null && takesRest(this.#items, table)) return;
    else if (card !== null || isFrame(table)) this.#tableLines(card ?? frameLines(table), table.number);
    else this.#content(table);
  }

  #tableLines(lines: readonly StyledText[], number: number): void {
    for (const line of linesOfTexts(lines, number)) this.#line(line, null);
  }

  #content(table: WordTable): void {
    const question = this.#current?.question ?? null;
    const raw = rawOfTable(table);
    if (cleanText(raw.replaceAll('|', '')) === '') return;
    if (question !== null && !this.#answers.isOpen) {
      question.tables.push(table);
      question.raw.push(raw);
    } else for (const line of linesOf(paragraphsOfTable(table))) if (isLine(line)) this.#waiting.push(line);
  }
}
