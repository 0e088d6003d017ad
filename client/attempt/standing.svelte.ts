/** A result's place among the others. A board takes a result in a moment after it was handed in, so a fresh one is looked for again. */
import type { ResultReply } from '../api/attempts.ts';
import type { MyStanding } from '../api/leaderboards.ts';
import { Loading } from '../api/loading.svelte.ts';

/** Pauses before the board is asked again, ms. */
const AGAIN_MS = [700, 1500, 4000];
/** By then every board has it. */
const FRESH_MS = 10_000;

type Own = Pick<ResultReply, 'marks' | 'elapsedMs' | 'submittedAt'>;

export class Standing {
  readonly #own: Own;
  readonly #loading: Loading<MyStanding>;
  readonly #now: () => number;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #stopped = false;

  /** `ask` gives what the board knows of this person; `now` is the server's time, ms. */
  constructor(own: Own, ask: (signal: AbortSignal) => Promise<MyStanding>, now: () => number) {
    this.#own = own;
    this.#loading = new Loading(ask);
    this.#now = now;
  }

  /** Null: nothing is known yet. */
  get board(): MyStanding | null {
    return this.#loading.value;
  }

  get me(): MyStanding['me'] {
    return this.board?.me ?? null;
  }

  /** Another attempt of the same person is the one that is ranked. */
  get isOther(): boolean {
    return (
      this.me !== null && (this.me.marks !== this.#own.marks || this.me.elapsedMs !== this.#own.elapsedMs)
    );
  }

  /** Asks, and a few times again while the board may not have the result yet. Never throws. */
  async load(): Promise<void> {
    for (const pause of [...AGAIN_MS, null]) {
      await this.#loading.load();
      const isFresh = this.#now() - (this.#own.submittedAt ?? 0) < FRESH_MS;
      if (pause === null || !isFresh || (this.me !== null && !this.isOther) || this.#stopped) return;
      await new Promise<void>((again) => {
        this.#timer = setTimeout(again, pause);
      });
      if (this.#stopped) return;
    }
  }

  stop(): void {
    this.#stopped = true;
    clearTimeout(this.#timer);
    this.#loading.stop();
  }
}
