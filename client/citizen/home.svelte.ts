/** The contests that anybody may see: now, soon, past. */
import { clock } from '../api/clock.ts';
import { type ContestCard, type ContestList, contests } from '../api/contests.ts';
import { Loading } from '../api/loading.svelte.ts';

const shownPast = 6;
/** When a round opens or closes everybody's page asks again, each at its own moment in this span. */
const spreadMs = 4_000;

export class HomeModel {
  readonly list = new Loading<ContestList>((signal) => contests.list(signal));
  allPast = $state(false);
  #again: ReturnType<typeof setTimeout> | undefined;

  async load(): Promise<void> {
    void clock.sync();
    await this.list.load();
  }

  /** A round has opened or closed. */
  turn(): void {
    clearTimeout(this.#again);
    this.#again = setTimeout(() => void this.load(), 500 + Math.random() * spreadMs);
  }

  stop(): void {
    clearTimeout(this.#again);
    this.list.stop();
  }

  /** The one that most people come for: closing first. */
  get first(): ContestCard | null {
    return this.list.value?.now[0] ?? null;
  }

  get others(): readonly ContestCard[] {
    return this.list.value?.now.slice(1) ?? [];
  }

  get soon(): readonly ContestCard[] {
    return this.list.value?.soon ?? [];
  }

  /** The latest few until all are asked for. */
  get past(): readonly ContestCard[] {
    const all = this.list.value?.past ?? [];
    return this.allPast ? all : all.slice(0, shownPast);
  }

  get hiddenPast(): number {
    return (this.list.value?.past.length ?? 0) - this.past.length;
  }

  get isEmpty(): boolean {
    const list = this.list.value;
    return list !== null && list.now.length + list.soon.length + list.past.length === 0;
  }
}
