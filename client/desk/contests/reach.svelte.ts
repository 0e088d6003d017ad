/** How people are reached: what the server says of it, and the reminder that is being written. */
import {
  deskReach as api,
  type ReachDesk,
  type ReminderKind,
  type ReminderPreview,
} from '../../api/desk-reach.ts';
import { Loading } from '../../api/loading.svelte.ts';
import { Submission } from '../../api/submission.svelte.ts';
import { newUid } from '../../api/uid.ts';
import type { UnitOption } from '../../api/units.ts';

export class ReachModel {
  readonly contest: string;
  readonly fetched: Loading<ReachDesk>;
  readonly asking = new Submission();
  kind = $state<ReminderKind | ''>('opens');
  round = $state('');
  groups = $state.raw<readonly string[]>([]);
  /** Only people of these and those below them; none: of all. */
  units = $state.raw<readonly UnitOption[]>([]);
  note = $state('');
  preview = $state.raw<ReminderPreview | null>(null);
  /** Of the reminder that is written: sent again after a lost answer it is the same one. */
  #id = newUid();

  constructor(contest: string) {
    this.contest = contest;
    this.fetched = new Loading((signal) => api.read(contest, signal));
  }

  get #reminder() {
    const kind = this.kind === '' ? 'opens' : this.kind;
    const units = this.units.map(({ id }) => id);
    return { kind, round: this.round, units, groups: [...this.groups], note: this.note };
  }

  async look(): Promise<void> {
    const found = await this.asking.run(() => api.preview(this.contest, this.#reminder), {});
    this.preview = found?.reply ?? null;
  }

  async send(reason: string): Promise<void> {
    this.fetched.value = await api.send(this.contest, { id: this.#id, reason, ...this.#reminder });
    this.#id = newUid();
    this.preview = null;
    this.note = '';
  }

  async cancel(mailing: string): Promise<void> {
    this.fetched.value = await api.cancel(this.contest, mailing);
  }
}

const ORIGIN = /^https?:\/\/[a-z0-9.-]{1,200}(:[0-9]{1,5})?$/;

/** Lines as sites; a slash at the end and capitals do no harm. */
export function originsOf(text: string): string[] {
  const lines = text.split(/[\n,;]+/).map((line) => line.trim().toLowerCase().replace(/\/+$/, ''));
  return [...new Set(lines.filter((line) => line !== ''))];
}

/** The first that is no site; null when all are. */
export function wrongOrigin(origins: readonly string[]): string | null {
  return origins.find((origin) => !ORIGIN.test(origin)) ?? null;
}

/** What entrants are asked, in both languages, whatever language the desk is in. */
export const reminderConsent = {
  id: 'emailReminders',
  vi: 'Tôi đồng ý nhận thư nhắc về cuộc thi này qua thư điện tử.',
  en: 'I agree to get reminders of this contest by e-mail.',
  required: false,
  version: 1,
} as const;
