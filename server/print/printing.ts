/** Printing in a thread of its own: a report of ten thousand units takes seconds, and the server does not wait for it. */
import { Worker } from 'node:worker_threads';
import { Lane } from '../platform/lane.ts';
import type { PrintDocument } from './document.ts';

export type PrintFormat = 'pdf' | 'docx';

export interface PrintOrder {
  readonly document: PrintDocument;
  readonly format: PrintFormat;
}

export const PRINT_TYPES: Readonly<Record<PrintFormat, string>> = {
  pdf: 'application/pdf',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
};

const TIME_LIMIT_MS = 120_000;
const MEMORY_MB = 1536;
/** One document at a time: there are two processors, and answers come first. */
const lane = new Lane(1, 50);

/** The file's bytes. Throws `busy`; rejects when printing failed, took over two minutes or half a gigabyte. */
export function print(document: PrintDocument, format: PrintFormat): Promise<Uint8Array> {
  return lane.run(() => printInThread({ document, format }));
}

async function printInThread(order: PrintOrder): Promise<Uint8Array> {
  const worker = new Worker(new URL('./print-worker.ts', import.meta.url), {
    workerData: order,
    resourceLimits: { maxOldGenerationSizeMb: MEMORY_MB },
  });
  const { promise, resolve, reject } = Promise.withResolvers<Uint8Array>();
  const timer = setTimeout(() => reject(new Error('printing took too long')), TIME_LIMIT_MS);
  worker.once('message', resolve);
  worker.once('error', reject);
  worker.once('exit', () => reject(new Error('printing ended without a file')));
  try {
    return await promise;
  } finally {
    clearTimeout(timer);
    await worker.terminate();
  }
}
