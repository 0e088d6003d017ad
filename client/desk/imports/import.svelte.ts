/** A file on its way into a bank: uploaded, read, looked at, mended, written, undone. The address names it, so a reload goes on with it. */
import {
  deskImports as api,
  type BlockQuery,
  type BulkFix,
  type FormatList,
  type ImportBlock,
  type ImportDetail,
} from '../../api/desk-imports.ts';
import { Loading } from '../../api/loading.svelte.ts';
import { Submission } from '../../api/submission.svelte.ts';
import { router } from '../../router.svelte.ts';

const pollMs = 500;

/** Blocks that one request may ask for. */
const MOST_BLOCKS = 100;

/** Blocks of one request that changes many: half a second of work, so that the bar moves and stopping is quick. */
const BULK_PIECE = 2000;

/** What the list of blocks shows: an outcome, or a flag such as "twin" or "no-key". */
export type View = 'all' | NonNullable<BlockQuery['outcome']> | `flag:${string}`;

export class ImportModel {
  readonly bank: string;
  readonly formats = new Loading<FormatList>(() => api.formats());
  readonly history: Loading<readonly ImportDetail[]>;
  readonly sending = new Submission();
  detail = $state.raw<ImportDetail | null>(null);
  blocks = $state.raw<readonly ImportBlock[]>([]);
  next = $state.raw<number | null>(null);
  view = $state<View>('all');
  loadingBlocks = $state(false);
  tooLarge = $state(false);
  /** How much of the file has left, 0..1. */
  sent = $state(0);
  /** Blocks that a change of many has gone through; null: none is under way. */
  fixed = $state<number | null>(null);
  #stopsFixing = false;
  #asked = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  readonly isWorking = $derived(
    this.detail !== null && this.detail.state !== 'ready' && this.detail.state !== 'committed',
  );
  readonly goesIn = $derived((this.detail?.fates.new ?? 0) + (this.detail?.fates.changed ?? 0));

  constructor(bank: string) {
    this.bank = bank;
    this.history = new Loading(async () => (await api.list(bank)).imports);
  }

  get mostBytes(): number {
    return this.formats.value?.mostBytes ?? 40_000_000;
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.stopFixing();
  }

  /** After the piece that is on its way; what is filled in until then stays. */
  stopFixing(): void {
    this.#stopsFixing = true;
  }

  async take(file: File): Promise<void> {
    this.tooLarge = file.size > this.mostBytes;
    if (this.tooLarge) return;
    await this.#send(file, file.name);
  }

  /** What was copied in a word processor, with its colours and fonts: they may be the key. */
  async paste(html: string, name: string): Promise<void> {
    await this.#send(new Blob([html], { type: 'text/html' }), name, 'paste');
  }

  async #send(file: Blob, name: string, format?: 'paste'): Promise<void> {
    const done = await this.sending.run(() => api.upload(this.bank, file, name, this.#onSent(), format));
    if (done === null) return;
    this.#became(done.reply);
    router.setQuery({ lan: done.reply.id });
  }

  #onSent(): (share: number) => void {
    this.sent = 0;
    return (share) => {
      this.sent = share;
    };
  }

  /** Goes on with an import that the address names. */
  async open(id: string): Promise<void> {
    if (this.detail?.id === id) return;
    const done = await this.sending.run(() => api.read(id));
    if (done !== null) this.#became(done.reply);
  }

  leave(): void {
    this.stop();
    this.detail = null;
    this.blocks = [];
    this.sending.clear();
    router.setQuery({ lan: null });
    void this.history.load();
  }

  #became(detail: ImportDetail): void {
    const settled = !this.isWorking && this.detail?.id === detail.id;
    this.detail = detail;
    clearTimeout(this.#timer);
    if (this.isWorking) this.#timer = setTimeout(() => void this.#poll(detail.id), pollMs);
    else if (!settled) this.show(this.#first(detail));
  }

  async #poll(id: string): Promise<void> {
    const detail = await api.read(id).catch(() => null);
    if (this.detail?.id !== id) return;
    if (detail === null) this.#timer = setTimeout(() => void this.#poll(id), pollMs * 4);
    else this.#became(detail);
  }

  /** What needs somebody is shown first. */
  #first({ outcomes }: ImportDetail): View {
    if (outcomes.quarantined > 0) return 'quarantined';
    return outcomes.warned > 0 ? 'warned' : 'all';
  }

  show(view: View): void {
    this.view = view;
    this.blocks = [];
    this.next = 0;
    void this.more();
  }

  async more(): Promise<void> {
    const id = this.detail?.id;
    if (id === undefined) return;
    const asked = ++this.#asked;
    this.loadingBlocks = true;
    const list = await api.blocks(id, { ...this.#query(), after: this.next ?? 0 }).catch(() => null);
    if (asked !== this.#asked) return;
    this.loadingBlocks = false;
    if (list === null) return;
    this.blocks = [...this.blocks, ...list.blocks];
    this.next = list.next;
  }

  #query(): BlockQuery {
    if (this.view === 'all') return {};
    if (this.view.startsWith('flag:')) return { flag: this.view.slice(5) };
    return this.view === 'imported' || this.view === 'warned' || this.view === 'quarantined'
      ? { outcome: this.view }
      : { outcome: 'ignored' };
  }

  /** A mended block stays where it stands, so that nothing jumps. */
  async mended(block: ImportBlock): Promise<void> {
    this.blocks = this.blocks.map((one) => (one.number === block.number ? block : one));
    const id = this.detail?.id;
    if (id !== undefined) this.detail = await api.read(id);
  }

  /** Whether it went through all of them: it may have been stopped, or refused on the way. */
  async bulk(fix: BulkFix): Promise<boolean> {
    const id = this.detail?.id;
    if (id === undefined) return false;
    this.#stopsFixing = false;
    const done = await this.sending.run(() => this.#piecewise(id, fix));
    await this.#again();
    return done?.reply === true;
  }

  /** Nothing is in the bank before the commit, so a change that stops half-way is half of a preview, and can go on. */
  async #piecewise(id: string, fix: BulkFix): Promise<boolean> {
    this.fixed = 0;
    try {
      for (let after: number | null = 0; after !== null; ) {
        if (this.#stopsFixing) return false;
        const { done, next, ...detail } = await api.bulk(id, { ...fix, after, most: BULK_PIECE });
        if (this.detail?.id !== id) return false;
        this.detail = detail;
        this.fixed += done;
        after = next;
      }
      return true;
    } finally {
      this.fixed = null;
    }
  }

  /** The blocks that are shown, as they are now; those that no longer fit the view stay until another is chosen. */
  async #again(): Promise<void> {
    const id = this.detail?.id;
    if (id === undefined) return;
    const shown = this.blocks.map(({ number }) => number);
    const pages = Array.from({ length: Math.ceil(shown.length / MOST_BLOCKS) }, (_, page) =>
      shown.slice(page * MOST_BLOCKS, (page + 1) * MOST_BLOCKS).join(','),
    );
    const lists = await Promise.all(pages.map((numbers) => api.blocks(id, { numbers, limit: MOST_BLOCKS })));
    const fresh = new Map(lists.flatMap(({ blocks }) => blocks).map((block) => [block.number, block]));
    this.blocks = this.blocks.map((block) => fresh.get(block.number) ?? block);
  }

  readAgain(body: { readonly format?: string; readonly settings?: ImportDetail['settings'] }): Promise<void> {
    return this.#change((id) => api.readAgain(id, body));
  }

  commit(partly: boolean): Promise<void> {
    return this.#change((id) => api.commit(id, partly));
  }

  undo(): Promise<void> {
    return this.#change((id) => api.undo(id));
  }

  /** Another file with the answers of the paper. */
  async answers(file: File): Promise<void> {
    this.tooLarge = file.size > this.mostBytes;
    if (!this.tooLarge) await this.#change((id) => api.answers(id, file, this.#onSent()));
  }

  async drop(): Promise<void> {
    const id = this.detail?.id;
    if (id === undefined) return;
    const done = await this.sending.run(() => api.drop(id));
    if (done !== null) this.leave();
  }

  async #change(act: (id: string) => Promise<ImportDetail>): Promise<void> {
    const id = this.detail?.id;
    if (id === undefined) return;
    const done = await this.sending.run(() => act(id));
    if (done === null) return;
    this.blocks = [];
    this.#became(done.reply);
  }
}
