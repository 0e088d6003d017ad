/** This thread's side of the one that marks again: one request at a time, in order. */
import { MessageChannel, type MessagePort, Worker } from 'node:worker_threads';
import { and, asc, eq, gte, inArray, sql } from 'drizzle-orm';
import { resultColumns } from '../attempts/result-columns.ts';
import type { Database } from '../platform/database/door.ts';
import type { CompiledQuery } from '../platform/database/thread-reader.ts';
import type { GradingReply, GradingRequest, GradingStart, Piece, PieceOrder } from './grading-messages.ts';
import type { PreviewOrder, RoundMovement } from './preview-rules.ts';

/** Attempts of a piece. */
export interface PieceQuery {
  readonly rounds: readonly number[];
  /** Only attempts with a higher id. */
  readonly after: number;
  readonly limit: number;
  /** Only what was closed from then on; null: everything. */
  readonly closedFrom: number | null;
}

/** Closed and graded, or annulled. */
const GRADED = [2, 3, 4];

export class GradingThread {
  readonly #database: Database;
  readonly #port: MessagePort;
  readonly #waiting: PromiseWithResolvers<GradingReply>[] = [];

  /** `location` as configured: the thread opens the database for itself. */
  constructor(database: Database, location: string) {
    this.#database = database;
    const { port1, port2 } = new MessageChannel();
    const start: GradingStart = {
      port: port2,
      dialect: database.dialect,
      location,
      version: versionSql(database),
    };
    const worker = new Worker(new URL('./grading-worker.ts', import.meta.url), {
      workerData: start,
      transferList: [port2],
    });
    worker.on('error', (error) => this.#fail(String(error)));
    worker.on('exit', () => this.#fail('the grading thread ended'));
    worker.unref();
    this.#port = port1;
    port1.on('message', (reply: GradingReply) => this.#waiting.shift()?.resolve(reply));
  }

  async piece(query: PieceQuery, order: Omit<PieceOrder, 'piece'>): Promise<Piece> {
    const reply = await this.#ask({ ...order, piece: pieceSql(this.#database, query) });
    if ('piece' in reply) return reply.piece;
    throw new Error('error' in reply ? reply.error : 'another answer was expected');
  }

  async preview(order: PreviewOrder): Promise<RoundMovement> {
    const reply = await this.#ask({ preview: order, rows: roundSql(this.#database, order.round) });
    if ('movement' in reply) return reply.movement;
    throw new Error('error' in reply ? reply.error : 'another answer was expected');
  }

  /** `round/version` → closed attempts whose paper asks it. */
  async count(rounds: readonly number[], versions: readonly number[]): Promise<ReadonlyMap<string, number>> {
    const { attempts: a } = this.#database.tables;
    const rows = this.#database.query
      .select({ roundId: a.roundId, paper: a.paper })
      .from(a)
      .where(and(inArray(a.roundId, [...rounds]), inArray(a.state, GRADED)));
    const reply = await this.#ask({ count: new Set(versions), rows: compiled(rows) });
    if ('counts' in reply) return reply.counts;
    throw new Error('error' in reply ? reply.error : 'another answer was expected');
  }

  end(): void {
    this.#port.postMessage('end');
    this.#port.close();
  }

  #ask(request: GradingRequest): Promise<GradingReply> {
    const waiting = Promise.withResolvers<GradingReply>();
    this.#waiting.push(waiting);
    this.#port.postMessage(request);
    return waiting.promise;
  }

  #fail(error: string): void {
    for (const waiting of this.#waiting.splice(0)) waiting.resolve({ error });
  }
}

function compiled(query: {
  toSQL(): { readonly sql: string; readonly params: readonly unknown[] };
}): CompiledQuery {
  const { sql: text, params } = query.toSQL();
  return { sql: text, params: params.map((param) => (typeof param === 'number' ? param : String(param))) };
}

function versionSql({ query, tables }: Database): string {
  const { questionVersions: v, questionKeys: k } = tables;
  return query
    .select({
      id: v.id,
      questionId: v.questionId,
      kind: v.kind,
      prompt: v.prompt,
      points: v.points,
      key: k.key,
    })
    .from(v)
    .innerJoin(k, eq(k.versionId, v.id))
    .where(eq(v.id, sql.placeholder('id')))
    .toSQL().sql;
}

/** By id, so that what was read is behind the cursor. The round is no reason to leave that order: `+` keeps its index out. */
function pieceSql(database: Database, { rounds, after, limit, closedFrom }: PieceQuery): CompiledQuery {
  const { attempts: a, results: r } = database.tables;
  const some = database.query
    .select({
      id: a.id,
      roundId: a.roundId,
      paper: a.paper,
      sheet: a.sheet,
      state: a.state,
      startedAt: a.startedAt,
    })
    .from(a)
    .where(
      and(
        sql`${a.id} > ${after}`,
        inArray(sql`+${a.roundId}`, [...rounds]),
        inArray(a.state, GRADED),
        sql`${a.sheet} is not null`,
        closedFrom === null ? undefined : gte(a.closedAt, closedFrom),
      ),
    )
    .orderBy(asc(a.id))
    .limit(limit)
    .as('some');
  return compiled(
    database.query
      .select({
        id: some.id,
        roundId: some.roundId,
        paper: some.paper,
        sheet: some.sheet,
        ...resultColumns(r),
      })
      .from(some)
      .leftJoin(r, eq(r.attemptId, some.id))
      .orderBy(asc(some.id), asc(r.version)),
  );
}

/** All of a round, each with the newest version of its result. */
function roundSql(database: Database, round: number): CompiledQuery {
  const { attempts: a, results: r } = database.tables;
  const newest = sql`${r.version} = (select max(newest.version) from results newest where newest.attempt_id = ${a.id})`;
  return compiled(
    database.query
      .select({
        id: a.id,
        roundId: a.roundId,
        paper: a.paper,
        sheet: a.sheet,
        ...resultColumns(r),
        // Whose it was when it began: what an annulment goes by.
        unitId: a.unitId,
        state: a.state,
        startedAt: a.startedAt,
      })
      .from(a)
      .innerJoin(r, eq(r.attemptId, a.id))
      .where(and(eq(a.roundId, round), inArray(a.state, GRADED), sql`${a.sheet} is not null`, newest)),
  );
}
