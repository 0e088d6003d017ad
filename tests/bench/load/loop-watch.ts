/**
 * Loaded into the product before its own program: watches how long its event loop does nothing else, and says so in a file
 * whenever it gets SIGUSR2. What was seen is forgotten then. Five hundred looks a second cost some CPU: with
 * LOOP_WATCH=switched it looks from every odd signal to the next one only.
 */
import { writeFileSync } from 'node:fs';
import { isMainThread } from 'node:worker_threads';

export interface LoopWatch {
  /** How often somebody asked. */
  readonly asked: number;
  /** Longest time, ms, by which a timer was late. */
  readonly stallMs: number;
  /** The most that the thread itself computed between two timers, ms: the rest is a disk, or a machine that is busy elsewhere. */
  readonly busyMs: number;
}

const EVERY_MS = 2;

function watch(path: string, isSwitched: boolean): void {
  let last = performance.now();
  let worked = workedMs();
  let stallMs = 0;
  let busyMs = 0;
  let asked = 0;
  let looking: NodeJS.Timeout | null = null;
  const look = (): void => {
    const now = performance.now();
    const done = workedMs();
    stallMs = Math.max(stallMs, now - last - EVERY_MS);
    busyMs = Math.max(busyMs, done - worked);
    last = now;
    worked = done;
  };
  const begin = (): void => {
    stallMs = 0;
    busyMs = 0;
    last = performance.now();
    worked = workedMs();
    looking ??= setInterval(look, EVERY_MS).unref();
  };
  process.on('SIGUSR2', () => {
    asked += 1;
    writeFileSync(path, JSON.stringify({ asked, stallMs, busyMs } satisfies LoopWatch));
    if (isSwitched && asked % 2 === 0) {
      if (looking !== null) clearInterval(looking);
      looking = null;
    } else begin();
  });
  if (!isSwitched) begin();
}

/** Of this thread alone. */
function workedMs(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
}

const path = process.env.LOOP_WATCH_FILE;
if (isMainThread && path !== undefined) watch(path, process.env.LOOP_WATCH === 'switched');
