/**
 * One session as this node sees it: a thin shell around the machine. It decides, appends at the expected version, and on a
 * conflict catches up and decides again. Nothing here is the truth: the log and the rows are, and another node (or this
 * one after a restart) makes the same room of them.
 */
import { ConflictError, type Statement } from '../platform/database/door.ts';
import { AppError } from '../platform/errors.ts';
import { randomToken } from '../platform/secrets.ts';
import { answersTo } from './answer-book.ts';
import { Answering } from './answering.ts';
import type { Audiences } from './audiences.ts';
import { Joining, namesAreUnique } from './joining.ts';
import { appendLog, readLog } from './log-store.ts';
import type { Decision, HostCommand, RoomCommand, Surroundings } from './machine/commands.ts';
import { decide, decideByItself } from './machine/decide.ts';
import type { LiveEvent, LiveSolution, LogEntry } from './machine/events.ts';
import { begin, evolve } from './machine/evolve.ts';
import { currentAsking, type LiveState, openAsking } from './machine/state.ts';
import { currentRules } from './machine/steps.ts';
import { wakeAt } from './machine/timing.ts';
import { askedNow } from './machine/view.ts';
import { cleanName, nameKey, unfitText } from './name-rules.ts';
import { OutcomeBuilder } from './outcome.ts';
import { People } from './people.ts';
import type { RoomContext } from './room-context.ts';
import { roundResults } from './round-results.ts';
import { rowsOf } from './row-changes.ts';
import { keyOf, solutionOf } from './solutions.ts';

interface SessionKeys {
  readonly id: number;
  /** The live round of a contest; null: stands alone. */
  readonly roundId: number | null;
}

/** What a room tells those who show it. */
export interface RoomListener {
  /** After events, those of other nodes too. */
  changed(before: LiveState, entries: readonly LogEntry[]): void;
  /** Answers or players came. */
  counted(): void;
}

const MAX_TRIES = 30;
/** Another node that was first has so long before this one does its work too, ms. */
const AFTER_OTHERS_MS = 400;
const AGAIN_MS = 1000;
const EARLY_TIMER_MS = 50;

export class Room {
  readonly id: number;
  readonly people: People;
  readonly joining: Joining;
  readonly audiences: Audiences;
  readonly answers: Answering;
  readonly #context: RoomContext;
  readonly #listener: RoomListener;
  readonly #roundId: number | null;
  #state: LiveState;
  #line: Promise<unknown> = Promise.resolve();
  #timer: NodeJS.Timeout | null = null;
  #closed = false;

  private constructor(
    context: RoomContext,
    session: SessionKeys,
    state: LiveState,
    people: People,
    audiences: Audiences,
    listener: (room: Room) => RoomListener,
  ) {
    this.#context = context;
    const { id } = session;
    this.id = id;
    this.#roundId = session.roundId;
    this.#state = state;
    this.people = people;
    this.audiences = audiences;
    this.#listener = listener(this);
    this.answers = new Answering(
      context.database,
      () => this.#state,
      () => this.#counted(),
    );
    this.joining = new Joining({
      database: context.database,
      sessionId: id,
      people,
      state: () => this.#state,
      now: () => context.clock.now(),
      joined: () => this.#joined(),
    });
  }

  /** Reads the log and the players. Null: there is no log (a draft, or nothing). */
  static async load(
    context: RoomContext,
    session: SessionKeys,
    audiences: Audiences,
    listener: (room: Room) => RoomListener,
  ): Promise<Room | null> {
    const { id } = session;
    const [first, ...rest] = await readLog(context.database, id, 0);
    if (first === undefined) return null;
    const people = new People(context.database, id);
    await people.follow();
    const room = new Room(context, session, rest.reduce(evolve, begin(first)), people, audiences, listener);
    await room.answers.recount();
    room.#schedule(0);
    return room;
  }

  get state(): LiveState {
    return this.#state;
  }

  // ── Deciding ──────────────────────────────────────────────────────────────────────────────────────────────────────

  /** A host's command. Gives the version after it, or throws AppError with the refusal. */
  async command(command: HostCommand): Promise<number> {
    if (command.do === 'rename') this.#checkName(command.player, command.name);
    const mayOpen = command.do === 'next' || command.do === 'start';
    const decision = await this.#inLine(async () => {
      const around = await this.#surroundings(mayOpen);
      return { decision: decide(this.#state, command, around), around };
    }, command);
    if ('refused' in decision) throw new AppError(decision.refused);
    return 'done' in decision ? decision.done : this.#state.version;
  }

  #checkName(player: number, name: string): void {
    const clean = cleanName(name);
    if (clean === null || unfitText(clean)) throw new AppError('live.nameUnfit');
    if (!namesAreUnique(this.#state.settings)) return;
    const holder = this.people.byName(nameKey(clean));
    if (holder !== undefined && holder !== player) throw new AppError('live.nameTaken');
  }

  /** What the room does by itself. */
  async byItself(command: RoomCommand): Promise<void> {
    await this.#inLine(async () => {
      const around = await this.#surroundings(false);
      return { decision: decideByItself(this.#state, command, around), around };
    }, null);
  }

  /** Commands of one room on this node stand in line; with other nodes they race on the version. */
  #inLine(
    work: () => Promise<{ readonly decision: Decision; readonly around: Surroundings }>,
    command: HostCommand | null,
  ): Promise<Decision> {
    const run = this.#line.then(() => this.#decideAndAppend(work, command));
    this.#line = run.catch(() => undefined);
    return run;
  }

  async #decideAndAppend(
    work: () => Promise<{ readonly decision: Decision; readonly around: Surroundings }>,
    command: HostCommand | null,
  ): Promise<Decision> {
    for (let tries = 0; tries < MAX_TRIES; tries++) {
      const { decision, around } = await work();
      if (!('events' in decision)) {
        // A refusal may be decided on what was; another node may know better.
        if (this.#context.database.dialect === 'sqlite' || !(await this.#readOn())) return decision;
        continue;
      }
      if (decision.events.length === 0) return decision;
      try {
        await this.#append(decision.events, command, around.now);
        return decision;
      } catch (error) {
        if (!(error instanceof ConflictError)) throw error;
        await this.#readOn();
      }
    }
    throw new AppError('conflict');
  }

  async #append(events: readonly LiveEvent[], command: HostCommand | null, at: number): Promise<void> {
    if (events.some(({ type }) => type === 'closed')) {
      // What was read in time and not served yet is in time, however many came with it.
      await this.audiences.heard();
      await this.answers.settled();
    }
    const before = this.#state;
    const entries = events.map((event, i) => ({
      version: before.version + 1 + i,
      at,
      by: command?.person ?? null,
      command: command?.id ?? null,
      event,
    }));
    const after = entries.reduce(evolve, before);
    const rows = rowsOf(this.#context.database, this.id, {
      before,
      after,
      entries,
      command,
      people: this.people,
    });
    const results = await this.#results(entries, at);
    await appendLog(this.#context.database, this.id, entries, [...rows, ...results]);
    await this.#apply(entries, true);
    this.#context.announcer.announce(topicOf(this.id));
    if (results.length > 0) this.#context.announcer.announce(`results:${this.#roundId}`);
  }

  /** What the end of a live round enters into its contest. */
  async #results(entries: readonly LogEntry[], endedAt: number): Promise<Statement[]> {
    const roundId = this.#roundId;
    if (roundId === null || !entries.some(({ event }) => event.type === 'ended')) return [];
    return roundResults(this.#context, { state: this.#state, people: this.people, roundId, endedAt });
  }

  /** Reads what others wrote; whether there was something. */
  async #readOn(): Promise<boolean> {
    const entries = await readLog(this.#context.database, this.id, this.#state.version);
    if (entries.length > 0) await this.#apply(entries, false);
    return entries.length > 0;
  }

  /** After a nudge, or in case one was lost. */
  catchUp(): Promise<void> {
    const run = this.#line.then(async () => {
      await this.#readOn();
    });
    this.#line = run.catch(() => undefined);
    return run;
  }

  async #apply(entries: readonly LogEntry[], own: boolean): Promise<void> {
    const before = this.#state;
    await this.#followPeople(entries);
    this.#state = entries.reduce(evolve, before);
    this.answers.follow();
    this.#schedule(own ? 0 : AFTER_OTHERS_MS);
    try {
      this.#listener.changed(before, entries);
    } catch (error) {
      // What was written stands, whether or not it could be shown.
      this.#context.log.error({ err: error, session: this.id }, 'live change not shown');
    }
  }

  async #followPeople(entries: readonly LogEntry[]): Promise<void> {
    for (const { event } of entries) {
      if (event.type === 'renamed' || event.type === 'moved') await this.people.refresh(event.player);
      else if (event.type === 'dealt') await this.people.refreshAll();
      else if (event.type === 'teamAdded' || event.type === 'stageEntered') await this.people.follow();
    }
  }

  async #surroundings(mayOpen: boolean): Promise<Surroundings> {
    const asking = currentAsking(this.#state);
    const graded = asking !== null && this.#state.step.phase === 'graded';
    if (mayOpen) await this.#followOthers();
    return {
      ...this.around,
      asking: mayOpen ? await this.#context.keys.next('live_askings') : 0,
      seed: Buffer.from(randomToken(8), 'base64url').toString('hex'),
      solution: graded ? await this.#solution(asking.id) : null,
    };
  }

  /** Who came in on another node; on SQLite there is none. */
  async #followOthers(): Promise<void> {
    if (this.#context.database.dialect !== 'sqlite') await this.people.follow();
  }

  async #solution(id: number): Promise<LiveSolution | null> {
    const asking = this.#state.askings.find((one) => one.id === id);
    return asking === undefined ? null : solutionOf(this.#context.database, this.#state, asking);
  }

  /** What a view may need of it. */
  get around(): Surroundings {
    return {
      now: this.#context.clock.now(),
      asking: 0,
      seed: '0000000000000000',
      players: this.people.count,
      teams: this.people.teams.length,
      solution: null,
      hosts: this.audiences.hosts,
    };
  }

  // ── Time ──────────────────────────────────────────────────────────────────────────────────────────────────────────

  #schedule(later: number): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    const at = wakeAt(this.#state, currentRules(this.#state)?.autoReveal ?? false);
    if (at === null || this.#closed) return;
    const inMs = Math.max(0, at - this.#context.clock.now()) + later;
    this.#timer = setTimeout(() => void this.wake(), Math.min(inMs, 2 ** 30));
  }

  /** Does what is due; again later when it fails. */
  async wake(): Promise<void> {
    if (this.#closed) return;
    const { version } = this.#state;
    try {
      if (this.#state.step.phase === 'closed') await this.#grade();
      else await this.byItself({ do: 'due' });
      // A timer may come a moment before its time: nothing was due then, and nothing else would ask again.
      if (this.#state.version === version) this.#schedule(EARLY_TIMER_MS);
    } catch (error) {
      this.#context.log.warn({ err: error, session: this.id }, 'live room could not go on, tries again');
      this.#schedule(AGAIN_MS);
    }
  }

  async #grade(): Promise<void> {
    const asking = currentAsking(this.#state);
    if (asking === null || this.#state.step.phase !== 'closed') return;
    const { key } = await keyOf(this.#context.database, asking);
    await this.#followOthers();
    const builder = new OutcomeBuilder(this.#state, asking, key, this.people.count);
    for await (const rows of answersTo(this.#context.database, asking.id)) {
      builder.add(rows);
      // Others are served between the pieces.
      await new Promise((again) => setImmediate(again));
    }
    const outcome = builder.build();
    await this.byItself({ do: 'grade', asking: asking.id, outcome });
  }

  /** Answers came: all of them, perhaps. */
  #counted(): void {
    this.#listener.counted();
    const open = openAsking(this.#state);
    if (open === null || this.#state.pause !== null || !currentRules(this.#state)?.closeWhenAllAnswered)
      return;
    const asked = askedNow(this.#state, this.people.count);
    if (asked === 0 || this.answers.count < asked) return;
    this.byItself({ do: 'allAnswered', asking: open.id }).catch((error: unknown) =>
      this.#context.log.warn({ err: error, session: this.id }, 'live question not closed'),
    );
  }

  #joined(): void {
    this.#context.announcer.announce(peopleTopicOf(this.id));
    this.#listener.counted();
  }

  /** Others joined on another node. */
  async followPeople(): Promise<void> {
    const before = this.people.count;
    await this.people.follow();
    if (this.people.count !== before) this.#listener.counted();
  }

  close(): void {
    this.#closed = true;
    if (this.#timer !== null) clearTimeout(this.#timer);
  }
}

export const TOPIC = 'live:';
export const PEOPLE_TOPIC = 'live-people:';
export const topicOf = (id: number): string => `${TOPIC}${id}`;
const peopleTopicOf = (id: number): string => `${PEOPLE_TOPIC}${id}`;
