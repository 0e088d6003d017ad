/**
 * Time left of an attempt by the server's clock. The phone's own clock may be a day wrong: until the server's time is
 * known nothing is shown and nothing ends.
 */

interface TimerDoors {
  /** The server's time, ms since epoch. */
  now(): number;
  /** Said once for each mark that is passed while the page is open. */
  warn(minutes: Warning): void;
  end(): void;
}

export type Warning = 5 | 1;

const minuteMs = 60_000;
const marks: readonly Warning[] = [5, 1];
/** How long a warning stays in sight. */
const warningMs = 30_000;
/** Waiting longer would overflow the browser's timer and miss a change of the deadline by much. */
const longestWaitMs = 1_000;

export class AttemptTimer {
  /** Null while the server's time is not known. */
  leftMs = $state<number | null>(null);
  /** The mark that was passed a moment ago. */
  warning = $state<Warning | null>(null);
  readonly #doors: TimerDoors;
  #deadline = Number.POSITIVE_INFINITY;
  #timer: ReturnType<typeof setTimeout> | null = null;
  #runs = false;

  constructor(doors: TimerDoors) {
    this.#doors = doors;
  }

  /** @param deadline ms since epoch by the server's clock; may be moved while it runs */
  start(deadline: number): void {
    this.#deadline = deadline;
    this.#runs = true;
    this.tick();
  }

  stop(): void {
    this.#runs = false;
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
  }

  /** Looks at the clock; also called when the device wakes up. */
  tick(): void {
    if (!this.#runs) return;
    if (this.#timer !== null) clearTimeout(this.#timer);
    const before = this.leftMs;
    const left = this.#deadline - this.#doors.now();
    this.leftMs = Math.max(0, left);
    if (left <= 0) {
      this.stop();
      this.#doors.end();
      return;
    }
    this.#warn(before, left);
    this.#timer = setTimeout(() => this.tick(), Math.min(longestWaitMs, (left % 1000) + 5));
  }

  /** A mark counts as passed when the time left was above it here before; opening a page with 4 minutes left is no alarm. */
  #warn(before: number | null, left: number): void {
    const passed = marks.filter(
      (mark) => before !== null && before > mark * minuteMs && left <= mark * minuteMs,
    );
    const mark = passed[passed.length - 1];
    if (mark !== undefined) {
      this.warning = mark;
      this.#doors.warn(mark);
    } else if (this.warning !== null && left <= this.warning * minuteMs - warningMs) this.warning = null;
    else if (this.warning !== null && left > this.warning * minuteMs) this.warning = null;
  }
}
