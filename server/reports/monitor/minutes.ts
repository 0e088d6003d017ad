/**
 * What no row says of itself: saves by round, and refused and failed replies of the server, minute by minute. Counted here in
 * memory and written down every few seconds, a row a minute and node, so that all nodes together and a restart make one sum.
 */
import { and, gte, inArray, lt, sql } from 'drizzle-orm';
import type { Context } from '../../context.ts';
import { compile, type Database } from '../../platform/database/door.ts';
import type { Http } from '../../platform/http.ts';
import { uidAt } from '../../platform/uid.ts';
import { lastMinutes, MINUTES, minuteOf } from './tally-rules.ts';

export interface MinuteSums {
  readonly saves: readonly number[];
  readonly refused: readonly number[];
  readonly failed: readonly number[];
}

interface Counted {
  saves: number;
  refused: number;
  failed: number;
}

const EVERY_MS = 3000;
const KEPT_MINUTES = 3 * 24 * 60;
/** Stands for the whole server where a round is named. */
const SERVER = 0;
const FAILED = 500;
const REFUSED = 400;

export class Minutes {
  readonly #context: Pick<Context, 'database' | 'clock' | 'log'>;
  /** Round → saves since the start; counted where they happen. */
  readonly #saves: ReadonlyMap<number, number>;
  readonly #node: string;
  readonly #seen = new Map<number, number>();
  /** Round → what this node counted in the minute that it writes. */
  #counted = new Map<number, Counted>();
  #minute: number;
  #refused = 0;
  #failed = 0;
  #dirty = false;
  #timer: NodeJS.Timeout | null = null;
  #writing: Promise<void> = Promise.resolve();

  constructor(context: Pick<Context, 'database' | 'clock' | 'log'>, saves: ReadonlyMap<number, number>) {
    this.#context = context;
    this.#saves = saves;
    this.#node = uidAt(context.clock.now());
    this.#minute = minuteOf(context.clock.now());
  }

  /** Counts replies; before the doors are open. */
  listen(http: Http): void {
    http.addHook('onResponse', (_request, { statusCode }, done) => {
      if (statusCode >= FAILED) this.#failed += 1;
      else if (statusCode >= REFUSED) this.#refused += 1;
      done();
    });
  }

  start(): void {
    this.#timer = setInterval(() => void this.write(), EVERY_MS).unref();
  }

  async stop(): Promise<void> {
    if (this.#timer !== null) clearInterval(this.#timer);
    await this.#writing;
  }

  /** Writes what was counted since the last time. */
  write(): Promise<void> {
    this.#writing = this.#writing
      .then(() => this.#write())
      .catch((error: unknown) => this.#context.log.warn({ err: error }, 'counts of minutes not written'));
    return this.#writing;
  }

  async #write(): Promise<void> {
    const minute = minuteOf(this.#context.clock.now());
    if (minute !== this.#minute) {
      this.#minute = minute;
      this.#counted = new Map();
      await this.#forget(minute);
    }
    this.#gather();
    if (!this.#dirty) return;
    const { database } = this.#context;
    const { serverMinutes: m } = database.tables;
    const rows = [...this.#counted].map(([roundId, counted]) => {
      return { minute, node: this.#node, roundId, ...counted };
    });
    this.#dirty = false;
    await database.atomic(
      [
        database.query
          .insert(m)
          .values(rows)
          .onConflictDoUpdate({
            target: [m.minute, m.node, m.roundId],
            set: {
              saves: sql`excluded.saves`,
              refused: sql`excluded.refused`,
              failed: sql`excluded.failed`,
            },
          }),
      ],
      'low',
    );
  }

  #gather(): void {
    for (const [roundId, saves] of this.#saves) {
      const before = this.#seen.get(roundId) ?? 0;
      if (saves === before) continue;
      this.#seen.set(roundId, saves);
      this.#of(roundId).saves += saves - before;
    }
    if (this.#refused + this.#failed === 0) return;
    const server = this.#of(SERVER);
    server.refused += this.#refused;
    server.failed += this.#failed;
    this.#refused = 0;
    this.#failed = 0;
  }

  #of(roundId: number): Counted {
    const counted = this.#counted.get(roundId) ?? { saves: 0, refused: 0, failed: 0 };
    this.#counted.set(roundId, counted);
    this.#dirty = true;
    return counted;
  }

  async #forget(minute: number): Promise<void> {
    if (minute % MINUTES !== 0) return;
    const { database } = this.#context;
    const { serverMinutes: m } = database.tables;
    await database.atomic(
      [compile(database.query.delete(m).where(lt(m.minute, minute - KEPT_MINUTES)))],
      'low',
    );
  }
}

/** The last hour as all nodes wrote it down: saves of these rounds, errors of the servers. */
export async function minuteSums(
  { query, tables: { serverMinutes: m } }: Database,
  rounds: readonly number[],
  now: number,
): Promise<MinuteSums> {
  const rows = await query
    .select({
      minute: m.minute,
      roundId: m.roundId,
      saves: sql<number>`sum(${m.saves})`,
      refused: sql<number>`sum(${m.refused})`,
      failed: sql<number>`sum(${m.failed})`,
    })
    .from(m)
    .where(and(gte(m.minute, minuteOf(now) - MINUTES), inArray(m.roundId, [SERVER, ...rounds])))
    .groupBy(m.minute, m.roundId);
  const sums = { saves: new Map<number, number>(), refused: new Map(), failed: new Map() };
  for (const { minute, ...counted } of rows)
    for (const name of ['saves', 'refused', 'failed'] as const)
      sums[name].set(minute, (sums[name].get(minute) ?? 0) + Number(counted[name]));
  return {
    saves: lastMinutes(sums.saves, now),
    refused: lastMinutes(sums.refused, now),
    failed: lastMinutes(sums.failed, now),
  };
}
