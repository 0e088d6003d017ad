/**
 * What is odd about an attempt: answered faster than anybody reads, the same choice time and again, the page out of sight
 * often. A flag for a person to weigh, with what was measured; nothing ever follows from it by itself. Pure.
 */
import type { Json } from '../../questions/question.ts';

/** What is looked at of a closed attempt. */
export interface Looked {
  /** As shown and given, in the paper's order; null: not answered. */
  readonly answers: readonly (Json | null)[];
  /** Tenths of a second since the start, of the last change of each; −1: never answered. */
  readonly changedAt: readonly number[];
  readonly elapsedMs: number;
  /** Share of the marks that it got, 0 to 1; null: not known. */
  readonly share: number | null;
  /** Null where the contest does not look. */
  readonly away: { readonly times: number; readonly ms: number } | null;
}

/** fast: median tenths of a second an answer; row: the same choice so often in a row; away: so often out of sight. */
export type Signs = Partial<Record<'fast' | 'row' | 'away', number>>;

export interface Signal {
  readonly signs: Signs;
  /** What is odd about more than one thing, or went with a high mark, comes first. */
  readonly weight: number;
}

/** Fewer answers say nothing. */
const LEAST_ANSWERS = 8;
/** A question and four options are not read in less; tenths of a second. */
const FASTEST = 15;
const LONGEST_ROW = 10;
const MOST_AWAY = 5;
const LONGEST_AWAY_MS = 60_000;
const HIGH = 0.9;

/** Null: nothing is odd. */
export function signalOf(looked: Looked): Signal | null {
  const signs: Signs = { ...fastSign(looked), ...rowSign(looked), ...awaySign(looked) };
  const count = Object.keys(signs).length;
  if (count === 0) return null;
  const wasHigh = (looked.share ?? 0) >= HIGH;
  return { signs, weight: count + (wasHigh && (signs.fast ?? signs.away) !== undefined ? 2 : 0) };
}

/** The median time between one answer and the next; going back to an answer moves it, so it is never too harsh. */
function fastSign({ changedAt, elapsedMs }: Looked): Signs {
  const times = changedAt.filter((at) => at >= 0).sort((a, b) => a - b);
  if (times.length < LEAST_ANSWERS) return {};
  const pauses = times.map((at, i) => at - (times[i - 1] ?? 0)).sort((a, b) => a - b);
  const median = pauses[Math.floor(pauses.length / 2)] ?? 0;
  const wholeTenths = elapsedMs / 100 / times.length;
  return median < FASTEST && wholeTenths < 2 * FASTEST ? { fast: median } : {};
}

/** Only whole choices: texts and numbers may well be the same. An unanswered question ends a row. */
function rowSign({ answers }: Looked): Signs {
  let longest = 0;
  let row = 0;
  let before = '';
  for (const answer of answers) {
    const choice = choiceOf(answer);
    row = choice !== null && choice === before ? row + 1 : choice === null ? 0 : 1;
    before = choice ?? '';
    longest = Math.max(longest, row);
  }
  return longest >= LONGEST_ROW ? { row: longest } : {};
}

function choiceOf(answer: Json | null): string | null {
  if (typeof answer === 'boolean') return String(answer);
  if (!Array.isArray(answer) || answer.length !== 1) return null;
  const [only] = answer;
  return typeof only === 'number' ? String(only) : null;
}

function awaySign({ away }: Looked): Signs {
  if (away === null) return {};
  return away.times >= MOST_AWAY || away.ms >= LONGEST_AWAY_MS ? { away: away.times } : {};
}
