/** What an attempt needs to know of contests: given by the contests feature, so that the two do not know each other's tables. */
import type { RoundSettings } from '../contracts/contest-settings.ts';
import type { Pool } from './draw-rules.ts';

/** A round of a published contest, from memory. */
export interface RoundInForce {
  readonly id: number;
  readonly uid: string;
  readonly contestId: number;
  readonly contest: {
    readonly uid: string;
    readonly slug: string;
    readonly title: string;
    /** Notes how often the page of an attempt is out of sight. */
    readonly watchesPages?: boolean;
  };
  readonly number: number;
  readonly title: string;
  readonly opensAt: number;
  readonly closesAt: number;
  readonly durationMs: number;
  readonly settings: RoundSettings;
  /** When everything was closed, predictions entered and ranks stored; null before. */
  readonly settledAt: number | null;
  /** How binding the results are, as declared: provisional, official, amended; null: nothing was yet. */
  readonly standing: string | null;
}

export interface Rounds {
  byUid(uid: string): RoundInForce | null;
  byId(id: number): RoundInForce | null;
  /** Rounds of all published contests. */
  all(): readonly RoundInForce[];
  /** The rounds of one contest, by number. */
  ofContest(contestId: number): readonly RoundInForce[];
  /** Throws why this person may not start now (`round.entryNeeded`, `round.notEligible`, `round.wrongCode`); else the unit that the attempt counts for. */
  admit(
    round: RoundInForce,
    personId: number,
    now: number,
    code: string | undefined,
    /** Where the code was typed (`networkOf`): guesses are counted there too. */
    network?: string | null,
  ): Promise<{ readonly unitId: number | null }>;
  /** Questions that the round's papers are drawn from. */
  pool(round: RoundInForce): Promise<Pool>;
  /** Whether this person may see and change the contest as an organiser. */
  isOrganiser(contestId: number, personId: number): Promise<boolean>;
}
