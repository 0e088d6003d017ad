/** A remedy being planned: what it is about, its dry run, and deciding it. */
import { clock } from '../../../api/clock.ts';
import {
  type AskedQuestion,
  type AskedWithKey,
  remedies as api,
  type RemedyDetails,
  type RemedyKind,
  type RemedyPreview,
  type RemedyView,
} from '../../../api/remedies.ts';
import { type Faults, Submission } from '../../../api/submission.svelte.ts';
import { newUid } from '../../../api/uid.ts';
import { desk } from '../../../messages/desk.ts';
import { remedyTexts as t } from '../../../messages/desk-remedies.ts';
import { startOfDay } from '../../inputs/moments.ts';
import type { PersonOption } from '../../people/find-people.ts';

/** A question to choose, as SearchSelect wants it. */
export interface AskedOption extends Pick<AskedQuestion, 'question' | 'version' | 'kind'> {
  readonly id: string;
  readonly label: string;
  readonly detail: string | undefined;
}

export interface UnitOption {
  readonly id: string;
  readonly label: string;
  readonly detail?: string | undefined;
}

export const questionKinds: readonly RemedyKind[] = ['key', 'also', 'full', 'void'];
const minuteMs = 60_000;
const stemShown = 160;

export function askedOption({ question, version, kind, stem, code, outdated }: AskedQuestion): AskedOption {
  const words = stem.length > stemShown ? `${stem.slice(0, stemShown)}…` : stem;
  return {
    id: `${question}/${version}`,
    question,
    version,
    kind,
    label: words,
    detail: `${code} · ${t.version(version, outdated)}`,
  };
}

export class RemedyForm {
  readonly contest: string;
  kind = $state<RemedyKind>('key');
  rounds = $state<string[]>([]);
  asked = $state.raw<AskedOption | null>(null);
  /** With its key, once it was asked for. */
  known = $state.raw<AskedWithKey | null>(null);
  key = $state.raw<AskedWithKey['key']>(null);
  whose = $state<'person' | 'unit'>('person');
  person = $state.raw<PersonOption | null>(null);
  unit = $state.raw<UnitOption | null>(null);
  isTimed = $state(false);
  fromAt = $state(Math.floor(clock.now() / minuteMs) * minuteMs - 15 * minuteMs);
  toAt = $state(Math.floor(clock.now() / minuteMs) * minuteMs);
  /** `annul`: each person may start once more until then, also after the close; unless changed, until the end of tomorrow. */
  grants = $state(false);
  grantUntil = $state(startOfDay(clock.now(), 2));
  closesAt = $state(Number.NaN);
  reason = $state('');
  notice = $state('');
  /** Of what the form says now; anything changed takes it away. */
  preview = $state.raw<RemedyPreview | null>(null);
  readonly previewing = new Submission();
  readonly sending = new Submission();
  readonly #id = newUid();

  constructor(contest: string) {
    this.contest = contest;
  }

  get isOfQuestion(): boolean {
    return questionKinds.includes(this.kind);
  }

  get needsKey(): boolean {
    return this.kind === 'key' || this.kind === 'also';
  }

  /** Something was changed: the dry run is not of this any more. */
  touched = (): void => {
    this.preview = null;
  };

  async choose(option: AskedOption | null): Promise<void> {
    this.asked = option;
    this.known = null;
    this.key = null;
    this.touched();
    if (option !== null && this.needsKey) await this.learnKey();
  }

  /** Reads the key; the server logs it. */
  learnKey = async (): Promise<void> => {
    const { asked } = this;
    if (asked === null) return;
    if (this.known !== null) return this.#beginKey(this.known);
    const found = await this.previewing.run(() =>
      api.askedWithKey(this.contest, asked.question, asked.version),
    );
    if (found === null || this.asked?.id !== asked.id) return;
    this.known = found.reply;
    this.#beginKey(found.reply);
  };

  /** A correction begins from what stands there, one more key from nothing. */
  #beginKey({ key }: AskedWithKey): void {
    this.key = this.kind === 'also' ? null : key;
  }

  #faults(): Faults {
    const { kind } = this;
    const moment = (value: number) => (Number.isNaN(value) ? () => desk.badMoment : undefined);
    const isTimed = kind === 'outage' || (kind === 'annul' && this.isTimed);
    return {
      'details.rounds': this.rounds.length === 0 ? () => t.roundsMissing : undefined,
      'details.question': this.isOfQuestion && this.asked === null ? () => t.questionMissing : undefined,
      'details.person': kind === 'annul' && this.#who() === null ? () => t.whoMissing : undefined,
      'details.fromAt': isTimed ? moment(this.fromAt) : undefined,
      'details.toAt': isTimed ? moment(this.toAt) : undefined,
      'details.grantUntil': kind === 'annul' && this.grants ? moment(this.grantUntil) : undefined,
      'details.closesAt': kind === 'extend' ? moment(this.closesAt) : undefined,
    };
  }

  #who(): string | null {
    return (this.whose === 'person' ? this.person?.id : this.unit?.id) ?? null;
  }

  #details(): RemedyDetails {
    const { kind, asked } = this;
    const who = this.#who();
    const isTimed = kind === 'outage' || (kind === 'annul' && this.isTimed);
    return {
      rounds: [...this.rounds],
      ...(this.isOfQuestion && asked !== null ? { question: asked.question, version: asked.version } : {}),
      ...(this.needsKey && this.key !== null ? { key: this.key } : {}),
      ...(kind === 'annul' && who !== null
        ? this.whose === 'person'
          ? { person: who }
          : { unit: who }
        : {}),
      ...(isTimed ? { fromAt: this.fromAt, toAt: this.toAt } : {}),
      ...(kind === 'annul' && this.grants ? { grantUntil: this.grantUntil } : {}),
      ...(kind === 'extend' ? { closesAt: this.closesAt } : {}),
    };
  }

  tryOut = async (): Promise<void> => {
    const body = { kind: this.kind, details: this.#details() };
    const done = await this.previewing.run(() => api.preview(this.contest, body), this.#faults());
    this.preview = done?.reply ?? null;
  };

  apply = async (): Promise<RemedyView | null> => {
    const notice = this.notice.trim();
    const body = {
      id: this.#id,
      kind: this.kind,
      details: this.#details(),
      reason: this.reason.trim(),
      ...(notice === '' ? {} : { notice }),
    };
    const missing = body.reason.length < 3 ? () => desk.reasonShort : undefined;
    const done = await this.sending.run(() => api.apply(this.contest, body), { reason: missing });
    return done?.reply ?? null;
  };
}
