/** Questions that stages may take: found in banks, and their texts for those that were chosen before. No keys. */
import { deskLive, type QuestionForLive } from '../../api/live.ts';
import { BankShelf } from '../../desk/contests/bank-shelf.svelte.ts';

export class QuestionShelf {
  readonly banks = new BankShelf();
  #known = $state.raw<ReadonlyMap<string, QuestionForLive>>(new Map());
  readonly #asked = new Set<string>();

  get(question: string): QuestionForLive | undefined {
    return this.#known.get(question);
  }

  /** Remembers what a search has shown. */
  keep(found: readonly QuestionForLive[]): void {
    this.#known = new Map([...this.#known, ...found.map((one): [string, QuestionForLive] => [one.id, one])]);
  }

  /** Asks for the texts of questions that are not known yet. */
  async learn(questions: readonly string[]): Promise<void> {
    const unknown = questions.filter((id) => !this.#asked.has(id) && !this.#known.has(id));
    if (unknown.length === 0) return;
    for (const id of unknown) this.#asked.add(id);
    try {
      const { questions: found } = await deskLive.questions({ ids: unknown.join(',') });
      this.keep(found);
    } catch {
      for (const id of unknown) this.#asked.delete(id);
    }
  }
}
