/** The prize plan of a contest while it is edited. */
import { deskClosing as api, type Prize, type PrizePlan, type PrizesView } from '../../api/desk-closing.ts';
import { Loading } from '../../api/loading.svelte.ts';
import { Submission } from '../../api/submission.svelte.ts';
import { copied } from '../contests/draft.ts';

const letters = 'abcdefghijklmnopqrstuvwxyz0123456789';

/** An id that no other prize of the plan has. */
function newId(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(10)), (byte) => letters[byte % 36]).join('');
}

export function emptyPrize(): Prize {
  return {
    id: newId(),
    title: '',
    value: '',
    count: 1,
    scope: 'round',
    to: 'people',
    by: 'rank',
    metric: 'entrants',
    unit: null,
    block: null,
    membersFrom: null,
    membersTo: null,
    minMarks: null,
    minEntrants: null,
  };
}

export class PlanEditor {
  readonly fetched: Loading<PrizesView>;
  readonly saving = new Submission();
  plan = $state<PrizePlan | null>(null);
  #version = 0;
  readonly #contest: string;

  constructor(contest: string) {
    this.#contest = contest;
    this.fetched = new Loading(() => api.prizes(contest));
  }

  async load(): Promise<void> {
    await this.fetched.load();
    if (this.fetched.value !== null) this.adopt(this.fetched.value);
  }

  /** What was answered; a plan under way is not lost by a decision about a person. */
  adopt(view: PrizesView): void {
    this.fetched.value = view;
    if (this.plan !== null && this.#version === view.version) return;
    this.#version = view.version;
    this.plan = copied(view.plan);
  }

  add(): void {
    const last = this.plan?.prizes[this.plan.prizes.length - 1];
    this.plan?.prizes.push(
      last === undefined ? emptyPrize() : { ...last, id: newId(), title: '', value: '' },
    );
  }

  remove(id: string): void {
    if (this.plan === null) return;
    this.plan.prizes = this.plan.prizes.filter((prize) => prize.id !== id);
  }

  /** True when it was saved. */
  async save(): Promise<boolean> {
    const { plan } = this;
    if (plan === null) return false;
    const body = { expectedVersion: this.#version, plan: copied(plan) };
    const sent = await this.saving.run(() => api.savePrizes(this.#contest, body));
    if (sent !== null) {
      this.plan = null;
      this.adopt(sent.reply);
    }
    return sent !== null;
  }
}
