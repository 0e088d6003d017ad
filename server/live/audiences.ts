/**
 * Sockets of one room on this node, by audience. What all players get is encoded once; what each gets is the shared part,
 * encoded once, with the own part behind it. Between pieces the loop takes a breath, so that answers are stamped when they
 * come. One sending after another: frames of a socket never overtake each other.
 */
import type { Server, Socket } from 'socket.io';
import { frameOf, sendFrame } from '../platform/frames.ts';
import type { Sockets } from '../platform/sockets.ts';

/** Frames differ in what they cost (the first of one's own ranks everybody): the clock says when a breath is due. */
const PIECE_MS = 4;
const LOOK_EVERY = 8;
/** A phone that could not take so many frames in a row is cut: it comes back and gets a snapshot. */
const CLOGGED_MOST = 40;
const EVENT = 'live';
/** Tabs and devices that one player may hold; the oldest is cut. */
const SOCKETS_A_PLAYER = 6;

interface PlayerSocket {
  readonly socket: Socket;
  readonly player: number;
  clogged: number;
}

export class Audiences {
  readonly #io: Server;
  readonly #sockets: Pick<Sockets, 'served'>;
  readonly #name: string;
  readonly #players = new Map<Socket, PlayerSocket>();
  readonly #byPlayer = new Map<number, Set<Socket>>();
  readonly #hosts = new Map<Socket, { readonly client: string; readonly person: string }>();
  readonly #screens = new Set<Socket>();
  #sending: Promise<void> = Promise.resolve();
  #waiting = 0;

  constructor(sockets: Pick<Sockets, 'io' | 'served'>, sessionId: number) {
    this.#io = sockets.io;
    this.#sockets = sockets;
    this.#name = `live:${sessionId}`;
  }

  /** Players with a socket here. */
  get connected(): number {
    return this.#byPlayer.size;
  }

  /** Resolves when everything that was said here until now has been handed on. */
  heard(): Promise<void> {
    return this.#sockets.served();
  }

  get watched(): boolean {
    return this.#hosts.size > 0 || this.#screens.size > 0;
  }

  get empty(): boolean {
    return !this.watched && this.#players.size === 0;
  }

  isConnected(player: number): boolean {
    return this.#byPlayer.has(player);
  }

  /** One for each client that a host holds. */
  get hosts(): readonly { readonly client: string; readonly person: string }[] {
    return [...new Map([...this.#hosts.values()].map((host) => [host.client, host])).values()];
  }

  addHost(socket: Socket, client: string, person: string): void {
    this.#hosts.set(socket, { client, person });
    void socket.join(`${this.#name}:host`);
  }

  addScreen(socket: Socket): void {
    this.#screens.add(socket);
    void socket.join(`${this.#name}:screen`);
  }

  addPlayer(socket: Socket, player: number): void {
    this.#players.set(socket, { socket, player, clogged: 0 });
    const same = this.#byPlayer.get(player) ?? new Set();
    this.#byPlayer.set(player, same.add(socket));
    const [oldest] = same;
    if (same.size > SOCKETS_A_PLAYER) oldest?.disconnect(true);
  }

  remove(socket: Socket): void {
    this.#hosts.delete(socket);
    this.#screens.delete(socket);
    const known = this.#players.get(socket);
    if (known !== undefined) {
      this.#players.delete(socket);
      const same = this.#byPlayer.get(known.player);
      same?.delete(socket);
      if (same?.size === 0) this.#byPlayer.delete(known.player);
    }
    for (const room of socket.rooms) if (room.startsWith(`${this.#name}:`)) void socket.leave(room);
  }

  toHosts(frame: object): void {
    if (this.#hosts.size > 0) this.#io.to(`${this.#name}:host`).emit(EVENT, frame);
  }

  toScreens(frame: object): void {
    if (this.#screens.size > 0) this.#io.to(`${this.#name}:screen`).emit(EVENT, frame);
  }

  toSocket(socket: Socket, frame: object): void {
    socket.emit(EVENT, frame);
  }

  /** To every socket of one player. */
  toPlayer(player: number, frame: object): void {
    for (const socket of this.#byPlayer.get(player) ?? []) socket.emit(EVENT, frame);
  }

  /** The same to all players. */
  toPlayers(message: object): void {
    const packet = `2${JSON.stringify([EVENT, message])}`;
    const frame = frameOf(Buffer.from(packet));
    this.#toAll((known) => this.#write(known, packet, frame));
  }

  /** To all players, with what is each one's own: `me` gives JSON for the field of that name. */
  toEachPlayer(shared: object, me: (player: number) => string): void {
    const head = `2${JSON.stringify([EVENT, shared]).slice(0, -2)},"me":`;
    const encoded = Buffer.from(head);
    this.#toAll((known) => {
      const own = `${me(known.player)}}]`;
      this.#write(known, head + own, frameOf(encoded, own));
    });
  }

  #toAll(send: (known: PlayerSocket) => void): void {
    if (this.#players.size === 0) return;
    this.#queue(async () => {
      let sent = 0;
      let from = performance.now();
      for (const known of [...this.#players.values()]) {
        send(known);
        sent += 1;
        if (sent % LOOK_EVERY !== 0 || performance.now() - from < PIECE_MS) continue;
        await breath();
        from = performance.now();
      }
    });
  }

  #write(known: PlayerSocket, packet: string, frame: Buffer): void {
    const { conn, connected } = known.socket;
    if (!connected) return;
    known.clogged = conn.transport.writable ? 0 : known.clogged + 1;
    if (known.clogged > CLOGGED_MOST) conn.close(true);
    else sendFrame(known.socket, packet, frame);
  }

  /** Begins at once when nothing is being sent. */
  #queue(send: () => Promise<void>): void {
    this.#waiting += 1;
    const run = this.#waiting === 1 ? send() : this.#sending.then(send, send);
    const done = (): void => {
      this.#waiting -= 1;
    };
    this.#sending = run.then(done, done);
  }

  /** Resolves when everything that was given to be sent has been written. */
  sent(): Promise<void> {
    return this.#sending;
  }
}

function breath(): Promise<void> {
  return new Promise((done) => setImmediate(done));
}
