/**
 * A place in the queue for passwords. When many sign in at once the server answers `auth.wait` with a ticket; the same is
 * sent again with it after the time that the server names, until it is one's turn. Nobody has to press again.
 */
import { connection } from '../api/connection.svelte.ts';
import { ApiError, localError } from '../api/problem.ts';
import { signIn } from '../messages/sign-in.ts';
import { announcer } from '../ui/announcer.svelte.ts';

const usualPauseMs = 3_000;

export class Turn {
  /** Place in the queue, 1 is next; null while not waiting. */
  place = $state<number | null>(null);
  #ticket: string | null = null;
  #left = false;

  /** Sends with the ticket of the moment until it is answered otherwise than "wait". Throws ApiError. */
  async take<Reply>(send: (ticket: string | null) => Promise<Reply>): Promise<Reply> {
    this.#left = false;
    try {
      for (;;) {
        const tried = await this.#try(send);
        if ('reply' in tried) return tried.reply;
        await connection.pause(tried.pauseMs);
        if (this.#left) throw localError('timeout');
      }
    } finally {
      this.place = null;
    }
  }

  /** Stops waiting: the screen is left. */
  leave(): void {
    this.#left = true;
  }

  async #try<Reply>(
    send: (ticket: string | null) => Promise<Reply>,
  ): Promise<{ readonly reply: Reply } | { readonly pauseMs: number }> {
    try {
      const reply = await send(this.#ticket);
      this.#ticket = null;
      return { reply };
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      const { ticket, place, retryAfterMs } = error.facts;
      if (typeof ticket === 'string') this.#ticket = ticket;
      const lostOnTheWay = error.status === 0 && this.place !== null;
      if (error.code !== 'auth.wait' && !lostOnTheWay) throw error;
      if (typeof place === 'number') this.#stand(place);
      return { pauseMs: typeof retryAfterMs === 'number' ? retryAfterMs : usualPauseMs };
    }
  }

  #stand(place: number): void {
    if (place !== this.place) announcer.say(signIn.place(place));
    this.place = place;
  }
}
