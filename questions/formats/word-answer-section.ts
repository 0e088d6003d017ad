/** What stands below a heading of answers: tables and lines of letters, solutions by number, for one part or one version of the paper. */
import { answersInLine, mayBeAnswers, truthsListed } from './word-answers.ts';
import { ordinal, versionIn } from './word-lines.ts';
import { wordSayings } from './word-messages.ts';
import type { AnswerGroup, PaperItem, WordLine } from './word-paper.ts';
import {
  isAnswersHeading,
  isNoise,
  isPart,
  numberedStart,
  paperNumber,
  questionStart,
} from './word-patterns.ts';
import { Solutions } from './word-solutions.ts';

export class AnswerSection {
  readonly #items: readonly PaperItem[];
  readonly #solutions = new Solutions();
  #isOpen = false;
  #part: number | null = null;
  #version: string | null = null;

  /** `items`: what the walk has found so far. */
  constructor(items: readonly PaperItem[]) {
    this.#items = items;
  }

  get isOpen(): boolean {
    return this.#isOpen;
  }

  /** A heading that names a part or a version counts for what follows. */
  begin(heading: WordLine): PaperItem {
    this.#isOpen = true;
    this.#part = null;
    this.#version = versionIn(heading.text.text);
    return headingItem(heading);
  }

  /** A file of nothing but answers needs no heading. */
  open(): void {
    this.#isOpen = true;
  }

  close(): void {
    this.#isOpen = false;
    this.#part = null;
    this.#version = null;
  }

  /** What a line below the heading is; empty: it went into a solution. Null: the paper goes on. */
  take(line: WordLine): readonly PaperItem[] | null {
    const text = line.text.text;
    const version = versionNamed(text);
    const answers = this.#answersIn(text);
    if (version !== null) this.#version = version;
    if (answers.length > 0) {
      this.#solutions.close();
      this.#single = answers.length === 1 && questionStart(text) !== null ? line : null;
      return [this.group(line.number, line.text.line, answers)];
    }
    if (version !== null || isPart(text)) {
      if (isPart(text)) this.#part = paperNumber(text) === null ? partNamed(text) : null;
      return [headingItem(line)];
    }
    const start = questionStart(text) ?? numberedStart(text);
    if (start !== null) {
      this.#single = null;
      this.#solutions.begin(line, start, this.#part);
    } else if (this.#explains(line)) return [];
    else if (isAnswersHeading(text) || isNoise(text) || this.#solutions.isClosed)
      return [besideAnswers(line)];
    else this.#solutions.more(line);
    return [];
  }

  #answersIn(text: string): AnswerGroup['answers'] {
    if (this.#solutions.holdsPairs(text, this.#items)) return [];
    const answers = answersInLine(text.replace(VERSION, ''));
    return answers.length === 0 && this.#solutions.isClosed ? truthsListed(text) : answers;
  }

  /** "Câu 1: B", and below it why. */
  #single: WordLine | null = null;

  #explains(line: WordLine): boolean {
    const above = this.#single;
    const start = above === null ? null : questionStart(above.text.text);
    const text = line.text.text;
    if (start === null || isAnswersHeading(text) || isNoise(text)) return false;
    this.#single = null;
    return this.#solutions.begin(line, { ...start, end: 0 }, this.#part);
  }

  group(place: number, raw: string, answers: AnswerGroup['answers']): PaperItem {
    const group = { place, raw, answers, part: this.#part, version: this.#version, used: 0 };
    return { is: 'answers', group };
  }

  /** Gives each solution to its question. */
  settle(items: readonly PaperItem[]): readonly PaperItem[] {
    return this.#solutions.settle(items);
  }
}

const VERSION =
  /^\s*(?:mã\s*đề(?:\s*thi)?\s*[:.]?\s*(?:\d{1,4}|[A-Z](?!\p{L}))|(?:mã|đề)(?:\s*thi)?\s*[:.]?\s*(\d{3,4}))\s*[:.–-]?\s*/iu;

/** Also "Đề 101: 1A 2B": a version without its usual name, right before answers. */
function versionNamed(text: string): string | null {
  const named = versionIn(text);
  if (named !== null) return named;
  const [all = '', code] = VERSION.exec(text) ?? [];
  return code !== undefined && answersInLine(text.slice(all.length)).length > 0 ? code : null;
}

function partNamed(text: string): number | null {
  return ordinal(/(?:phần|part)\s+(?:thứ\s+)?([IVX]+|\d+)/iu.exec(text)?.[1] ?? '');
}

/** A heading or a note; what looks like answers and was not understood is shown. */
function besideAnswers(line: WordLine): PaperItem {
  if (!mayBeAnswers(line.text.text)) return headingItem(line);
  const { answersUnread: saying } = wordSayings;
  return { is: 'unassigned', place: line.number, raw: line.text.line, saying };
}

function headingItem(line: WordLine): PaperItem {
  return {
    is: 'ignored',
    place: line.number,
    raw: line.text.line,
    saying: wordSayings.answersHeading,
  };
}
