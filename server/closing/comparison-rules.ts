/**
 * What differs between two snapshots of a board: who moved, whose own figures changed, who came and who left. Pure; taken
 * in piece by piece, since a round may have half a million people. Why figures changed is read from results afterwards.
 */
import { type PlacedPerson, sameStanding } from './snapshot-rows.ts';

export interface Change {
  readonly person: number;
  readonly before: PlacedPerson | null;
  readonly after: PlacedPerson | null;
  /** Their own figures are other ones, or they are only in one of the two. */
  readonly own: boolean;
}

export interface Differences {
  readonly changed: number;
  readonly up: number;
  readonly down: number;
  readonly came: number;
  readonly left: number;
  /** Own changes first, best place first; then those whom others moved, the furthest first. */
  readonly changes: readonly Change[];
}

/** People whom only others moved and who are named; their number is told anyway. */
const OTHERS_KEPT = 100;

export class Comparing {
  readonly #before: Map<number, PlacedPerson>;
  readonly #own: Change[] = [];
  readonly #others: Change[] = [];
  #up = 0;
  #down = 0;
  #came = 0;
  readonly #limit: number;

  /** `before`: everybody of the earlier snapshot, by person. At most `limit` own changes are kept. */
  constructor(before: Map<number, PlacedPerson>, limit: number) {
    this.#before = before;
    this.#limit = limit;
  }

  /** Takes in people of the later snapshot, each once. */
  add(people: readonly PlacedPerson[]): void {
    for (const after of people) {
      const before = this.#before.get(after.person) ?? null;
      this.#before.delete(after.person);
      if (before === null) this.#came += 1;
      else if (after.rank < before.rank) this.#up += 1;
      else if (after.rank > before.rank) this.#down += 1;
      if (before === null || !sameStanding(before, after))
        this.#own.push({ person: after.person, before, after, own: true });
      else if (before.rank !== after.rank) this.#moved({ person: after.person, before, after, own: false });
    }
  }

  end(): Differences {
    const left = [...this.#before.values()].map(
      (before): Change => ({ person: before.person, before, after: null, own: true }),
    );
    const own = [...this.#own, ...left].sort((a, b) => bestRank(a) - bestRank(b));
    const others = this.#others.sort(furthest).slice(0, OTHERS_KEPT);
    return {
      changed: own.length,
      up: this.#up,
      down: this.#down,
      came: this.#came,
      left: left.length,
      changes: [...own, ...others].slice(0, this.#limit),
    };
  }

  /** Only the furthest are named, so the list is cut now and then. */
  #moved(change: Change): void {
    this.#others.push(change);
    if (this.#others.length < OTHERS_KEPT * 20) return;
    this.#others.sort(furthest);
    this.#others.length = OTHERS_KEPT;
  }
}

function bestRank({ before, after }: Change): number {
  return Math.min(before?.rank ?? Number.POSITIVE_INFINITY, after?.rank ?? Number.POSITIVE_INFINITY);
}

function distanceOf({ before, after }: Change): number {
  return before === null || after === null ? 0 : Math.abs(before.rank - after.rank);
}

function furthest(a: Change, b: Change): number {
  return distanceOf(b) - distanceOf(a) || bestRank(a) - bestRank(b);
}
