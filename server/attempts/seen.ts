/** Questions that a person was asked before in the contest. (What other rounds ask is kept apart by the rounds' shares.) */
import { type Papers, paperOf } from './papers.ts';
import type { RoundInForce, Rounds } from './rounds.ts';
import type { AttemptRow, AttemptStore } from './store.ts';

export class Seen {
  readonly #store: AttemptStore;
  readonly #papers: Papers;
  readonly #rounds: Rounds;

  constructor(store: AttemptStore, papers: Papers, rounds: Rounds) {
    this.#store = store;
    this.#papers = papers;
    this.#rounds = rounds;
  }

  /** Question ids that this person's papers in the contest asked; `inRound` are the attempts in this round, read already. */
  async byPerson(
    round: RoundInForce,
    personId: number,
    inRound: readonly AttemptRow[],
    now: number,
  ): Promise<Set<number>> {
    const seen = new Set<number>();
    for (const { id, opensAt } of this.#rounds.ofContest(round.contestId)) {
      if (opensAt > now && id !== round.id) continue;
      const attempts = id === round.id ? inRound : await this.#store.ofPerson(id, personId);
      for (const { paper } of attempts) {
        for (const version of await this.#papers.versionsOf(paperOf(paper))) seen.add(version.questionId);
      }
    }
    return seen;
  }
}
