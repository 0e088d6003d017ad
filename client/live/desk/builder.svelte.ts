/** One session being built: the draft as it is edited, what is wrong with it, and what can be done with it. */

import {
  type DeskLive,
  deskLive,
  type FieldError,
  type JsonValue,
  type LiveSettings,
  type LiveStage,
  type LiveStageList,
} from '../../api/live.ts';
import { Loading } from '../../api/loading.svelte.ts';
import { type ApiError, asApiError } from '../../api/problem.ts';
import { inLocale } from '../../messages/messages.ts';

/** A plain copy; `structuredClone` is missing before Chrome 98. */
function copied<Value>(value: Value): Value {
  return JSON.parse(JSON.stringify(value));
}

export class Builder {
  readonly live: string;
  readonly loading: Loading<{ readonly session: DeskLive; readonly stages: LiveStageList }>;
  session = $state.raw<DeskLive | null>(null);
  kinds = $state.raw<LiveStageList['stages']>([]);
  title = $state('');
  settings = $state.raw<LiveSettings | null>(null);
  /** The part that is shown. */
  chosen = $state(0);
  busy = $state(false);
  refusal = $state.raw<ApiError | null>(null);
  #saved = $state('');

  constructor(live: string) {
    this.live = live;
    this.loading = new Loading(async () => {
      const [session, stages] = await Promise.all([deskLive.read(live), deskLive.stages()]);
      this.kinds = stages.stages;
      this.#take(session);
      return { session, stages };
    });
  }

  get dirty(): boolean {
    return this.settings !== null && this.#saved !== this.#state();
  }

  get draft(): boolean {
    return this.session?.state === 'draft';
  }

  get stages(): readonly LiveStage[] {
    return this.settings?.stages ?? [];
  }

  /** What was wrong when it was saved last. */
  get problems(): readonly FieldError[] {
    return [...(this.session?.problems ?? []), ...(this.refusal?.fields ?? [])];
  }

  problem(path: string): string | undefined {
    const found = this.problems.find(
      (one) => one.path.replace(/\//g, '.').replace(/^\.?(settings\.)?/, '') === path,
    );
    return found === undefined ? undefined : inLocale(found);
  }

  /** How many things are wrong in a part. */
  wrongIn(stage: number): number {
    return this.problems.filter(({ path }) => path.includes(`stages.${stage}.`)).length;
  }

  nameOf(stage: LiveStage): string {
    if (stage.title !== '') return stage.title;
    const kind = this.kinds.find((one) => one.kind === stage.kind);
    return kind === undefined ? stage.kind : inLocale(kind.name);
  }

  set(change: Partial<LiveSettings>): void {
    if (this.settings !== null) this.settings = { ...this.settings, ...change };
  }

  add(kind: string): void {
    const known = this.kinds.find((one) => one.kind === kind);
    if (known === undefined) return;
    const stage: LiveStage = { kind, title: inLocale(known.name), settings: copied(known.defaults) };
    this.set({ stages: [...this.stages, stage] });
    this.chosen = this.stages.length - 1;
  }

  change(at: number, change: Partial<LiveStage>): void {
    this.set({ stages: this.stages.map((stage, index) => (index === at ? { ...stage, ...change } : stage)) });
  }

  setOf(at: number, settings: JsonValue): void {
    this.change(at, { settings });
  }

  move(from: number, by: number): void {
    const moving = this.stages[from];
    const to = from + by;
    if (moving === undefined || to < 0 || to >= this.stages.length) return;
    const next = this.stages.filter((_, index) => index !== from);
    next.splice(to, 0, moving);
    this.set({ stages: next });
    this.chosen = to;
  }

  remove(at: number): void {
    this.set({ stages: this.stages.filter((_, index) => index !== at) });
    this.chosen = Math.max(0, Math.min(this.chosen, this.stages.length - 1));
  }

  /** False when it was refused; `refusal` says why. */
  save(): Promise<boolean> {
    return this.#try(async () => {
      const { session, settings } = this;
      if (session === null || settings === null) return;
      this.#take(
        await deskLive.save(this.live, {
          expectedVersion: session.version,
          title: this.title.trim(),
          settings,
        }),
      );
    });
  }

  /** Saves and opens; then phones can join. */
  async open(): Promise<boolean> {
    if (this.dirty && !(await this.save())) return false;
    return this.#try(async () => this.#take(await deskLive.open(this.live)));
  }

  /** The uid of a rehearsal, or null when it was refused. */
  async rehearse(players: number): Promise<string | null> {
    if (this.dirty && !(await this.save())) return null;
    let made: string | null = null;
    await this.#try(async () => {
      made = (await deskLive.rehearse(this.live, players)).id;
    });
    return made;
  }

  async hosts(change: () => Promise<DeskLive>): Promise<boolean> {
    return this.#try(async () => {
      const { hosts } = await change();
      if (this.session !== null) this.session = { ...this.session, hosts };
    });
  }

  #take(session: DeskLive): void {
    this.session = session;
    this.title = session.title;
    this.settings = session.settings;
    this.#saved = this.#state();
  }

  #state(): string {
    return JSON.stringify([this.title, this.settings]);
  }

  async #try(deed: () => Promise<void>): Promise<boolean> {
    if (this.busy) return false;
    this.busy = true;
    this.refusal = null;
    try {
      await deed();
      return true;
    } catch (error) {
      this.refusal = asApiError(error);
      return false;
    } finally {
      this.busy = false;
    }
  }
}
