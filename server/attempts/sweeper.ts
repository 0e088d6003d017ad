/**
 * Closes attempts that nobody submitted, with what was saved, after deadline + grace + a settling time in which an answer
 * received in the grace can still be on its way to the disk. Any node sweeps; the loser of a race does nothing.
 */
import type { Clock } from '../platform/clock.ts';
import { BusyError, ConflictError, UnavailableError } from '../platform/database/door.ts';
import type { Logger } from '../platform/log.ts';
import type { Attempts } from './attempts.ts';
import { AttemptState, type OpenAttempt } from './open-attempt.ts';

const EVERY_MS = 500;
const SETTLING_MS = 1000;
/** A closed attempt that nobody graded for so long was left by a node that died. */
const UNFOLDED_MS = 5000;
/** Closed together: one commit or two. */
const CHUNK = 256;
/** What cannot be closed or marked holds up nobody else: it is tried again so much later, ms. */
const AGAIN_MS = 60_000;

interface SweeperContext {
  readonly clock: Clock;
  readonly log: Logger;
  readonly config: { readonly graceMs: number };
}

export class Sweeper {
  readonly #context: SweeperContext;
  readonly #attempts: Attempts;
  /** Attempt that could not be closed or marked → when it is tried again, ms since epoch. */
  readonly #later = new Map<number, number>();
  #timer: NodeJS.Timeout | null = null;
  #running: Promise<number> | null = null;

  constructor(context: SweeperContext, attempts: Attempts) {
    this.#context = context;
    this.#attempts = attempts;
  }

  start(): void {
    this.#timer = setInterval(() => void this.sweep(), EVERY_MS);
    this.#timer.unref();
  }

  /** Closes everything that is due now; how many were closed. One sweep runs at a time. */
  sweep(): Promise<number> {
    this.#running ??= this.#sweep()
      .catch((error: unknown) => {
        this.#context.log.error({ err: error }, 'sweep failed; tried again in a moment');
        return 0;
      })
      .finally(() => {
        this.#running = null;
      });
    return this.#running;
  }

  async #sweep(): Promise<number> {
    const latest = this.#context.clock.now() - this.#context.config.graceMs - SETTLING_MS;
    let closed = await this.#foldUnfolded();
    for (;;) {
      const due = await this.#attempts.journal.due(latest, CHUNK);
      if (due.length === 0) return closed;
      const done = await Promise.all(due.map((attempt) => this.#closeIfOver(attempt, latest)));
      closed += done.filter(Boolean).length;
    }
  }

  async #foldUnfolded(): Promise<number> {
    const now = this.#context.clock.now();
    for (const [id, until] of this.#later) if (until <= now) this.#later.delete(id);
    const left = await this.#attempts.journal.unfolded(CHUNK);
    let folded = 0;
    for (const attempt of left) {
      if (attempt.closedAt >= now - UNFOLDED_MS || this.#later.has(attempt.id)) continue;
      const done = await this.#orLater(attempt, async () => {
        await this.#attempts.gradeClosed(attempt, attempt.closedAt);
        return true;
      });
      if (done) folded += 1;
    }
    return folded;
  }

  async #closeIfOver(attempt: OpenAttempt, latest: number): Promise<boolean> {
    const deadline = this.#attempts.deadlineOf(attempt);
    if (deadline > latest) {
      this.#attempts.journal.postpone(attempt, deadline);
      return false;
    }
    return this.#orLater(
      attempt,
      async () => (await this.#attempts.close(attempt, AttemptState.timedOut, deadline)) !== null,
    );
  }

  /** A fault of one attempt costs the others nothing; one of the database is everybody's, and tried again at once. */
  async #orLater(attempt: OpenAttempt, work: () => Promise<boolean>): Promise<boolean> {
    try {
      return await work();
    } catch (error) {
      if (error instanceof UnavailableError || error instanceof BusyError) throw error;
      // Another node that marks the same one is no fault, and soon done.
      const isConflict = error instanceof ConflictError;
      const until = this.#context.clock.now() + (isConflict ? UNFOLDED_MS : AGAIN_MS);
      this.#later.set(attempt.id, until);
      this.#attempts.journal.postpone(attempt, until);
      if (!isConflict)
        this.#context.log.error({ err: error, attempt: attempt.id }, 'an attempt could not be closed');
      return false;
    }
  }

  async stop(): Promise<void> {
    if (this.#timer !== null) clearInterval(this.#timer);
    await this.#running;
  }
}
