/** The players of a room as its host lists them: with points where the desk's door is open, else as the view names them. */
import { deskLive, type LiveHostView, type LivePlayerLine, type LivePlayers } from '../../api/live.ts';

const pageSize = 50;
const pauseMs = 300;
const againMs = 4_000;

export class PeopleList {
  readonly #live: string;
  query = $state('');
  /** Null until it has come, or while the door is shut to this page. */
  page = $state.raw<LivePlayers | null>(null);
  #most = $state(pageSize);
  #timer: ReturnType<typeof setTimeout> | undefined;
  #running: AbortController | null = null;
  #shut = false;

  /** `open`: the desk's doors answer this page; a pass opens the room alone. */
  constructor(live: string, open: boolean) {
    this.#live = live;
    this.#shut = !open;
  }

  /** Asks in a moment; many reasons to ask make one question. */
  ask(inMs = pauseMs): void {
    if (this.#shut) return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#load(), inMs);
  }

  showMore(): void {
    this.#most += pageSize;
    this.ask(0);
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#running?.abort();
    this.#shut = true;
  }

  async #load(): Promise<void> {
    this.#running?.abort();
    const own = new AbortController();
    this.#running = own;
    try {
      const q = this.query.trim();
      const query = { offset: 0, limit: Math.min(500, this.#most), ...(q === '' ? {} : { q }) };
      this.page = await deskLive.players(this.#live, query, own.signal);
    } catch {
      // It is asked for again; the list that is shown stays.
    }
    if (!own.signal.aborted) this.ask(againMs);
  }
}

/** What the view alone can say of its players. */
export function linesOf(view: LiveHostView, query: string): LivePlayerLine[] {
  const wanted = query.trim().toLocaleLowerCase('vi');
  const out = new Set(view.floor?.out ?? []);
  const points = new Map(view.board?.lines.map((line) => [line.number, line]) ?? []);
  return view.players
    .filter(
      ({ name, number }) =>
        wanted === '' || name.toLocaleLowerCase('vi').includes(wanted) || String(number) === wanted,
    )
    .slice(0, pageSize * 2)
    .map(({ number, name, team }) => ({
      number,
      name,
      team: view.teams.find((one) => one.number === team) ?? null,
      points: points.get(number)?.points ?? 0,
      rank: points.get(number)?.rank ?? 0,
      connected: true,
      removed: false,
      in: !out.has(number),
      simulated: false,
    }));
}
