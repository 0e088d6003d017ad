/** Points and places: a fold over the outcomes that count and what hosts gave by hand. */
import type { Asking, LiveState } from './state.ts';

/** Points of every player, by number. */
export type Totals = Float64Array;

export interface Ranking {
  /** By number; 0: not ranked (removed, or nobody has the number). */
  readonly rank: Int32Array;
  /** Numbers in order: points, then number. */
  readonly order: readonly number[];
  readonly totals: Totals;
}

/** Points after all that counts; `without`: an asking that is left out (how it stood before). */
export function totalsOf(state: LiveState, players: number, without: number | null = null): Totals {
  const totals = new Float64Array(players + 1);
  for (const { outcome, voided, id, solution } of state.askings) {
    if (outcome === null || voided !== null || id === without || solution === null) continue;
    outcome.players.forEach((player, i) => {
      if (player <= players) totals[player] = (totals[player] ?? 0) + (outcome.points[i] ?? 0);
    });
  }
  for (const { player, points } of state.manual.adjustments)
    if (player <= players) totals[player] = (totals[player] ?? 0) + points;
  return totals;
}

/**
 * Places from 1, equals share them. Ten thousand are ranked between two answers: numbers are sorted without a comparison of
 * our own, and everybody finds their place by their points.
 */
export function rankingOf(state: Pick<LiveState, 'removed'>, totals: Totals): Ranking {
  const removed = new Set(state.removed);
  const numbers: number[] = [];
  for (let player = 1; player < totals.length; player++) if (!removed.has(player)) numbers.push(player);
  const sorted = Float64Array.from(numbers, (player) => totals[player] ?? 0)
    .sort()
    .reverse();
  const firstOf = new Map<number, number>();
  sorted.forEach((points, place) => {
    if (points !== sorted[place - 1]) firstOf.set(points, place);
  });
  const next = new Map(firstOf);
  const rank = new Int32Array(totals.length);
  const order = new Array<number>(numbers.length).fill(0);
  for (const player of numbers) {
    const points = totals[player] ?? 0;
    const place = next.get(points) ?? 0;
    next.set(points, place + 1);
    order[place] = player;
    rank[player] = (firstOf.get(points) ?? 0) + 1;
  }
  return { rank, order, totals };
}

interface Standings {
  readonly now: Ranking;
  /** Before the newest question that counts; null: nothing was played before. */
  readonly before: Ranking | null;
  /** That question. */
  readonly newest: Asking | null;
}

const known = new WeakMap<LiveState, { readonly players: number; readonly standings: Standings }>();

/** Computed once for a state and a number of players. Points show from the reveal on. */
export function standingsOf(state: LiveState, players: number): Standings {
  const before = known.get(state);
  if (before?.players === players) return before.standings;
  const counted = state.askings.filter(({ solution, voided }) => solution !== null && voided === null);
  const newest = counted.at(-1) ?? null;
  const standings = {
    now: rankingOf(state, totalsOf(state, players)),
    before: counted.length < 2 ? null : rankingOf(state, totalsOf(state, players, newest?.id ?? null)),
    newest,
  };
  known.set(state, { players, standings });
  return standings;
}

export interface TeamStanding {
  readonly number: number;
  readonly points: number;
  readonly members: number;
  readonly rank: number;
}

/** Teams by the mean (two decimals) or the sum of their members; those without members come last. `teamOf` gives 0 for none. */
export function teamStandings(
  state: LiveState,
  { order, totals }: Ranking,
  teams: number,
  teamOf: (player: number) => number,
): TeamStanding[] {
  const sums = new Float64Array(teams + 1);
  const members = new Int32Array(teams + 1);
  for (const player of order) {
    const team = teamOf(player);
    sums[team] = (sums[team] ?? 0) + (totals[player] ?? 0);
    members[team] = (members[team] ?? 0) + 1;
  }
  const lines = Array.from({ length: teams }, (_, i) => {
    const number = i + 1;
    const count = members[number] ?? 0;
    const sum = sums[number] ?? 0;
    const mean = count === 0 ? 0 : Math.round((sum / count) * 100) / 100;
    return { number, members: count, points: state.settings.teams.score === 'sum' ? sum : mean };
  }).sort((a, b) => b.points - a.points || a.number - b.number);
  let rank = 0;
  return lines.map((line, place) => {
    if (place === 0 || line.points !== lines[place - 1]?.points) rank = place + 1;
    return { ...line, rank };
  });
}

/** Where a player stands in the lists of an outcome; -1: gave no answer. */
export function placeIn(players: readonly number[], player: number): number {
  let low = 0;
  let high = players.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const found = players[middle] ?? 0;
    if (found === player) return middle;
    if (found < player) low = middle + 1;
    else high = middle - 1;
  }
  return -1;
}
