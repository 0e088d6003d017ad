/** What is watched of a contest, as the line tells it. */
import { type MonitorMessage, monitor } from '../../api/monitor.ts';

export class LiveMonitor {
  now = $state.raw<MonitorMessage | null>(null);
  live = $state(false);
  readonly #contest: string;

  constructor(contest: string) {
    this.#contest = contest;
  }

  /** Watches until the returned function is called. */
  run(): () => void {
    const line = monitor.follow(
      this.#contest,
      (message) => {
        this.now = message;
      },
      (live) => {
        this.live = live;
      },
    );
    return () => line.close();
  }

  /** Of the last whole minute: the running one says little. */
  lastMinute(counts: readonly number[]): number {
    return counts[counts.length - 2] ?? 0;
  }
}
