/** From rows of results to facts: of each attempt the newest version, when it counts and falls into a window. Pure. */
import type { Facts } from './count-rules.ts';
import type { Window } from './period-rules.ts';

/** Columns a row, in the order of `resultColumns` in `counting.ts`. */
export const WIDTH = 8;

const ATTEMPT = 0;
const ROUND = 1;
const PERSON = 2;
const UNIT = 3;
const VERSION = 4;
const MARKS = 5;
const RIGHT = 6;
const SUBMITTED = 7;

const AHEAD_MS = 7 * 3_600_000;
const DAY_MS = 86_400_000;

/** What rows are read against. */
export interface FactRules {
  readonly now: Window;
  readonly before: Window | null;
  /** Round → questions of a paper: so many right is everything right. */
  readonly questions: ReadonlyMap<number, number>;
  /** Unit → node. */
  readonly nodes: ReadonlyMap<number, number>;
}

/**
 * Rows one after another in one array; null is NaN. The version column holds `2 × version + counts`, since two numbers cost
 * twice as much to read as one.
 */
export function factsOf(rows: Float64Array, length: number, rules: FactRules): Facts {
  const newest = laterVersions(rows, length);
  const { nodes, questions } = rules;
  const facts = room(length / WIDTH);
  const [now, before] = [windowTest(rules.now), windowTest(rules.before)];
  for (let row = 0; row < length; row += WIDTH) {
    if (!isInForce(rows, row, newest)) continue;
    const [round = 0, submitted = 0] = [rows[row + ROUND], rows[row + SUBMITTED]];
    const isNow = now(round, submitted);
    if (isNow || before(round, submitted)) add(facts, rows, row, { nodes, questions, isNow });
  }
  return facts;
}

type Room = { -readonly [K in keyof Facts]: Facts[K] };

function room(most: number): Room {
  return {
    length: 0,
    people: new Float64Array(most),
    nodes: new Int32Array(most),
    marks: new Float64Array(most),
    full: new Uint8Array(most),
    windows: new Uint8Array(most),
    days: new Int32Array(most),
  };
}

/** Counts, and no later version stands for it. */
function isInForce(rows: Float64Array, row: number, newest: ReadonlyMap<number, number>): boolean {
  const code = rows[row + VERSION] ?? 0;
  if (code % 2 === 0) return false;
  const later = newest.size === 0 ? undefined : newest.get(rows[row + ATTEMPT] ?? 0);
  return later === undefined || later === Math.floor(code / 2);
}

function add(
  facts: Room,
  rows: Float64Array,
  row: number,
  { nodes, questions, isNow }: Pick<FactRules, 'nodes' | 'questions'> & { readonly isNow: boolean },
): void {
  const at = facts.length++;
  const asked = questions.get(rows[row + ROUND] ?? 0) ?? Number.POSITIVE_INFINITY;
  facts.people[at] = rows[row + PERSON] ?? 0;
  facts.nodes[at] = nodes.get(rows[row + UNIT] ?? Number.NaN) ?? -1;
  facts.marks[at] = rows[row + MARKS] ?? 0;
  facts.full[at] = (rows[row + RIGHT] ?? 0) >= asked ? 1 : 0;
  facts.windows[at] = isNow ? 0 : 1;
  facts.days[at] = Math.floor(((rows[row + SUBMITTED] ?? 0) + AHEAD_MS) / DAY_MS);
}

/** Attempts that have more than their first version → the newest. */
function laterVersions(rows: Float64Array, length: number): ReadonlyMap<number, number> {
  const newest = new Map<number, number>();
  for (let row = 0; row < length; row += WIDTH) {
    const version = Math.floor((rows[row + VERSION] ?? 0) / 2);
    if (version === 0) continue;
    const attempt = rows[row + ATTEMPT] ?? 0;
    newest.set(attempt, Math.max(newest.get(attempt) ?? 0, version));
  }
  return newest;
}

function windowTest(window: Window | null): (round: number, submitted: number) => boolean {
  if (window === null) return () => false;
  const rounds = new Set(window.rounds);
  const { from, to } = window;
  return (round, submitted) => rounds.has(round) && submitted >= from && submitted < to;
}
