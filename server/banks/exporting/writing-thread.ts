/** Writing files of questions in a thread: fifty thousand questions take seconds, and the libraries are not for every start. */
import { Worker } from 'node:worker_threads';
import type { Writing } from '../../../questions/formats/format.ts';
import { AppError } from '../../platform/errors.ts';
import type { FormatAbout, WriteOrder, WritingOrder } from './writing-worker.ts';

export type { FormatAbout } from './writing-worker.ts';

const TIME_LIMIT_MS = 120_000;
const MEMORY_MB = 1024;
const IDLE_MS = 30_000;

let known: Promise<readonly FormatAbout[]> | null = null;

/** All formats, by name. */
export function listFormats(): Promise<readonly FormatAbout[]> {
  known ??= inThread<readonly FormatAbout[]>('list');
  known.catch(() => {
    known = null;
  });
  return known;
}

/** Throws `notFound` when there is no such format. */
export async function formatAbout(name: string): Promise<FormatAbout> {
  const about = (await listFormats()).find((format) => format.name === name);
  if (about === undefined) throw new AppError('notFound');
  return about;
}

/** Throws `notFound` for a format that is not written. */
export async function writeInThread(order: WriteOrder): Promise<Writing> {
  const writing = await inThread<Writing | null>(order);
  if (writing === null) throw new AppError('notFound');
  return writing;
}

/** One order at a time; the thread stays for those that follow soon, since its libraries take a moment to load. */
let worker: Worker | null = null;
let last: Promise<unknown> = Promise.resolve();
let idle: NodeJS.Timeout | null = null;

function inThread<Answer>(order: WritingOrder): Promise<Answer> {
  const done = last.then(() => ask<Answer>(order));
  last = done.catch(() => undefined);
  return done;
}

async function ask<Answer>(order: WritingOrder): Promise<Answer> {
  if (idle !== null) clearTimeout(idle);
  worker ??= new Worker(new URL('./writing-worker.ts', import.meta.url), {
    resourceLimits: { maxOldGenerationSizeMb: MEMORY_MB },
  });
  const asked = worker;
  const { promise, resolve, reject } = Promise.withResolvers<Answer>();
  const timer = setTimeout(() => reject(new Error('writing took too long')), TIME_LIMIT_MS);
  asked.ref();
  const ended = (): void => reject(new Error('the writing thread ended'));
  asked.once('message', resolve).once('error', reject).once('exit', ended);
  try {
    asked.postMessage(order);
    return await promise;
  } catch (error) {
    stop();
    throw error;
  } finally {
    clearTimeout(timer);
    asked.off('message', resolve).off('error', reject).off('exit', ended);
    asked.unref();
    idle = setTimeout(stop, IDLE_MS).unref();
  }
}

function stop(): void {
  void worker?.terminate();
  worker = null;
}
