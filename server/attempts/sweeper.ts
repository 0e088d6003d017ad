/**
 * Closes attempts that nobody submitted, with what was saved, after deadline + grace + a settling time in which an answer
 * received in the grace can still be on its way to the disk. Any node sweeps; the loser of a race does nothing.
 */
import type { Clock } from '../platform/clock.ts';
import type { Logger } from '../platform/log.ts';
import type { Attempts } from './attempts.ts';
import { AttemptState, type OpenAttempt } from './open-attempt.ts';

const EVERY_MS = 500;
const SETTLING_MS = 1000;
/** A closed attempt that nobody graded for so long was left by a node that died. */
const UNFOLDED_MS = 5000;
/** Closed together: one commit or two. */
const CHUNK = 256;

interface SweeperContext {
  readonly clock: Clock;
  readonly log: Logger;
  readonly config: { readonly graceMs: number };
}

export class Sweeper {
  readonly #context: SweeperContext;
  readonly #attempts: Attempts;
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
    const { journal } = this.#attempts;
    const left = await journal.unfolded(CHUNK);
    const old = left.filter(({ closedAt }) => closedAt < this.#context.clock.now() - UNFOLDED_MS);
    for (const attempt of old) await this.#attempts.gradeClosed(attempt, attempt.closedAt);
    return old.length;
  }

  async #closeIfOver(attempt: OpenAttempt, latest: number): Promise<boolean> {
    const deadline = this.#attempts.deadlineOf(attempt);
    if (deadline > latest) {
      this.#attempts.journal.postpone(attempt, deadline);
      return false;
    }
    return (await this.#attempts.close(attempt, AttemptState.timedOut, deadline)) !== null;
  }

  async stop(): Promise<void> {
    if (this.#timer !== null) clearInterval(this.#timer);
    await this.#running;
  }
}
