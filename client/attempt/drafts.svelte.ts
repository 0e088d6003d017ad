/** Texts being typed: each waits until the hand rests, so that a word is one save and not one a letter. */
import type { Answer } from '../api/attempts.ts';

const restMs = 800;

interface Draft {
  readonly answer: Answer;
  readonly timer: ReturnType<typeof setTimeout>;
}

export class Drafts {
  #drafts = $state.raw<ReadonlyMap<number, Draft>>(new Map());
  readonly #onsettled: (question: number, answer: Answer) => void;

  constructor(onsettled: (question: number, answer: Answer) => void) {
    this.#onsettled = onsettled;
  }

  get isEmpty(): boolean {
    return this.#drafts.size === 0;
  }

  of(question: number): Answer {
    return this.#drafts.get(question)?.answer ?? null;
  }

  /** Whether something is being typed there, even if it is nothing now. */
  has(question: number): boolean {
    return this.#drafts.has(question);
  }

  hold(question: number, answer: Answer): void {
    this.drop(question);
    const timer = setTimeout(() => this.#settle(question), restMs);
    this.#drafts = new Map(this.#drafts).set(question, { answer, timer });
  }

  /** Takes all as they are. */
  settle(): void {
    for (const question of [...this.#drafts.keys()]) this.#settle(question);
  }

  drop(question: number): void {
    const draft = this.#drafts.get(question);
    if (draft === undefined) return;
    clearTimeout(draft.timer);
    const others = new Map(this.#drafts);
    others.delete(question);
    this.#drafts = others;
  }

  #settle(question: number): void {
    const draft = this.#drafts.get(question);
    if (draft === undefined) return;
    this.drop(question);
    this.#onsettled(question, draft.answer);
  }
}
