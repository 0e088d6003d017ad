/**
 * What happened in a session, as its log holds it. Players are numbers, hosts are uids: the log names nobody. An entry is
 * written once and never changed; the state is what all entries make of nothing.
 */
import type { Json } from '../../../questions/question.ts';
import type { LiveSettings, LiveTally } from '../../contracts/live.ts';
import type { PlannedItem } from '../stages/stage.ts';

export interface PlannedStage {
  readonly kind: string;
  readonly title: string;
  readonly settings: Json;
  readonly items: readonly PlannedItem[];
}

/** What an asking brought. The lists stand beside `players` (ascending, those who answered). */
export interface LiveOutcome {
  readonly players: readonly number[];
  readonly points: readonly number[];
  /** Share that was right, 0..1; null: nothing to be right about. */
  readonly shares: readonly number[] | null;
  /** Right answers in a row, this one included. */
  readonly streaks: readonly number[];
  /** Time used, ms. */
  readonly ms: readonly number[];
  /** Who it put out. */
  readonly out: readonly number[];
  /** Players who could answer. */
  readonly asked: number;
  readonly right: number;
  readonly tally: LiveTally;
  /** Beside the lines of typed answers: the mean share of each that was right. Left out where nothing is. */
  readonly lineShares?: readonly number[];
}

/** Comes into the log at the reveal, and not before. */
export interface LiveSolution {
  readonly answer: Json;
  readonly explanation: string;
  readonly citation: { readonly document: string; readonly section: string } | null;
}

export type LiveEvent =
  | {
      readonly type: 'opened';
      readonly uid: string;
      readonly title: string;
      readonly rehearsal: boolean;
      /** Without the roster: it names people. */
      readonly settings: LiveSettings;
      readonly plan: readonly PlannedStage[];
    }
  | { readonly type: 'controlTaken'; readonly client: string; readonly person: string }
  | { readonly type: 'controlHanded'; readonly client: string; readonly person: string }
  | { readonly type: 'hostGone' }
  | { readonly type: 'hostBack' }
  | { readonly type: 'locked' }
  | { readonly type: 'unlocked' }
  | { readonly type: 'namesHidden'; readonly hidden: boolean }
  | { readonly type: 'shown'; readonly counts: boolean; readonly chart: boolean }
  /** `upTo`: players that were there; the stage's own where it puts players out. */
  | { readonly type: 'stageEntered'; readonly stage: number; readonly upTo: number }
  | {
      readonly type: 'asked';
      readonly asking: number;
      readonly item: number;
      readonly prompt: Json;
      /** Shown position → original index; empty: not shuffled. */
      readonly order: readonly number[];
      readonly points: number;
      readonly totalMs: number;
      readonly opensAt: number;
      readonly deadline: number;
      /** The only player who may answer; null: everybody who is in. */
      readonly only: number | null;
    }
  | { readonly type: 'extended'; readonly asking: number; readonly ms: number }
  | { readonly type: 'paused' }
  /** Nobody could answer since `from`. */
  | { readonly type: 'interrupted'; readonly from: number }
  | { readonly type: 'resumed' }
  | { readonly type: 'closed'; readonly asking: number; readonly by: 'time' | 'host' | 'all' }
  | { readonly type: 'graded'; readonly asking: number; readonly outcome: LiveOutcome }
  | { readonly type: 'revealed'; readonly asking: number; readonly solution: LiveSolution }
  | { readonly type: 'voided'; readonly asking: number; readonly reason: string }
  | { readonly type: 'skipped'; readonly stage: number; readonly item: number }
  | { readonly type: 'boardShown' }
  | { readonly type: 'boardHidden' }
  | { readonly type: 'podiumShown'; readonly from: number }
  | { readonly type: 'undone'; readonly reason: string }
  | { readonly type: 'adjusted'; readonly player: number; readonly points: number; readonly reason: string }
  | { readonly type: 'seated'; readonly player: number; readonly in: boolean; readonly reason: string }
  | { readonly type: 'rescued'; readonly players: readonly number[] }
  | { readonly type: 'renamed'; readonly player: number }
  | { readonly type: 'removed'; readonly player: number; readonly reason: string }
  | { readonly type: 'teamAdded'; readonly team: number }
  | { readonly type: 'moved'; readonly player: number; readonly team: number | null }
  | { readonly type: 'dealt'; readonly players: number }
  | { readonly type: 'ended' };

/** An event with its place in the log. */
export interface LogEntry {
  /** From 1, without gaps. */
  readonly version: number;
  readonly at: number;
  /** uid of the host; null: the room itself. */
  readonly by: string | null;
  /** Id of the command that it came of; null: none. */
  readonly command: string | null;
  readonly event: LiveEvent;
}
