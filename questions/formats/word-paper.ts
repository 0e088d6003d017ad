/** What a paper is taken apart into: questions with their lines, and everything else with its reason. */
import type { Saying } from './message.ts';
import type { StyledText } from './styled-text.ts';
import type { Answer } from './word-answers.ts';
import type { WordTable } from './word-model.ts';
import { pairsOf } from './word-pair-keys.ts';
import { asksPairs, type PartKind } from './word-patterns.ts';
import { hasColumnHeads, isRestOf } from './word-tables.ts';

/** One line of a paragraph. */
export interface WordLine {
  readonly number: number;
  readonly text: StyledText;
  readonly isHeading: boolean;
  /** An empty paragraph stands before it. */
  readonly isAfterBlank: boolean;
  /** Nothing but a letter that the paper as a whole uses as a key. */
  readonly isKey?: boolean;
}

export interface Part {
  /** From 0; the paper before any heading is a part too. */
  readonly index: number;
  kind: PartKind | null;
}

/** A question while its lines come in. */
export class PaperQuestion {
  readonly place: number;
  readonly number: number | null;
  readonly part: Part;
  readonly topic: string;
  /** Stem, options, statements: what stands before keys and explanations. */
  readonly body: StyledText[] = [];
  readonly tables: WordTable[] = [];
  readonly keys: StyledText[] = [];
  readonly explanation: StyledText[] = [];
  readonly citation: string[] = [];
  readonly notes: string[] = [];
  readonly raw: string[] = [];
  difficulty = '';
  points = '';
  ownTopic = '';
  /** A key says that it is an order. */
  isOrdered = false;
  passage: StyledText | null = null;
  /** Stands above several questions that have no text of their own ("Mark the letter …"). */
  instruction: StyledText | null = null;
  /** "THÔNG HIỂU" above it. */
  level = '';
  /** What tables of answers say, each once. */
  readonly answers: string[] = [];
  readonly paragraphs = new Set<number>();

  constructor(place: number, number: number | null, part: Part, topic: string) {
    this.place = place;
    this.number = number;
    this.part = part;
    this.topic = topic;
  }

  /** Two columns are to be put together: "1-b, 2-a" is its own key then. */
  get asksPairs(): boolean {
    return this.body.some(({ text }) => asksPairs(text)) || this.tables.some(hasColumnHeads);
  }

  /** Takes such a key, wherever in the paper it stands; false: it is something else. */
  takePairs(text: StyledText): boolean {
    if (!this.asksPairs || pairsOf(text.text) === null) return false;
    this.keys.push(text);
    return true;
  }
}

export interface AnswerGroup {
  readonly place: number;
  readonly raw: string;
  readonly answers: readonly Answer[];
  /** The part that a heading above it names, from 0; null: none. */
  readonly part: number | null;
  /** The version of the paper that a heading above it names; null: none. */
  readonly version: string | null;
  used: number;
}

export type PaperItem =
  | { readonly is: 'question'; readonly question: PaperQuestion }
  | { readonly is: 'ignored'; readonly place: number; readonly raw: string; readonly saying: Saying }
  /** Nobody's; `saying`: why, where there is more to say. */
  | { readonly is: 'unassigned'; readonly place: number; readonly raw: string; readonly saying?: Saying }
  | { readonly is: 'answers'; readonly group: AnswerGroup }
  | { readonly is: 'rows'; readonly table: WordTable };

/** Whether the last item was a table of questions that this one goes on with: somebody cut it in two, and the rest has no header. */
export function takesRest(items: PaperItem[], rest: WordTable): boolean {
  const last = items.at(-1);
  if (last?.is !== 'rows' || !isRestOf(rest, last.table)) return false;
  const table = { ...last.table, rows: [...last.table.rows, ...rest.rows] };
  items.splice(-1, 1, { is: 'rows', table });
  return true;
}
