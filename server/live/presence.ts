/**
 * Who is there, and whether many were lost at once. A question in which a fifth of the players lost their connection, or
 * whose server is gone, is interrupted: time stands until they are back and is given back to all. On PostgreSQL each node
 * says once a second how many sockets it holds, so that the others notice when it stops saying so.
 */
import { and, eq } from 'drizzle-orm';
import { openAsking } from './machine/state.ts';
import type { Room } from './room.ts';
import type { RoomContext } from './room-context.ts';

const BEAT_MS = 1000;
/** Losses within this time belong together. */
const TOGETHER_MS = 2000;
/** Fewer than these are people who leave. */
const LOST_LEAST = 4;
const LOST_SHARE = 0.2;
/** Play goes on when so many of those who were there are back. */
const BACK_SHARE = 0.8;
/** A node that said nothing for so long is gone. */
const SILENT_MS = 3000;
/** A host who reloads is not gone. */
const HOST_GONE_MS = 5000;

export class Presence {
  readonly #context: RoomContext;
  readonly #room: Room;
  readonly #node: string;
  /** When players were lost lately, ms. */
  readonly #lost: number[] = [];
  /** Players who were there before an interruption. */
  #expected: number | null = null;
  #elsewhere = 0;
  #hostElsewhere: string | null = null;
  #beat: NodeJS.Timeout | null = null;
  #hostTimer: NodeJS.Timeout | null = null;
  #beating = false;
  #closed = false;

  constructor(context: RoomContext, room: Room, node: string) {
    this.#context = context;
    this.#room = room;
    this.#node = node;
    if (context.database.dialect === 'postgres') {
      this.#beat = setInterval(() => void this.#say(), BEAT_MS);
      this.#beat.unref();
    }
    this.hostChanged();
  }

  /** Players with a socket on another node. */
  get elsewhere(): number {
    return this.#elsewhere;
  }

  /** A player has no socket here any more. */
  lost(): void {
    const asking = openAsking(this.#room.state);
    const now = this.#context.clock.now();
    this.#lost.push(now);
    const kept = this.#lost.findIndex((at) => at > now - TOGETHER_MS);
    if (kept > 0) this.#lost.splice(0, kept);
    if (asking === null || this.#room.state.pause !== null || this.#closed) return;
    const before = this.#room.audiences.connected + this.#lost.length;
    const all = this.#lost.length === before && before >= 2;
    if (!all && this.#lost.length < Math.max(LOST_LEAST, before * LOST_SHARE)) return;
    this.#expected = before;
    this.#do({ do: 'interrupt', asking: asking.id, from: this.#lost[0] ?? now });
  }

  /** A player has a socket here. */
  came(): void {
    const { state, audiences, people } = this.#room;
    if (state.pause?.by !== 'interrupted') return;
    const expected = this.#expected ?? people.count - state.removed.length;
    if (audiences.connected + this.#elsewhere >= expected * BACK_SHARE) this.#do({ do: 'comeBack' });
  }

  /** A host came or went, or control did. */
  hostChanged(): void {
    if (this.#hostTimer !== null) clearTimeout(this.#hostTimer);
    this.#hostTimer = null;
    const { control, hostPresent } = this.#room.state;
    if (control === null || this.#closed) return;
    if (this.#isHere(control.client)) {
      if (!hostPresent) this.#do({ do: 'hostBack', client: control.client });
    } else if (hostPresent) {
      this.#hostTimer = setTimeout(() => this.#hostGone(control.client), HOST_GONE_MS);
      this.#hostTimer.unref();
    }
  }

  #hostGone(client: string): void {
    if (!this.#isHere(client)) this.#do({ do: 'hostGone', client });
  }

  #isHere(client: string): boolean {
    return (
      this.#hostElsewhere === client || this.#room.audiences.hosts.some((host) => host.client === client)
    );
  }

  /**
   * Time that passed while no server was there; `lastAlive` is the last moment that one was known to be. On SQLite this one
   * alone serves, so a question that is open now was cut; on PostgreSQL others may have gone on.
   */
  async wasDown(lastAlive: number): Promise<void> {
    const { state } = this.#room;
    const asking = openAsking(state);
    const from = Math.max(lastAlive, state.at);
    const othersWere =
      this.#context.database.dialect === 'postgres' && this.#context.clock.now() - from < SILENT_MS;
    if (asking === null || state.pause !== null || othersWere) return;
    await this.#room.byItself({ do: 'interrupt', asking: asking.id, from });
  }

  #do(command: Parameters<Room['byItself']>[0]): void {
    this.#room.byItself(command).catch((error: unknown) => {
      if (!this.#closed)
        this.#context.log.warn({ err: error, session: this.#room.id }, 'presence not recorded');
    });
  }

  // ── Between nodes ─────────────────────────────────────────────────────────────────────────────────────────────────

  async #say(): Promise<void> {
    if (this.#beating || this.#closed || this.#room.state.step.phase === 'ended') return;
    this.#beating = true;
    try {
      await this.#write();
      await this.#look();
      await this.#room.catchUp();
      if (openAsking(this.#room.state) !== null) await this.#room.answers.recount();
    } catch (error) {
      this.#context.log.warn({ err: error, session: this.#room.id }, 'presence not told');
    } finally {
      this.#beating = false;
    }
  }

  async #write(): Promise<void> {
    const { database, clock } = this.#context;
    const { livePresence: t } = database.tables;
    const { audiences, state } = this.#room;
    const client = state.control?.client;
    const host = audiences.hosts.some((one) => one.client === client) ? (client ?? null) : null;
    const said = { players: audiences.connected, host, at: clock.now() };
    const row = { sessionId: this.#room.id, node: this.#node, ...said };
    const insert = database.query
      .insert(t)
      .values(row)
      .onConflictDoUpdate({ target: [t.sessionId, t.node], set: said });
    await database.atomic([insert], 'low');
  }

  async #look(): Promise<void> {
    const { database, clock } = this.#context;
    const { livePresence: t } = database.tables;
    const rows = await database.query.select().from(t).where(eq(t.sessionId, this.#room.id));
    const others = rows.filter(({ node }) => node !== this.#node);
    const silent = others.filter(({ at }) => at < clock.now() - SILENT_MS);
    const alive = others.filter((row) => !silent.includes(row));
    this.#elsewhere = alive.reduce((sum, { players }) => sum + players, 0);
    const host = alive.find((row) => row.host !== null)?.host ?? null;
    if (host !== this.#hostElsewhere) {
      this.#hostElsewhere = host;
      this.hostChanged();
    }
    this.came();
    for (const row of silent) await this.#gone(row);
  }

  /** Whoever takes the row away records what was lost with it. */
  async #gone(row: { readonly node: string; readonly players: number; readonly at: number }): Promise<void> {
    const { database } = this.#context;
    const { livePresence: t } = database.tables;
    const { state, audiences } = this.#room;
    const asking = openAsking(state);
    const total = audiences.connected + this.#elsewhere + row.players;
    const many = row.players >= Math.max(1, total * LOST_SHARE);
    if (asking !== null && state.pause === null && many && row.at >= state.step.since - SILENT_MS) {
      this.#expected = Math.min(total, this.#room.people.count - state.removed.length);
      const from = Math.max(row.at, state.step.since);
      await this.#room.byItself({ do: 'interrupt', asking: asking.id, from });
    }
    const gone = and(eq(t.sessionId, this.#room.id), eq(t.node, row.node), eq(t.at, row.at));
    await database.atomic([database.query.delete(t).where(gone)]);
  }

  close(): void {
    this.#closed = true;
    if (this.#beat !== null) clearInterval(this.#beat);
    if (this.#hostTimer !== null) clearTimeout(this.#hostTimer);
  }
}
