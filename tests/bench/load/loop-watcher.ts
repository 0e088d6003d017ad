/** Asks the watch inside the product (`loop-watch.ts`) what it saw. */
import { readFileSync } from 'node:fs';
import type { LoopWatch } from './loop-watch.ts';

const POLL_MS = 20;

export class LoopWatcher {
  readonly #pid: number;
  readonly #file: string;
  #asked = 0;

  /** Of the process `pid`, which writes into `file`. */
  constructor(pid: number, file: string) {
    this.#pid = pid;
    this.#file = file;
  }

  /** What was seen since the last call. */
  async seen(): Promise<LoopWatch> {
    this.#asked += 1;
    process.kill(this.#pid, 'SIGUSR2');
    for (;;) {
      await new Promise((again) => setTimeout(again, POLL_MS));
      const watch = read(this.#file);
      if (watch !== null && watch.asked >= this.#asked) return watch;
    }
  }

  /** A watch that is switched begins to look, and stops. */
  async start(): Promise<void> {
    await this.seen();
  }

  stop(): Promise<LoopWatch> {
    return this.seen();
  }
}

/** Null: nothing there yet, or half of it. */
function read(file: string): LoopWatch | null {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return null;
  }
}
