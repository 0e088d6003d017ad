/** What a view may know of the people in the room: rows and sockets, not the log. */
import type { LiveTally } from '../../contracts/live.ts';

export interface Roster {
  /** Highest number of a player. */
  readonly count: number;
  name(player: number): string;
  /** 0: none. */
  teamOf(player: number): number;
  readonly teams: readonly { readonly number: number; readonly name: string }[];
  readonly connected: number;
  /** Answers to the open question. */
  readonly answered: number;
  /** Of the open poll or cloud; null: not shown while it is open. */
  readonly tally: LiveTally | null;
  readonly hosts: readonly { readonly client: string; readonly name: string }[];
  /** Name of a host by uid. */
  hostName(person: string): string;
  readonly pin: string | null;
  readonly joinUrl: string;
}
