/** The same door over a PostgreSQL pool: each caller is one short transaction; reads and scans have clients of their own. */
import { drizzle } from 'drizzle-orm/node-postgres';
import pg from 'pg';
import schema from '../../../drizzle/postgres.ts';
import {
  BusyError,
  ConflictError,
  compile,
  type Database,
  type Outcome,
  type Outcomes,
  type RawRow,
  type ScanOptions,
  type Statement,
  UnavailableError,
  type Writable,
} from './door.ts';
import { migratePostgres } from './migrate-postgres.ts';

const WRITERS = 10;
const READERS = 8;
const MAX_WAITING = 20_000;
/**
 * A transaction whose node says nothing for so long is given up, ms: a machine that froze would hold its locks, and with
 * them the feed of results of the whole cluster, until the network noticed.
 */
const LEFT_MS = 15_000;
const INT8 = 20;

/** Opens (and migrates) the database at `url`. `schemaName` keeps test databases apart in one server. */
export async function openPostgres(url: string): Promise<PostgresDatabase> {
  await migratePostgres(url);
  return new PostgresDatabase(url);
}

const types = {
  getTypeParser: (oid: number, format?: 'text' | 'binary') =>
    oid === INT8 ? Number : pg.types.getTypeParser(oid, format ?? 'text'),
} as pg.CustomTypesConfig;

export class PostgresDatabase implements Database {
  readonly dialect = 'postgres';
  readonly tables = schema;
  readonly url: string;
  readonly query: Database['query'];
  readonly #writers: pg.Pool;
  readonly #readers: pg.Pool;
  readonly #names = new Map<string, string>();
  #waiting = 0;
  #callers = 0;

  constructor(url: string) {
    this.url = url;
    this.#writers = new pg.Pool({
      connectionString: url,
      max: WRITERS,
      types,
      options: `-c synchronous_commit=on -c idle_in_transaction_session_timeout=${LEFT_MS}`,
      pipeline: true,
    });
    this.#readers = new pg.Pool({
      connectionString: url,
      max: READERS,
      types,
      options: '-c statement_timeout=60000',
    });
    // A broken idle connection is replaced by the pool; the next query reports what still fails.
    for (const pool of [this.#writers, this.#readers]) {
      pool.on('error', () => undefined);
      // A client that is lent out between two queries has nobody else who listens: the next query says that it is gone.
      pool.on('connect', (client) => client.on('error', () => undefined));
    }
    this.query = drizzle({ client: this.#readers });
  }

  async look<Row>({ sql, params, decode }: Statement<Row>): Promise<readonly Row[]> {
    const { rows } = await this.#readers.query<unknown[]>({
      name: this.#name(sql),
      text: sql,
      values: params as unknown[],
      rowMode: 'array',
    });
    return rows.map((row) => (decode === undefined ? (row as Row) : decode(row)));
  }

  async atomic<const Q extends readonly (Writable | Statement)[]>(queries: Q): Promise<Outcomes<Q>> {
    if (queries.length === 0) return [] as unknown as Outcomes<Q>;
    if (this.#waiting >= MAX_WAITING) throw new BusyError('too many writers wait');
    this.#waiting += 1;
    try {
      const outcomes = await this.#run(queries.map(compile));
      this.#callers += 1;
      return outcomes as unknown as Outcomes<Q>;
    } finally {
      this.#waiting -= 1;
    }
  }

  async #run(statements: readonly Statement[]): Promise<Outcome<unknown>[]> {
    const client = await this.#writers.connect().catch((error: unknown) => {
      throw translated(error);
    });
    const [only] = statements;
    try {
      if (statements.length === 1 && only !== undefined && only.expects === undefined)
        return [await this.#statement(client, only)];
      const outcomes = await this.#together(client, statements);
      await client.query('commit');
      return outcomes;
    } catch (error) {
      await client.query('rollback').catch(() => undefined);
      throw translated(error);
    } finally {
      client.release();
    }
  }

  /**
   * Begins, and sends all statements without waiting for each: one way there and back. The commit goes when every outcome
   * is known, for whether it is the expected one is decided here. Throws what the first that failed has thrown.
   */
  async #together(client: pg.PoolClient, statements: readonly Statement[]): Promise<Outcome<unknown>[]> {
    const begun = client.query('begin');
    const sent = statements.map((statement) => this.#statement(client, statement));
    const [, ...settled] = await Promise.allSettled([begun, ...sent]);
    await begun;
    return settled.map((outcome) => {
      if (outcome.status === 'rejected') throw outcome.reason;
      return outcome.value;
    });
  }

  async #statement(client: pg.PoolClient, statement: Statement): Promise<Outcome<unknown>> {
    const { rows, rowCount } = await client.query<unknown[]>({
      name: this.#name(statement.sql),
      text: statement.sql,
      values: statement.params as unknown[],
      rowMode: 'array',
    });
    const changes = rowCount ?? 0;
    if (statement.expects !== undefined && statement.expects !== changes) {
      throw new ConflictError(`expected ${statement.expects} rows, touched ${changes}`);
    }
    return { changes, rows: statement.decode === undefined ? rows : rows.map(statement.decode) };
  }

  #name(sql: string): string {
    const known = this.#names.get(sql);
    if (known !== undefined) return known;
    const name = `s${this.#names.size}`;
    this.#names.set(sql, name);
    return name;
  }

  async *scan(query: Pick<Writable, 'toSQL'>, options: ScanOptions = {}): AsyncGenerator<readonly RawRow[]> {
    const { sql, params } = query.toSQL();
    const client = await this.#readers.connect();
    const chunk = options.chunk ?? 5000;
    try {
      await client.query('begin read only');
      await client.query(`set local statement_timeout = ${options.timeLimitMs ?? 60_000}`);
      await client.query({ text: `declare scan no scroll cursor for ${sql}`, values: params });
      for (;;) {
        const { rows } = await client.query<unknown[]>({
          text: `fetch ${chunk} from scan`,
          rowMode: 'array',
        });
        if (rows.length > 0) yield rows;
        if (rows.length < chunk) return;
      }
    } finally {
      await client.query('rollback').catch(() => undefined);
      client.release();
    }
  }

  async *scanNumbers(query: Pick<Writable, 'toSQL'>, options?: ScanOptions): AsyncGenerator<Float64Array> {
    for await (const rows of this.scan(query, options)) {
      const width = rows[0]?.length ?? 0;
      const numbers = new Float64Array(rows.length * width);
      let at = 0;
      for (const row of rows)
        for (const value of row) numbers[at++] = value === null ? Number.NaN : Number(value);
      yield numbers;
    }
  }

  async clock(): Promise<number> {
    const { rows } = await this.#writers.query<{ now: string }>(
      'select extract(epoch from clock_timestamp()) * 1000 as now',
    );
    return Math.floor(Number(rows[0]?.now ?? 0));
  }

  async durability(): Promise<Readonly<Record<string, string>>> {
    const { rows } = await this.#writers.query<{ fsync: string; synchronous_commit: string }>(
      "select current_setting('fsync') as fsync, current_setting('synchronous_commit') as synchronous_commit",
    );
    return { fsync: rows[0]?.fsync ?? '', synchronous_commit: rows[0]?.synchronous_commit ?? '' };
  }

  load() {
    return { waiting: this.#waiting, callers: this.#callers, commits: this.#callers };
  }

  async close(): Promise<void> {
    await Promise.all([this.#writers.end(), this.#readers.end()]);
  }
}

/** PostgreSQL's classes: 23 integrity, 40 serialisation and deadlock, 53 resources, 57 shutdown, 08 connection. */
function translated(error: unknown): Error {
  if (error instanceof ConflictError) return error;
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const message = error instanceof Error ? error.message : String(error);
  if (code.startsWith('23') || code.startsWith('40')) return new ConflictError(message);
  if (/^(53|57|58|08|ECONN|EPIPE|ENOTFOUND|ETIMEDOUT|XX)/.test(code) || /terminated|timeout/i.test(message))
    return new UnavailableError(message);
  return error instanceof Error ? error : new Error(message);
}
