/**
 * The writer thread of the embedded database: one connection, group commit. A batch is what came in while the last commit
 * ran. Each caller has a savepoint of its own, so a failing one rolls back alone; an error that ended the whole
 * transaction (disk full, I/O) refuses the whole batch, because some of it may be gone (SQLite rolls back by itself then).
 */
import { type MessagePort, workerData } from 'node:worker_threads';
import Sqlite from 'better-sqlite3';
import type { Parameter } from './door.ts';

export interface WireBatch {
  readonly texts: readonly (readonly [number, string])[];
  /**
   * The callers one after another in one flat array, since every small array costs time on its way to the thread: number of
   * statements; for each its id, the rows that it must touch (-1: any) and how many parameters follow.
   */
  readonly calls: readonly Parameter[];
}
/** Per statement [rows touched, rows returned], or only the rows touched by a single one; or why the caller failed. */
export type WireResult =
  | number
  | readonly (readonly [number, readonly (readonly unknown[])[] | null])[]
  | WireFailure;
export interface WireFailure {
  readonly kind: 'conflict' | 'unavailable' | 'broken';
  readonly message: string;
}
export interface WriterStart {
  readonly port: MessagePort;
  readonly path: string;
}
export type WriterRequest = WireBatch | 'durability' | 'close' | { readonly maxPages: number };

/** 4 kB pages: 2,000 are 8 MB, a checkpoint of some 15 ms. */
const CHECKPOINT_PAGES = 2000;
const WAL_BYTES = CHECKPOINT_PAGES * 4096 * 2;

class Writer {
  readonly #path: string;
  #maxPages: number | null = null;
  #db: Sqlite.Database;
  readonly #texts: string[] = [];
  #statements: (Sqlite.Statement | undefined)[] = [];
  #steps: Steps;

  constructor(path: string) {
    this.#path = path;
    this.#db = this.#open();
    this.#steps = stepsOf(this.#db);
  }

  #open(): Sqlite.Database {
    const db = new Sqlite(this.#path);
    db.pragma('journal_mode = WAL');
    db.pragma('synchronous = FULL');
    db.pragma('foreign_keys = ON');
    db.pragma(`wal_autocheckpoint = ${CHECKPOINT_PAGES}`);
    db.pragma('journal_size_limit = -1');
    db.pragma('cache_size = -65536');
    db.pragma('temp_store = MEMORY');
    if (this.#maxPages !== null) db.pragma(`max_page_count = ${this.#maxPages}`);
    this.#statements = [];
    return db;
  }

  /** A WAL that grows while it is written costs a third: write it long once, it is never truncated while we run. */
  growWal(): void {
    this.#db.exec('create table if not exists wal_growth (filler blob)');
    this.#db.prepare('insert into wal_growth values (zeroblob(?))').run(WAL_BYTES);
    this.#db.exec('drop table wal_growth');
    this.#db.pragma('wal_checkpoint(PASSIVE)');
  }

  run(batch: WireBatch): WireResult[] {
    for (const [id, text] of batch.texts) this.#texts[id] = text;
    const results: WireResult[] = [];
    try {
      this.#steps.begin.run();
      const calls = new Calls(batch.calls);
      while (calls.more) results.push(this.#runCaller(calls.caller()));
      this.#steps.commit.run();
      return results;
    } catch (error) {
      this.#recover(error);
      const failure: WireFailure = { kind: 'unavailable', message: messageOf(error) };
      const failures: WireResult[] = [];
      for (const calls = new Calls(batch.calls); calls.more; calls.caller()) failures.push(failure);
      return failures;
    }
  }

  /** Throws only when the transaction itself is lost. */
  #runCaller(statements: readonly Call[]): WireResult {
    const alone = statements.length === 1 && statements[0]?.expects === -1;
    if (!alone) this.#steps.savepoint.run();
    try {
      const done = statements.map((statement) => this.#runStatement(statement));
      if (!alone) this.#steps.release.run();
      const [first] = done;
      return done.length === 1 && first?.[1] === null ? first[0] : done;
    } catch (error) {
      if (!this.#db.inTransaction || isFatal(error)) throw error;
      if (!alone) {
        this.#steps.rollbackTo.run();
        this.#steps.release.run();
      }
      return failureOf(error);
    }
  }

  #runStatement({ id, expects, params }: Call): readonly [number, readonly (readonly unknown[])[] | null] {
    const statement = this.#statement(id);
    if (statement.reader) {
      const rows = statement.all(params) as unknown[][];
      if (expects !== -1 && rows.length !== expects) throw new UnexpectedRows(expects, rows.length);
      return [rows.length, rows];
    }
    const { changes } = statement.run(params);
    if (expects !== -1 && changes !== expects) throw new UnexpectedRows(expects, changes);
    return [changes, null];
  }

  #statement(id: number): Sqlite.Statement {
    const known = this.#statements[id];
    if (known !== undefined) return known;
    const text = this.#texts[id];
    if (text === undefined) throw new Error(`statement ${id} was never sent`);
    const statement = this.#db.prepare(text);
    if (statement.reader) statement.raw(true);
    this.#statements[id] = statement;
    return statement;
  }

  #recover(error: unknown): void {
    if (this.#db.inTransaction) this.#steps.rollback.run();
    if (!isFatal(error)) return;
    this.#db.close();
    this.#db = this.#open();
    this.#steps = stepsOf(this.#db);
  }

  durability(): Record<string, string> {
    const names = ['journal_mode', 'synchronous', 'wal_autocheckpoint', 'foreign_keys'];
    return Object.fromEntries(names.map((name) => [name, String(this.#db.pragma(name, { simple: true }))]));
  }

  /** A ceiling on the file's pages: how the tests make the disk full. */
  limitPages(pages: number): void {
    this.#maxPages = pages;
    this.#db.pragma(`max_page_count = ${pages}`);
  }

  close(): void {
    this.#db.close();
  }
}

interface Call {
  readonly id: number;
  readonly expects: number;
  readonly params: readonly Parameter[];
}

/** Reads the flat array of a batch. */
class Calls {
  readonly #flat: readonly Parameter[];
  #at = 0;

  constructor(flat: readonly Parameter[]) {
    this.#flat = flat;
  }

  get more(): boolean {
    return this.#at < this.#flat.length;
  }

  caller(): readonly Call[] {
    const statements = this.#number();
    const calls: Call[] = [];
    for (let i = 0; i < statements; i++) {
      const id = this.#number();
      const expects = this.#number();
      const count = this.#number();
      const params = this.#flat.slice(this.#at, this.#at + count);
      this.#at += count;
      calls.push({ id, expects, params });
    }
    return calls;
  }

  #number(): number {
    return Number(this.#flat[this.#at++]);
  }
}

/** The statements around those of callers, prepared once a connection. */
type Steps = Readonly<
  Record<'begin' | 'commit' | 'rollback' | 'savepoint' | 'release' | 'rollbackTo', Sqlite.Statement>
>;

function stepsOf(db: Sqlite.Database): Steps {
  return {
    begin: db.prepare('begin immediate'),
    commit: db.prepare('commit'),
    rollback: db.prepare('rollback'),
    savepoint: db.prepare('savepoint caller'),
    release: db.prepare('release caller'),
    rollbackTo: db.prepare('rollback to caller'),
  };
}

class UnexpectedRows extends Error {
  constructor(expected: number, seen: number) {
    super(`expected ${expected} rows, touched ${seen}`);
  }
}

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
const isFatal = (error: unknown): boolean =>
  /^SQLITE_(FULL|IOERR|NOMEM|CORRUPT|NOTADB|READONLY|CANTOPEN)/.test(codeOf(error));

function failureOf(error: unknown): WireFailure {
  if (error instanceof UnexpectedRows) return { kind: 'conflict', message: error.message };
  if (codeOf(error).startsWith('SQLITE_CONSTRAINT')) return { kind: 'conflict', message: messageOf(error) };
  return { kind: 'broken', message: messageOf(error) };
}

function serve({ port, path }: WriterStart): void {
  const writer = new Writer(path);
  port.on('message', (request: WriterRequest) => {
    if (request === 'durability') port.postMessage(writer.durability());
    else if (request === 'close') {
      writer.close();
      port.postMessage('closed');
      port.close();
    } else if ('maxPages' in request) {
      writer.limitPages(request.maxPages);
      port.postMessage('limited');
    } else port.postMessage(writer.run(request));
  });
  // Readers need not wait for the growing, only whoever writes.
  port.postMessage('ready');
  writer.growWal();
}

serve(workerData);
