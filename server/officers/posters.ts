/** Posters as a stream of bytes, drawn outside the main thread. */
import { Readable } from 'node:stream';
import { Worker } from 'node:worker_threads';
import { AppError } from '../platform/errors.ts';
import type { PosterOrder } from './poster.ts';

/** Drawn at the same time; each takes a core for as long as it lasts. */
const MOST = 2;
const MEMORY_MB = 512;
let drawing = 0;

/** The PDF as it comes; the thread ends with it, or when nobody reads on. Throws `busy`. */
export function posterFile(order: PosterOrder): Readable {
  if (drawing >= MOST) throw new AppError('busy');
  drawing += 1;
  const worker = new Worker(new URL('./poster-worker.ts', import.meta.url), {
    workerData: order,
    resourceLimits: { maxOldGenerationSizeMb: MEMORY_MB },
  });
  const file = new Readable({
    read() {},
    destroy(error, done) {
      drawing -= 1;
      worker.terminate().then(
        () => done(error),
        () => done(error),
      );
    },
  });
  worker.on('message', (part: Uint8Array | 'end') => {
    file.push(part === 'end' ? null : Buffer.from(part));
  });
  worker.once('error', (error) => file.destroy(error));
  return file;
}
