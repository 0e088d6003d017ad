/**
 * Socket.IO as every feature finds it: websocket only, no per-message deflate (ten times the memory a socket), the same
 * Origin rule as for writes, small frames, and a limit a socket. Features add messages; each is checked against its contract.
 */
import type { Server as HttpServer, IncomingMessage } from 'node:http';
import { Gauge, type Registry } from 'prom-client';
import { Server, type Socket } from 'socket.io';
import type { Static, TSchema } from 'typebox';
import type { Clock } from './clock.ts';
import { messagesOf } from './errors.ts';
import { acknowledge, Inbox, type Message, type NoMessage } from './inbox.ts';
import { Limit, networkOf } from './limits.ts';
import type { Logger } from './log.ts';
import { isForeign } from './origin.ts';
import { messageValidator } from './validation.ts';

interface SocketsContext {
  readonly clock: Clock;
  readonly log: Pick<Logger, 'error'>;
  readonly config: { readonly publicUrl: URL; readonly limitFactor: number; readonly trustProxy: number };
}

const MAX_FRAME_BYTES = 16_384;
const GOODBYE_MS = 200;
/** What one connection says. */
const CONNECTION = { burst: 40, perMinute: 240 };
/** Connections from one address: a school of two thousand comes back together after a break, each with a few tries. */
const ADDRESS = { burst: 8000, perMinute: 8000 };
/** Connections with one session: tabs, and tries to come back on a bad network. */
const SESSION = { burst: 60, perMinute: 60 };

/** How a frame came: `at` is when it was read, before anything else was done with it; `reply` answers what was asked with it (once). */
export interface Received {
  /** ms since epoch. */
  readonly at: number;
  reply(answer: object): void;
}

type Handler = (message: never, socket: Socket, received: Received) => void;

export class Sockets {
  readonly io: Server;
  readonly #context: SocketsContext;
  readonly #messages = new Map<
    string,
    { readonly valid: (value: unknown) => boolean; readonly handle: Handler }
  >();
  readonly #inbox: Inbox;
  readonly #byAddress: Limit;
  readonly #bySession: Limit;

  constructor(server: HttpServer, context: SocketsContext) {
    this.#context = context;
    const { limitFactor } = context.config;
    this.#inbox = new Inbox(context.clock, {
      burst: CONNECTION.burst * limitFactor,
      perMinute: CONNECTION.perMinute * limitFactor,
    });
    this.#byAddress = new Limit(ADDRESS.burst * limitFactor, ADDRESS.perMinute * limitFactor);
    this.#bySession = new Limit(SESSION.burst * limitFactor, SESSION.perMinute * limitFactor);
    this.io = new Server(server, {
      transports: ['websocket'],
      perMessageDeflate: false,
      httpCompression: false,
      serveClient: false,
      maxHttpBufferSize: MAX_FRAME_BYTES,
      pingInterval: 20_000,
      pingTimeout: 15_000,
      allowRequest: (request, decide) =>
        decide(
          null,
          !isForeign(request.headers.origin, request.headers.host, context.config.publicUrl) &&
            this.#hasRoom(request),
        ),
    });
    this.io.on('connection', (socket) => this.#connected(socket));
  }

  /** By session first, by address last: who is refused comes back a little later, as after any lost connection. */
  #hasRoom({ headers, socket }: IncomingMessage): boolean {
    const now = this.#context.clock.now();
    const session = /(?:^|;\s*)(?:__Host-)?hoithi=([^;]+)/.exec(headers.cookie ?? '')?.[1];
    if (session !== undefined && !this.#bySession.allows(session, now)) return false;
    const address = addressBehind(
      headers['x-forwarded-for'],
      socket.remoteAddress,
      this.#context.config.trustProxy,
    );
    return this.#byAddress.allows(networkOf(address), now);
  }

  /** Handles `event` with messages of this shape. A frame of another shape closes that socket only. */
  on<Schema extends TSchema>(
    event: string,
    schema: Schema,
    handle: (message: Static<Schema>, socket: Socket, received: Received) => void,
  ): void {
    this.#messages.set(event, { valid: messageValidator(schema), handle: handle as Handler });
  }

  /** How many there are, for those who run the server. */
  countIn(registry: Registry): void {
    const { engine } = this.io;
    new Gauge({
      name: 'hoithi_sockets',
      help: 'Open sockets',
      registers: [registry],
      collect() {
        this.set(engine.clientsCount);
      },
    });
  }

  /** Resolves when everything that sockets have said until now was handed on. */
  served(): Promise<void> {
    return this.#inbox.served();
  }

  #connected(socket: Socket): void {
    this.#inbox.open(socket.conn, (read, at) => {
      if (typeof read === 'string') this.#refuse(socket, read);
      else if (socket.connected) this.#received(socket, read, at);
    });
  }

  #received(socket: Socket, { event, message, ack }: Message, at: number): void {
    const known = this.#messages.get(event);
    if (known?.valid(message) !== true) this.#refuse(socket, 'request.invalid');
    else {
      const reply = (answer: object): void => acknowledge(socket, ack, JSON.stringify(answer));
      try {
        known.handle(message as never, socket, { at, reply });
      } catch (error) {
        // A fault of ours costs who met it a reconnect, never the hall its server.
        this.#context.log.error({ err: error, event }, 'a message of a socket failed');
        this.#refuse(socket, 'internal');
      }
    }
  }

  /** Who has left the namespace hears nothing any more, but their line is cut as well. */
  #refuse(socket: Socket, code: NoMessage | 'internal'): void {
    if (socket.connected) socket.emit('problem', { v: 1, code, messages: messagesOf(code) });
    if (socket.connected) socket.disconnect(true);
    else socket.conn.close();
  }

  /** Who takes in nothing any more is cut: waiting for their goodbye would hold up the end for half a minute. */
  async close(): Promise<void> {
    const lines = [...this.io.sockets.sockets.values()].map(({ request }) => request.socket);
    this.io.disconnectSockets(true);
    this.io.engine.close();
    if (lines.every(({ destroyed }) => destroyed)) return;
    await new Promise((done) => setTimeout(done, GOODBYE_MS));
    for (const line of lines) line.destroy();
  }
}

/** Who really asks, as the proxies that are trusted say: each adds the address that it was asked from at the end. */
function addressBehind(
  forwarded: string | string[] | undefined,
  direct: string | undefined,
  proxies: number,
): string {
  const told = [forwarded ?? []]
    .flat()
    .join(',')
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
  return [...told, direct ?? ''].at(-1 - Math.min(proxies, told.length)) ?? '';
}
