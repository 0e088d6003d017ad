/**
 * Sockets of one room on this node, by audience. What all get is encoded once a chunk of a hundred sockets; what each gets
 * is the shared part, written once, with the own part behind it. Between chunks the loop takes a breath, so that answers
 * are stamped when they come. One sending after another: frames of a socket never overtake each other.
 */
import type { Server, Socket } from 'socket.io';
import type { Sockets } from '../platform/sockets.ts';

const CHUNK = 100;
/** Frames of one's own differ in what they cost (the first one ranks everybody): the clock says when a breath is due. */
const PIECE_MS = 3;
const LOOK_EVERY = 8;
/** A phone that could not take so many frames in a row is cut: it comes back and gets a snapshot. */
const CLOGGED_MOST = 40;
const EVENT = 'live';
/** Tabs and devices that one player may hold; the oldest is cut. */
const SOCKETS_A_PLAYER = 6;

interface PlayerSocket {
  readonly socket: Socket;
  readonly player: number;
  readonly chunk: number;
  clogged: number;
}

export class Audiences {
  readonly #io: Server;
  readonly #sockets: Pick<Sockets, 'served'>;
  readonly #name: string;
  readonly #players = new Map<Socket, PlayerSocket>();
  readonly #byPlayer = new Map<number, Set<Socket>>();
  readonly #chunks: number[] = [];
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
    let chunk = this.#chunks.findIndex((size) => size < CHUNK);
    if (chunk < 0) chunk = this.#chunks.push(0) - 1;
    this.#chunks[chunk] = (this.#chunks[chunk] ?? 0) + 1;
    this.#players.set(socket, { socket, player, chunk, clogged: 0 });
    const same = this.#byPlayer.get(player) ?? new Set();
    this.#byPlayer.set(player, same.add(socket));
    const [oldest] = same;
    if (same.size > SOCKETS_A_PLAYER) oldest?.disconnect(true);
    void socket.join(this.#chunkRoom(chunk));
  }

  remove(socket: Socket): void {
    this.#hosts.delete(socket);
    this.#screens.delete(socket);
    const known = this.#players.get(socket);
    if (known !== undefined) {
      this.#players.delete(socket);
      this.#chunks[known.chunk] = (this.#chunks[known.chunk] ?? 1) - 1;
      const same = this.#byPlayer.get(known.player);
      same?.delete(socket);
      if (same?.size === 0) this.#byPlayer.delete(known.player);
    }
    for (const room of socket.rooms) if (room.startsWith(`${this.#name}:`)) void socket.leave(room);
  }

  #chunkRoom(chunk: number): string {
    return `${this.#name}:players:${chunk}`;
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
  toPlayers(frame: object): void {
    if (this.#players.size === 0) return;
    this.#queue(async () => {
      for (let chunk = 0; chunk < this.#chunks.length; chunk++) {
        if (this.#chunks[chunk] === 0) continue;
        this.#io.to(this.#chunkRoom(chunk)).emit(EVENT, frame);
        await breath();
      }
    });
  }

  /** To all players, with what is each one's own: `me` gives JSON for the field of that name. */
  toEachPlayer(shared: object, me: (player: number) => string): void {
    if (this.#players.size === 0) return;
    const head = `2${JSON.stringify([EVENT, shared]).slice(0, -2)},"me":`;
    this.#queue(async () => {
      let sent = 0;
      let from = performance.now();
      for (const known of [...this.#players.values()]) {
        this.#write(known, `${head}${me(known.player)}}]`);
        sent += 1;
        if (sent % LOOK_EVERY !== 0 || performance.now() - from < PIECE_MS) continue;
        await breath();
        from = performance.now();
      }
    });
  }

  /** A packet that is written already. */
  #write(known: PlayerSocket, packet: string): void {
    const { conn, connected } = known.socket;
    if (!connected) return;
    known.clogged = conn.transport.writable ? 0 : known.clogged + 1;
    if (known.clogged > CLOGGED_MOST) conn.close(true);
    else conn.write(packet, { compress: false });
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
