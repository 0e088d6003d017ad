/** Whole attempts: start, a save for each question, submit. As many as fit, or so many a second. */
import { setTimeout as sleep } from 'node:timers/promises';
import { sessionOf } from '../people.ts';
import {
  isSaved,
  isSubmitted,
  readStarted,
  type Started,
  saveRequest,
  startRequest,
  submitRequest,
} from './attempt-requests.ts';
import { answerParent } from './child.ts';
import { Connection } from './connection.ts';
import { Latencies, type LatencySummary } from './latencies.ts';

export interface AttemptsLoad {
  readonly port: number;
  readonly round: string;
  /** People who take one attempt each: the seeded ones from `firstPerson` on. */
  readonly firstPerson: number;
  readonly people: number;
  readonly connections: number;
  /** Not measured before. */
  readonly warmUpMs: number;
  readonly measureMs: number;
  /** Null: each connection starts the next attempt when one is done. */
  readonly startsPerSecond: number | null;
}

export interface AttemptsOutcome {
  /** Submitted, and requests answered, while it was measured. */
  readonly attempts: number;
  readonly requests: number;
  /** Requests with those of the warm-up, and this process's CPU time for each. */
  readonly total: number;
  readonly cpuUs: number;
  readonly seconds: number;
  readonly start: LatencySummary;
  readonly save: LatencySummary;
  readonly submit: LatencySummary;
  /** How late attempts began against the pace, ms. */
  readonly behindMs: LatencySummary;
  readonly errors: number;
  readonly firstError: string | null;
  /** Ids of all attempts whose submit was acknowledged, also before measuring. */
  readonly finished: readonly string[];
  readonly questions: number;
}

class Takers {
  readonly #load: AttemptsLoad;
  readonly #start = new Latencies();
  readonly #save = new Latencies();
  readonly #submit = new Latencies();
  readonly #behind = new Latencies();
  readonly #finished: string[] = [];
  readonly #measureFrom: number;
  readonly #until: number;
  #next = 0;
  #attempts = 0;
  #requests = 0;
  #total = 0;
  #errors = 0;
  #questions = 0;
  #firstError: string | null = null;

  constructor(load: AttemptsLoad) {
    this.#load = load;
    this.#measureFrom = performance.now() + load.warmUpMs;
    this.#until = this.#measureFrom + load.measureMs;
  }

  async run(): Promise<AttemptsOutcome> {
    const { connections, port } = this.#load;
    const open = await Promise.all(Array.from({ length: connections }, () => Connection.open(port)));
    await Promise.all(open.map((connection) => this.#takeTurns(connection)));
    for (const connection of open) connection.close();
    return {
      attempts: this.#attempts,
      requests: this.#requests,
      total: this.#total,
      cpuUs: (process.cpuUsage().user + process.cpuUsage().system) / this.#total,
      seconds: this.#load.measureMs / 1000,
      start: this.#start.summary(),
      save: this.#save.summary(),
      submit: this.#submit.summary(),
      behindMs: this.#behind.summary(),
      errors: this.#errors,
      firstError: this.#firstError,
      finished: this.#finished,
      questions: this.#questions,
    };
  }

  /** One connection's attempts, one after another, each when its turn has come. */
  async #takeTurns(connection: Connection): Promise<void> {
    const { startsPerSecond, people, firstPerson, warmUpMs } = this.#load;
    const began = this.#measureFrom - warmUpMs;
    for (;;) {
      const turn = this.#next++;
      const due = startsPerSecond === null ? performance.now() : began + (turn * 1000) / startsPerSecond;
      if (due >= this.#until || performance.now() >= this.#until) return;
      const wait = due - performance.now();
      if (wait > 0) await sleep(wait);
      else if (startsPerSecond !== null && performance.now() > this.#measureFrom) this.#behind.add(-wait);
      const person = firstPerson + (turn % people);
      await this.#attempt(connection, person, 1 + Math.floor(turn / people));
    }
  }

  async #attempt(connection: Connection, person: number, number: number): Promise<void> {
    const { round } = this.#load;
    const attempt = await this.#ask(
      connection,
      startRequest(round, sessionOf(person), number),
      this.#start,
      readStarted,
    );
    if (attempt === null) return;
    this.#questions = attempt.kinds.length;
    const done = await this.#answer(connection, attempt);
    if (!done) return;
    this.#finished.push(attempt.id);
    const now = performance.now();
    if (now >= this.#measureFrom && now < this.#until) this.#attempts += 1;
  }

  async #answer(connection: Connection, attempt: Started): Promise<boolean> {
    const device = `bench-${attempt.id.slice(0, 6)}`.replaceAll(/[^\w-]/g, '_');
    const { length } = attempt.kinds;
    for (let i = 0; i < length; i++) {
      const request = saveRequest(attempt, device, i + 1, i);
      const saved = await this.#ask(connection, request, this.#save, (reply) =>
        isSaved(reply, i + 1) ? true : null,
      );
      if (saved === null) return false;
    }
    const read = (reply: Parameters<typeof isSubmitted>[0]) => (isSubmitted(reply, length) ? true : null);
    return (await this.#ask(connection, submitRequest(attempt), this.#submit, read)) !== null;
  }

  /** Asks, measures, reads; null counts as an error. */
  async #ask<T>(
    connection: Connection,
    request: string,
    latencies: Latencies,
    read: (reply: Awaited<ReturnType<Connection['ask']>>) => T | null,
  ): Promise<T | null> {
    const sent = performance.now();
    const reply = await connection.ask(request);
    const now = performance.now();
    this.#total += 1;
    if (sent >= this.#measureFrom && now < this.#until) {
      latencies.add(now - sent);
      this.#requests += 1;
    }
    const value = read(reply);
    if (value === null) {
      this.#errors += 1;
      this.#firstError ??= `${request.slice(0, 60)} → ${reply.status} ${reply.body.slice(0, 300)}`;
    }
    return value;
  }
}

answerParent(import.meta.url, (load: AttemptsLoad) => new Takers(load).run());
