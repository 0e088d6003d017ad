/** What the hall's screen is told: the whole view whenever something changed, counts and newcomers between. */
import type { LiveFrame, LiveScreenView } from '../../api/live.ts';
import { type LineState, LiveLine } from '../../api/live-line.ts';

/** Newcomers that are listed besides those of the view. */
const listedMost = 600;

export class HallRoom {
  view = $state.raw<LiveScreenView | null>(null);
  line = $state<LineState>('opening');
  refused = $state<string | null>(null);
  readonly #line: LiveLine;

  /** `token` of a pass, or null for a browser that is signed in as a host. */
  constructor(live: string, token: string | null) {
    this.#line = new LiveLine({
      live,
      as: 'screen',
      token,
      onframe: (frame) => this.#take(frame),
      onstate: (state, refused) => {
        this.line = state;
        if (refused !== null) this.refused = refused;
      },
    });
  }

  start(): void {
    this.#line.open();
  }

  stop(): void {
    this.#line.close();
  }

  #take(frame: LiveFrame): void {
    if (frame.type === 'screen') this.view = frame.view;
    else if (this.view !== null) this.view = merged(this.view, frame);
  }
}

/** A view with what a smaller frame has told since. */
export function merged<View extends LiveScreenView>(view: View, frame: LiveFrame): View {
  if (frame.type === 'counts') {
    const tally = frame.tally === undefined ? {} : { tally: frame.tally };
    return { ...view, counts: frame.counts, ...tally };
  }
  if (frame.type !== 'joined') return view;
  const known = new Set(view.players.map(({ number }) => number));
  const fresh = frame.players.filter(({ number }) => !known.has(number));
  const players = [...view.players, ...fresh].slice(-listedMost);
  return { ...view, players, counts: { ...view.counts, players: frame.total } };
}
