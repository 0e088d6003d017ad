/** Builds boards in a thread of its own: one scan of the results, sorted by person, weighed for each board, handed over whole. */
import { type MessagePort, workerData } from 'node:worker_threads';
import Sqlite from 'better-sqlite3';
import type { BoardSettings } from './board.ts';
import { Board, buffersOf, type PackedBoard } from './board.ts';
import type { FeedPosition } from './counting.ts';
import { byPerson, factsOf, Rows } from './person-rows.ts';

export interface BuildOrder {
  readonly port: MessagePort;
  readonly dialect: 'sqlite' | 'postgres';
  /** File path or address. */
  readonly location: string;
  /** SELECT of the columns in `columnsOf`'s order, without a condition. */
  readonly sql: string;
  readonly boards: readonly {
    readonly name: string;
    readonly rounds: readonly number[];
    readonly settings: BoardSettings;
    readonly truths: readonly (readonly [number, number])[];
  }[];
}

export type BuildReply =
  | { readonly name: string; readonly packed: PackedBoard }
  | { readonly position: FeedPosition }
  | { readonly error: string };

/** Rows read at once. */
const CHUNK = 10_000;

async function read(order: BuildOrder): Promise<{ readonly rows: Rows; readonly position: FeedPosition }> {
  return order.dialect === 'sqlite' ? readSqlite(order) : readPostgres(order);
}

/** Many rows a call: a call for each costs as much again as reading it. */
function readSqlite({ location, sql, boards }: BuildOrder): {
  readonly rows: Rows;
  readonly position: FeedPosition;
} {
  const db = new Sqlite(location, { readonly: true });
  const rows = new Rows();
  const wanted = new Set(boards.flatMap((board) => board.rounds));
  let newest = 0;
  db.exec('begin');
  const chunk = db.prepare(`${sql} where seq > ? order by seq limit ${CHUNK}`).raw(true);
  for (;;) {
    const found = chunk.all(newest) as number[][];
    for (const row of found) if (wanted.has(row[3] ?? 0)) rows.add(row);
    newest = found.at(-1)?.[0] ?? newest;
    if (found.length < CHUNK) break;
  }
  db.close();
  return { rows, position: { transaction: 0, number: newest } };
}

/** Only what was committed below the oldest running transaction: what is missing comes through the feed. */
async function readPostgres({
  location,
  sql,
  boards,
}: BuildOrder): Promise<{ readonly rows: Rows; readonly position: FeedPosition }> {
  const { default: pg } = await import('pg');
  const client = new pg.Client({ connectionString: location });
  await client.connect();
  const rows = new Rows();
  const wanted = new Set(boards.flatMap((board) => board.rounds));
  try {
    await client.query('begin isolation level repeatable read read only');
    const { rows: found } = await client.query<{ xmin: string }>(
      'select pg_snapshot_xmin(pg_current_snapshot())::text as xmin',
    );
    const oldest = Number(found[0]?.xmin ?? 0);
    await client.query(`declare scan no scroll cursor for ${sql}`);
    for (;;) {
      const { rows: chunk } = await client.query<unknown[]>({
        text: `fetch ${CHUNK} from scan`,
        rowMode: 'array',
      });
      if (chunk.length === 0) break;
      for (const row of chunk) if (Number(row[1]) < oldest && wanted.has(Number(row[3]))) rows.add(row);
    }
    return { rows, position: { transaction: oldest - 1, number: Number.MAX_SAFE_INTEGER } };
  } finally {
    await client.end();
  }
}

async function build(order: BuildOrder): Promise<void> {
  const { rows, position } = await read(order);
  const numbers = byPerson(rows);
  for (const { name, rounds, settings, truths } of order.boards) {
    const board = new Board(settings);
    board.load(factsOf(numbers, new Set(rounds), new Map(truths)));
    const packed = board.pack();
    order.port.postMessage({ name, packed } satisfies BuildReply, buffersOf(packed));
  }
  order.port.postMessage({ position } satisfies BuildReply);
}

const order: BuildOrder = workerData;
build(order)
  .catch((error: unknown) => {
    const message = error instanceof Error ? (error.stack ?? error.message) : String(error);
    order.port.postMessage({ error: message } satisfies BuildReply);
  })
  .finally(() => order.port.close());
