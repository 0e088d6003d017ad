/**
 * A player's part in a room: what is shown, what is one's own, and the answer on its way. An answer counts as locked in
 * only when the server has said so; one that could not be sent goes again as soon as the line is back.
 */
import { clock } from '../../api/clock.ts';
import type { LiveFrame, LiveMe, LivePlayerView } from '../../api/live.ts';
import { type LineState, LiveLine } from '../../api/live-line.ts';
import { forgetPlayer, hearLocked, keptPlayer, type LockedAnswer, shareLocked } from './kept.ts';

interface Sending {
  readonly asking: number;
  readonly answer: unknown;
  readonly failed: boolean;
}

export class PlayRoom {
  readonly live: string;
  readonly token: string | null;
  view = $state.raw<LivePlayerView | null>(null);
  me = $state.raw<LiveMe | null>(null);
  line = $state<LineState>('opening');
  /** Why the room is shut to this phone. */
  refused = $state<string | null>(null);
  removed = $state(false);
  sending = $state.raw<Sending | null>(null);
  /** The answer that was refused, and why. */
  refusal = $state.raw<{ readonly asking: number; readonly code: string } | null>(null);
  #locked = $state.raw<LockedAnswer | null>(null);
  #line: LiveLine | null = null;
  #deaf: () => void = () => undefined;

  constructor(live: string, token: string | null) {
    this.live = live;
    this.token = token ?? keptPlayer(live)?.token ?? null;
  }

  start(): void {
    if (this.token === null) {
      this.refused = 'live.token';
      return;
    }
    this.#line = new LiveLine({
      live: this.live,
      as: 'player',
      token: this.token,
      onframe: (frame) => this.#take(frame),
      onstate: (state, refused) => this.#changed(state, refused),
    });
    this.#line.open();
    this.#deaf = hearLocked(this.live, (locked) => {
      this.#locked = locked;
    });
  }

  stop(): void {
    this.#line?.close();
    this.#deaf();
  }

  /** What stands for this player at the question that is shown; null: nothing yet. */
  get locked(): LockedAnswer | null {
    const asking = this.view?.question?.asking;
    if (asking === undefined) return null;
    const told = this.me?.answer ?? null;
    if (told !== null && told.asking === asking) return told;
    return this.#locked?.asking === asking ? this.#locked : null;
  }

  /** What the question that is revealed brought. */
  get last(): LiveMe['last'] {
    const last = this.me?.last ?? null;
    return last !== null && last.asking === this.view?.question?.asking ? last : null;
  }

  /** Sends the answer to the question that is open. The first one counts, whatever is pressed later. */
  async send(answer: unknown): Promise<void> {
    const asking = this.view?.question?.asking;
    if (asking === undefined || this.#line === null || this.locked !== null) return;
    if (this.sending?.asking === asking && !this.sending.failed) return;
    this.sending = { asking, answer, failed: false };
    this.refusal = null;
    try {
      const reply = await this.#line.answer(asking, answer);
      if ('refused' in reply) this.refusal = { asking, code: reply.refused };
      else {
        this.#locked = { asking, at: reply.at, answer };
        shareLocked(this.live, this.#locked);
      }
      if (this.sending?.asking === asking) this.sending = null;
    } catch {
      if (this.sending?.asking === asking) this.sending = { asking, answer, failed: true };
    }
  }

  #take(frame: LiveFrame): void {
    if (frame.type === 'removed') {
      this.removed = true;
      forgetPlayer(this.live);
      this.stop();
    }
    if (frame.type !== 'player') return;
    this.view = frame.view;
    if (frame.me !== undefined) this.me = frame.me;
    const asking = frame.view.question?.asking;
    if (this.refusal !== null && this.refusal.asking !== asking) this.refusal = null;
    if (this.sending !== null && this.sending.asking !== asking) this.sending = null;
  }

  #changed(state: LineState, refused: string | null): void {
    this.line = state;
    if (refused !== null) {
      this.refused = refused;
      if (refused === 'live.token' || refused === 'live.keptOut') forgetPlayer(this.live);
    }
    const waiting = this.sending;
    const deadline = this.view?.question?.deadline ?? 0;
    if (state === 'live' && waiting?.failed === true && clock.now() < deadline)
      void this.send(waiting.answer);
  }
}
