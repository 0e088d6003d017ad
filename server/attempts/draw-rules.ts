/**
 * Drawing a paper from a blueprint: pure, and the same for ever for the same pool, blueprint and seed.
 *
 * Each cell of the blueprint asks for so many questions that fit it; cells may overlap, and a question appears once.
 * Questions are sampled cell by cell, the scarcest cell first. Where cells do not overlap, every set is equally likely.
 * Where overlapping leaves a cell short, questions are exchanged along augmenting paths (bipartite matching), so a
 * paper is found whenever one exists; then some sets are likelier than others, which nothing can avoid cheaply.
 */
import type { Blueprint } from '../contracts/contest-settings.ts';
import type { DrawnQuestion, Paper } from './paper-packing.ts';
import { SeededRandom } from './seeded-random.ts';

export type { DrawnQuestion, Paper } from './paper-packing.ts';
export { packPaper, unpackPaper } from './paper-packing.ts';

/** The part of a blueprint that drawing needs. An empty list in a cell means "any". */
export type PaperBlueprint = Pick<Blueprint, 'cells' | 'shuffleQuestions' | 'shuffleOptions'>;
export type PaperCell = PaperBlueprint['cells'][number];

/** A question that may be drawn, in the version that would be asked. */
export interface PoolQuestion {
  /** The same for all versions: leaving out "what was seen" means the question, also after a correction. */
  readonly questionId: number;
  readonly versionId: number;
  readonly bank: string;
  readonly topic: string;
  readonly kind: string;
  readonly difficulty: 1 | 2 | 3;
  /** How many parts can be shuffled: the kind's `shuffleable`. */
  readonly options: number;
  /** The order as written gives the answer away: shuffled also where the blueprint keeps orders. */
  readonly isAlwaysShuffled?: boolean;
  /** Only cells that name its kind get it: an information is no question of "any kind". */
  readonly isOnlyByName?: boolean;
}

/** How a cell stands when it cannot be filled. */
export interface LackingCell {
  /** Index in the blueprint. */
  readonly cell: number;
  readonly needs: number;
  /** The most that it gets, when the other cells are served as well as possible. */
  readonly gets: number;
}

/** How well a pool serves one cell over all rounds. */
export interface CellFeasibility extends LackingCell {
  /** Questions that fit the cell, also those that other cells compete for. */
  readonly has: number;
}

const FREE = -1;
const NOTHING: ReadonlySet<number> = new Set();
const FIXED_SEED = '0000000000000000';

/** What the cells of one blueprint find in a pool, with the working memory of a draw (drawing never waits, so one is enough). */
interface CellIndex {
  /** Cell → places in the pool. */
  readonly candidates: readonly Int32Array[];
  /** Cells, the scarcest first. */
  readonly byScarcity: readonly number[];
  readonly scratch: Int32Array;
  /** Place in the pool → cell that has taken it. */
  readonly owner: Int32Array;
}

/** Questions made ready to be drawn from, many times. What a blueprint finds in them is looked up once for each `cells` array. */
export class Pool {
  readonly questions: readonly PoolQuestion[];
  readonly #indexes = new WeakMap<readonly PaperCell[], CellIndex>();

  constructor(questions: readonly PoolQuestion[]) {
    this.questions = questions.toSorted((a, b) => a.questionId - b.questionId);
    const twice = this.questions.find(
      (question, i) => question.questionId === this.questions[i - 1]?.questionId,
    );
    if (twice !== undefined) throw new RangeError(`question ${twice.questionId} is in the pool twice`);
  }

  /** Keep the blueprint object between draws: it is the key. */
  indexFor(cells: readonly PaperCell[]): CellIndex {
    const known = this.#indexes.get(cells);
    if (known !== undefined) return known;
    const index = indexCells(this.questions, cells);
    this.#indexes.set(cells, index);
    return index;
  }
}

/** Throws RangeError when a question comes twice. The order of the questions does not matter. */
export function preparePool(questions: readonly PoolQuestion[]): Pool {
  return new Pool(questions);
}

function indexCells(questions: readonly PoolQuestion[], cells: readonly PaperCell[]): CellIndex {
  const candidates = cells.map((cell) => Int32Array.from(placesFor(questions, cell)));
  const spare = (cell: number) => (candidates[cell]?.length ?? 0) - (cells[cell]?.count ?? 0);
  return {
    candidates,
    byScarcity: cells.map((_, cell) => cell).sort((a, b) => spare(a) - spare(b) || a - b),
    scratch: new Int32Array(questions.length),
    owner: new Int32Array(questions.length).fill(FREE),
  };
}

function placesFor(questions: readonly PoolQuestion[], cell: PaperCell): number[] {
  const any = <T>(wanted: readonly T[], value: T) => wanted.length === 0 || wanted.includes(value);
  const places: number[] = [];
  for (const [place, { bank, topic, kind, difficulty, isOnlyByName = false }] of questions.entries()) {
    const fits =
      any(cell.banks, bank) &&
      any(cell.topics, topic) &&
      (isOnlyByName ? cell.kinds.includes(kind) : any(cell.kinds, kind)) &&
      any(cell.difficulties, difficulty);
    if (fits) places.push(place);
  }
  return places;
}

/** One distribution of questions to cells in the making. */
class Assignment {
  /** Places taken, in the order in which they were taken. */
  readonly taken: number[] = [];
  readonly #pool: Pool;
  readonly #index: CellIndex;
  readonly #random: SeededRandom;
  readonly #exclude: ReadonlySet<number>;
  /** Cells from which a search found nothing free. Nothing becomes free afterwards, so they are not searched again. */
  readonly #exhausted = new Set<number>();

  constructor(pool: Pool, cells: readonly PaperCell[], random: SeededRandom, exclude: ReadonlySet<number>) {
    this.#pool = pool;
    this.#index = pool.indexFor(cells);
    this.#random = random;
    this.#exclude = exclude;
  }

  /** Gives each cell as many questions as `needs` says; returns how many each got. */
  fill(needs: readonly number[]): number[] {
    const gets = needs.map(() => 0);
    for (const cell of this.#index.byScarcity) gets[cell] = this.#sample(cell, needs[cell] ?? 0);
    for (const [cell, needed] of needs.entries()) {
      let got = gets[cell] ?? 0;
      while (got < needed && !this.#exhausted.has(cell) && this.#exchange(cell)) got++;
      gets[cell] = got;
    }
    return gets;
  }

  /** Cell that has the place. */
  ownerOf(place: number): number {
    return this.#index.owner[place] ?? FREE;
  }

  /** Gives the working memory back. */
  release(): void {
    for (const place of this.taken) this.#index.owner[place] = FREE;
  }

  #isExcluded(place: number): boolean {
    return this.#exclude.size > 0 && this.#exclude.has(this.#pool.questions[place]?.questionId ?? 0);
  }

  #take(place: number, cell: number): void {
    this.#index.owner[place] = cell;
    this.taken.push(place);
  }

  /** A random sample of what is free for the cell: a shuffle that stops when there is enough. */
  #sample(cell: number, needed: number): number {
    const { candidates, scratch, owner } = this.#index;
    const places = candidates[cell] ?? scratch;
    scratch.set(places);
    let got = 0;
    for (let i = 0; got < needed && i < places.length; i++) {
      const j = i + this.#random.below(places.length - i);
      const place = scratch[j] ?? 0;
      scratch[j] = scratch[i] ?? 0;
      if (owner[place] !== FREE || this.#isExcluded(place)) continue;
      this.#take(place, cell);
      got++;
    }
    return got;
  }

  /**
   * One question more for a cell that found too few: it takes one from another cell, that one from a third, until a
   * cell finds a free one (shortest augmenting path). False when no distribution of questions gives it more.
   */
  #exchange(short: number): boolean {
    const reached = new Map<number, { readonly by: number; readonly place: number }>();
    const queue = [short];
    for (const cell of queue) {
      const places = this.#index.candidates[cell] ?? this.#index.scratch;
      const start = places.length === 0 ? 0 : this.#random.below(places.length);
      for (let i = 0; i < places.length; i++) {
        const place = places[(start + i) % places.length] ?? 0;
        if (this.#isExcluded(place)) continue;
        const owner = this.ownerOf(place);
        if (owner === FREE) {
          this.#take(place, cell);
          this.#handOver(short, cell, reached);
          return true;
        }
        if (owner === short || reached.has(owner) || this.#exhausted.has(owner)) continue;
        reached.set(owner, { by: cell, place });
        queue.push(owner);
      }
    }
    for (const cell of queue) this.#exhausted.add(cell);
    return false;
  }

  /** The last cell of the path has found a free question; each one before it gets what it wanted from the next. */
  #handOver(
    short: number,
    last: number,
    reached: ReadonlyMap<number, { readonly by: number; readonly place: number }>,
  ): void {
    let step = last === short ? undefined : reached.get(last);
    while (step !== undefined) {
      this.#index.owner[step.place] = step.by;
      step = step.by === short ? undefined : reached.get(step.by);
    }
  }
}

/**
 * The paper of one attempt, or which cells the pool cannot fill. `seed` is 16 hexadecimal digits, `exclude` holds
 * question ids (what earlier rounds asked, what this person has seen). Without shuffling, questions stand cell after
 * cell, by question id inside a cell.
 */
export function drawPaper(
  pool: Pool,
  blueprint: PaperBlueprint,
  seed: string,
  exclude: ReadonlySet<number> = NOTHING,
): Paper | { readonly lacking: readonly LackingCell[] } {
  const random = new SeededRandom(seed);
  const assignment = new Assignment(pool, blueprint.cells, random, exclude);
  try {
    const needs = blueprint.cells.map(({ count }) => count);
    const lacking = standings(needs, assignment.fill(needs)).filter(({ needs, gets }) => gets < needs);
    if (lacking.length > 0) return { lacking };
    const places = blueprint.shuffleQuestions ? shuffled(assignment.taken, random) : inCellOrder(assignment);
    return { questions: places.map((place) => drawn(pool, place, blueprint.shuffleOptions, random)) };
  } finally {
    assignment.release();
  }
}

function standings(needs: readonly number[], gets: readonly number[]): LackingCell[] {
  return needs.map((needed, cell) => ({ cell, needs: needed, gets: gets[cell] ?? 0 }));
}

function shuffled(places: readonly number[], random: SeededRandom): number[] {
  return random.permutation(places.length).map((i) => places[i] ?? 0);
}

function inCellOrder(assignment: Assignment): number[] {
  return assignment.taken.toSorted((a, b) => assignment.ownerOf(a) - assignment.ownerOf(b) || a - b);
}

function drawn(pool: Pool, place: number, shuffleOptions: boolean, random: SeededRandom): DrawnQuestion {
  const question = pool.questions[place];
  if (question === undefined) throw new RangeError('a place outside the pool was drawn');
  const isShuffled = (shuffleOptions || question.isAlwaysShuffled === true) && question.options > 1;
  const order = isShuffled ? random.permutation(question.options) : [];
  return { versionId: question.versionId, order };
}

/**
 * Whether the pool can fill `rounds` papers in which no question comes twice, neither in a paper nor between rounds.
 * For rounds with different blueprints, pass one blueprint with the cells of all of them and `rounds` 1.
 */
export function feasibility(
  pool: Pool,
  blueprint: PaperBlueprint,
  rounds: number,
  exclude: ReadonlySet<number> = NOTHING,
): { readonly cells: readonly CellFeasibility[]; readonly feasible: boolean } {
  const assignment = new Assignment(pool, blueprint.cells, new SeededRandom(FIXED_SEED), exclude);
  const needs = blueprint.cells.map(({ count }) => count * rounds);
  const gets = assignment.fill(needs);
  assignment.release();
  const { candidates } = pool.indexFor(blueprint.cells);
  const open = (place: number) => !exclude.has(pool.questions[place]?.questionId ?? 0);
  const cells = standings(needs, gets).map((standing) => ({
    ...standing,
    has: candidates[standing.cell]?.filter(open).length ?? 0,
  }));
  return { cells, feasible: cells.every(({ needs, gets }) => gets === needs) };
}
