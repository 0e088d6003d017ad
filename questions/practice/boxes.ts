/**
 * Spaced repetition of what somebody answered wrongly: Leitner's boxes. A wrong answer puts a question into the first box; each
 * right one moves it on and further into the future; out of the last box it is known and leaves. Questions that were right at
 * once are only counted. Pure: the server keeps it for people with an account, the browser for guests.
 */

/** A question that comes again. */
export interface Card {
  /** Id of the question. */
  readonly question: string;
  /** Id of its bank. */
  readonly bank: string;
  /** 0 … BOXES − 1. */
  readonly box: number;
  /** When it comes again, ms since epoch. */
  readonly due: number;
}

/** Answers in one bank. */
export interface Tally {
  readonly answered: number;
  readonly right: number;
}

export interface Progress {
  readonly cards: readonly Card[];
  /** By id of the bank. */
  readonly tallies: Readonly<Record<string, Tally>>;
  /** Names of the newest answers, so that one that arrives twice counts once. */
  readonly heard: readonly string[];
}

export const NOTHING: Progress = { cards: [], tallies: {}, heard: [] };

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
/** How long a card waits in each box. */
const WAITS_MS = [10 * MINUTE_MS, DAY_MS, 3 * DAY_MS, 7 * DAY_MS, 21 * DAY_MS];
export const BOXES = WAITS_MS.length;
/** The cards that are due last go when there are more: a row stays small. */
const CARDS_MOST = 300;
const HEARD_MOST = 20;
const BANKS_MOST = 100;

export interface Answered {
  /** Unique name of this answer. */
  readonly name: string;
  readonly question: string;
  readonly bank: string;
  /** Share of the points, 0..1. */
  readonly share: number;
  readonly at: number;
}

/** Progress after one more answer. The same answer again changes nothing. */
export function withAnswer(progress: Progress, { name, question, bank, share, at }: Answered): Progress {
  if (progress.heard.includes(name)) return progress;
  const isRight = share >= 1;
  const known = progress.cards.find((card) => card.question === question);
  const others = progress.cards.filter((card) => card.question !== question);
  const next = nextCard(known, { question, bank, isRight, at });
  const before = progress.tallies[bank] ?? { answered: 0, right: 0 };
  const tally = { answered: before.answered + 1, right: before.right + (isRight ? 1 : 0) };
  return {
    cards: inOrder(next === null ? others : [...others, next]),
    tallies: newestOf({ ...progress.tallies, [bank]: tally }),
    heard: [...progress.heard, name].slice(-HEARD_MOST),
  };
}

/** Browsers of 2021 cannot sort a copy by themselves. */
function inOrder(cards: readonly Card[]): readonly Card[] {
  return [...cards].sort((a, b) => a.due - b.due).slice(0, CARDS_MOST);
}

function nextCard(
  known: Card | undefined,
  { question, bank, isRight, at }: { question: string; bank: string; isRight: boolean; at: number },
): Card | null {
  if (!isRight) return { question, bank, box: 0, due: at + (WAITS_MS[0] ?? 0) };
  if (known === undefined) return null;
  // Asked before it was due, a right answer proves little: it waits on.
  if (known.due > at) return known;
  const box = known.box + 1;
  const wait = WAITS_MS[box];
  return wait === undefined ? null : { question, bank, box, due: at + wait };
}

function newestOf(tallies: Readonly<Record<string, Tally>>): Readonly<Record<string, Tally>> {
  const entries = Object.entries(tallies);
  return entries.length <= BANKS_MOST ? tallies : Object.fromEntries(entries.slice(-BANKS_MOST));
}

/** Cards that wait no longer, the longest overdue first; `bank` empty: of all banks. */
export function dueCards({ cards }: Progress, bank: string, now: number): readonly Card[] {
  return cards.filter((card) => card.due <= now && (bank === '' || card.bank === bank));
}

/** Without a question that is there no longer. */
export function forget(progress: Progress, question: string): Progress {
  return { ...progress, cards: progress.cards.filter((card) => card.question !== question) };
}

/** What was kept, read again; anything else is nothing. */
export function readProgress(value: unknown): Progress {
  if (
    !isObject(value) ||
    !Array.isArray(value.cards) ||
    !isObject(value.tallies) ||
    !Array.isArray(value.heard)
  )
    return NOTHING;
  const tallies: Record<string, Tally> = {};
  for (const [bank, tally] of Object.entries(value.tallies))
    if (isObject(tally) && typeof tally.answered === 'number' && typeof tally.right === 'number')
      tallies[bank] = { answered: tally.answered, right: tally.right };
  const cards: readonly unknown[] = value.cards;
  const heard: readonly unknown[] = value.heard;
  return {
    cards: cards.filter(isCard).slice(0, CARDS_MOST),
    tallies,
    heard: heard.filter((name) => typeof name === 'string').slice(-HEARD_MOST),
  };
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isCard(value: unknown): value is Card {
  if (!isObject(value)) return false;
  const { question, bank, box, due } = value;
  return (
    typeof question === 'string' &&
    typeof bank === 'string' &&
    typeof box === 'number' &&
    box >= 0 &&
    box < BOXES &&
    typeof due === 'number' &&
    Number.isFinite(due)
  );
}
