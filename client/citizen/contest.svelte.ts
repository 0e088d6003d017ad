/** A contest's page and what is mine in it. */
import { session } from '../account/session.svelte.ts';
import { accounts } from '../api/accounts.ts';
import { clock } from '../api/clock.ts';
import { type ContestPage, contests, type PublicRound } from '../api/contests.ts';
import { Loading } from '../api/loading.svelte.ts';
import { myRounds } from '../api/my-rounds.ts';
import { type ApiError, asApiError } from '../api/problem.ts';
import { type Mine, type NextStep, nextStep } from './next-step.ts';

/** When a round opens or closes everybody's page asks again, each at its own moment in this span. */
const spreadMs = 4_000;

export class ContestModel {
  readonly slug: string;
  readonly page: Loading<ContestPage>;
  readonly mine: Loading<Mine | null>;
  /** Why the personal link did not work. */
  linkProblem = $state.raw<ApiError | null>(null);
  #again: ReturnType<typeof setTimeout> | undefined;

  constructor(slug: string) {
    this.slug = slug;
    this.page = new Loading((signal) => contests.page(slug, signal));
    this.mine = new Loading((signal) => this.#askMine(signal));
  }

  /** The page, then what is mine; call again when somebody signs in or out. */
  async load(): Promise<void> {
    void clock.sync();
    await this.page.load();
    if (this.page.value !== null) await this.mine.load();
  }

  /** A moment has come at which the page changes for everybody. */
  turn(): void {
    clearTimeout(this.#again);
    this.#again = setTimeout(() => void this.load(), 500 + Math.random() * spreadMs);
  }

  stop(): void {
    clearTimeout(this.#again);
    this.page.stop();
    this.mine.stop();
  }

  /** A guest's personal link ("#ma=…") signs them in. Answers whether there was one. */
  async followLink(token: string): Promise<void> {
    try {
      const { person } = await accounts.returnAsGuest({ contest: this.slug, code: token });
      session.is(person);
    } catch (error) {
      this.linkProblem = asApiError(error);
    }
  }

  /** Null until both the page and the reader are known. */
  get next(): NextStep | null {
    const page = this.page.value;
    if (page === null || !this.#isMineKnown) return null;
    return nextStep(page, this.mine.value);
  }

  /** The round that the countdown is about: the open one that closes first, else the next to open. */
  get current(): PublicRound | null {
    const rounds = this.page.value?.rounds ?? [];
    const open = rounds.filter(({ state }) => state === 'open').sort((a, b) => a.closesAt - b.closesAt);
    const soon = rounds.filter(({ state }) => state === 'soon').sort((a, b) => a.opensAt - b.opensAt);
    return open[0] ?? soon[0] ?? null;
  }

  round(number: string): PublicRound | null {
    return this.page.value?.rounds.find((round) => String(round.number) === number) ?? null;
  }

  #mineOf: string | null | undefined = $state.raw(undefined);

  get #isMineKnown(): boolean {
    return this.#mineOf !== undefined && this.#mineOf === (session.person?.uid ?? null);
  }

  async #askMine(signal: AbortSignal): Promise<Mine | null> {
    const uid = session.person?.uid ?? null;
    const mine = uid === null ? null : await this.#ask(signal);
    this.#mineOf = uid;
    return mine;
  }

  async #ask(signal: AbortSignal): Promise<Mine> {
    const [entry, all] = await Promise.all([contests.entry(this.slug, signal), myRounds.all(signal)]);
    const attempts = all.attempts.filter((attempt) => attempt.contest.slug === this.slug);
    const annulled = new Set(attempts.filter(({ state }) => state === 'annulled').map(({ round }) => round));
    const startable = (this.page.value?.rounds ?? []).filter(
      ({ id, state }) => state === 'open' || annulled.has(id),
    );
    const asked = entry.entry === null ? [] : startable;
    const rounds = await Promise.all(
      asked.map(async ({ id }) => [id, await myRounds.mine(id, signal)] as const),
    );
    return { entry, attempts, rounds: new Map(rounds) };
  }
}
