/** The units as all features see them: an index that follows the table, and the one way to change it. */
import type { Context } from '../context.ts';
import { type AuditEntry, withAuditLines } from '../platform/audit.ts';
import { ConflictError, type Statement } from '../platform/database/door.ts';
import { countUp, isCurrent, loadUnits } from './store.ts';
import { type Unit, UnitIndex } from './unit-index.ts';

/** What a change comes to, decided on one version of the index. */
export interface UnitDecision<T> {
  readonly statements: readonly Statement[];
  /** The deed first; then a line for each other unit that it changed. */
  readonly entries: readonly AuditEntry[];
  readonly result: T;
}

export const TOPIC = 'units';
/** A nudge that was lost is healed after so long, ms. */
const POLL_MS = 15_000;
const TRIES = 20;

export class Units {
  readonly #context: Context;
  #index = new UnitIndex([], -1);
  /** When the index will be another one without anybody changing anything: a dated change comes true. */
  #staleAt: number | null = null;
  #loading: Promise<void> | null = null;
  #again = false;
  #changing: Promise<unknown> = Promise.resolve();
  readonly #stops: (() => void)[] = [];
  readonly #listeners = new Set<() => void>();

  private constructor(context: Context) {
    this.#context = context;
  }

  /** Reads all units, then follows changes until `close`. */
  static async start(context: Context): Promise<Units> {
    const units = new Units(context);
    await units.refresh();
    units.#stops.push(context.announcer.listen(TOPIC, (topic) => topic === TOPIC && units.#follow()));
    const poll = setInterval(() => units.#poll(), POLL_MS).unref();
    units.#stops.push(() => clearInterval(poll));
    return units;
  }

  close(): void {
    for (const stop of this.#stops) stop();
  }

  /** The newest index that this node has. */
  get index(): UnitIndex {
    return this.#index;
  }

  /**
   * Calls `changed` after each time the index became another one: by a change here or elsewhere, or because a dated
   * change came true. Whoever keeps something made from the index follows this, not the nudge, which comes before it.
   */
  onChange(changed: () => void): () => void {
    this.#listeners.add(changed);
    return () => this.#listeners.delete(changed);
  }

  /** An existing unit, ended or not. */
  byUid(uid: string): Unit | undefined {
    return this.#index.byUid(uid);
  }

  byId(id: number): Unit | undefined {
    return this.#index.byId(id);
  }

  /** Reads again what was committed before this call. */
  async refresh(): Promise<void> {
    if (this.#loading !== null) {
      this.#again = true;
      return this.#loading;
    }
    this.#loading = this.#load().finally(() => {
      this.#loading = null;
    });
    return this.#loading;
  }

  async #load(): Promise<void> {
    do {
      this.#again = false;
      const now = this.#context.clock.now();
      const index = await loadUnits(this.#context.database, now);
      if (index.version < this.#index.version) continue;
      this.#index = index;
      this.#staleAt = index.times.nextChange(now);
      for (const listener of this.#listeners) listener();
    } while (this.#again);
  }

  #follow(): void {
    this.refresh().catch((error: unknown) => this.#context.log.warn({ err: error }, 'units not read again'));
  }

  #poll(): void {
    if (this.#staleAt !== null && this.#context.clock.now() >= this.#staleAt) {
      this.#follow();
      return;
    }
    isCurrent(this.#context.database, this.#index).then(
      (current) => current || this.#follow(),
      (error: unknown) => this.#context.log.warn({ err: error }, 'version of the units not read'),
    );
  }

  /**
   * Decides on the newest index and writes; decides again when another node was faster. Throws what `decide` throws.
   * Changes of one node stand in line.
   */
  change<T>(decide: (index: UnitIndex) => Promise<UnitDecision<T>>): Promise<T> {
    const mine = this.#changing.then(() => this.#change(decide));
    this.#changing = mine.catch(() => undefined);
    return mine;
  }

  async #change<T>(decide: (index: UnitIndex) => Promise<UnitDecision<T>>): Promise<T> {
    for (let tried = 1; ; tried++) {
      const index = this.#index;
      const { statements, entries, result } = await decide(index);
      if (statements.length === 0) return result;
      try {
        const { database, announcer } = this.#context;
        await withAuditLines(this.#context, entries, [countUp(database, index.version), ...statements]);
        announcer.announce(TOPIC);
        await this.refresh();
        return result;
      } catch (error) {
        if (!(error instanceof ConflictError) || tried === TRIES) throw error;
        await this.refresh();
      }
    }
  }
}
