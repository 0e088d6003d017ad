/** A contest about to be made from a preset: five answers, and the rounds that follow from them. */
import { clock } from '../../api/clock.ts';
import { type BankSummary, deskBanks } from '../../api/desk-banks.ts';
import { deskContests, type Preset, type PresetId } from '../../api/desk-contests.ts';
import { Loading } from '../../api/loading.svelte.ts';
import { Submission } from '../../api/submission.svelte.ts';
import { newUid } from '../../api/uid.ts';
import { desk } from '../../messages/desk.ts';
import { deskContests as t } from '../../messages/desk-contests.ts';
import { startOfDay } from '../inputs/moments.ts';
import { isSlug, proposedSlug } from './slug.ts';

/** What can be chosen from. */
interface Choices {
  readonly presets: readonly Preset[];
  readonly banks: readonly BankSummary[];
}

export interface PlannedRound {
  readonly number: number;
  readonly opensAt: number;
  readonly closesAt: number;
}

export class NewContest {
  readonly choices = new Loading<Choices>(async () => {
    const [{ presets }, { banks }] = await Promise.all([
      deskContests.presets(),
      deskBanks.list(),
      clock.sync(),
    ]);
    this.opensAt = startOfDay(clock.now(), 1);
    return {
      presets,
      banks: banks.filter(({ archivedAt, counts }) => archivedAt === null && counts.approved > 0),
    };
  });
  readonly sending = new Submission();
  title = $state('');
  presetId = $state<PresetId>('weeklyQuiz');
  banks = $state.raw<readonly string[]>([]);
  /** Tomorrow morning, or whatever was typed. */
  opensAt = $state(startOfDay(clock.now(), 1));
  /** Null until it was changed by hand: then the preset's. */
  #rounds = $state<number | null>(null);
  #slug = $state<string | null>(null);
  readonly #id = newUid();

  readonly preset = $derived(this.choices.value?.presets.find(({ id }) => id === this.presetId) ?? null);
  readonly rounds = $derived(this.#rounds ?? this.preset?.rounds ?? 1);
  readonly slug = $derived(this.#slug ?? proposedSlug(this.title));

  setRounds(rounds: number): void {
    this.#rounds = rounds;
  }

  /** An emptied box proposes again. */
  setSlug(slug: string): void {
    this.#slug = slug === '' ? null : slug.toLowerCase();
  }

  get dirty(): boolean {
    return this.title.trim() !== '' && !this.#made;
  }
  #made = false;

  /** The rounds as they will be, one right behind the other. */
  readonly plan = $derived.by((): PlannedRound[] => {
    const windowMs = this.preset?.windowMs ?? 0;
    if (Number.isNaN(this.opensAt) || Number.isNaN(this.rounds) || windowMs === 0) return [];
    return Array.from({ length: this.rounds }, (_, index) => {
      const opensAt = this.opensAt + index * windowMs;
      return { number: index + 1, opensAt, closesAt: opensAt + windowMs };
    });
  });

  /** The new contest's id, or null when something must be put right first. */
  async create(): Promise<string | null> {
    const { presetId, opensAt, rounds, banks } = this;
    const body = {
      id: this.#id,
      title: this.title.trim(),
      slug: this.slug,
      preset: presetId,
      opensAt,
      rounds,
    };
    const done = await this.sending.run(() => deskContests.create({ ...body, banks: [...banks] }), {
      title: body.title === '' ? () => t.nameMissing : undefined,
      slug: isSlug(body.slug) ? undefined : () => t.slugWrong,
      opensAt: Number.isNaN(opensAt) ? () => desk.badMoment : undefined,
      rounds: Number.isNaN(rounds) ? () => desk.badNumber : undefined,
    });
    this.#made = done !== null;
    return done?.reply.id ?? null;
  }
}
