/**
 * Loaded into the product before its own program: watches how long its event loop does nothing else, and says so in a file
 * whenever it gets SIGUSR2. What was seen is forgotten then. Five hundred looks a second cost something too: with
 * LOOP_WATCH=switched it looks from every odd signal to the next one only.
 */
import { writeFileSync } from 'node:fs';
import { isMainThread } from 'node:worker_threads';
import { waitedMs } from './waited.ts';

export interface LoopWatch {
  /** How often somebody asked. */
  readonly asked: number;
  /** Longest time, ms, by which a timer was late, without what the thread waited for a processor meanwhile. */
  readonly stallMs: number;
  /** The same with that wait: on a machine that is busy elsewhere it says more about the machine. */
  readonly wallMs: number;
  /** The most that the thread itself computed between two timers, ms. */
  readonly busyMs: number;
}

const EVERY_MS = 2;

function watch(path: string, isSwitched: boolean): void {
  const nothing = { stallMs: 0, wallMs: 0, busyMs: 0 };
  let last = performance.now();
  let worked = workedMs();
  let waited = waitedMs();
  let most = nothing;
  let asked = 0;
  let looking: NodeJS.Timeout | null = null;
  const look = (): void => {
    const now = performance.now();
    const [done, queued] = [workedMs(), waitedMs()];
    const late = now - last - EVERY_MS;
    most = {
      stallMs: Math.max(most.stallMs, late - (queued - waited)),
      wallMs: Math.max(most.wallMs, late),
      busyMs: Math.max(most.busyMs, done - worked),
    };
    last = now;
    worked = done;
    waited = queued;
  };
  const begin = (): void => {
    most = nothing;
    last = performance.now();
    worked = workedMs();
    waited = waitedMs();
    looking ??= setInterval(look, EVERY_MS).unref();
  };
  process.on('SIGUSR2', () => {
    asked += 1;
    writeFileSync(path, JSON.stringify({ asked, ...most } satisfies LoopWatch));
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
