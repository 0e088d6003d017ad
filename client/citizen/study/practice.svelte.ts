/** Practice with one bank: a question, its answer, what it was worth, the next. */
import type { PlayerAnswer } from '../../../questions/kinds/player.ts';
import { session } from '../../account/session.svelte.ts';
import { Loading } from '../../api/loading.svelte.ts';
import { type ApiError, asApiError } from '../../api/problem.ts';
import {
  type BankProgress,
  type GradedStudy,
  type StudyBank,
  type StudyQuestion,
  study,
} from '../../api/study.ts';
import { guestProgress } from './guest-progress.ts';

const rememberedMost = 100;

export class PracticeModel {
  readonly bank: Loading<StudyBank>;
  readonly #id: string;
  topic = $state('');
  difficulty = $state<'' | '1' | '2' | '3'>('');
  onlyDue = $state(false);
  question = $state.raw<StudyQuestion | null>(null);
  answer = $state.raw<PlayerAnswer>(null);
  graded = $state.raw<GradedStudy | null>(null);
  progress = $state.raw<BankProgress | null>(null);
  /** Nothing fits, or nothing is due. */
  isEmpty = $state(false);
  /** The question was corrected or withdrawn while it was shown. */
  isWithdrawn = $state(false);
  busy = $state(false);
  problem = $state.raw<ApiError | null>(null);
  /** In this sitting. */
  answered = $state(0);
  right = $state(0);
  #asked: string[] = [];
  #turn = 0;

  constructor(id: string) {
    this.#id = id;
    this.bank = new Loading((signal) => study.bank(id, signal));
  }

  async start(): Promise<void> {
    await this.bank.load();
    if (this.bank.value === null) return;
    await Promise.all([this.next(), this.#readProgress()]);
  }

  stop(): void {
    this.bank.stop();
    this.#turn += 1;
  }

  get topics(): readonly { readonly name: string; readonly questions: number }[] {
    const counts = new Map<string, number>();
    for (const { topic, questions } of this.bank.value?.cells ?? [])
      counts.set(topic, (counts.get(topic) ?? 0) + questions);
    return [...counts].map(([name, questions]) => ({ name, questions }));
  }

  /** Difficulties that the bank has in the chosen topic. */
  get difficulties(): readonly (1 | 2 | 3)[] {
    const there = (this.bank.value?.cells ?? []).filter(
      ({ topic }) => this.topic === '' || topic === this.topic,
    );
    return ([1, 2, 3] as const).filter((one) => there.some(({ difficulty }) => difficulty === one));
  }

  async #readProgress(): Promise<void> {
    if (session.person === null) {
      this.progress = guestProgress.of(this.#id);
      return;
    }
    const reply = await study.progress(new AbortController().signal).catch(() => null);
    this.progress = reply?.banks.find(({ bank }) => bank === this.#id) ?? null;
  }

  async next(): Promise<void> {
    this.#turn += 1;
    const turn = this.#turn;
    this.busy = true;
    this.problem = null;
    try {
      const found = await this.#ask();
      if (turn !== this.#turn) return;
      this.question = found;
      this.isEmpty = found === null;
      this.answer = null;
      this.graded = null;
      this.isWithdrawn = false;
      if (found !== null)
        this.#asked = [...this.#asked.filter((id) => id !== found.id), found.id].slice(-rememberedMost);
    } catch (error) {
      if (turn === this.#turn) this.problem = asApiError(error);
    } finally {
      if (turn === this.#turn) this.busy = false;
    }
  }

  /** A guest's own wrong answers come from this browser; one that is open no longer is forgotten. */
  async #ask(): Promise<StudyQuestion | null> {
    const wish = {
      avoid: this.#asked,
      ...(this.topic === '' ? {} : { topic: this.topic }),
      ...(this.difficulty === '' ? {} : { difficulty: levelOf(this.difficulty) }),
      ...(this.onlyDue ? { onlyDue: true } : {}),
    };
    const isFree = this.topic === '' && this.difficulty === '';
    const last = this.#asked[this.#asked.length - 1];
    const due = session.person === null && isFree ? guestProgress.due(this.#id, last) : undefined;
    const reply = await study.next(this.#id, due === undefined ? wish : { ...wish, wanted: due });
    if (due !== undefined && reply.next?.id !== due) guestProgress.forget(due);
    return reply.next;
  }

  /** `answer` null: "I do not know". */
  async send(answer: PlayerAnswer): Promise<void> {
    const { question } = this;
    if (question === null || this.graded !== null || this.busy) return;
    this.busy = true;
    this.problem = null;
    try {
      const { version, seed, id } = question;
      const graded = await study.answer(id, { version, seed, answer });
      this.graded = graded;
      if (graded.share !== null) this.#count(question, graded.share);
      this.progress = graded.progress ?? guestProgress.of(this.#id);
    } catch (error) {
      const problem = asApiError(error);
      this.isWithdrawn = problem.code === 'notFound' || problem.code === 'conflict';
      if (!this.isWithdrawn) this.problem = problem;
    } finally {
      this.busy = false;
    }
  }

  #count({ id, seed }: StudyQuestion, share: number): void {
    this.answered += 1;
    if (share >= 1) this.right += 1;
    if (session.person === null)
      guestProgress.answered({ name: seed, question: id, bank: this.#id, share, at: Date.now() });
  }
}

function levelOf(text: '1' | '2' | '3'): 1 | 2 | 3 {
  return text === '1' ? 1 : text === '2' ? 2 : 3;
}
