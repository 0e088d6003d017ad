/** The embedded database: a writer thread behind a queue, a reader thread for scans, and a connection for point reads here. */
import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { MessageChannel, type MessagePort, Worker } from 'node:worker_threads';
import Sqlite from 'better-sqlite3';
import { drizzle } from 'drizzle-orm/better-sqlite3';
import schema from '../../../drizzle/sqlite.ts';
import {
  BusyError,
  ConflictError,
  compile,
  type Database,
  type Lane,
  type Outcome,
  type Outcomes,
  type Parameter,
  type ScanOptions,
  type Statement,
  UnavailableError,
  type Writable,
} from './door.ts';
import { migrateSqlite } from './migrate-sqlite.ts';
import { SqliteScans } from './sqlite-scans.ts';
import type { WireBatch, WireResult, WriterRequest } from './sqlite-writer.ts';

interface Job {
  readonly statements: readonly Statement[];
  readonly resolve: (outcomes: Outcome<unknown>[]) => void;
  readonly reject: (error: Error) => void;
}

/** Beyond so many waiting callers new ones are refused: a queue that only grows helps nobody. */
const MAX_WAITING = 50_000;
/** Most callers a commit: keeps a commit, and so the wait of the next, in milliseconds. */
const MAX_BATCH = 2000;
const FORBIDDEN =
  /^\s*(begin|commit|end|rollback|savepoint|release|pragma|attach|detach|vacuum)\b|\bor\s+rollback\b|\bdeferred\b/i;

/** Opens (and migrates) the file at `path`. `onFatal` is called when the writer thread died: the process should end. */
export async function openSqlite(path: string, onFatal: (error: Error) => void): Promise<SqliteDatabase> {
  mkdirSync(dirname(path), { recursive: true });
  const lock = lockFile(path);
  migrateSqlite(path);
  const writer = startThread('sqlite-writer.ts', path, onFatal);
  await once(writer, 'message');
  return new SqliteDatabase(path, writer, lock);
}

/** One server a file. The lock is held by the operating system, so it goes with the process however that ends. */
function lockFile(path: string): Sqlite.Database {
  const lock = new Sqlite(`${path}.lock`, { timeout: 0 });
  try {
    lock.pragma('locking_mode = EXCLUSIVE');
    lock.exec('begin exclusive');
    return lock;
  } catch {
    lock.close();
    throw new UnavailableError(
      `Another server has ${path} open / Tệp dữ liệu đang được một máy chủ khác dùng`,
    );
  }
}

function startThread(file: string, path: string, onFatal: (error: Error) => void): MessagePort {
  const { port1, port2 } = new MessageChannel();
  const worker = new Worker(new URL(`./${file}`, import.meta.url), {
    workerData: { port: port2, path },
    transferList: [port2],
  });
  worker.on('error', (error) => onFatal(error instanceof Error ? error : new Error(String(error))));
  worker.unref();
  port1.unref();
  return port1;
}

export class SqliteDatabase implements Database {
  readonly dialect = 'sqlite';
  readonly tables = schema;
  readonly query: Database['query'];
  readonly #writer: MessagePort;
  readonly #lock: Sqlite.Database;
  readonly #reading: Sqlite.Database;
  readonly #scans: SqliteScans;
  readonly #textIds = new Map<string, number>();
  #newTexts: [number, string][] = [];
  readonly #looks = new Map<string, Sqlite.Statement>();
  #waiting: Job[] = [];
  #low: Job[] = [];
  #running: Job[] = [];
  #asked: ((answer: never) => void) | null = null;
  #scheduled = false;
  #callers = 0;
  #commits = 0;
  #closed = false;

  constructor(path: string, writer: MessagePort, lock: Sqlite.Database) {
    this.#writer = writer;
    this.#lock = lock;
    this.#reading = new Sqlite(path, { readonly: true });
    this.#reading.pragma('cache_size = -32768');
    this.query = drizzle({ client: this.#reading }) as unknown as Database['query'];
    this.#scans = new SqliteScans(path);
    this.#writer.on('message', (answer: WireResult[]) => this.#answered(answer));
    this.#writer.unref();
  }

  atomic<const Q extends readonly (Writable | Statement)[]>(
    queries: Q,
    lane: Lane = 'normal',
  ): Promise<Outcomes<Q>> {
    if (queries.length === 0) return Promise.resolve([] as unknown as Outcomes<Q>);
    if (this.#closed) return Promise.reject(new UnavailableError('the database is closed'));
    if (this.#waiting.length >= MAX_WAITING) return Promise.reject(new BusyError('too many writers wait'));
    const statements = queries.map(compile);
    for (const { sql } of statements) this.#textId(sql);
    const { promise, resolve, reject } = Promise.withResolvers<Outcome<unknown>[]>();
    const job = { statements, resolve, reject };
    (lane === 'low' ? this.#low : this.#waiting).push(job);
    this.#schedule();
    return promise as unknown as Promise<Outcomes<Q>>;
  }

  /** With the next commit when there is one to wait for; else nothing is stale here. */
  async look<Row>(select: Statement<Row>): Promise<readonly Row[]> {
    if (this.load().waiting === 0) return this.#lookHere(select);
    try {
      const [{ rows }] = await this.atomic([select]);
      return rows;
    } catch (error) {
      // What refuses those who write keeps nobody from reading.
      if (error instanceof UnavailableError || error instanceof BusyError) return this.#lookHere(select);
      throw error;
    }
  }

  #lookHere<Row>({ sql, params, decode }: Statement<Row>): readonly Row[] {
    const known = this.#looks.get(sql);
    const statement = known ?? this.#reading.prepare(sql).raw(true);
    if (known === undefined) this.#looks.set(sql, statement);
    const rows = statement.all(params) as unknown[][];
    return rows.map((row) => (decode === undefined ? (row as Row) : decode(row)));
  }

  /** At the end of this turn of the loop: whoever comes in with it shares the commit, and every commit costs this thread as well. */
  #schedule(): void {
    if (this.#scheduled || this.#running.length > 0 || this.#asked !== null) return;
    this.#scheduled = true;
    setImmediate(() => {
      this.#scheduled = false;
      if (this.#running.length === 0 && this.#asked === null) this.#send();
    });
  }

  #send(): void {
    const jobs = this.#waiting.length <= MAX_BATCH ? this.#waiting : this.#waiting.slice(0, MAX_BATCH);
    this.#waiting = jobs === this.#waiting ? [] : this.#waiting.slice(MAX_BATCH);
    const low = this.#low.shift();
    if (low !== undefined) jobs.push(low);
    if (jobs.length === 0) return;
    this.#running = jobs;
    const calls: Parameter[] = [];
    for (const { statements } of jobs) this.#addCalls(calls, statements);
    const batch: WireBatch = { texts: this.#newTexts, calls };
    this.#newTexts = [];
    this.#writer.ref();
    this.#writer.postMessage(batch satisfies WriterRequest);
  }

  #addCalls(calls: Parameter[], statements: readonly Statement[]): void {
    calls.push(statements.length);
    for (const { sql, params, expects } of statements) {
      calls.push(this.#textId(sql), expects ?? -1, params.length);
      for (const param of params) calls.push(param);
    }
  }

  /** Throws when the statement is none for `atomic`. */
  #textId(sql: string): number {
    const known = this.#textIds.get(sql);
    if (known !== undefined) return known;
    if (FORBIDDEN.test(sql)) throw new Error(`not a statement for atomic(): ${sql.slice(0, 80)}`);
    const id = this.#textIds.size;
    this.#textIds.set(sql, id);
    this.#newTexts.push([id, sql]);
    return id;
  }

  #answered(answer: WireResult[]): void {
    this.#writer.unref();
    if (this.#asked !== null) {
      const asked = this.#asked;
      this.#asked = null;
      asked(answer as never);
      this.#schedule();
      return;
    }
    const jobs = this.#running;
    this.#running = [];
    this.#callers += jobs.length;
    this.#commits += 1;
    for (let i = 0; i < jobs.length; i++) settle(jobs[i], answer[i]);
    if (this.#waiting.length > 0 || this.#low.length > 0) this.#schedule();
  }

  /** Asks the writer between two batches. */
  async #ask<Answer>(request: 'durability' | 'close' | { readonly maxPages: number }): Promise<Answer> {
    while (this.#running.length > 0 || this.#asked !== null || this.#waiting.length > 0)
      await new Promise((r) => setTimeout(r, 1));
    const { promise, resolve } = Promise.withResolvers<Answer>();
    this.#asked = resolve as (answer: never) => void;
    this.#writer.ref();
    this.#writer.postMessage(request satisfies WriterRequest);
    return promise;
  }

  scan(query: Pick<Writable, 'toSQL'>, options?: ScanOptions) {
    return this.#scans.rows(query, options);
  }

  scanNumbers(query: Pick<Writable, 'toSQL'>, options?: ScanOptions) {
    return this.#scans.numbers(query, options);
  }

  async clock(): Promise<number> {
    return Date.now();
  }

  durability(): Promise<Readonly<Record<string, string>>> {
    return this.#ask('durability');
  }

  /** Makes the disk full for tests: the file may hold so many 4 kB pages. */
  async limitPages(maxPages: number): Promise<void> {
    await this.#ask({ maxPages });
  }

  load() {
    return {
      waiting: this.#waiting.length + this.#running.length,
      callers: this.#callers,
      commits: this.#commits,
    };
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    await this.#ask('close');
    this.#scans.close();
    this.#reading.close();
    this.#lock.close();
  }
}

function settle(job: Job | undefined, result: WireResult | undefined): void {
  if (job === undefined) return;
  if (result === undefined) job.reject(new UnavailableError('the writer gave no answer'));
  else if (typeof result === 'number') job.resolve([{ changes: result, rows: [] }]);
  else if ('kind' in result) job.reject(errorOf(result.kind, result.message));
  else
    job.resolve(result.map(([changes, rows], i) => ({ changes, rows: decodeRows(rows, job.statements[i]) })));
}

function decodeRows(
  rows: readonly (readonly unknown[])[] | null,
  statement: Statement | undefined,
): readonly unknown[] {
  if (rows === null) return [];
  return statement?.decode === undefined ? rows : rows.map(statement.decode);
}

function errorOf(kind: 'conflict' | 'unavailable' | 'broken', message: string): Error {
  if (kind === 'conflict') return new ConflictError(message);
  return kind === 'unavailable' ? new UnavailableError(message) : new Error(message);
}
