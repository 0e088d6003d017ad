/** Questions that a person was asked before in the contest. (What other rounds ask is kept apart by the rounds' shares.) */
import { type Papers, paperOf } from './papers.ts';
import type { RoundInForce, Rounds } from './rounds.ts';
import type { AttemptStore } from './store.ts';

export class Seen {
  readonly #store: AttemptStore;
  readonly #papers: Papers;
  readonly #rounds: Rounds;

  constructor(store: AttemptStore, papers: Papers, rounds: Rounds) {
    this.#store = store;
    this.#papers = papers;
    this.#rounds = rounds;
  }

  /** Question ids that this person's papers in the contest asked. */
  async byPerson(round: RoundInForce, personId: number): Promise<Set<number>> {
    const rounds = this.#rounds.ofContest(round.contestId).map(({ id }) => id);
    const seen = new Set<number>();
    for (const { paper } of await this.#store.allOfPerson(personId, rounds)) {
      for (const version of await this.#papers.versionsOf(paperOf(paper))) seen.add(version.questionId);
    }
    return seen;
  }
}
