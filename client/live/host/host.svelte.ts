/**
 * The console of one host: what the room is, what may be done, and each press as a command that is done once. A press on
 * a view that is no longer the newest is refused by the server, so a clicker pressed twice does not skip a question.
 */
import type { LiveFrame, LiveHostView } from '../../api/live.ts';
import { type HostCommand, type LineState, LiveLine } from '../../api/live-line.ts';
import { ApiError, asApiError } from '../../api/problem.ts';
import { refusalText } from '../../messages/live-refusals.ts';
import { announcer } from '../../ui/announcer.svelte.ts';
import { randomName } from '../play/kept.ts';
import { merged } from '../screen/hall.svelte.ts';

/** What the one big button does; `wait`: the room is busy, `resume` and `end` are not the server's own `next`. */
export type NextDeed = 'wait' | 'resume' | 'end' | 'none' | (string & {});

const clientKey = 'hoithi.live.client';

export class HostRoom {
  readonly client = takeClient();
  /** Of a pass; null: signed in, and the desk's own doors are open too. */
  readonly pass: string | null;
  view = $state.raw<LiveHostView | null>(null);
  version = $state(0);
  line = $state<LineState>('opening');
  refused = $state<string | null>(null);
  /** A command is on its way. */
  busy = $state(false);
  readonly #line: LiveLine;

  constructor(live: string, pass: string | null) {
    this.pass = pass;
    this.#line = new LiveLine({
      live,
      as: 'host',
      token: pass,
      client: this.client,
      onframe: (frame) => this.#take(frame),
      onstate: (state, refused) => {
        this.line = state;
        if (refused !== null) this.refused = refused;
      },
    });
  }

  start(): void {
    this.#line.open();
    addEventListener('pagehide', this.#leave);
  }

  stop(): void {
    removeEventListener('pagehide', this.#leave);
    this.#leave();
    this.#line.close();
  }

  get inControl(): boolean {
    return this.view?.control?.client === this.client;
  }

  can(name: string): boolean {
    return this.inControl && this.view?.can.includes(name) === true;
  }

  get next(): NextDeed {
    const view = this.view;
    if (view === null) return 'none';
    if (view.paused !== null) return 'resume';
    if (view.next !== null) return view.next;
    if (view.phase === 'closed') return 'wait';
    return view.phase === 'podium' ? 'end' : 'none';
  }

  /** Does what the big button says, except the end, which asks first. */
  async goOn(): Promise<boolean> {
    if (this.next === 'resume') return this.tell({ do: 'resume' });
    if (this.view?.next == null) return false;
    return this.tell({ do: 'next', seen: this.version });
  }

  /** Sends one press; false when it was refused, which is shown. */
  async tell(command: HostCommand): Promise<boolean> {
    const problem = await this.#send(command);
    if (problem !== null) announcer.notify(problem.text, 'danger');
    return problem === null;
  }

  /** The same for a dialog that shows the problem itself. Throws ApiError. */
  async insist(command: HostCommand): Promise<void> {
    const problem = await this.#send(command);
    if (problem !== null) throw problem;
  }

  async #send(command: HostCommand): Promise<ApiError | null> {
    this.busy = true;
    try {
      const reply = await this.#line.command(command, randomName(12));
      if (!('refused' in reply) || reply.refused === 'live.stale') return null;
      const text = refusalText(reply.refused);
      return new ApiError({ code: reply.refused, status: 409, messages: { vi: text, en: text } });
    } catch (error) {
      return asApiError(error);
    } finally {
      this.busy = false;
    }
  }

  #take(frame: LiveFrame): void {
    if (frame.type === 'host') {
      this.view = frame.view;
      this.version = frame.version;
    } else if (this.view !== null) this.view = merged(this.view, frame);
  }

  /** For the next page of this tab; a copied tab finds nothing and is another host. */
  readonly #leave = (): void => {
    try {
      sessionStorage.setItem(clientKey, this.client);
    } catch {
      // The next page is another client and takes control again.
    }
  };
}

function takeClient(): string {
  try {
    const kept = sessionStorage.getItem(clientKey);
    sessionStorage.removeItem(clientKey);
    return kept ?? randomName(16);
  } catch {
    return randomName(16);
  }
}
