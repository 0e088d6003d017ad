/** What a room shows to whom, and when: whole views to hosts and screens, little to players, counts at most four a second. */
import type { Socket } from 'socket.io';
import type { CountsFrame, JoinedFrame, LiveMe } from '../contracts/live.ts';
import type { LiveEvent, LogEntry } from './machine/events.ts';
import type { Roster } from './machine/roster.ts';
import { type LiveState, openAsking } from './machine/state.ts';
import {
  askedNow,
  countsView,
  hasLiveChart,
  hostView,
  meView,
  playerView,
  screenView,
  seatList,
} from './machine/view.ts';
import type { Room, RoomListener } from './room.ts';
import { tallyOf } from './tally.ts';

const COUNTS_EVERY_MS = 250;
const NAMED_MOST = 50;

/** Events that change what all players see, and those that change something of each one's own. */
const SEEN_BY_PLAYERS: ReadonlySet<LiveEvent['type']> = new Set([
  ...(['asked', 'extended', 'paused', 'interrupted', 'resumed', 'hostGone', 'hostBack'] as const),
]);
const OWN_TO_PLAYERS: ReadonlySet<LiveEvent['type']> = new Set([
  ...(['stageEntered', 'revealed', 'voided', 'undone', 'adjusted', 'seated', 'rescued', 'dealt'] as const),
  ...(['moved', 'renamed', 'ended'] as const),
]);

/** What a showing asks of the house. */
export interface House {
  now(): number;
  pin(): string | null;
  joinUrl(): string;
  hostName(person: string): string;
  /** Players with a socket on another node. */
  elsewhere(): number;
}

export class Showing implements RoomListener {
  readonly #room: Room;
  readonly #house: House;
  #timer: NodeJS.Timeout | null = null;
  #countedAt = 0;
  /** The question whose last answer was told. */
  #completed = 0;
  #joinedUpTo: number;

  constructor(room: Room, house: House) {
    this.#room = room;
    this.#house = house;
    this.#joinedUpTo = 0;
  }

  changed(before: LiveState, entries: readonly LogEntry[]): void {
    // A host is one; ten thousand phones wait for their first frame meanwhile.
    this.#toPlayers(before, entries);
    this.#toWatchers();
    for (const { event } of entries)
      if (event.type === 'removed')
        this.#room.audiences.toPlayer(event.player, { ...this.#frame(), type: 'removed' });
  }

  /** Hosts came or went, or somebody's presence did: nobody else needs to know. */
  hostsChanged(): void {
    this.#toWatchers();
  }

  #toWatchers(): void {
    const { audiences, state } = this.#room;
    if (!audiences.watched) return;
    const roster = this.roster();
    audiences.toHosts({
      ...this.#frame(),
      type: 'host',
      view: hostView(state, roster, this.#room.around),
    });
    audiences.toScreens({ ...this.#frame(), type: 'screen', view: screenView(state, roster) });
  }

  #toPlayers(before: LiveState, entries: readonly LogEntry[]): void {
    const { audiences, state } = this.#room;
    const own = entries.some(({ event }) => isOwn(event));
    const seen = own || entries.some(({ event }) => isSeen(event, before));
    if (!seen) return;
    const frame = { ...this.#frame(), type: 'player', view: playerView(state) };
    if (!own) {
      audiences.toPlayers(frame);
      return;
    }
    const roster = this.roster();
    const { answers } = this.#room;
    audiences.toEachPlayer(frame, (player) =>
      JSON.stringify(meView(state, roster, player, currentOf(state, answers.known(player)))),
    );
  }

  #frame() {
    const { state } = this.#room;
    return { v: 1, live: state.uid, version: state.version, now: this.#house.now() } as const;
  }

  roster(): Roster {
    const { people, audiences, answers, state } = this.#room;
    const house = this.#house;
    return {
      count: people.count,
      name: (player) => people.name(player),
      teamOf: (player) => people.teamOf(player),
      teams: people.teams,
      connected: audiences.connected + house.elsewhere(),
      answered: answers.count,
      tally: hasLiveChart(state) ? tallyOf(promptOf(state), answers.knownAnswers()) : null,
      hosts: audiences.hosts.map(({ client, person }) => ({ client, name: house.hostName(person) })),
      hostName: (person) => house.hostName(person),
      // Few frames tell these, and where a hall joins is asked of the system.
      get pin() {
        return house.pin();
      },
      get joinUrl() {
        return house.joinUrl();
      },
    };
  }

  // ── One socket ────────────────────────────────────────────────────────────────────────────────────────────────────

  toHost(socket: Socket): void {
    const { state, audiences } = this.#room;
    const view = hostView(state, this.roster(), this.#room.around);
    audiences.toSocket(socket, { ...this.#frame(), type: 'host', view });
  }

  toScreen(socket: Socket): void {
    const view = screenView(this.#room.state, this.roster());
    this.#room.audiences.toSocket(socket, { ...this.#frame(), type: 'screen', view });
  }

  /** Everything that a player sees; for polling too. */
  async playerFrame(player: number) {
    const answer = await this.#room.answers.standing(player);
    const { state } = this.#room;
    const me = meView(state, this.roster(), player, currentOf(state, answer));
    return { ...this.#frame(), type: 'player' as const, view: playerView(state), me };
  }

  // ── Counts ────────────────────────────────────────────────────────────────────────────────────────────────────────

  counted(): void {
    if (!this.#room.audiences.watched) return;
    if (this.#isComplete()) this.#sendCounts();
    else if (this.#timer === null) {
      const wait = Math.max(0, this.#countedAt + COUNTS_EVERY_MS - performance.now());
      this.#timer = setTimeout(() => this.#sendCounts(), wait);
    }
  }

  /** The last answer has come: hosts wait for just this, so it is told at once, and once a question. */
  #isComplete(): boolean {
    const { answers, people, state } = this.#room;
    if (this.#completed === answers.asking || openAsking(state) === null) return false;
    if (answers.count === 0 || answers.count < askedNow(state, people.count)) return false;
    this.#completed = answers.asking;
    return true;
  }

  #sendCounts(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    this.#countedAt = performance.now();
    const { audiences, state, people } = this.#room;
    const roster = this.roster();
    const counts: CountsFrame = {
      ...this.#frame(),
      type: 'counts',
      counts: countsView(state, roster),
      ...(roster.tally === null ? {} : { tally: roster.tally }),
    };
    audiences.toHosts(counts);
    audiences.toScreens(state.manual.shown.chart ? counts : { ...counts, tally: undefined });
    if (people.count > this.#joinedUpTo) this.#sendJoined(roster);
  }

  #sendJoined(roster: Roster): void {
    const { audiences, state, people } = this.#room;
    const from = Math.max(this.#joinedUpTo + 1, people.count - NAMED_MOST + 1);
    const joined: JoinedFrame = {
      ...this.#frame(),
      type: 'joined',
      total: people.count - state.removed.length,
      players: seatList(state, roster, from, people.count),
    };
    this.#joinedUpTo = people.count;
    audiences.toHosts(joined);
    audiences.toScreens(joined);
  }

  close(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
  }
}

function isOwn(event: LiveEvent): boolean {
  if (event.type === 'podiumShown') return event.from === 4;
  if (event.type === 'asked') return event.only !== null;
  return OWN_TO_PLAYERS.has(event.type);
}

/** A question that closes at its time is closed by every phone itself, and one that all have answered is over for all. */
function isSeen(event: LiveEvent, before: LiveState): boolean {
  if (event.type === 'closed') return event.by === 'host' || before.pause !== null;
  return SEEN_BY_PLAYERS.has(event.type);
}

function promptOf(state: LiveState) {
  return state.askings.at(-1)?.prompt ?? null;
}

/** Answers belong to the question that is shown. */
function currentOf(state: LiveState, answer: LiveMe['answer']): LiveMe['answer'] {
  return answer !== null && answer.asking === state.step.asking ? answer : null;
}
