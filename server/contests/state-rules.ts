/** Where a round and a contest stand at a moment. Pure; nothing of it is stored, so that nobody has to change it in time. */
import type { Phase, RoundState } from '../contracts/contests.ts';

interface Window {
  readonly opensAt: number;
  /** Exclusive. */
  readonly closesAt: number;
}

export function roundState(round: Window & { readonly settledAt: number | null }, now: number): RoundState {
  if (round.settledAt !== null) return 'settled';
  if (now < round.opensAt) return 'soon';
  return now < round.closesAt ? 'open' : 'closed';
}

/** Null without rounds. Between two rounds a contest is still going on. */
export function phaseOf(rounds: readonly Window[], now: number): Phase | null {
  if (rounds.length === 0) return null;
  if (now < firstOpening(rounds)) return 'soon';
  return now < lastClosing(rounds) ? 'now' : 'past';
}

export function firstOpening(rounds: readonly Window[]): number {
  return Math.min(...rounds.map(({ opensAt }) => opensAt));
}

export function lastClosing(rounds: readonly Window[]): number {
  return Math.max(...rounds.map(({ closesAt }) => closesAt));
}

/** The open round that closes first, else the next one to open; null when all have closed. */
export function currentRound<R extends Window>(rounds: readonly R[], now: number): R | null {
  const open = rounds.filter(({ opensAt, closesAt }) => opensAt <= now && now < closesAt);
  const coming = rounds.filter(({ opensAt }) => now < opensAt);
  return (
    open.toSorted((a, b) => a.closesAt - b.closesAt)[0] ??
    coming.toSorted((a, b) => a.opensAt - b.opensAt)[0] ??
    null
  );
}

/** The next moment at which a page that was made at `now` is no longer right. */
export function nextBoundary(rounds: readonly Window[], now: number): number {
  const moments = rounds.flatMap(({ opensAt, closesAt }) => [opensAt, closesAt]);
  return Math.min(Number.POSITIVE_INFINITY, ...moments.filter((at) => at > now));
}
