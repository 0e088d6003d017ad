/**
 * What sockets send. Ten thousand phones that answer at once would hold up the loop until the last one is served, and be
 * stamped late: so a message is stamped when it is read and served a little later, in small pieces, and what came in
 * meanwhile is read between them. Socket.IO's own way of an event is passed by: it costs more than the answer itself.
 */
import type { EventEmitter } from 'node:events';
import type { Socket } from 'socket.io';
import type { Clock } from './clock.ts';

/** An event of a client: `["name", message]`, and the number under which it waits for an acknowledgement. */
export interface Message {
  readonly event: string;
  readonly message: unknown;
  readonly ack: string;
}

/** Takes a message that was read at `at`; null: it is none. */
type Take = (message: Message | null, at: number) => void;
type Connection = Pick<EventEmitter, 'listeners' | 'removeAllListeners' | 'on' | 'prependListener'>;

/** Socket.IO's own: the namespace is entered, or left. */
const ITS_OWN = /^[01]/;
const EVENT = /^2(\d{0,15})\[/;
const ACKNOWLEDGEMENT = '3';
/** A piece takes a millisecond or two. */
const PIECE = 64;

/** A letter box of one socket. */
interface Box {
  take: Take;
  readonly waiting: { readonly packet: unknown; readonly at: number }[];
}

export class Inbox {
  readonly #clock: Clock;
  readonly #boxes = new WeakMap<Connection, Box>();
  #queue: Box[] = [];
  #next = 0;
  #scheduled = false;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Takes what a socket says from here on; coming in and leaving stay with Socket.IO. */
  open(connection: Connection, take: Take): void {
    const known = this.#boxes.get(connection);
    // It left the namespace and came in again.
    if (known !== undefined) known.take = take;
    else this.#install(connection, { take, waiting: [] });
  }

  #install(connection: Connection, box: Box): void {
    this.#boxes.set(connection, box);
    const before = connection.listeners('data');
    connection.removeAllListeners('data');
    connection.on('data', (packet: unknown) => {
      if (typeof packet !== 'string' || !ITS_OWN.test(packet)) return this.#add(box, packet);
      empty(box);
      for (const listener of before) Reflect.apply(listener, connection, [packet]);
    });
    // What was said before the end is heard before the end.
    connection.prependListener('close', () => empty(box));
  }

  #add(box: Box, packet: unknown): void {
    box.waiting.push({ packet, at: this.#clock.now() });
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

/** `2<number>["name",message]`; null: something else. */
function read(packet: unknown): Message | null {
  const head = typeof packet === 'string' ? EVENT.exec(packet) : null;
  if (head === null || typeof packet !== 'string') return null;
  try {
    const told: unknown = JSON.parse(packet.slice(head[0].length - 1));
    if (!Array.isArray(told) || typeof told[0] !== 'string') return null;
    return { event: told[0], message: told[1], ack: head[1] ?? '' };
  } catch {
    return null;
  }
}

/** Acknowledges the message `ack` with what is JSON already. */
export function acknowledge({ conn, connected }: Socket, ack: string, json: string): void {
  if (connected && ack !== '') conn.write(`${ACKNOWLEDGEMENT}${ack}[${json}]`, { compress: false });
}
