/** Starts the thread that reads a text, with limits on its memory and time. A few at a time; the others wait. */
import { Worker } from 'node:worker_threads';
import type { TextReading } from '../contracts/documents.ts';
import { AppError } from '../platform/errors.ts';
import { Lane } from '../platform/lane.ts';
import type { ReadingTask } from './reading-worker.ts';

const MEMORY_MB = 384;
const TIME_LIMIT_MS = 60_000;

/** One after another: a text takes a second at most. Those that wait hold megabytes. */
const lane = new Lane(1, 20);

/** Throws `documents.unreadable`, `busy`. */
export function readInThread(task: ReadingTask): Promise<TextReading> {
  return lane.run(() => readOne(task));
}

async function readOne(task: ReadingTask): Promise<TextReading> {
  const worker = new Worker(new URL('./reading-worker.ts', import.meta.url), {
    workerData: task,
    resourceLimits: { maxOldGenerationSizeMb: MEMORY_MB },
    stdout: true,
    stderr: true,
  });
  const { promise, resolve, reject } = Promise.withResolvers<TextReading>();
  const giveUp = (): void => reject(new AppError('documents.unreadable'));
  const timer = setTimeout(giveUp, TIME_LIMIT_MS);
  worker.once('message', resolve);
  worker.once('error', giveUp);
  worker.once('exit', giveUp);
  try {
    return await promise;
  } finally {
    clearTimeout(timer);
    await worker.terminate();
  }
}
