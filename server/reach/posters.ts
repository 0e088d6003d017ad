/** A contest's poster as PDF, drawn in a thread of its own: fonts alone take longer to read than anybody should wait. */
import { Worker } from 'node:worker_threads';
import { Lane } from '../platform/lane.ts';

export interface Poster {
  readonly title: string;
  readonly summary: string;
  /** When and how long, a line each. */
  readonly lines: readonly string[];
  /** What the code holds, and how it is written out. */
  readonly address: string;
  readonly shown: string;
  /** PNG or JPEG. */
  readonly picture: Uint8Array | null;
}

const TIME_LIMIT_MS = 30_000;
/** One at a time: there are two processors, and answers come first. */
const lane = new Lane(1, 20);

/** Throws `busy`. */
export function posterPdf(poster: Poster): Promise<Uint8Array> {
  return lane.run(() => inThread(poster));
}

async function inThread(poster: Poster): Promise<Uint8Array> {
  const worker = new Worker(new URL('./poster-worker.ts', import.meta.url), { workerData: poster });
  const { promise, resolve, reject } = Promise.withResolvers<Uint8Array>();
  const timer = setTimeout(() => reject(new Error('the poster took too long')), TIME_LIMIT_MS);
  worker.once('message', resolve);
  worker.once('error', reject);
  try {
    return await promise;
  } finally {
    clearTimeout(timer);
    await worker.terminate();
  }
}
