/** A long request with the share that is done, asked for while its reply is waited for. */
import type { WorkUnderway } from '../../server/contracts/underway.ts';

const askMs = 700;

export class UnderwayWork {
  /** 0..1; null: not known, or nothing is under way. */
  share = $state<number | null>(null);

  /** Runs `work`; what it throws goes on. `ask` may fail: the work goes on without a figure. */
  async follow<Reply>(work: () => Promise<Reply>, ask: () => Promise<WorkUnderway>): Promise<Reply> {
    const timer = setInterval(() => {
      ask().then(
        ({ share }) => {
          // A reply that is late by one does not turn the bar back.
          if (share !== null) this.share = Math.max(share, this.share ?? 0);
        },
        () => undefined,
      );
    }, askMs);
    try {
      return await work();
    } finally {
      clearInterval(timer);
      this.share = null;
    }
  }
}
