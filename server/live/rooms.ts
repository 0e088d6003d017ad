/** The rooms that this node holds: read when somebody asks for one, all open ones at the start, let go when they are over. */
import { inArray } from 'drizzle-orm';
import { randomToken } from '../platform/secrets.ts';
import type { Sockets } from '../platform/sockets.ts';
import { joinUrlOf } from './addresses.ts';
import { Audiences } from './audiences.ts';
import type { LogEntry } from './machine/events.ts';
import type { LiveState } from './machine/state.ts';
import { Presence } from './presence.ts';
import { PEOPLE_TOPIC, Room, TOPIC } from './room.ts';
import type { RoomContext } from './room-context.ts';
import type { Sessions } from './sessions.ts';
import { Showing } from './showing.ts';

/** A room with those who show it and watch over it. */
export interface OpenRoom {
  readonly room: Room;
  readonly showing: Showing;
  readonly presence: Presence;
}

const SWEEP_MS = 30_000;
/** What somebody is called, and what they may do, changed. */
export const PERSON_TOPIC = 'person:';

export class Rooms {
  readonly #context: RoomContext;
  readonly #sockets: Sockets;
  readonly #sessions: Sessions;
  readonly #server: Parameters<typeof joinUrlOf>[1];
  readonly #node = randomToken(9);
  readonly #open = new Map<number, OpenRoom>();
  readonly #loading = new Map<number, Promise<OpenRoom | null>>();
  readonly #ids = new Map<string, number>();
  readonly #pins = new Map<number, string>();
  /** Names of hosts by uid. */
  readonly #names = new Map<string, string>();
  readonly #watchers = new Map<number, Set<(entries: readonly LogEntry[]) => void>>();
  readonly #stops: (() => void)[];
  readonly #sweep: NodeJS.Timeout;

  constructor(
    context: RoomContext,
    sockets: Sockets,
    sessions: Sessions,
    server: Parameters<typeof joinUrlOf>[1],
  ) {
    this.#context = context;
    this.#sockets = sockets;
    this.#sessions = sessions;
    this.#server = server;
    this.#stops = [
      context.announcer.listen(
        TOPIC,
        (topic) => this.#nudged(Number(topic.slice(TOPIC.length))),
        () => {
          for (const id of this.#open.keys()) {
            this.#nudged(id);
            this.#peopleNudged(id);
          }
        },
      ),
      context.announcer.listen(PERSON_TOPIC, (topic) =>
        this.#personChanged(Number(topic.slice(PERSON_TOPIC.length))),
      ),
      context.announcer.listen(PEOPLE_TOPIC, (topic) =>
        this.#peopleNudged(Number(topic.slice(PEOPLE_TOPIC.length))),
      ),
    ];
    this.#sweep = setInterval(() => this.#letGo(), SWEEP_MS);
    this.#sweep.unref();
  }

  /** Takes up every open session where it was; `lastAlive` is when a server was last known to run. */
  async start(lastAlive: number): Promise<void> {
    for (const { id } of await this.#sessions.open()) {
      const open = await this.byId(id);
      await open?.presence.wasDown(lastAlive);
    }
  }

  /** Null: there is no such session, or it was never opened. */
  async byUid(uid: string): Promise<OpenRoom | null> {
    const known = this.#ids.get(uid);
    if (known !== undefined) return this.byId(known);
    const row = await this.#sessions.find(uid);
    if (row === null || row.state === 'draft') return null;
    this.#ids.set(uid, row.id);
    return this.byId(row.id);
  }

  byId(id: number): Promise<OpenRoom | null> {
    const open = this.#open.get(id);
    if (open !== undefined) return Promise.resolve(open);
    const running = this.#loading.get(id);
    if (running !== undefined) return running;
    const loading = this.#load(id).finally(() => this.#loading.delete(id));
    this.#loading.set(id, loading);
    return loading;
  }

  /** The room if this node holds it now. */
  held(id: number): OpenRoom | undefined {
    return this.#open.get(id);
  }

  async #load(id: number): Promise<OpenRoom | null> {
    const row = await this.#sessions.byId(id);
    if (row === null || row.state === 'draft') return null;
    if (row.pin !== null) this.#pins.set(id, row.pin);
    let open: OpenRoom | null = null;
    const listener = (room: Room) => {
      const showing = new Showing(room, {
        now: () => this.#context.clock.now(),
        pin: () => (room.state.step.phase === 'ended' ? null : (this.#pins.get(id) ?? null)),
        joinUrl: () => joinUrlOf(this.#context.config.publicUrl, this.#server, this.#pins.get(id) ?? ''),
        hostName: (person) => this.#names.get(person) ?? '',
        elsewhere: () => open?.presence.elsewhere ?? 0,
      });
      open = { room, showing, presence: new Presence(this.#context, room, this.#node) };
      return {
        changed: (before: LiveState, entries: readonly LogEntry[]) => {
          showing.changed(before, entries);
          if (before.control !== room.state.control) open?.presence.hostChanged();
          for (const watcher of this.#watchers.get(id) ?? []) watcher(entries);
        },
        counted: () => showing.counted(),
      };
    };
    const room = await Room.load(this.#context, row, new Audiences(this.#sockets, id), listener);
    if (room === null || open === null) return null;
    this.#open.set(id, open);
    await this.#readNames(room.state);
    return open;
  }

  /** The name of a host, for those who see who is in control. */
  nameHost(person: string, name: string): void {
    this.#names.set(person, name);
  }

  async #readNames({ control }: LiveState): Promise<void> {
    if (control === null || this.#names.has(control.person)) return;
    const { people } = this.#context.database.tables;
    const [row] = await this.#context.database.query
      .select({ name: people.name })
      .from(people)
      .where(inArray(people.uid, [control.person]));
    if (row !== undefined) this.#names.set(control.person, row.name);
  }

  /** Calls `seen` with the entries that enter a room held here; returns the way to stop. */
  watch(id: number, seen: (entries: readonly LogEntry[]) => void): () => void {
    const watchers = this.#watchers.get(id) ?? new Set();
    this.#watchers.set(id, watchers.add(seen));
    return () => watchers.delete(seen);
  }

  #nudged(id: number): void {
    const open = this.#open.get(id);
    // On SQLite this process alone writes, and has applied what it wrote.
    if (open === undefined || this.#context.database.dialect === 'sqlite') return;
    const following = open.room.catchUp().then(() => this.#readNames(open.room.state));
    following.catch((error: unknown) => this.#warn(error, id));
  }

  #peopleNudged(id: number): void {
    const open = this.#open.get(id);
    if (open === undefined || this.#context.database.dialect === 'sqlite') return;
    open.room.followPeople().catch((error: unknown) => this.#warn(error, id));
  }

  /** Somebody was erased, perhaps: their name goes from memory as it went from the row. */
  #personChanged(personId: number): void {
    for (const [id, { room }] of this.#open) {
      const player = room.people.byPerson(personId);
      if (player !== undefined) room.people.refresh(player).catch((error: unknown) => this.#warn(error, id));
    }
  }

  #warn(error: unknown, session: number): void {
    this.#context.log.warn({ err: error, session }, 'live room did not catch up');
  }

  /** Rooms that are over and empty need no memory; on a cluster those that nobody is in here, too. */
  #letGo(): void {
    for (const [id, open] of this.#open) {
      const { room } = open;
      const isOver = room.state.step.phase === 'ended';
      if (!room.audiences.empty || this.#watchers.get(id)?.size || !isOver) continue;
      this.#close(open);
      this.#open.delete(id);
    }
  }

  #close({ room, showing, presence }: OpenRoom): void {
    room.close();
    showing.close();
    presence.close();
  }

  /** A session was deleted. */
  drop(id: number): void {
    const open = this.#open.get(id);
    if (open !== undefined) this.#close(open);
    this.#open.delete(id);
    for (const [uid, known] of this.#ids) if (known === id) this.#ids.delete(uid);
  }

  close(): void {
    clearInterval(this.#sweep);
    for (const stop of this.#stops) stop();
    for (const open of this.#open.values()) this.#close(open);
    this.#open.clear();
  }
}
