/** Where a contest stands, in one word for lists and badges. Pure. */
import type { DeskContestCard, DeskState, Phase, RoundState } from '../../api/desk-contests.ts';

export type Standing = 'draft' | 'soon' | 'now' | 'past' | 'archived';

export function standingOf({ state, phase }: Pick<DeskContestCard, 'state' | 'phase'>): Standing {
  if (state !== 'published') return state;
  return phase ?? 'soon';
}

/** The same of a contest whose rounds are at hand. */
export function standingOfRounds(
  state: DeskState,
  rounds: readonly { readonly state: RoundState }[],
): Standing {
  return standingOf({ state, phase: phaseOf(rounds.map((round) => round.state)) });
}

function phaseOf(states: readonly RoundState[]): Phase | null {
  if (states.length === 0) return null;
  if (states.every((state) => state === 'soon')) return 'soon';
  return states.every((state) => state === 'closed' || state === 'settled') ? 'past' : 'now';
}

/** Colours that mean something: red runs now. */
export const tones = {
  draft: 'amber',
  soon: 'blue',
  now: 'red',
  past: 'green',
  archived: 'neutral',
} as const;
export const roundTones = { soon: 'blue', open: 'red', closed: 'amber', settled: 'green' } as const;
