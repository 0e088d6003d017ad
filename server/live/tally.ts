/** How answers are spread: counts for options, the commonest texts for everything else. Pure. */
import { type ClozeGap, isClozePrompt } from '../../questions/kinds/cloze/prompt.ts';
import { isRecord } from '../../questions/kinds/shapes.ts';
import type { Json } from '../../questions/question.ts';
import { fold } from '../../questions/vietnamese.ts';
import type { LiveTally } from '../contracts/live.ts';
import type { LiveOutcome } from './machine/events.ts';

/** Lines of texts that are shown. */
const LINES_MOST = 40;

interface Line {
  readonly forms: Map<string, number>;
  count: number;
  /** Sum of the shares that were right. */
  earned: number;
}

/** Counts answers as they come; `prompt` as it was shown. */
export class Tally {
  readonly #counts: number[] | null;
  readonly #lines = new Map<string, Line>();
  readonly #gaps: readonly ClozeGap[] | null;
  #texts = 0;
  #truths: [number, number] | null = null;

  constructor(prompt: Json) {
    const options = isRecord(prompt) && Array.isArray(prompt.options) ? prompt.options : null;
    this.#gaps = isClozePrompt(prompt) ? prompt.gaps : null;
    this.#counts = options === null ? null : new Array<number>(options.length).fill(0);
  }

  /** `share` of the answer that was right, 0..1; 0 where nothing is. */
  add(answer: Json, share = 0): void {
    if (this.#counts !== null && isPositions(answer)) {
      for (const position of answer) this.#counts[position] = (this.#counts[position] ?? 0) + 1;
    } else if (typeof answer === 'boolean') {
      this.#truths ??= [0, 0];
      this.#truths[answer ? 0 : 1] += 1;
    } else for (const text of this.#textsOf(answer)) this.#addText(text, share);
  }

  /** What is in the gaps of a cloze is one line. */
  #textsOf(answer: Json): readonly string[] {
    return this.#gaps === null ? textsOf(answer) : [filledText(this.#gaps, answer)];
  }

  /** "hà nội" and "Hà Nội" are one line, under the form that most people typed. */
  #addText(text: string, share: number): void {
    const key = fold(text);
    const line = this.#lines.get(key) ?? { forms: new Map<string, number>(), count: 0, earned: 0 };
    this.#lines.set(key, line);
    this.#texts += 1;
    line.count += 1;
    line.earned += share;
    line.forms.set(text, (line.forms.get(text) ?? 0) + 1);
  }

  /** True stands before false, as buttons do. */
  result(): LiveTally {
    const counts = this.#counts ?? this.#truths;
    if (counts !== null) return { type: 'options', counts: [...counts] };
    const lines = this.#shownLines().map(({ text, count }) => ({ text, count }));
    const shown = lines.reduce((sum, { count }) => sum + count, 0);
    return { type: 'texts', lines, others: this.#texts - shown };
  }

  /** Beside the lines of `result`: the mean share of each that was right. Empty where options are counted. */
  lineShares(): readonly number[] {
    if ((this.#counts ?? this.#truths) !== null) return [];
    return this.#shownLines().map(({ count, earned }) => Math.round((earned / count) * 10_000) / 10_000);
  }

  /** The commonest first. Nothing here depends on what was right: the order must not tell it before the reveal. */
  #shownLines(): readonly { readonly text: string; readonly count: number; readonly earned: number }[] {
    return [...this.#lines.values()]
      .map(({ forms, count, earned }) => ({ text: commonest(forms), count, earned }))
      .sort((a, b) => b.count - a.count || (a.text < b.text ? -1 : 1))
      .slice(0, LINES_MOST);
  }
}

export function tallyOf(prompt: Json, answers: readonly Json[]): LiveTally {
  const tally = new Tally(prompt);
  for (const answer of answers) tally.add(answer);
  return tally.result();
}

/** A tally with what was right in it: for after the reveal, never before. */
export function markedTally({ tally, lineShares }: Pick<LiveOutcome, 'tally' | 'lineShares'>): LiveTally {
  if (tally.type !== 'texts' || lineShares === undefined) return tally;
  const lines = tally.lines.map((line, i) => ({ ...line, share: lineShares[i] ?? 0 }));
  return { ...tally, lines };
}

function isPositions(answer: Json): answer is readonly number[] {
  return Array.isArray(answer) && answer.every((position) => typeof position === 'number');
}

function commonest(forms: ReadonlyMap<string, number>): string {
  let best = '';
  let most = 0;
  for (const [text, count] of forms) {
    if (count < most || (count === most && text > best)) continue;
    best = text;
    most = count;
  }
  return best;
}

/** Orders and pairs are shown as lists of places from 1, statements as ticks and crosses. */
function textsOf(answer: Json): readonly string[] {
  if (typeof answer === 'string') return [answer];
  if (!Array.isArray(answer)) return [JSON.stringify(answer)];
  if (answer.every((one) => typeof one === 'string')) return answer;
  return [answer.map(partText).join(' ')];
}

function filledText(gaps: readonly ClozeGap[], answer: Json): string {
  const parts = Array.isArray(answer) ? answer : [];
  const textIn = (gap: ClozeGap, part: Json | undefined): string => {
    if (typeof part === 'number') return gap.kind === 'choice' ? (gap.options[part] ?? '–') : '–';
    return typeof part === 'string' ? part : '–';
  };
  return gaps.map((gap, i) => textIn(gap, parts[i])).join(' · ');
}

function partText(part: Json): string {
  if (typeof part === 'number') return String(part + 1);
  return typeof part === 'boolean' ? (part ? '✓' : '✗') : '–';
}
