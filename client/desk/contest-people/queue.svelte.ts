/** What waits for somebody's decision, a page at a time: what is decided leaves, and the rest moves up. */
import { Loading } from '../../api/loading.svelte.ts';

/** As many as the server gives at once. */
export const queuePage = 20;

export class Queue<Reply extends { readonly total: number }> {
  readonly found: Loading<Reply>;
  /** From 1. */
  page = $state(1);

  constructor(ask: (offset: number) => Promise<Reply>) {
    this.found = new Loading(() => ask((this.page - 1) * queuePage));
  }

  async turn(page: number): Promise<void> {
    this.page = page;
    await this.found.load();
  }

  /** After a decision; where that was the last one of the page, the page before comes. */
  async again(): Promise<void> {
    await this.found.load();
    const last = Math.max(1, Math.ceil((this.found.value?.total ?? 0) / queuePage));
    if (this.page > last) await this.turn(last);
  }
}
