/** Counts of reports, made when somebody asks and shared by all who ask for the same within the next moments. */
import { MessageChannel, Worker } from 'node:worker_threads';
import { and, asc, gt, sql } from 'drizzle-orm';
import type { Database } from '../platform/database/door.ts';
import { Lane } from '../platform/lane.ts';
import type { Counted } from './count-rules.ts';
import type { CountOrder, CountReply } from './count-worker.ts';
import type { Window } from './period-rules.ts';
import type { UnitsOfReport } from './units-of-report.ts';

export interface Count {
  readonly now: Window;
  readonly before: Window | null;
  readonly questions: readonly (readonly [round: number, questions: number])[];
  /** Node whose days are counted, −1: all. */
  readonly under: number;
}

interface Known {
  readonly counted: Promise<Counted>;
  /** By `performance.now()`. */
  freshUntil: number;
}

/** Counting takes at most so much of one processor: one part in ten. */
const SHARE = 10;
const SHORTEST_FRESH_MS = 1000;
const LONGEST_FRESH_MS = 20_000;
const REMEMBERED = 20;
/** Countings at once, and those that wait: an officer who asks for each second of a year counts a million rows each time. */
const AT_ONCE = 2;
const MOST_WAITING = 20;

export class Counts {
  readonly #database: Database;
  readonly #location: string;
  readonly #known = new Map<string, Known>();
  readonly #lane = new Lane(AT_ONCE, MOST_WAITING);

  constructor(database: Database, location: string) {
    this.#database = database;
    this.#location = location;
  }

  /** Throws `busy`, and when the thread fails. */
  of(wanted: Count, units: UnitsOfReport): Promise<Counted> {
    const name = JSON.stringify([wanted, units.version, units.moment]);
    const known = this.#known.get(name);
    if (known !== undefined && performance.now() < known.freshUntil) return known.counted;
    const began = performance.now();
    const fresh: Known = {
      counted: this.#lane.run(() => this.#count(wanted, units)),
      freshUntil: Number.POSITIVE_INFINITY,
    };
    if (this.#known.size >= REMEMBERED) this.#known.clear();
    this.#known.set(name, fresh);
    fresh.counted.then(
      () => {
        const ended = performance.now();
        const pause = Math.min(LONGEST_FRESH_MS, Math.max(SHORTEST_FRESH_MS, SHARE * (ended - began)));
        fresh.freshUntil = ended + pause;
      },
      () => this.#known.delete(name),
    );
    return fresh.counted;
  }

  #count({ now, before, questions, under }: Count, units: UnitsOfReport): Promise<Counted> {
    const { port1, port2 } = new MessageChannel();
    const order: CountOrder = {
      port: port2,
      dialect: this.#database.dialect,
      location: this.#location,
      sql: this.#select([...new Set([...now.rounds, ...(before?.rounds ?? [])])]),
      now,
      before,
      questions,
      units: units.keys,
      forest: units.forest,
      under,
    };
    return new Promise((resolve, reject) => {
      const worker = new Worker(new URL('./count-worker.ts', import.meta.url), {
        workerData: order,
        transferList: [port2],
      });
      worker.on('error', reject);
      port1.on('message', (reply: CountReply) => {
        if ('error' in reply) reject(new Error(reply.error));
        else resolve(reply.counted);
        port1.close();
      });
    });
  }

  /** The rounds stand in the text: they are our own whole numbers, and the thread fills the other two places. */
  #select(rounds: readonly number[]): string {
    const { results: r } = this.#database.tables;
    const query = this.#database.query
      .select({
        seq: r.seq,
        attemptId: r.attemptId,
        roundId: r.roundId,
        personId: r.personId,
        unitId: r.unitId,
        version: sql`2 * ${r.version} + ${r.counts}`,
        marks: r.marks,
        rightCount: r.rightCount,
        submittedAt: r.submittedAt,
      })
      .from(r)
      .where(
        and(
          gt(r.seq, sql.placeholder('after')),
          sql.raw(rounds.length === 0 ? '1 = 0' : `round_id in (${rounds.map(Math.trunc).join()})`),
        ),
      )
      .orderBy(asc(r.seq))
      .limit(sql.placeholder('limit'));
    return query.toSQL().sql;
  }
}
