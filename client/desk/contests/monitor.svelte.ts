/** Keeps what an organiser watches up to date: every few seconds while the page is in sight the contest, its attempts, its boards. */
import { clock } from '../../api/clock.ts';
import { type ContestProgress, type DeskContest, deskContests } from '../../api/desk-contests.ts';
import { deskLeaderboards } from '../../api/desk-leaderboards.ts';
import type { ContestEditor } from './contest-editor.svelte.ts';

/** How a round goes. */
interface RoundCount {
  /** People with a result that counts; null while the board is being built. */
  readonly people: number | null;
  readonly attempts: ContestProgress['rounds'][number] | null;
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
      const progress = await deskContests.progress(this.#editor.id, signal);
      const counts = await Promise.all(watched.map((round) => this.#count(round.id, progress, signal)));
      if (signal.aborted) return;
      this.#counts = Object.fromEntries(counts);
      this.live = true;
    } catch {
      if (!signal.aborted) this.live = false;
    }
  };

  async #count(round: string, progress: ContestProgress, signal: AbortSignal): Promise<[string, RoundCount]> {
    const attempts = progress.rounds.find(({ id }) => id === round) ?? null;
    return [round, { attempts, people: await this.#people(round, signal) }];
  }

  /** A board that is still being built says nothing yet. */
  async #people(round: string, signal: AbortSignal): Promise<number | null> {
    try {
      return (await deskLeaderboards.people(`round-${round}`, { offset: 0, limit: 1 }, signal)).total;
    } catch {
      return null;
    }
  }
}
