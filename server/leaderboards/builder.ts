/** Has boards built in a worker and unpacks them here. */
import { MessageChannel, Worker } from 'node:worker_threads';
import type { Database } from '../platform/database/door.ts';
import { Board, type BoardSettings } from './board.ts';
import type { BuildOrder, BuildReply } from './build-worker.ts';
import type { FeedPosition } from './counting.ts';
import { columnsOf, START } from './results-feed.ts';

export interface BoardOrder {
  readonly name: string;
  readonly rounds: readonly number[];
  readonly settings: BoardSettings;
  readonly truths: readonly (readonly [number, number])[];
}

export interface Built {
  readonly boards: ReadonlyMap<string, Board>;
  /** How far the feed is in them. */
  readonly position: FeedPosition;
}

/** `location` as configured: a worker opens the database for itself. Throws when the worker fails. */
export async function buildBoards(
  database: Database,
  location: string,
  boards: readonly BoardOrder[],
): Promise<Built> {
  const { results } = database.tables;
  const { sql } = database.query.select(columnsOf(database.tables)).from(results).toSQL();
  const { port1, port2 } = new MessageChannel();
  const order: BuildOrder = { port: port2, dialect: database.dialect, location, sql, boards };
  const worker = new Worker(new URL('./build-worker.ts', import.meta.url), {
    workerData: order,
    transferList: [port2],
  });
  const built = new Map<string, Board>();
  let position = START;
  return new Promise((resolve, reject) => {
    port1.on('message', (reply: BuildReply) => {
      if ('error' in reply) reject(new Error(reply.error));
      else if ('packed' in reply) built.set(reply.name, Board.unpack(reply.packed));
      else position = reply.position;
    });
    port1.on('close', () => resolve({ boards: built, position }));
    worker.on('error', reject);
  });
}
