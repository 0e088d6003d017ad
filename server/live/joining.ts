/**
 * Who comes in. Numbers are given without gaps, so joins of one room stand in line on this node and travel together; nodes
 * race on the row's key, and the loser reads who came and tries again. Coming again with the same device, account or entry
 * is the same player.
 */
import type { ErrorCode } from '../contracts/errors.ts';
import { ConflictError, type Database, type Statement, type Writable } from '../platform/database/door.ts';
import { AppError } from '../platform/errors.ts';
import type { LiveState } from './machine/state.ts';
import { nameKey, storedNameKey } from './name-rules.ts';
import type { People, PlayerRow } from './people.ts';

/** Somebody at the door, with what was checked already. */
export interface Newcomer {
  readonly name: string;
  /** Hash of the device's key. */
  readonly device: string;
  readonly personId: number | null;
  readonly unitId: number | null;
  readonly entry: number | null;
  /** Number of a team that was chosen. */
  readonly team: number | null;
  /** Team that is made if it is not there: the name of a unit. */
  readonly teamName: string | null;
  readonly simulated: boolean;
}

interface Waiting {
  readonly newcomer: Newcomer;
  readonly done: (player: number) => void;
  readonly failed: (error: unknown) => void;
}

const MAX_BATCH = 200;
const MAX_TRIES = 20;

/** What a room gives to its door. */
export interface Doorway {
  readonly database: Database;
  readonly sessionId: number;
  readonly people: People;
  readonly state: () => LiveState;
  readonly now: () => number;
  /** After the commit, with how many came. */
  readonly joined: () => void;
}

export class Joining {
  readonly #doorway: Doorway;
  #waiting: Waiting[] = [];
  #running = false;

  constructor(doorway: Doorway) {
    this.#doorway = doorway;
  }

  /** The player's number. Throws AppError: live.keptOut, locked, started, full, nameTaken. */
  join(newcomer: Newcomer): Promise<number> {
    const { promise, resolve, reject } = Promise.withResolvers<number>();
    this.#waiting.push({ newcomer, done: resolve, failed: reject });
    if (!this.#running) {
      this.#running = true;
      setImmediate(() => void this.#run());
    }
    return promise;
  }

  async #run(): Promise<void> {
    while (this.#waiting.length > 0) {
      const batch = this.#waiting.splice(0, MAX_BATCH);
      try {
        await this.#admit(batch);
      } catch (error) {
        for (const { failed } of batch) failed(error);
      }
    }
    this.#running = false;
  }

  async #admit(batch: readonly Waiting[]): Promise<void> {
    let left = batch;
    for (let tries = 0; tries < MAX_TRIES; tries++) {
      const { rows, teams, admitted } = this.#sort(left);
      if (admitted.length === 0) return;
      try {
        await this.#doorway.database.atomic(this.#statements(rows, teams));
        await this.#committed(rows, teams.length > 0);
        for (const [i, { done }] of admitted.entries()) done(rows[i]?.number ?? 0);
        return;
      } catch (error) {
        if (!(error instanceof ConflictError)) throw error;
        await this.#doorway.people.follow();
        left = admitted;
      }
    }
    throw new AppError('busy');
  }

  async #committed(rows: readonly PlayerRow[], newTeams: boolean): Promise<void> {
    const { people, joined } = this.#doorway;
    people.came(rows);
    if (newTeams) await people.follow();
    joined();
  }

  /** Answers who is known or refused; gives rows for the others. */
  #sort(waiting: readonly Waiting[]) {
    const { people } = this.#doorway;
    const rows: PlayerRow[] = [];
    const admitted: Waiting[] = [];
    const teams = new NewTeams(people);
    const together = new Set<string>();
    for (const one of waiting) {
      const { newcomer } = one;
      const again = newcomer.personId === null ? newcomer.device : `person:${newcomer.personId}`;
      // Twice in one breath: the second is told what the first became.
      if (together.has(again)) {
        this.#waiting.push(one);
        continue;
      }
      const before = this.#before(newcomer);
      const refusal = this.#refusal(newcomer, before, rows.length, together);
      if (refusal !== null) one.failed(new AppError(refusal));
      else if (before !== undefined) one.done(before);
      else {
        const number = people.count + rows.length + 1;
        const row = this.#row(newcomer, number, teams);
        together.add(row.nameKey).add(row.device);
        if (row.personId !== null) together.add(`person:${row.personId}`);
        if (row.entry !== null) together.add(`entry:${row.entry}`);
        rows.push(row);
        admitted.push(one);
      }
    }
    return { rows, teams: teams.added, admitted };
  }

  #before({ device, personId }: Newcomer): number | undefined {
    const { people } = this.#doorway;
    if (personId !== null) return people.byPerson(personId);
    return people.byDevice(device);
  }

  #refusal(
    { name, device, entry }: Newcomer,
    before: number | undefined,
    coming: number,
    together: ReadonlySet<string>,
  ): ErrorCode | null {
    const { people } = this.#doorway;
    const state = this.#doorway.state();
    const keptOut = [before, people.byDevice(device)].some(
      (player) => player !== undefined && state.removed.includes(player),
    );
    if (keptOut) return 'live.keptOut';
    if (before !== undefined) return null;
    const closed = closedFor(state, people.count + coming);
    if (closed !== null) return closed;
    if (entry !== null)
      return people.byEntry(entry) !== undefined || together.has(`entry:${entry}`) ? 'live.nameTaken' : null;
    if (!namesAreUnique(state.settings)) return null;
    const key = nameKey(name);
    return people.byName(key) !== undefined || together.has(key) ? 'live.nameTaken' : null;
  }

  #row(newcomer: Newcomer, number: number, teams: NewTeams): PlayerRow {
    const { settings } = this.#doorway.state();
    const { people } = this.#doorway;
    const { name, personId, unitId, entry, simulated } = newcomer;
    const unique = namesAreUnique(settings);
    // The device of an account may have been another account's before.
    const used = people.byDevice(newcomer.device) !== undefined;
    return {
      ...{ number, name, personId, unitId, entry, simulated },
      nameKey: storedNameKey(name, number, unique),
      device: used ? `${newcomer.device}#${number}` : newcomer.device,
      team: newcomer.teamName === null ? newcomer.team : teams.numberOf(newcomer.teamName),
    };
  }

  #statements(
    rows: readonly PlayerRow[],
    teams: readonly { readonly number: number; readonly name: string; readonly nameKey: string }[],
  ): (Statement | Writable)[] {
    const { database, sessionId, now } = this.#doorway;
    const { livePlayers, liveTeams } = database.tables;
    const joinedAt = now();
    const players = database.query
      .insert(livePlayers)
      .values(rows.map((row) => ({ ...row, sessionId, joinedAt })));
    if (teams.length === 0) return [players];
    return [database.query.insert(liveTeams).values(teams.map((team) => ({ ...team, sessionId }))), players];
  }
}

/** Whether a name belongs to one player of the session. */
export function namesAreUnique({ names, filterNames }: LiveState['settings']): boolean {
  return names === 'free' && filterNames;
}

/** Why nobody new can come in now; null: come in. */
export function closedFor({ locked, step, settings }: LiveState, players: number): ErrorCode | null {
  if (step.phase === 'ended') return 'live.notOpen';
  if (locked) return 'live.locked';
  if (!settings.lateJoin && step.phase !== 'lobby') return 'live.started';
  return players >= settings.maxPlayers ? 'live.full' : null;
}

/** Teams that come with their first member. */
class NewTeams {
  readonly added: { readonly number: number; readonly name: string; readonly nameKey: string }[] = [];
  readonly #people: People;

  constructor(people: People) {
    this.#people = people;
  }

  numberOf(name: string): number {
    const key = nameKey(name);
    const known = this.#people.teamByName(key) ?? this.added.find((team) => team.nameKey === key)?.number;
    if (known !== undefined) return known;
    const number = this.#people.teams.length + this.added.length + 1;
    this.added.push({ number, name, nameKey: key });
    return number;
  }
}
