/**
 * What may still be changed, so that the editor offers nothing that the server would refuse (`server/contests/change-rules.ts`
 * decides). A round that has opened keeps what people were promised; an archived contest keeps everything. Pure.
 */
import type { ContestSettings, DeskContest, DeskRound, RoundSettings } from '../../api/desk-contests.ts';

type Release = RoundSettings['release']['keys'];
type Names = ContestSettings['names'];
type Presence = ContestSettings['fields']['phone'];

const shows: Readonly<Record<Names, number>> = { number: 0, short: 1, full: 2 };
const asks: Readonly<Record<Presence, number>> = { no: 0, optional: 1, required: 2 };

/** Whether people take, or took, one of its rounds: from then on each change says its reason. */
export function hasBegun(contest: DeskContest | null): boolean {
  return contest !== null && contest.state !== 'draft' && contest.rounds.some(({ opened }) => opened);
}

export class Locks {
  readonly #contest: DeskContest | null;
  readonly begun: boolean;

  constructor(contest: DeskContest | null) {
    this.#contest = contest;
    this.begun = hasBegun(contest);
  }

  get archived(): boolean {
    return this.#contest?.state === 'archived';
  }

  /** The address is out once the contest is published. */
  get slug(): boolean {
    return this.#contest !== null && this.#contest.state !== 'draft';
  }

  /** Names may be shown less, never more. */
  names(choice: Names): boolean {
    return this.begun && shows[choice] > shows[this.#contest?.settings.names ?? 'full'];
  }

  /** Less may be asked, never more. */
  field(name: keyof ContestSettings['fields'], choice: Presence): boolean {
    return this.begun && asks[choice] > asks[this.#contest?.settings.fields[name] ?? 'required'];
  }

  /** People who came in without an account keep their way in. */
  get guests(): boolean {
    return this.begun && this.#contest?.settings.guests === true;
  }

  /** The saved round, when it has opened; null while everything about it is free. */
  opened(id: string | null): DeskRound | null {
    return this.#contest?.rounds.find((round) => round.id === id && round.opened) ?? null;
  }

  /** Keys may be held back to stop a leak; what was never to be shown may be shown after the close. */
  release(id: string | null, what: keyof RoundSettings['release'], choice: Release): boolean {
    const round = this.opened(id);
    if (round === null) return false;
    const before = round.settings.release[what];
    if (choice === before) return false;
    return choice !== 'close' || (before !== 'never' && what === 'result');
  }
}
