/**
 * Sends what the sheet has to say, one save at a time, until the server has everything: again after each failure, later
 * each time and never all phones at once. No browser in here; the doors are given.
 */
import type { SaveBody, SaveReply } from '../api/attempts.ts';
import { ApiError } from '../api/problem.ts';
import {
  acknowledged,
  type LocalSheet,
  lastWords,
  type Merged,
  nextSave,
  type Outgoing,
  takingOver,
} from './sync.ts';

/** Why nothing gets through: no network, a server that asks to wait, or a refusal that trying again may not heal. */
export type Trouble = 'offline' | 'busy' | 'refused';

interface SaverDoors {
  /** One try. Throws ApiError. */
  send(save: SaveBody): Promise<SaveReply>;
  /** Shows and keeps the sheet; called before what is in it is sent. */
  keep(sheet: LocalSheet): void;
  /** Resolves after `ms`, or earlier when trying again makes sense. */
  pause(ms: number): Promise<void>;
  /** Others changed these questions. */
  changedElsewhere(questions: readonly string[]): void;
  /** The attempt goes on at another device; what was sent from here is kept. */
  takenOver(): void;
  trouble(trouble: Trouble | null): void;
  /** Gets a token that is valid. Throws ApiError. */
  renew(): Promise<void>;
  /** The attempt takes nothing any more: `attempt.late` or `attempt.notOpen`. */
  closed(): void;
}

const firstPauseMs = 600;
const longestPauseMs = 30_000;

/** Half of it fixed, half by chance: 0.3–0.6 s, 0.6–1.2 s … 15–30 s, and never before the server said. */
export function retryPauseMs(failures: number, retryAfterMs: number | null, random = Math.random): number {
  const ceiling = Math.min(longestPauseMs, firstPauseMs * 2 ** Math.max(0, failures - 1));
  return (retryAfterMs ?? 0) + ceiling * (0.5 + random() / 2);
}

export function troubleOf(error: ApiError): Trouble {
  if (error.code === 'network' || error.code === 'timeout') return 'offline';
  return error.status === 429 || error.status >= 500 ? 'busy' : 'refused';
}

export class Saver {
  readonly #doors: SaverDoors;
  readonly #device: string;
  #sheet: LocalSheet;
  #running = false;
  #stopped = false;
  /** The save whose reply is awaited. */
  #underWay: SaveBody | null = null;

  constructor(sheet: LocalSheet, device: string, doors: SaverDoors) {
    this.#sheet = sheet;
    this.#device = device;
    this.#doors = doors;
  }

  get sheet(): LocalSheet {
    return this.#sheet;
  }

  /** Something changed here: it is kept at once and sent as soon as what is under way is answered. */
  change(changed: (sheet: LocalSheet) => LocalSheet): void {
    const sheet = changed(this.#sheet);
    if (sheet === this.#sheet) return;
    this.#put(sheet);
    void this.run();
  }

  /** Takes in what the server told by another way. */
  merge({ sheet, changedElsewhere }: Merged): void {
    this.#put(sheet);
    if (changedElsewhere.length > 0) this.#doors.changedElsewhere(changedElsewhere);
  }

  /** From now on the attempt goes on here. */
  takeOver(): void {
    this.change(takingOver);
  }

  /** Sends until all is acknowledged; does nothing when it is at it already. */
  async run(): Promise<void> {
    if (this.#running || this.#stopped) return;
    this.#running = true;
    try {
      let failures = 0;
      for (;;) {
        const next = this.#stopped ? null : nextSave(this.#sheet, this.#device);
        if (next === null) return;
        const error = await this.#deliver(next);
        failures = error === null ? 0 : failures + 1;
        if (error !== null) await this.#recover(error, failures);
      }
    } finally {
      this.#running = false;
    }
  }

  /** The page may go at any moment: everything leaves now, also while a reply is awaited. */
  flush(): void {
    if (this.#stopped) return;
    const last = lastWords(this.#sheet, this.#device);
    if (last === null || last.save === this.#underWay) return;
    void this.#deliver(last).then(() => this.run());
  }

  /** What a submit carries: everything that is not acknowledged. Nothing else is sent from here on. */
  finish(): SaveBody | null {
    this.stop();
    const last = lastWords(this.#sheet, this.#device);
    if (last !== null) this.#put(last.sheet);
    return last?.save ?? null;
  }

  /** Sends nothing more. */
  stop(): void {
    this.#stopped = true;
  }

  #put(sheet: LocalSheet): void {
    this.#sheet = sheet;
    this.#doors.keep(sheet);
  }

  /** Null when it was answered. */
  async #deliver({ sheet, save }: Outgoing): Promise<ApiError | null> {
    this.#put(sheet);
    this.#underWay = save;
    try {
      const reply = await this.#doors.send(save);
      if (this.#stopped) return null;
      this.#doors.trouble(null);
      const isNewest = this.#sheet.sent?.save.n === save.n && !this.#sheet.takesOver;
      this.merge(acknowledged(this.#sheet, save.device, reply));
      if (reply.takenOver === true && isNewest) this.#doors.takenOver();
      return null;
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      return error;
    } finally {
      if (this.#underWay === save) this.#underWay = null;
    }
  }

  async #recover(error: ApiError, failures: number): Promise<void> {
    if (this.#stopped) return;
    if (error.code === 'attempt.late' || error.code === 'attempt.notOpen') {
      this.stop();
      this.#doors.closed();
      return;
    }
    this.#doors.trouble(troubleOf(error));
    if (error.code === 'attempt.token') await this.#doors.renew().catch(() => undefined);
    await this.#doors.pause(retryPauseMs(failures, error.retryAfterMs));
  }
}
