/**
 * Password work, first come first served, a few at a time: a rush of sign-ins must not take the processor from answers.
 * Whoever would wait long is told their place and a ticket instead of holding a connection; the work goes on in its turn,
 * and the ticket fetches what came of it. Memory only: after a restart people simply queue again.
 */
import { AppError } from '../platform/errors.ts';
import { randomToken } from '../platform/secrets.ts';

export interface HashingOptions {
  /** Pieces of work at the same time. */
  readonly lanes: number;
  /** A request is held so long before it is sent away with its ticket, ms. */
  readonly patienceMs?: number;
  /** More waiting than this: `busy`. */
  readonly capacity?: number;
  /** What came of the work is kept so long for its ticket, ms. */
  readonly keepMs?: number;
}

export interface HashingRequest<T> {
  /** Keyed digest of what is asked (door, name, password): a ticket answers the same question only. */
  readonly subject: string;
  readonly ticket?: string | undefined;
  readonly work: () => Promise<T>;
}

/** What came of the work, and the ticket under which it can be fetched again for a while. */
export interface Hashed<T> {
  readonly value: T;
  readonly ticket: string;
}

interface Job {
  readonly ticket: string;
  readonly subject: string;
  /** Running number: place = order − number of jobs begun. */
  readonly order: number;
  readonly run: () => Promise<void>;
  readonly outcome: Promise<unknown>;
  forgetAt: number;
}

/** First guess of the length of one piece of work, ms; measured from then on. */
const FIRST_GUESS_MS = 50;
const LONGEST_PAUSE_MS = 15_000;

export class HashingQueue {
  readonly #lanes: number;
  readonly #patienceMs: number;
  readonly #capacity: number;
  readonly #keepMs: number;
  readonly #byTicket = new Map<string, Job>();
  /** Jobs that wait or run, by subject: the same question asked twice is worked out once. */
  readonly #bySubject = new Map<string, Job>();
  #waiting: Job[] = [];
  #head = 0;
  #added = 0;
  #begun = 0;
  #running = 0;
  #workMs = FIRST_GUESS_MS;

  constructor(options: HashingOptions) {
    this.#lanes = options.lanes;
    this.#patienceMs = options.patienceMs ?? 2000;
    this.#capacity = options.capacity ?? 20_000;
    this.#keepMs = options.keepMs ?? 300_000;
  }

  /** Pieces of work begun since the start, and those that wait: for metrics and tests. */
  get load(): { readonly begun: number; readonly waiting: number } {
    return { begun: this.#begun, waiting: this.#waiting.length - this.#head };
  }

  /** Whether `ticket` stands for this question: it was let in before and need not be counted against a limit again. */
  knows(ticket: string | undefined, subject: string): boolean {
    return this.#find(ticket, subject) !== undefined;
  }

  /** Throws `auth.wait` with `{ ticket, place, retryAfterMs }` when it takes too long, `busy` when too many wait. */
  async take<T>(request: HashingRequest<T>): Promise<Hashed<T>> {
    const job =
      this.#find(request.ticket, request.subject) ??
      this.#bySubject.get(request.subject) ??
      this.#add(request);
    if (this.#remainingMs(job) > this.#patienceMs) throw this.#wait(job);
    const timer = Promise.withResolvers<'late'>();
    const timeout = setTimeout(() => timer.resolve('late'), this.#patienceMs);
    try {
      const first = await Promise.race([job.outcome.then(() => 'done' as const), timer.promise]);
      if (first === 'late') throw this.#wait(job);
      return { value: (await job.outcome) as T, ticket: job.ticket };
    } finally {
      clearTimeout(timeout);
    }
  }

  /** The ticket is used up. */
  forget(ticket: string): void {
    this.#byTicket.delete(ticket);
  }

  #find(ticket: string | undefined, subject: string): Job | undefined {
    const job = ticket === undefined ? undefined : this.#byTicket.get(ticket);
    return job?.subject === subject ? job : undefined;
  }

  #add<T>(request: HashingRequest<T>): Job {
    if (this.load.waiting >= this.#capacity)
      throw new AppError('busy', { facts: { retryAfterMs: LONGEST_PAUSE_MS } });
    this.#forgetOld();
    const { promise, resolve, reject } = Promise.withResolvers<T>();
    // Whoever waits for it hears of a failure; when nobody does any more it is nobody's.
    promise.catch(() => undefined);
    const job: Job = {
      ticket: randomToken(16),
      subject: request.subject,
      order: this.#added++,
      run: () => request.work().then(resolve, reject),
      outcome: promise,
      forgetAt: Number.POSITIVE_INFINITY,
    };
    this.#byTicket.set(job.ticket, job);
    this.#bySubject.set(job.subject, job);
    this.#waiting.push(job);
    this.#next();
    return job;
  }

  #next(): void {
    while (this.#running < this.#lanes) {
      const job = this.#waiting[this.#head];
      if (job === undefined) {
        this.#compact();
        return;
      }
      this.#head += 1;
      if (this.#head > 1024) this.#compact();
      this.#begun += 1;
      this.#running += 1;
      void this.#work(job);
    }
  }

  #compact(): void {
    this.#waiting = this.#waiting.slice(this.#head);
    this.#head = 0;
  }

  async #work(job: Job): Promise<void> {
    const began = performance.now();
    await job.run();
    this.#workMs = this.#workMs * 0.9 + (performance.now() - began) * 0.1;
    job.forgetAt = performance.now() + this.#keepMs;
    this.#bySubject.delete(job.subject);
    this.#running -= 1;
    this.#next();
  }

  /** Tickets are kept in the order of their making, so the old ones stand in front. */
  #forgetOld(): void {
    const now = performance.now();
    for (const [ticket, job] of this.#byTicket) {
      if (job.forgetAt > now) return;
      this.#byTicket.delete(ticket);
    }
  }

  /** 1 = next; 0 = running or done. */
  #place(job: Job): number {
    return Math.max(0, job.order - this.#begun + 1);
  }

  #remainingMs(job: Job): number {
    if (job.forgetAt !== Number.POSITIVE_INFINITY) return 0;
    return ((this.#place(job) + 1) * this.#workMs) / this.#lanes;
  }

  #wait(job: Job): AppError {
    const retryAfterMs = Math.round(Math.min(Math.max(this.#remainingMs(job), 500), LONGEST_PAUSE_MS));
    return new AppError('auth.wait', {
      facts: { ticket: job.ticket, place: this.#place(job), retryAfterMs },
    });
  }
}
