/** Questions that are chosen in the table of a bank, over all its pages, and what is done with them. */
import { SvelteSet } from 'svelte/reactivity';
import { type BulkChange, type BulkChanged, deskBanks, type QuestionQuery } from '../../api/desk-banks.ts';
import { Submission } from '../../api/submission.svelte.ts';

export type Change = Omit<BulkChange, 'questions' | 'dryRun' | 'partly'>;

/** As many as a door takes at once. */
const PIECE = 500;

export class Selection {
  readonly chosen = new SvelteSet<string>();
  readonly sending = new Submission();
  readonly #bank: string;
  /** What the last change gave, to take it back. */
  undos = $state.raw<readonly string[]>([]);
  /** How much of a change that takes several requests is done, 0..1; null: nothing long is under way. */
  progress = $state<number | null>(null);

  constructor(bank: string) {
    this.#bank = bank;
  }

  toggle(ids: readonly string[], isOn: boolean): void {
    for (const id of ids) {
      if (isOn) this.chosen.add(id);
      else this.chosen.delete(id);
    }
  }

  /** Everything that fits the filters. */
  async all(query: QuestionQuery): Promise<void> {
    const done = await this.sending.run(() => deskBanks.ids(this.#bank, query));
    if (done !== null) this.toggle(done.reply.questions, true);
  }

  /** What would be done, and what cannot be and why. Null when it could not be asked. */
  look(change: Change): Promise<BulkChanged | null> {
    return this.#run({ ...change, dryRun: true });
  }

  /** Does what can be done. */
  async act(change: Change): Promise<BulkChanged | null> {
    const done = await this.#run({ ...change, partly: true });
    if (done !== null) this.chosen.clear();
    return done;
  }

  async #run(change: Omit<BulkChange, 'questions'>): Promise<BulkChanged | null> {
    const ids = [...this.chosen];
    const done = await this.sending.run(async () => {
      const total: BulkChanged = { changed: 0, refused: [], undo: null };
      const undos: string[] = [];
      for (let at = 0; at < ids.length; at += PIECE) {
        this.progress = ids.length > PIECE ? at / ids.length : null;
        const reply = await deskBanks.bulk(this.#bank, { ...change, questions: ids.slice(at, at + PIECE) });
        total.changed += reply.changed;
        total.refused.push(...reply.refused);
        if (reply.undo !== null) undos.push(reply.undo);
      }
      if (change.dryRun !== true) this.undos = undos;
      return total;
    });
    this.progress = null;
    return done?.reply ?? null;
  }

  /** Takes the last change back; gives how many questions, null when it failed. */
  async undo(): Promise<number | null> {
    const undos = [...this.undos].reverse();
    const done = await this.sending.run(async () => {
      let changed = 0;
      for (const [place, undo] of undos.entries()) {
        this.progress = undos.length > 1 ? place / undos.length : null;
        changed += (await deskBanks.undo(this.#bank, undo)).changed;
      }
      return changed;
    });
    this.progress = null;
    if (done !== null) this.undos = [];
    return done?.reply ?? null;
  }
}
