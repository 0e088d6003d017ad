/** Questions that were asked before: by earlier rounds of the contest, or to this person. */
import { type Papers, paperOf } from './papers.ts';
import type { RoundInForce, Rounds } from './rounds.ts';
import type { AttemptStore } from './store.ts';

export class Seen {
  readonly #store: AttemptStore;
  readonly #papers: Papers;
  readonly #rounds: Rounds;
  /** Asked questions of rounds that are over: they do not change any more. */
  readonly #asked = new Map<number, Promise<ReadonlySet<number>>>();

  constructor(store: AttemptStore, papers: Papers, rounds: Rounds) {
    this.#store = store;
    this.#papers = papers;
    this.#rounds = rounds;
  }

  /** Question ids that papers of earlier rounds asked anybody. */
  async inEarlierRounds(round: RoundInForce): Promise<Set<number>> {
    const earlier = this.#rounds.ofContest(round.contestId).filter((other) => other.number < round.number);
    const sets = await Promise.all(earlier.map((other) => this.#askedIn(other, round.opensAt)));
    return new Set(sets.flatMap((set) => [...set]));
  }

  #askedIn(round: RoundInForce, now: number): Promise<ReadonlySet<number>> {
    const known = this.#asked.get(round.id);
    if (known !== undefined) return known;
    const reading = this.#readAsked(round.id);
    if (round.closesAt <= now) this.#asked.set(round.id, reading);
    reading.catch(() => this.#asked.delete(round.id));
    return reading;
  }

  async #readAsked(roundId: number): Promise<ReadonlySet<number>> {
    const asked = new Set<number>();
    const versions = new Set<number>();
    for await (const text of this.#store.papersOf(roundId)) {
      const paper = paperOf(text);
      const fresh = paper.questions.filter(({ versionId }) => !versions.has(versionId));
      for (const { versionId } of fresh) versions.add(versionId);
      for (const version of await this.#papers.versionsOf({ questions: fresh }))
        asked.add(version.questionId);
    }
    return asked;
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
