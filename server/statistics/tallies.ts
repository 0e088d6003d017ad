/** Item statistics of rounds, counted when somebody looks and shared by all who look within the next moments. */
import { availableParallelism } from 'node:os';
import { MessageChannel, Worker } from 'node:worker_threads';
import { and, eq, inArray, isNotNull, sql } from 'drizzle-orm';
import type { Statistics } from '../../questions/analysis/statistics.ts';
import type { Database } from '../platform/database/door.ts';
import type { CompiledQuery } from '../platform/database/thread-reader.ts';
import type { RulingsByRound } from '../remedies/regrade-rules.ts';
import { RemedyStore } from '../remedies/store.ts';
import type { TallyOrder, TallyReply } from './tally-worker.ts';

interface Counted {
  readonly statistics: Promise<Statistics>;
  /** By `performance.now()`. */
  freshUntil: number;
}

/** Counting takes at most so much of one processor: one part in twenty. */
const SHARE = 20;
const SHORTEST_FRESH_MS = 5000;
/** Sets of rounds that are remembered. */
const REMEMBERED = 100;
/** Next to nothing of the rows that a thread reads lives on, and two may count at once. */
const LIMITS = { maxYoungGenerationSizeMb: 8 };
/** Attempts that are worth a second thread: starting one takes as long as counting some ten thousand. */
const MANY = 50_000;

export class Tallies {
  readonly #database: Database;
  readonly #location: string;
  readonly #many: number;
  readonly #counted = new Map<string, Counted>();

  constructor(database: Database, location: string, many = MANY) {
    this.#database = database;
    this.#location = location;
    this.#many = many;
  }

  /** Over the closed attempts of these rounds. `only`: versions to tell about; null: all that were asked. */
  async of(roundIds: readonly number[], only: readonly number[] | null): Promise<Statistics> {
    const rulings = await new RemedyStore(this.#database).rulingsIn(roundIds);
    const decided = JSON.stringify([...rulings].map(([round, ofRound]) => [round, ...ofRound]));
    const name = `${roundIds.join()}/${only?.join() ?? ''}/${decided}`;
    const known = this.#counted.get(name);
    if (known !== undefined && performance.now() < known.freshUntil) return known.statistics;
    const began = performance.now();
    const counted: Counted = {
      statistics: this.#count(roundIds, only, rulings),
      freshUntil: Number.POSITIVE_INFINITY,
    };
    if (this.#counted.size >= REMEMBERED) this.#counted.clear();
    this.#counted.set(name, counted);
    counted.statistics.then(
      () => {
        const ended = performance.now();
        counted.freshUntil = ended + Math.max(SHORTEST_FRESH_MS, SHARE * (ended - began));
      },
      () => this.#counted.delete(name),
    );
    return counted.statistics;
  }

  /** The same, but never what was counted before: whoever writes it down would write down what was true then. */
  async anew(roundIds: readonly number[]): Promise<Statistics> {
    for (const name of [...this.#counted.keys()])
      if (name.startsWith(`${roundIds.join()}/`)) this.#counted.delete(name);
    return this.of(roundIds, null);
  }

  async #count(
    roundIds: readonly number[],
    only: readonly number[] | null,
    rulings: RulingsByRound,
  ): Promise<Statistics> {
    const threads = availableParallelism() > 1 && (await this.#areMany(roundIds)) ? 2 : 1;
    const { port1, port2 } = new MessageChannel();
    const order: TallyOrder = {
      port: port2,
      dialect: this.#database.dialect,
      location: this.#location,
      parts: Array.from({ length: threads }, (_, part) => this.#attempts(roundIds, part, threads)),
      handMarks: this.#handMarks(roundIds),
      versions: this.#versions(),
      rulings,
      only,
    };
    return new Promise((resolve, reject) => {
      const worker = new Worker(new URL('./tally-worker.ts', import.meta.url), {
        workerData: order,
        transferList: [port2],
        resourceLimits: LIMITS,
      });
      worker.on('error', reject);
      port1.on('message', (reply: TallyReply) => {
        if ('error' in reply) reject(new Error(reply.error));
        else resolve(reply.statistics);
        port1.close();
      });
    });
  }

  async #areMany(roundIds: readonly number[]): Promise<boolean> {
    const { attempts: t } = this.#database.tables;
    const last = this.#database.query
      .select({ id: t.id })
      .from(t)
      .where(inArray(t.roundId, [...roundIds]))
      .limit(1)
      .offset(this.#many);
    return (await last).length > 0;
  }

  /** Each of so many parts has as many, and together they have all. */
  #attempts(roundIds: readonly number[], part: number, parts: number): CompiledQuery {
    const { attempts: t } = this.#database.tables;
    const isIn = sql`${inArray(t.roundId, [...roundIds])} and ${t.id} % ${parts} = ${part}`;
    return queryOf(
      this.#database.query
        .select({ paper: t.paper, sheet: t.sheet, roundId: t.roundId, id: t.id })
        .from(t)
        .where(sql`${isIn} and ${t.state} in (2, 3) and ${t.sheet} is not null`),
    );
  }

  #handMarks(roundIds: readonly number[]): CompiledQuery {
    const { essays: t } = this.#database.tables;
    return queryOf(
      this.#database.query
        .select({ attemptId: t.attemptId, place: t.place, marks: t.marks })
        .from(t)
        .where(and(inArray(t.roundId, [...roundIds]), isNotNull(t.marks))),
    );
  }

  /** Read in the thread, and only those that were asked: a bank may have fifty thousand. */
  #versions(): string {
    const { questionVersions: v, questionKeys: k } = this.#database.tables;
    const ids = sql.placeholder('ids');
    const asked =
      this.#database.dialect === 'sqlite'
        ? sql`select value from json_each(${ids})`
        : sql`select value::bigint from jsonb_array_elements_text(${ids}::jsonb)`;
    return this.#database.query
      .select({
        id: v.id,
        questionId: v.questionId,
        kind: v.kind,
        prompt: sql`cast(${v.prompt} as text)`,
        points: v.points,
        key: sql`cast(${k.key} as text)`,
      })
      .from(v)
      .innerJoin(k, eq(k.versionId, v.id))
      .where(sql`${v.id} in (${asked})`)
      .toSQL().sql;
  }
}

function queryOf(query: {
  toSQL(): { readonly sql: string; readonly params: readonly unknown[] };
}): CompiledQuery {
  const { sql: text, params } = query.toSQL();
  return { sql: text, params: params.map((param) => (typeof param === 'number' ? param : String(param))) };
}
