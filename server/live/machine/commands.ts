/** What can be asked of the machine: what hosts say, and what the room says by itself. */
import type { ErrorCode } from '../../contracts/errors.ts';
import type { LiveCommand } from '../../contracts/live.ts';
import type { LiveEvent, LiveOutcome, LiveSolution } from './events.ts';
import type { Control } from './state.ts';

/** The same for each member of a union. */
type Without<Union, Keys extends PropertyKey> = Union extends unknown ? Omit<Union, Keys> : never;

/** A host's command with who says it; `client` is the browser that they hold. */
export type HostCommand = Without<LiveCommand, 'v' | 'client'> & {
  readonly client: string;
  readonly person: string;
};

/** What the room does by itself. Each may come from every node at once, and twice. */
export type RoomCommand =
  /** Whatever `wakeAt` waited for. */
  | { readonly do: 'due' }
  | { readonly do: 'allAnswered'; readonly asking: number }
  | { readonly do: 'grade'; readonly asking: number; readonly outcome: LiveOutcome }
  | { readonly do: 'interrupt'; readonly asking: number; readonly from: number }
  | { readonly do: 'comeBack' }
  | { readonly do: 'hostGone'; readonly client: string }
  | { readonly do: 'hostBack'; readonly client: string };

/** What a decision may need from outside; the machine has no clock, no dice and no database. */
export interface Surroundings {
  readonly now: number;
  /** Key for an asking that may be opened. */
  readonly asking: number;
  /** 16 hexadecimal digits. */
  readonly seed: string;
  /** Highest number of a player. */
  readonly players: number;
  readonly teams: number;
  /** Of the asking that is graded; null before. */
  readonly solution: LiveSolution | null;
  /** Hosts who follow now. */
  readonly hosts: readonly Control[];
}

export type Decision =
  | { readonly events: readonly LiveEvent[] }
  | { readonly refused: ErrorCode }
  /** It was done before: version of then. */
  | { readonly done: number };
