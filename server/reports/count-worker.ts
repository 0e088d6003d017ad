/** Counts a report in a thread of its own: one pass over the results of its rounds, and nothing of them is kept. */
import { type MessagePort, workerData } from 'node:worker_threads';
import Sqlite from 'better-sqlite3';
import { type Counted, count, type Forest } from './count-rules.ts';
import { factsOf, WIDTH } from './fact-rules.ts';
import type { Window } from './period-rules.ts';

export interface CountOrder {
  readonly port: MessagePort;
  readonly dialect: 'sqlite' | 'postgres';
  /** File path or address. */
  readonly location: string;
  /** SELECT of the columns in `fact-rules.ts`'s order, with `seq` before them, of rows after a `seq`, so many of them. */
  readonly sql: string;
  readonly now: Window;
  readonly before: Window | null;
  readonly questions: readonly (readonly [round: number, questions: number])[];
  /** By node: the unit's key. */
  readonly units: Float64Array;
  readonly forest: Forest;
  /** Node whose days are counted, −1: all. */
  readonly under: number;
}

export type CountReply = { readonly counted: Counted } | { readonly error: string };

const CHUNK = 20_000;

/** Rows one after another, growing by doubling. */
class Rows {
  numbers = new Float64Array(WIDTH * 65_536);
  length = 0;

  /** A row as it was read, behind its `seq`. */
  add(row: readonly unknown[]): void {
    if (this.length === this.numbers.length) {
      const larger = new Float64Array(this.numbers.length * 2);
      larger.set(this.numbers);
      this.numbers = larger;
    }
    for (let column = 1; column <= WIDTH; column++) {
      const value = row[column];
      this.numbers[this.length++] =
        typeof value === 'number'
          ? value
          : value === null || value === undefined
            ? Number.NaN
            : Number(value);
    }
  }
}

/** Pages by `seq`: no reading lasts, so that the writer's log can be folded meanwhile. */
function readSqlite(location: string, sql: string): Rows {
  const db = new Sqlite(location, { readonly: true });
  const rows = new Rows();
  try {
    const page = db.prepare<[number, number], unknown[]>(sql).raw(true);
    for (let newest = 0; ; ) {
      const found = page.all(newest, CHUNK);
      for (const row of found) rows.add(row);
      if (found.length < CHUNK) return rows;
      newest = Number(found.at(-1)?.[0] ?? 0);
    }
  } finally {
    db.close();
  }
}

async function readPostgres(location: string, sql: string): Promise<Rows> {
  const { default: pg } = await import('pg');
  const client = new pg.Client({ connectionString: location });
  await client.connect();
  const rows = new Rows();
  try {
    await client.query('begin read only');
    await client.query({
      text: `declare scan no scroll cursor for ${sql}`,
      values: [0, Number.MAX_SAFE_INTEGER],
    });
    for (;;) {
      const { rows: found } = await client.query<unknown[]>({
        text: `fetch ${CHUNK} from scan`,
        rowMode: 'array',
      });
      for (const row of found) rows.add(row);
      if (found.length < CHUNK) return rows;
    }
  } finally {
    await client.end();
  }
}

async function counted(order: CountOrder): Promise<Counted> {
  const { dialect, location, sql, forest, under } = order;
  const rows = dialect === 'sqlite' ? readSqlite(location, sql) : await readPostgres(location, sql);
  const nodes = new Map<number, number>();
  order.units.forEach((unit, node) => {
    nodes.set(unit, node);
  });
  const { now, before, questions } = order;
  const facts = factsOf(rows.numbers, rows.length, { now, before, questions: new Map(questions), nodes });
  return count(facts, forest, under);
}

const order: CountOrder = workerData;
counted(order)
  .then(
    (found) => order.port.postMessage({ counted: found } satisfies CountReply),
    (error: unknown) =>
      order.port.postMessage({
        error: error instanceof Error ? error.message : String(error),
      } satisfies CountReply),
  )
  .finally(() => order.port.close());
