/** Starts the reading thread and takes what it hands over. */
import { Worker } from 'node:worker_threads';
import type { Message } from '../../../questions/formats/message.ts';
import type { ReadingNews, ReadingStart, ReadingTask } from './reading-worker.ts';

/** Largest file that is taken at the door, in bytes. */
export const FILE_BYTES_MAX = 40_000_000;
const MEMORY_MB = 768;
const YOUNG_MB = 8;
const TIME_LIMIT_MS = 300_000;

/** What the thread says before its end, beside progress. */
export type Handed = Exclude<ReadingNews, { readonly is: 'progress' } | { readonly is: 'end' }>;

export interface ReadingListener {
  /** 0..1, from time to time. */
  progress(share: number): void;
  /** The thread waits when it is not resolved for long; one comes after the other. A rejection ends the reading with it. */
  take(news: Handed): Promise<void>;
}

/** The thread ran out of memory or time, or died: the file is too much for us. */
export class ReadingStopped extends Error {
  override readonly name = 'ReadingStopped';
}

/** What people are told of it. */
export const stoppedMessage: Message = {
  code: 'reading-stopped',
  severity: 'error',
  place: { line: 1 },
  vi: 'Tệp quá nặng hoặc không đọc được nên việc đọc đã dừng. Hãy chia tệp thành nhiều phần nhỏ hơn.',
  en: 'The file is too heavy or cannot be read, so reading was stopped. Please split it into smaller files.',
};

/** The thread goes on. */
function acknowledge(taken: SharedArrayBuffer): void {
  const counter = new Int32Array(taken);
  Atomics.add(counter, 0, 1);
  Atomics.notify(counter, 0);
}

/**
 * Resolves when everything was taken. The pieces are gone afterwards: they belong to the thread. Throws ReadingStopped, what
 * `take` throws, and the signal's reason.
 */
export async function readInThread(
  task: ReadingTask,
  listener: ReadingListener,
  signal?: AbortSignal,
): Promise<void> {
  const taken = new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT);
  const start: ReadingStart = { task, taken };
  const worker = new Worker(new URL('./reading-worker.ts', import.meta.url), {
    workerData: start,
    transferList: [...task.pieces, ...(task.answers === null ? [] : [task.answers])].flatMap(({ buffer }) =>
      buffer instanceof ArrayBuffer ? [buffer] : [],
    ),
    resourceLimits: { maxOldGenerationSizeMb: MEMORY_MB, maxYoungGenerationSizeMb: YOUNG_MB },
    stdout: true,
    stderr: true,
  });
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const timer = setTimeout(() => reject(new ReadingStopped('time')), TIME_LIMIT_MS);
  let last = Promise.resolve();
  const stop = (): void => reject(new ReadingStopped('the server stops'));
  signal?.addEventListener('abort', stop, { once: true });
  worker.on('message', (news: ReadingNews) => {
    if (news.is === 'progress') listener.progress(news.share);
    else if (news.is === 'end') last.then(resolve, reject).then(() => acknowledge(taken));
    else {
      last = last.then(() => listener.take(news)).then(() => acknowledge(taken));
      last.catch(reject);
    }
  });
  worker.once('error', (error) => reject(new ReadingStopped(String(error))));
  worker.once('exit', () => reject(new ReadingStopped('the thread ended')));
  try {
    await promise;
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', stop);
    await worker.terminate();
  }
}
