/**
 * One page's line into a live room: follows as host, screen or player, comes back by itself after the delay that the
 * server gives, and hands over frames in order. Answers and commands are acknowledged; what gets no acknowledgement goes
 * over HTTP, where the same answer again is the first one.
 */
import type { Socket } from 'socket.io-client';
import type {
  AnswerReply,
  Audience,
  CommandReply,
  FollowReply,
  LiveCommand,
  LiveFrame,
  TimeReply,
} from '../../server/contracts/live.ts';
import { clock, type Ping } from './clock.ts';
import { liveDoor } from './live.ts';

/** `opening` until the first frame may come; `refused` ends it: coming back would be refused again. */
export type LineState = 'opening' | 'live' | 'lost' | 'refused';

/** Each member of the union without what the line fills in. */
type Without<Union, Keys extends PropertyKey> = Union extends unknown ? Omit<Union, Keys> : never;
/** A command as screens make it; the line adds version, id and client. */
export type HostCommand = Without<LiveCommand, 'v' | 'id' | 'client'>;

export interface LineOptions {
  readonly live: string;
  readonly as: Audience;
  readonly token: string | null;
  /** Of a host: this browser's own name. */
  readonly client?: string;
  readonly onframe: (frame: LiveFrame) => void;
  readonly onstate: (state: LineState, refused: string | null) => void;
}

const patienceMs = 5_000;
const firstDelayMs = 1_000;
const longestDelayMs = 12_000;
/** A player whom no socket reaches asks over HTTP so often. */
const pollMs = 3_000;
/** Failures after which a player asks over HTTP meanwhile. */
const pollAfter = 2;

/** Refusals that pass by themselves. */
const passing = new Set(['internal', 'busy', 'request.tooMany']);

export class LiveLine {
  readonly #options: LineOptions;
  #socket: Socket | null = null;
  #closed = false;
  #version = 0;
  #reconnectMs = firstDelayMs;
  #failures = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #polling: ReturnType<typeof setTimeout> | undefined;
  #state: LineState = 'opening';

  constructor(options: LineOptions) {
    this.#options = options;
  }

  /** Starts; called once. */
  open(): void {
    document.addEventListener('visibilitychange', this.#looked);
    addEventListener('online', this.#looked);
    void this.#connect();
  }

  close(): void {
    this.#closed = true;
    clearTimeout(this.#timer);
    clearTimeout(this.#polling);
    document.removeEventListener('visibilitychange', this.#looked);
    removeEventListener('online', this.#looked);
    this.#socket?.close();
    this.#socket = null;
  }

  /** Resolves when the server has said what became of it. Throws ApiError when it cannot be reached at all. */
  async answer(asking: number, answer: unknown): Promise<AnswerReply> {
    if (this.#state === 'live') {
      const reply = await this.#ask<AnswerReply>('live:answer', { v: 1, asking, answer }).catch(() => null);
      if (reply !== null) return reply;
    }
    return liveDoor.answer(this.#options.live, this.#options.token ?? '', asking, answer);
  }

  /** `id` is the press of a button: the same again is done once. */
  async command(command: HostCommand, id: string): Promise<CommandReply> {
    const message = { ...command, v: 1, id } as const;
    const reply = await this.#ask<CommandReply>('live:command', message).catch(() => null);
    if (reply !== null) return reply;
    const { client } = this.#options;
    const whole: LiveCommand = client === undefined ? message : { ...message, client };
    return liveDoor.command(this.#options.live, whole);
  }

  async #connect(): Promise<void> {
    clearTimeout(this.#timer);
    if (this.#closed) return;
    try {
      const { io } = await import('socket.io-client');
      if (this.#closed) return;
      this.#socket?.removeAllListeners().close();
      const socket = io({
        path: '/socket.io',
        transports: ['websocket'],
        withCredentials: true,
        reconnection: false,
        forceNew: true,
        timeout: patienceMs,
      });
      this.#socket = socket;
      socket
        .on('connect', () => void this.#follow(socket))
        .on('connect_error', () => this.#lost(socket))
        .on('disconnect', () => this.#lost(socket))
        .on('live', (frame: LiveFrame) => this.#take(frame, false));
    } catch {
      this.#lost(this.#socket);
    }
  }

  async #follow(socket: Socket): Promise<void> {
    const { live, as, token, client } = this.#options;
    this.#version = 0;
    const request = {
      v: 1,
      live,
      as,
      ...(token === null ? {} : { token }),
      ...(client === undefined ? {} : { client }),
    };
    try {
      const reply = await this.#ask<FollowReply>('live:follow', request);
      if ('refused' in reply) {
        this.#refuse(reply.refused, socket);
        return;
      }
      clock.hint(reply.now);
      this.#reconnectMs = reply.reconnectMs;
      this.#failures = 0;
      clearTimeout(this.#polling);
      this.#say('live');
      void clock.sync(() => this.#ping());
    } catch {
      this.#lost(socket);
    }
  }

  #refuse(code: string, socket: Socket): void {
    if (passing.has(code)) {
      this.#lost(socket);
      return;
    }
    this.#say('refused', code);
    this.close();
  }

  /** Waits a random time up to what the server gave, longer after each failure, and comes back. */
  #lost(socket: Socket | null): void {
    if (this.#closed || socket !== this.#socket) return;
    socket?.removeAllListeners().close();
    this.#socket = null;
    this.#say('lost');
    const ceiling = Math.min(
      Math.max(longestDelayMs, this.#reconnectMs),
      this.#reconnectMs * 2 ** this.#failures,
    );
    this.#failures += 1;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#connect(), Math.random() * ceiling);
    if (this.#options.as === 'player' && this.#failures === pollAfter) void this.#poll();
  }

  async #poll(): Promise<void> {
    clearTimeout(this.#polling);
    if (this.#closed || this.#state === 'live') return;
    const { live, token } = this.#options;
    try {
      this.#take(await liveDoor.me(live, token ?? ''), true);
    } catch {
      // The line itself goes on trying; the next question comes in a moment.
    }
    if (this.#failures < pollAfter) return;
    this.#polling = setTimeout(() => void this.#poll(), pollMs * (0.7 + 0.6 * Math.random()));
  }

  /** Somebody looks at the page again, or the browser has found a network: no waiting, and no trust in an old line. */
  readonly #looked = (): void => {
    if (this.#closed || document.visibilityState !== 'visible') return;
    if (this.#socket === null) {
      void this.#connect();
      return;
    }
    const asked = this.#socket;
    this.#ask('live:time', { v: 1 }).catch(() => this.#lost(asked));
    void clock.sync(() => this.#ping());
  };

  #take(frame: LiveFrame, polled: boolean): void {
    if (this.#closed || frame.live !== this.#options.live || frame.version < this.#version) return;
    if (polled && this.#state === 'live') return;
    this.#version = frame.version;
    clock.hint(frame.now);
    this.#options.onframe(frame);
  }

  #say(state: LineState, refused: string | null = null): void {
    this.#state = state;
    this.#options.onstate(state, refused);
  }

  async #ping(): Promise<Ping> {
    const sent = performance.now();
    const { now } = await this.#ask<TimeReply>('live:time', { v: 1 });
    const roundTripMs = performance.now() - sent;
    return { offsetMs: now - (sent + roundTripMs / 2), roundTripMs };
  }

  #ask<Reply>(what: string, message: object): Promise<Reply> {
    const socket = this.#socket;
    if (socket === null || !socket.connected) return Promise.reject(new Error('no line'));
    return socket.timeout(patienceMs).emitWithAck(what, message);
  }
}
