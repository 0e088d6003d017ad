/**
 * A leaderboard on a screen: the page that is looked at, where I stand, and the live line behind them. Only the first
 * pages travel over the line; other pages are asked for again when the board has changed, each screen at its own moment.
 */
import {
  type BoardMessage,
  leaderboards,
  type MyStanding,
  type PeoplePage,
  type UnitsPage,
} from '../../api/leaderboards.ts';
import { Loading } from '../../api/loading.svelte.ts';
import type { Subscription } from '../../api/socket.ts';
import { type UnitOption, unitOf } from '../../api/units.ts';
import { isFirstPage, pageSize, type Selection } from './selection.ts';

/** What every page says of its board. */
export type About = Pick<PeoplePage, 'revision' | 'frozenAt' | 'final' | 'standing' | 'order'>;

const pauseMs = 6_000;
const spreadMs = 6_000;
/** How often a page is asked for while the line is down. */
const pollMs = 45_000;

export class LeaderboardModel {
  selection = $state.raw<Selection | null>(null);
  live = $state(false);
  readonly people: Loading<PeoplePage>;
  readonly units: Loading<UnitsPage>;
  readonly me: Loading<MyStanding>;
  /** The unit that is filtered by, with its name. */
  readonly unit: Loading<UnitOption>;
  #line: Subscription | null = null;
  #again: ReturnType<typeof setTimeout> | undefined;
  #poll: ReturnType<typeof setInterval> | undefined;
  #isMine = false;
  /** What the page on show answers. */
  #answered = $state.raw<Selection | null>(null);

  constructor() {
    this.people = new Loading((signal) => this.#askPeople(this.#chosen, signal));
    this.units = new Loading((signal) => this.#askUnits(this.#chosen, signal));
    this.me = new Loading((signal) => leaderboards.me(this.#chosen.board, signal));
    this.unit = new Loading((signal) => unitOf(this.#chosen.unit ?? '', signal));
  }

  get about(): About | null {
    return this.selection?.view === 'units' ? this.units.value : this.people.value;
  }

  /** Whether the page on show answers what was asked for last; else it is an earlier one, kept so that nothing jumps. */
  get isCurrent(): boolean {
    return this.#answered !== null && this.#answered === this.selection;
  }

  /** Shows another page, view or board. `isMine`: somebody is signed in who may stand on it. */
  async open(selection: Selection, isMine: boolean): Promise<void> {
    const before = this.selection;
    const isOther = before?.board !== selection.board;
    this.selection = selection;
    if (isOther) this.#leave();
    if (isOther || this.#isMine !== isMine) {
      this.#isMine = isMine;
      this.me.value = null;
      if (isMine) void this.me.load();
    }
    if (selection.unit !== null && this.unit.value?.id !== selection.unit) void this.unit.load();
    await this.#load();
    if (this.selection.board === selection.board) this.#follow();
  }

  /** The shown page again. */
  async retry(): Promise<void> {
    await this.#load();
    this.#follow();
  }

  stop(): void {
    this.#leave();
    for (const loading of [this.people, this.units, this.me, this.unit]) loading.stop();
  }

  get #chosen(): Selection {
    if (this.selection === null) throw new RangeError('no board was chosen');
    return this.selection;
  }

  async #load(): Promise<void> {
    const { selection } = this;
    const page = selection?.view === 'units' ? this.units : this.people;
    await page.load();
    if (!page.busy && page.error === null && this.selection === selection) this.#answered = selection;
  }

  #askPeople({ board, page, unit, search }: Selection, signal: AbortSignal): Promise<PeoplePage> {
    if (search !== '') return leaderboards.search(board, search, signal);
    return leaderboards.people(board, { offset: (page - 1) * pageSize, limit: pageSize, unit }, signal);
  }

  #askUnits({ board, page, unit, metric }: Selection, signal: AbortSignal): Promise<UnitsPage> {
    const slice = { offset: (page - 1) * pageSize, limit: pageSize };
    return leaderboards.units(board, { ...slice, parent: unit, metric }, signal);
  }

  /** A board that is final moves no more and needs no line. */
  #follow(): void {
    if (this.#line !== null || this.about === null || this.about.final) return;
    this.#line = leaderboards.follow(
      this.#chosen.board,
      (message) => this.#take(message),
      (live) => {
        this.live = live;
      },
    );
    this.#poll = setInterval(() => {
      if (!this.live) void this.#load();
    }, pollMs);
  }

  #leave(): void {
    this.#line?.close();
    this.#line = null;
    this.live = false;
    clearTimeout(this.#again);
    clearInterval(this.#poll);
    this.people.value = null;
    this.units.value = null;
  }

  #take({ people, units }: BoardMessage): void {
    const isNew = this.about?.revision !== people.revision;
    if (isFirstPage(this.#chosen)) {
      this.people.value = people;
      this.units.value = units;
      this.#answered = this.#chosen;
    }
    if (!isNew) return;
    clearTimeout(this.#again);
    this.#again = setTimeout(() => void this.#refresh(), pauseMs + Math.random() * spreadMs);
  }

  async #refresh(): Promise<void> {
    if (!isFirstPage(this.#chosen)) await this.#load();
    if (this.#isMine) await this.me.load();
  }
}
