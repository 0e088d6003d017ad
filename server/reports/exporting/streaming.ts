/** A file of rows as a stream of bytes: page after page out of a thread, as fast as they are taken and no faster. */
import { Readable } from 'node:stream';
import { Worker } from 'node:worker_threads';
import { AppError } from '../../platform/errors.ts';
import type { RowOrder, RowReply, RowRequest } from './row-worker.ts';
import type { PageStatement } from './statements.ts';

export interface RowStream {
  readonly order: RowOrder;
  readonly pages: PageStatement;
  /** Rows read at once: an attempt of twenty questions is twenty lines of answers. */
  readonly limit: number;
}

/** Streams at the same time; each takes a part of a core for as long as it lasts. */
const MOST = 3;
/** Pages that are ready before they are taken. */
const AHEAD = 2;
/** What a thread may hold: lines are made and let go, so little room only means that it tidies up more often. */
const LIMITS = {
  csv: { maxOldGenerationSizeMb: 96, maxYoungGenerationSizeMb: 8 },
  xlsx: { maxOldGenerationSizeMb: 256, maxYoungGenerationSizeMb: 16 },
} as const;
let running = 0;

/** Throws `busy`. A stream that is destroyed (whoever asked is gone) ends its thread. */
export function streamRows(wanted: RowStream): Readable {
  if (running >= MOST) throw new AppError('busy');
  running += 1;
  const worker = new Worker(new URL('./row-worker.ts', import.meta.url), {
    workerData: wanted.order,
    resourceLimits: LIMITS[wanted.order.format],
  });
  const stream = Readable.from(bytesOf(worker, wanted), { objectMode: true, highWaterMark: AHEAD });
  stream.once('close', () => {
    // Only then is nothing read any more, and another one may begin.
    void worker.terminate().finally(() => {
      running -= 1;
    });
  });
  return stream;
}

/** How many streams run, for tests. */
export function runningStreams(): number {
  return running;
}

async function* bytesOf(worker: Worker, { pages, limit }: RowStream): AsyncGenerator<Uint8Array> {
  const { promise: failed, reject } = Promise.withResolvers<never>();
  failed.catch(() => undefined);
  worker.once('error', reject);
  worker.once('exit', () => reject(new Error('an export ended early')));
  const ask = (request: RowRequest): Promise<RowReply> => Promise.race([answerOf(worker, request), failed]);
  for (let after: number | null = 0; after !== null; ) {
    const { sql, params } = pages({ after, limit });
    const { bytes, last }: RowReply = await ask({ page: { sql, params }, limit });
    if (bytes.length > 0) yield bytes;
    after = last;
  }
  const { bytes } = await ask('end');
  if (bytes.length > 0) yield bytes;
}

function answerOf(worker: Worker, request: RowRequest): Promise<RowReply> {
  const { promise, resolve } = Promise.withResolvers<RowReply>();
  worker.once('message', resolve);
  worker.postMessage(request);
  return promise;
}
