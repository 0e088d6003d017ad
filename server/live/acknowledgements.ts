/**
 * What is told back to many at once: each is a system call, and a thousand of them would hold up the loop for as long as
 * answers that come in meanwhile are not stamped. So they leave in small pieces, and what came in is read between them.
 */
import type { AnswerReply } from '../contracts/live.ts';

export type Reply = (reply: AnswerReply) => void;

/** Fewer than are taken in between: all are counted before most are told, and nobody who waits sees the difference. */
const PIECE = 16;

export class Acknowledgements {
  #waiting: { readonly reply: Reply; readonly told: AnswerReply }[] = [];
  #next = 0;
  #scheduled = false;

  tell(reply: Reply, told: AnswerReply): void {
    this.#waiting.push({ reply, told });
    this.#schedule();
  }

  #schedule(): void {
    if (this.#scheduled) return;
    this.#scheduled = true;
    setImmediate(() => this.#piece());
  }

  #piece(): void {
    this.#scheduled = false;
    const end = Math.min(this.#waiting.length, this.#next + PIECE);
    while (this.#next < end) {
      const one = this.#waiting[this.#next++];
      one?.reply(one.told);
    }
    if (this.#next < this.#waiting.length) this.#schedule();
    else {
      this.#waiting = [];
      this.#next = 0;
    }
  }
}
