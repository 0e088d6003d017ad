/** A new session from a few choices: its form, a bank, how many questions. The rest has defaults that can be changed. */
import { deskBanks } from '../../api/desk-banks.ts';
import { deskLive, type JsonValue, type LiveStage, type LiveStageList } from '../../api/live.ts';
import { Loading } from '../../api/loading.svelte.ts';
import { Submission } from '../../api/submission.svelte.ts';
import { liveDesk as t } from '../../messages/live-desk.ts';
import { inLocale } from '../../messages/messages.ts';

export const forms = ['quiz', 'bell', 'poll', 'empty'] as const;
export type Form = (typeof forms)[number];

/** Stages of each form, in order. */
const kindsOf: Readonly<Record<Form, readonly string[]>> = {
  quiz: ['quiz'],
  bell: ['bell'],
  poll: ['poll', 'cloud'],
  empty: [],
};

export class NewSession {
  readonly choices = new Loading(async () => {
    const [stages, { banks }] = await Promise.all([deskLive.stages(), deskBanks.list()]);
    return {
      stages,
      banks: banks.filter(({ archivedAt, counts }) => archivedAt === null && counts.approved > 0),
    };
  });
  readonly sending = new Submission();
  title = $state('');
  form = $state<Form>('quiz');
  bank = $state('');
  count = $state<number | null>(10);

  get asksBank(): boolean {
    return this.form === 'quiz' || this.form === 'bell';
  }

  /** The uid of the draft, or null when it was refused. */
  async create(): Promise<string | null> {
    const choices = this.choices.value;
    if (choices === null) return null;
    const { stages, settings } = choices.stages;
    const done = await this.sending.run(
      () =>
        deskLive.create({
          title: this.title.trim(),
          settings: { ...settings, stages: kindsOf[this.form].flatMap((kind) => this.#stage(stages, kind)) },
        }),
      {
        title: this.title.trim() === '' ? () => t.nameMissing : undefined,
        bank: this.asksBank && this.bank === '' ? () => t.bankMissing : undefined,
      },
    );
    return done?.reply.id ?? null;
  }

  #stage(known: LiveStageList['stages'], kind: string): LiveStage[] {
    const found = known.find((one) => one.kind === kind);
    if (found === undefined) return [];
    const settings: JsonValue = this.asksBank
      ? withBlueprint(found.defaults, this.bank, this.#wanted)
      : found.defaults;
    return [{ kind, title: inLocale(found.name), settings }];
  }

  get #wanted(): number {
    return this.count === null || Number.isNaN(this.count) ? 10 : this.count;
  }
}

function withBlueprint(defaults: JsonValue, bank: string, count: number): JsonValue {
  if (typeof defaults !== 'object' || defaults === null) return defaults;
  const cell = { banks: [bank], topics: [], kinds: [], difficulties: [], count };
  const blueprint = {
    cells: [cell],
    shuffleQuestions: true,
    shuffleOptions: true,
    leaveOutEarlierRounds: false,
    leaveOutSeen: false,
    approvedOnly: true,
  };
  return { ...defaults, blueprint };
}
