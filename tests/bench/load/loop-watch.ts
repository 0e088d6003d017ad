/**
 * Loaded into the product before its own program: watches how long its event loop does nothing else, and says so in a file
 * whenever it gets SIGUSR2. What was seen is forgotten then.
 */
import { writeFileSync } from 'node:fs';
import { isMainThread } from 'node:worker_threads';

export interface LoopWatch {
  /** How often somebody asked. */
  readonly asked: number;
  /** Longest time, ms, by which a timer was late. */
  readonly stallMs: number;
}

const EVERY_MS = 2;

function watch(path: string): void {
  let last = performance.now();
  let stallMs = 0;
  let asked = 0;
  setInterval(() => {
    const now = performance.now();
    stallMs = Math.max(stallMs, now - last - EVERY_MS);
    last = now;
  }, EVERY_MS).unref();
  process.on('SIGUSR2', () => {
    asked += 1;
    writeFileSync(path, JSON.stringify({ asked, stallMs } satisfies LoopWatch));
    stallMs = 0;
    last = performance.now();
  });
}

const path = process.env.LOOP_WATCH_FILE;
if (isMainThread && path !== undefined) watch(path);
