/** Followers of boards: the first page when they come, and again when it changed, at most once a second, encoded once for all. */
import { type BoardMessage, FollowMessage } from '../contracts/leaderboards.ts';
import type { Logger } from '../platform/log.ts';
import type { Sockets } from '../platform/sockets.ts';
import type { Boards } from './boards.ts';
import type { BoardViews } from './views.ts';

const EVERY_MS = 1000;
const MAX_BOARDS = 10;
const roomOf = (board: string): string => `board:${board}`;

export class BoardFollowers {
  readonly #sockets: Sockets;
  readonly #views: BoardViews;
  readonly #log: Logger;
  readonly #waiting = new Map<string, NodeJS.Timeout>();
  readonly #sentAt = new Map<string, number>();
  readonly #newest = new Map<string, Promise<BoardMessage>>();
  readonly #stop: () => void;

  constructor(sockets: Sockets, boards: Boards, views: BoardViews, log: Logger) {
    this.#sockets = sockets;
    this.#views = views;
    this.#log = log;
    this.#stop = boards.onChange((key) => this.#changed(key));
    sockets.on('board:follow', FollowMessage, ({ board }, socket) => {
      if (socket.rooms.size > MAX_BOARDS) return;
      void socket.join(roomOf(board));
      // One that is still being built is sent when it is there.
      if (boards.get(board) === undefined) return;
      this.#message(board).then(
        (message) => socket.emit('board', message),
        (error: unknown) => log.warn({ err: error }, 'board not sent'),
      );
    });
    sockets.on('board:leave', FollowMessage, ({ board }, socket) => void socket.leave(roomOf(board)));
  }

  /** Made once for everybody who comes between two changes. */
  #message(key: string): Promise<BoardMessage> {
    const known = this.#newest.get(key);
    if (known !== undefined) return known;
    const message = this.#views.message(key);
    this.#newest.set(key, message);
    message.catch(() => this.#newest.delete(key));
    return message;
  }

  #changed(key: string): void {
    this.#newest.delete(key);
    if (this.#waiting.has(key) || !this.#sockets.io.sockets.adapter.rooms.has(roomOf(key))) return;
    const since = performance.now() - (this.#sentAt.get(key) ?? Number.NEGATIVE_INFINITY);
    const timer = setTimeout(() => void this.#send(key), Math.max(0, EVERY_MS - since));
    this.#waiting.set(key, timer.unref());
  }

  async #send(key: string): Promise<void> {
    this.#waiting.delete(key);
    this.#sentAt.set(key, performance.now());
    try {
      this.#sockets.io.to(roomOf(key)).emit('board', await this.#message(key));
    } catch (error) {
      this.#log.warn({ err: error }, 'board not sent');
    }
  }

  close(): void {
    this.#stop();
    for (const timer of this.#waiting.values()) clearTimeout(timer);
  }
}
