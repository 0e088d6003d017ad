/** The state of a session: immutable, shared between versions as far as it did not change. */
import type { Json } from '../../../questions/question.ts';
import type { LivePhase, LiveSettings } from '../../contracts/live.ts';
import type { Stage } from '../stages/stage.ts';
import { stageOf } from '../stages/stage-registry.ts';
import type { LiveOutcome, LiveSolution, PlannedStage } from './events.ts';

/** Time during which nobody could answer, ms since epoch. */
export interface Gap {
  readonly from: number;
  readonly to: number;
}

/** One opening of one question. */
export interface Asking {
  readonly id: number;
  readonly stage: number;
  readonly item: number;
  readonly kind: string;
  readonly versionId: number | null;
  /** As it is shown. */
  readonly prompt: Json;
  readonly order: readonly number[];
  readonly points: number;
  readonly totalMs: number;
  readonly opensAt: number;
  readonly deadline: number;
  readonly gaps: readonly Gap[];
  readonly only: number | null;
  readonly final: boolean;
  readonly closedAt: number | null;
  readonly outcome: LiveOutcome | null;
  readonly solution: LiveSolution | null;
  /** Reason; null: it counts. */
  readonly voided: string | null;
  /** Not to be asked again, though it was voided. */
  readonly burnt: boolean;
}

/** Where the session stands. */
export interface Step {
  readonly phase: LivePhase;
  /** Index of the stage; -1 before the first. */
  readonly stage: number;
  /** The question that is open or was last; null: none in this stage yet. */
  readonly asking: number | null;
  /** board: the phase that it covers. */
  readonly under: LivePhase | null;
  readonly podiumFrom: number | null;
  /** When it came to stand here. */
  readonly since: number;
}

/** What hosts did to players by hand, in order; `after`: how many askings there were. */
export type SeatAct =
  | {
      readonly type: 'rescue';
      readonly stage: number;
      readonly players: readonly number[];
      readonly after: number;
    }
  | {
      readonly type: 'seat';
      readonly stage: number;
      readonly player: number;
      readonly in: boolean;
      readonly after: number;
    };

export interface Adjustment {
  readonly player: number;
  readonly points: number;
  readonly reason: string;
}

/** What an undo gives back beside the step. */
export interface Manual {
  readonly adjustments: readonly Adjustment[];
  readonly seats: readonly SeatAct[];
  /** `stage/item` that the host left out. */
  readonly skipped: readonly string[];
  readonly shown: { readonly counts: boolean; readonly chart: boolean };
}

export interface Checkpoint {
  /** The event that followed. */
  readonly what: string;
  /** Null where the step did not move. */
  readonly step: Step | null;
  readonly manual: Manual;
  /** How many askings there were. */
  readonly askings: number;
}

export interface Control {
  readonly client: string;
  readonly person: string;
}

export interface Pause {
  readonly by: 'host' | 'interrupted';
  readonly since: number;
  /** When it was noticed. */
  readonly noticedAt: number;
}

export interface LiveState {
  readonly version: number;
  /** Of the newest event. */
  readonly at: number;
  readonly uid: string;
  readonly title: string;
  readonly rehearsal: boolean;
  readonly settings: LiveSettings;
  readonly plan: readonly PlannedStage[];
  readonly locked: boolean;
  readonly namesHidden: boolean;
  readonly control: Control | null;
  readonly hostPresent: boolean;
  readonly step: Step;
  /** Version at which the step last moved: what hosts must have seen. */
  readonly stepVersion: number;
  readonly manual: Manual;
  readonly pause: Pause | null;
  /** Stage → players that were there when it began. */
  readonly upTo: Readonly<Record<number, number>>;
  readonly askings: readonly Asking[];
  readonly removed: readonly number[];
  readonly past: readonly Checkpoint[];
  /** Newest commands, so that twice is once. */
  readonly commands: readonly { readonly id: string; readonly version: number }[];
}

/** The asking that the session stands at; null: none. */
export function currentAsking({ step, askings }: LiveState): Asking | null {
  if (step.asking === null) return null;
  const newest = askings.at(-1);
  if (newest?.id === step.asking) return newest;
  return askings.find(({ id }) => id === step.asking) ?? null;
}

/** The question that takes answers (or waits in a pause); null: none. */
export function openAsking(state: LiveState): Asking | null {
  return state.step.phase === 'asked' ? currentAsking(state) : null;
}

export function plannedStage(state: LiveState): PlannedStage | null {
  return state.plan[state.step.stage] ?? null;
}

/** Throws RangeError when there is no such stage. */
export function stageAt(
  state: LiveState,
  index: number,
): { readonly planned: PlannedStage; readonly stage: Stage } {
  const planned = state.plan[index];
  if (planned === undefined) throw new RangeError(`no stage ${index}`);
  return { planned, stage: stageOf(planned.kind) };
}
