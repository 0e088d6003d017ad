/**
 * What sockets send. Ten thousand phones that answer at once would hold up the loop until the last one is served, and be
 * stamped late: so a message is stamped when it is read and served a little later, in small pieces, and what came in
 * meanwhile is read between them. Socket.IO's own way of an event is passed by: it costs more than the answer itself.
 *
 * A connection may say so much and no more, counted when it is read: what floods never waits in memory or before others.
 */
import type { EventEmitter } from 'node:events';
import type { Socket } from 'socket.io';
import type { Clock } from './clock.ts';
import { sendPacket } from './frames.ts';
import { Bucket } from './limits.ts';
import { Turn } from './turns.ts';

/** An event of a client: `["name", message]`, and the number under which it waits for an acknowledgement. */
export interface Message {
  readonly event: string;
  readonly message: unknown;
  readonly ack: string;
}

/** Why what was said is no message, or is too much; nothing is heard after the latter. */
export type NoMessage = 'request.invalid' | 'request.tooMany';
/** Takes what was read at `at`. */
type Take = (message: Message | NoMessage, at: number) => void;
type Connection = Pick<EventEmitter, 'listeners' | 'removeAllListeners' | 'on' | 'prependListener'>;

/** Socket.IO's own: the namespace is entered, or left. */
const ITS_OWN = /^[01]/;
const EVENT = /^2(\d{0,15})\[/;
const ACKNOWLEDGEMENT = '3';
/** A piece takes a millisecond or two. */
const PIECE = 64;

/** What comes after a connection has said too much. */
const TOO_MUCH = Symbol('too much');

/** Letters that wait, and who takes them. */
interface Box {
  take: Take;
  readonly waiting: { readonly packet: unknown; readonly at: number }[];
}
/** Of one connection: it keeps its limit when it leaves and comes in again. */
interface LetterBox extends Box {
  readonly limit: Bucket;
  isFull: boolean;
}
interface Rate {
  readonly burst: number;
  readonly perMinute: number;
}

export class Inbox {
  readonly #clock: Clock;
  readonly #rate: Rate;
  readonly #boxes = new WeakMap<Connection, LetterBox>();
  readonly #turn = new Turn();
  #queue: Box[] = [];
  #next = 0;
  #scheduled = false;

  /** `rate`: what one connection may say, coming in and leaving too. */
  constructor(clock: Clock, rate: Rate) {
    this.#clock = clock;
    this.#rate = rate;
  }

  /** Takes what a socket says from here on; coming in and leaving stay with Socket.IO. */
  open(connection: Connection, take: Take): void {
    const known = this.#boxes.get(connection);
    // It left the namespace and came in again.
    if (known !== undefined) known.take = take;
    else this.#install(connection, take);
  }

  /** Resolves when all that was read before has been served, however much comes meanwhile. */
  served(): Promise<void> {
    if (this.#queue.length === 0) return Promise.resolve();
    return new Promise((done) => this.#add({ take: () => done(), waiting: [] }, null, 0));
  }

  #install(connection: Connection, take: Take): void {
    const { burst, perMinute } = this.#rate;
    const limit = new Bucket(burst, perMinute, this.#clock.now());
    const box: LetterBox = { take, waiting: [], limit, isFull: false };
    this.#boxes.set(connection, box);
    const before = connection.listeners('data');
    connection.removeAllListeners('data');
    connection.on('data', (packet: unknown) => {
      if (box.isFull) return;
      const at = this.#clock.now();
      box.isFull = !box.limit.allows(at);
      if (box.isFull) return this.#add(box, TOO_MUCH, at);
      if (typeof packet !== 'string' || !ITS_OWN.test(packet)) return this.#add(box, packet, at);
      empty(box);
      for (const listener of before) Reflect.apply(listener, connection, [packet]);
    });
    // What was said before the end is heard before the end.
    connection.prependListener('close', () => empty(box));
  }

  #add(box: Box, packet: unknown, at: number): void {
    this.#turn.read();
    box.waiting.push({ packet, at });
    this.#queue.push(box);
    this.#schedule();
  }

  #schedule(): void {
    if (this.#scheduled) return;
    this.#scheduled = true;
    setImmediate(() => this.#piece());
  }

  #piece(): void {
    this.#scheduled = false;
    this.#turn.ended();
    const end = Math.min(this.#queue.length, this.#next + PIECE);
    // Whatever is thrown at one message, the others have their turn.
    if (end < this.#queue.length) this.#schedule();
    while (this.#next < end) {
      const box = this.#queue[this.#next++];
      const first = box?.waiting.shift();
      if (first !== undefined) box?.take(read(first.packet), first.at);
    }
    if (this.#next < this.#queue.length) return;
    this.#queue = [];
    this.#next = 0;
  }
}

function empty({ waiting, take }: Box): void {
  for (const { packet, at } of waiting.splice(0)) take(read(packet), at);
}

/** `2<number>["name",message]`. */
function read(packet: unknown): Message | NoMessage {
  if (packet === TOO_MUCH) return 'request.tooMany';
  const head = typeof packet === 'string' ? EVENT.exec(packet) : null;
  if (head === null || typeof packet !== 'string') return 'request.invalid';
  try {
    const told: unknown = JSON.parse(packet.slice(head[0].length - 1));
    if (!Array.isArray(told) || typeof told[0] !== 'string') return 'request.invalid';
    return { event: told[0], message: told[1], ack: head[1] ?? '' };
  } catch {
    return 'request.invalid';
  }
}

/** Acknowledges the message `ack` with what is JSON already. */
export function acknowledge(socket: Socket, ack: string, json: string): void {
  if (socket.connected && ack !== '') sendPacket(socket, `${ACKNOWLEDGEMENT}${ack}[${json}]`);
}
