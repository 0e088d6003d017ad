/** A question whose lines are still coming in: what its next line belongs to follows from those before it. */
import type { StyledText } from './styled-text.ts';
import { isPair } from './word-pair-keys.ts';
import type { PaperQuestion, WordLine } from './word-paper.ts';
import {
  arrowLine,
  asksOrder,
  FIRST_OPTION,
  keyLine,
  lineMeaning,
  numberedStart,
  orderLine,
  topicLine,
} from './word-patterns.ts';

const UPPER = /^\s*(?:[*#=✓✔√☑☒☐□]\s*)?\(?([A-H])\s?[.)/:]/u;
const LOWER = /^\s*(?:[*#✓✔√☑☒☐□]\s*)?\(?([a-h])\s?[.)/]/u;
/** Dots, dashes and underscores that are to be filled in. */
const BLANK = /^[\s.…_–—-]*$/;
const LETTER_ALONE = /^\(?[A-H]\)?[\s.]*$/;

/** Whether a line begins with the letter of an option. */
export function isOption(text: string): boolean {
  return UPPER.test(text);
}

export class OpenQuestion {
  readonly question: PaperQuestion;
  #section: 'body' | 'key' | 'explanation' | 'citation' = 'body';
  /** Letters of options so far. */
  #letters = '';
  /** Lines of the body behind its last label. */
  #tail = 0;
  /** The line before was that of a key; `open`: with nothing behind its word. */
  #keyed: 'no' | 'open' | 'given' = 'no';

  constructor(question: PaperQuestion) {
    this.question = question;
  }

  get isInBody(): boolean {
    return this.#section === 'body';
  }

  get letters(): string {
    return this.#letters;
  }

  /** Nothing but its stem has come yet. */
  get isStem(): boolean {
    return this.#letters === '' && this.isInBody;
  }

  /** A new question may follow: it has options, or a key. */
  get isWhole(): boolean {
    return this.#letters.length >= 2 || !this.isInBody;
  }

  /** Takes a line, whatever of the question it is. */
  take(line: WordLine): void {
    this.#record(line);
    const keyed = this.#keyed;
    this.#keyed = 'no';
    if (this.#isPairsKey(line.text) || this.#aside(line.text)) return;
    if (keyed === 'open' && this.#isNamed(line.text)) this.question.keys.push(line.text);
    else if (keyed !== 'no' && this.#letters === '' && FIRST_OPTION.test(line.text.text)) {
      this.#section = 'body';
      this.body(line.text);
    } else this.#more(line.text);
  }

  /** Takes a line that is nothing but the letter of the right option. */
  takeKey(line: WordLine): void {
    this.#record(line);
    this.question.keys.push(line.text);
    this.#section = 'key';
  }

  /** Takes a line as stem or option. */
  takeBody(line: WordLine, text = line.text): void {
    this.#record(line);
    if (!text.isBlank) this.body(text);
  }

  #record(line: WordLine): void {
    this.question.raw.push(line.text.line);
    this.question.paragraphs.add(line.number);
  }

  body(text: StyledText): void {
    const letter = UPPER.exec(text.text)?.[1] ?? LOWER.exec(text.text)?.[1];
    this.question.body.push(text);
    if (letter === undefined) this.#tail += 1;
    else {
      this.#letters += letter;
      this.#tail = 0;
    }
    for (const [, inline = ''] of text.text.matchAll(/[\s\u00a0]\(?([B-H])\s?[.)/:]\s/g))
      this.#letters += inline;
  }

  /** A second option A begins another question: what stood behind the last option is its stem. Null: it does not. */
  splitOff(text: string): { readonly stem: readonly StyledText[]; readonly raw: readonly string[] } | null {
    if (!FIRST_OPTION.test(text) || !this.#letters.includes('B') || !this.isInBody) return null;
    const { body, raw } = this.question;
    if (this.#tail === 0) return { stem: [], raw: [] };
    return { stem: body.splice(body.length - this.#tail), raw: raw.splice(raw.length - this.#tail) };
  }

  /** "1-b, 2-a" below its columns, also a pair a line behind "Đáp án:". */
  #isPairsKey(text: StyledText): boolean {
    if (!this.question.asksPairs) return false;
    if (this.#section === 'key' && isPair(text.text)) {
      this.question.keys.push(text);
      return true;
    }
    const isTaken = keyLine(text.text) === null && this.question.takePairs(text);
    if (isTaken) this.#section = 'key';
    return isTaken;
  }

  get #asksOrder(): boolean {
    return this.question.body.some(({ text }) => asksOrder(text));
  }

  /** A number that goes on with a list in the stem of a question about pairs or an order. */
  isListed(number: number): boolean {
    if (!this.isStem || !(this.question.asksPairs || this.#asksOrder)) return false;
    const above = this.question.body.map(({ text }) => numberedStart(text)?.number);
    return number === 1 || above.includes(number - 1);
  }

  /** Keys, explanations, citations, levels: what stands beside a question. */
  #aside(text: StyledText): boolean {
    const { question } = this;
    if (this.#meant(text)) return true;
    const topic = topicLine(text.text);
    if (topic !== null && !this.isStem) {
      question.ownTopic = topic;
      return true;
    }
    const order = orderLine(text.text);
    if (order !== null) question.isOrdered = true;
    const key =
      this.#section === 'explanation' ? null : (order ?? keyLine(text.text) ?? this.#arrow(text.text));
    if (key === null) return false;
    const rest = text.slice(key).trim();
    if (!BLANK.test(rest.text)) question.keys.push(rest);
    this.#section = 'key';
    this.#keyed = BLANK.test(rest.text) ? 'open' : 'given';
    return true;
  }

  /** "B" or "B. Hà Nội" below "Đáp án:", where the options stand above. */
  #isNamed({ text }: StyledText): boolean {
    const letter = LETTER_ALONE.test(text) ? /[A-H]/.exec(text)?.[0] : UPPER.exec(text)?.[1];
    return letter !== undefined && this.#letters.length >= 2 && this.#letters.includes(letter);
  }

  /** In a stem an arrow is of a reaction. */
  #arrow(text: string): number | null {
    return this.#letters.length >= 2 ? arrowLine(text) : null;
  }

  #meant(text: StyledText): boolean {
    const { question } = this;
    const meaning = lineMeaning(text.text);
    if (meaning === null) return false;
    const rest = text.slice(meaning.end).trim();
    if (meaning.is === 'difficulty') question.difficulty = rest.line;
    else if (meaning.is === 'points') question.points = rest.line;
    else if (meaning.is === 'citation') {
      question.citation.push(rest.line);
      this.#section = 'citation';
    } else {
      this.#section = 'explanation';
      this.#explain(rest);
    }
    return true;
  }

  /** "Lời giải: Chọn B" is a key, too. */
  #explain(text: StyledText): void {
    const key = keyLine(text.text);
    const rest = key === null ? null : text.slice(key).trim();
    if (rest !== null && LETTER_ALONE.test(rest.text)) this.question.keys.push(rest);
    else if (!text.isBlank && !this.question.takePairs(text)) this.question.explanation.push(text);
  }

  #more(text: StyledText): void {
    if (this.isInBody) this.body(text);
    else if (this.#section === 'citation') this.question.citation.push(text.line);
    else this.#explain(text);
  }
}
