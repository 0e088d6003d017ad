/** Who is in: players of a stage that puts players out. A fold over outcomes that count and what hosts did by hand. */
import { type LiveState, type SeatAct, stageAt } from './state.ts';

interface Seats {
  readonly out: ReadonlySet<number>;
  /** Let in by hand after the stage began. */
  readonly added: ReadonlySet<number>;
  readonly rescued: ReadonlySet<number>;
  readonly rescues: number;
  /** Ascending. */
  readonly standing: readonly number[];
}

const known = new WeakMap<LiveState, Map<number, Seats>>();

/** Seats of a stage, computed once for each state. */
export function seatsOf(state: LiveState, stage: number): Seats {
  const ofState = known.get(state) ?? new Map<number, Seats>();
  known.set(state, ofState);
  const before = ofState.get(stage);
  if (before !== undefined) return before;
  const seats = fold(state, stage);
  ofState.set(stage, seats);
  return seats;
}

interface Folding {
  readonly out: Set<number>;
  readonly added: Set<number>;
  readonly rescued: Set<number>;
  readonly upTo: number;
  rescues: number;
}

function fold(state: LiveState, stage: number): Seats {
  const upTo = state.upTo[stage] ?? 0;
  const folding: Folding = { out: new Set(), added: new Set(), rescued: new Set(), upTo, rescues: 0 };
  const acts = state.manual.seats.filter((act) => act.stage === stage);
  for (let i = 0; i <= state.askings.length; i++) {
    for (const act of acts) if (act.after === i) byHand(folding, act);
    const asking = state.askings[i];
    if (asking === undefined || asking.stage !== stage || asking.voided !== null) continue;
    for (const player of asking.outcome?.out ?? []) folding.out.add(player);
  }
  return { ...folding, standing: standing(folding, new Set(state.removed)) };
}

function byHand(folding: Folding, act: SeatAct): void {
  const letIn = (player: number): void => {
    if (player > folding.upTo) folding.added.add(player);
    folding.out.delete(player);
  };
  if (act.type === 'rescue') {
    folding.rescues += 1;
    for (const player of act.players) {
      letIn(player);
      folding.rescued.add(player);
    }
  } else if (act.in) letIn(act.player);
  else folding.out.add(act.player);
}

function standing({ upTo, added, out }: Folding, removed: ReadonlySet<number>): number[] {
  const all = Array.from({ length: upTo }, (_, i) => i + 1);
  const later = [...added].sort((a, b) => a - b);
  return [...all, ...later].filter((player) => !out.has(player) && !removed.has(player));
}

/** Whether a player may answer in the stage that runs: O(1). */
export function isIn(state: LiveState, player: number): boolean {
  const index = state.step.stage;
  if (index < 0 || state.plan[index] === undefined) return !state.removed.includes(player);
  if (state.removed.includes(player)) return false;
  if (!stageAt(state, index).stage.eliminates) return true;
  const seats = seatsOf(state, index);
  if (seats.out.has(player)) return false;
  return player <= (state.upTo[index] ?? 0) || seats.added.has(player);
}

/** Everybody who may answer in the stage that runs; null: everybody there is. */
export function standingOf(state: LiveState): readonly number[] | null {
  const index = state.step.stage;
  if (state.plan[index] === undefined || !stageAt(state, index).stage.eliminates) return null;
  return seatsOf(state, index).standing;
}
