/** Keeps what an organiser watches up to date: the contest every few seconds while the page is in sight, and the boards' sizes. */
import { clock } from '../../api/clock.ts';
import { type DeskContest, deskContests } from '../../api/desk-contests.ts';
import { deskLeaderboards } from '../../api/desk-leaderboards.ts';
import type { ContestEditor } from './contest-editor.svelte.ts';

/** How a round goes, as far as its board says. */
interface RoundCount {
  /** People with a result that counts. */
  readonly people: number;
}

const everyMs = 5_000;

export class Monitor {
  live = $state(true);
  #contest = $state.raw<DeskContest | null>(null);
  #counts = $state.raw<Readonly<Record<string, RoundCount>>>({});
  readonly #editor: ContestEditor;
  #stopped = new AbortController();

  constructor(editor: ContestEditor) {
    this.#editor = editor;
  }

  /** The newest that is known; what is written in the editor is not touched by it. */
  get contest(): DeskContest | null {
    const saved = this.#editor.base;
    const seen = this.#contest;
    return seen === null || (saved !== null && saved.version > seen.version) ? saved : seen;
  }

  of(round: string): RoundCount | null {
    return this.#counts[round] ?? null;
  }

  /** Watches until the returned function is called. */
  run(): () => void {
    this.#stopped = new AbortController();
    void clock.sync();
    void this.refresh();
    const timer = setInterval(() => {
      if (document.visibilityState === 'visible') void this.refresh();
    }, everyMs);
    return () => {
      clearInterval(timer);
      this.#stopped.abort();
    };
  }

  refresh = async (): Promise<void> => {
    const { signal } = this.#stopped;
    try {
      const contest = await deskContests.read(this.#editor.id);
      if (signal.aborted) return;
      this.#contest = contest;
      if (!this.#editor.dirty) this.#editor.adopt(contest);
      const watched = contest.rounds.filter(({ opened }) => opened);
      const counts = await Promise.all(watched.map((round) => this.#count(round.id, signal)));
      if (signal.aborted) return;
      this.#counts = Object.fromEntries(counts.flatMap((count) => (count === null ? [] : [count])));
      this.live = true;
    } catch {
      if (!signal.aborted) this.live = false;
    }
  };

  /** A board that is still being built says nothing yet. */
  async #count(round: string, signal: AbortSignal): Promise<[string, RoundCount] | null> {
    try {
      const { total } = await deskLeaderboards.people(`round-${round}`, { offset: 0, limit: 1 }, signal);
      return [round, { people: total }];
    } catch {
      return null;
    }
  }
}
