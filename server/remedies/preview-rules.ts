/**
 * Who would move where: a round's results as they stand and as they would be, each ranked by the board's own rules. Runs over
 * rows as they come, so it takes no more than the boards themselves.
 */
import { Board, type BoardSettings } from '../leaderboards/board.ts';
import type { Counting } from '../leaderboards/counting.ts';
import type { Criterion } from '../leaderboards/order.ts';
import { byPerson, factsOf, Rows } from '../leaderboards/person-rows.ts';
import { askedBy, type RulingsByRound, regraded, type Versions } from './regrade-rules.ts';

/** Which attempts an annulment is about. */
export interface AnnulScope {
  readonly person: number | null;
  /** With all units below; null: any. */
  readonly units: ReadonlySet<number> | null;
  /** Started in [from, to]; null: at any time. */
  readonly fromAt: number | null;
  readonly toAt: number | null;
}

/** What would change. */
export type Change =
  | { readonly rulings: RulingsByRound; readonly only: ReadonlySet<number> }
  | { readonly annul: AnnulScope }
  | {
      readonly restore: ReadonlySet<number>;
      /** Retakes that stop counting with it. */
      readonly drop: ReadonlySet<number>;
    };

export interface PreviewOrder {
  readonly round: number;
  readonly order: readonly Criterion[];
  readonly counting: Counting;
  /** What the prediction asked for; null: nothing is predicted, or it is not known yet. */
  readonly truth: number | null;
  /** What it counts; null: it would not be counted again. */
  readonly target: 'allRight' | 'attempts' | 'entrants' | null;
  /** Questions on a paper. */
  readonly questions: number;
  /** In force now: what people gave by hand is what a result has over them. */
  readonly now: RulingsByRound;
  readonly change: Change;
}

/** Somebody's place before and after; null: not ranked. */
export interface Movement {
  readonly person: number;
  readonly marksBefore: number | null;
  readonly marksAfter: number | null;
  readonly rankBefore: number | null;
  readonly rankAfter: number | null;
}

export interface RoundMovement {
  readonly attempts: number;
  readonly concerned: number;
  readonly up: number;
  readonly down: number;
  readonly ranked: number;
  readonly moved: number;
  readonly meanBefore: number | null;
  readonly meanAfter: number | null;
  readonly fullBefore: number;
  readonly fullAfter: number;
  readonly truthAfter: number | null;
  readonly movers: readonly Movement[];
  readonly top: readonly Movement[];
}

/** Columns: attempt, round, paper, sheet; person, unit, version, counts, marks, right, elapsed, submitted, prediction; state, start. */
type Row = readonly unknown[];

const TOP = 10;
const MOVERS = 20;
const PAGE = 1000;

/** What one attempt comes to. */
export interface Outcome {
  readonly counts: boolean;
  readonly marks: number;
  readonly rightCount: number;
}

/** One closed attempt before and after; `after` null: the change is not about it. */
export interface Judged {
  readonly before: Outcome;
  readonly after: Outcome | null;
}

/** Everything that is added up over attempts. */
class Sums {
  attempts = 0;
  marks = 0;
  readonly people = new Set<number>();
  readonly full = new Set<number>();

  add(person: number, { counts, marks, rightCount }: Outcome, questions: number): void {
    if (!counts) return;
    this.attempts += 1;
    this.marks += marks;
    this.people.add(person);
    if (rightCount === questions) this.full.add(person);
  }

  get mean(): number | null {
    return this.attempts === 0 ? null : this.marks / this.attempts;
  }

  of(target: PreviewOrder['target']): number | null {
    if (target === null) return null;
    if (target === 'allRight') return this.full.size;
    return target === 'attempts' ? this.attempts : this.people.size;
  }
}

export async function previewed(
  order: PreviewOrder,
  rows: AsyncIterable<Row>,
  versions: Versions & { need(ids: readonly number[]): Promise<void> },
): Promise<RoundMovement> {
  const [before, after] = [new Sums(), new Sums()];
  const [rowsBefore, rowsAfter] = [new Rows(), new Rows()];
  let [attempts, concerned, up, down] = [0, 0, 0, 0];
  for await (const row of rows) {
    if ('rulings' in order.change) await versions.need(askedBy(String(row[2])));
    const judged = judge(row, order, versions);
    const person = Number(row[4]);
    const then = judged.after ?? judged.before;
    if (judged.before.counts || then.counts) attempts += 1;
    before.add(person, judged.before, order.questions);
    after.add(person, then, order.questions);
    if (judged.after !== null) {
      concerned += 1;
      const [was, is] = [worth(judged.before), worth(judged.after)];
      if (is > was) up += 1;
      if (is < was) down += 1;
    }
    rowsBefore.add(resultRow(row, judged.before));
    rowsAfter.add(resultRow(row, then));
  }
  const truthAfter = order.truth === null || order.target === null ? order.truth : after.of(order.target);
  const boardBefore = boardOf(order, rowsBefore, order.truth);
  const boardAfter = boardOf(order, rowsAfter, truthAfter);
  return {
    attempts,
    concerned,
    up,
    down,
    ...compared(boardBefore, boardAfter),
    meanBefore: before.mean,
    meanAfter: after.mean,
    fullBefore: before.full.size,
    fullAfter: after.full.size,
    truthAfter,
  };
}

function worth({ counts, marks }: Outcome): number {
  return counts ? marks : -1;
}

/** Exported for tests: they compare it with grading from scratch. */
export function judge(row: Row, order: PreviewOrder, versions: Versions): Judged {
  const [counts, marks, rightCount] = [Number(row[7]) === 1, Number(row[8]), Number(row[9])];
  const before = { counts, marks, rightCount };
  const { change } = order;
  if ('annul' in change)
    return { before, after: counts && isAnnulled(row, change.annul) ? { ...before, counts: false } : null };
  if ('restore' in change) {
    const id = Number(row[0]);
    if (change.drop.has(id)) return { before, after: { ...before, counts: false } };
    return { before, after: change.restore.has(id) ? { ...before, counts: true } : null };
  }
  const paper = String(row[2]);
  if (!askedBy(paper).some((id) => change.only.has(id))) return { before, after: null };
  const attempt = { roundId: Number(row[1]), paper, sheet: row[3] === null ? null : String(row[3]) };
  const was = regraded(attempt, versions, order.now);
  const is = regraded(attempt, versions, change.rulings);
  return {
    before,
    after: {
      counts,
      marks: marks + is.total - was.total,
      rightCount: rightCount + is.rightCount - was.rightCount,
    },
  };
}

function isAnnulled(row: Row, { person, units, fromAt, toAt }: AnnulScope): boolean {
  const [whose, unit, started] = [Number(row[4]), row[5], Number(row[14])];
  if (person !== null && whose !== person) return false;
  if (units !== null && (unit === null || !units.has(Number(unit)))) return false;
  return (fromAt === null || started >= fromAt) && (toAt === null || started <= toAt);
}

/** As boards take results; units play no part. */
function resultRow(row: Row, { counts, marks }: Outcome): readonly (number | null)[] {
  const [attempt, round, person] = [Number(row[0]), Number(row[1]), Number(row[4])];
  const prediction = row[12] === null ? null : Number(row[12]);
  return [
    0,
    0,
    attempt,
    round,
    person,
    null,
    0,
    counts ? 1 : 0,
    marks,
    Number(row[10]),
    Number(row[11]),
    prediction,
  ];
}

function boardOf(order: PreviewOrder, rows: Rows, truth: number | null): Board {
  const settings: BoardSettings = { order: order.order, counting: order.counting, freeze: null, units: [] };
  const board = new Board(settings);
  const truths = new Map(truth === null ? [] : [[order.round, truth] as const]);
  board.load(factsOf(byPerson(rows), new Set([order.round]), truths));
  return board;
}

/** Everybody's place on both boards. */
function compared(before: Board, after: Board): Pick<RoundMovement, 'ranked' | 'moved' | 'movers' | 'top'> {
  const movers: Movement[] = [];
  const top: Movement[] = [];
  let moved = 0;
  const look = (person: number): void => {
    const movement = movementOf(person, before, after);
    if (movement.rankBefore !== movement.rankAfter) {
      moved += 1;
      keepFarthest(movers, movement);
    }
    if ((movement.rankBefore ?? TOP + 1) <= TOP || (movement.rankAfter ?? TOP + 1) <= TOP) top.push(movement);
  };
  for (let offset = 0; offset < before.count(); offset += PAGE)
    for (const { person } of before.page(offset, PAGE)) look(person);
  for (let offset = 0; offset < after.count(); offset += PAGE)
    for (const { person } of after.page(offset, PAGE)) if (before.rank(person) === null) look(person);
  return {
    ranked: after.count(),
    moved,
    movers: movers.sort((a, b) => distance(b) - distance(a)).slice(0, MOVERS),
    top: top.sort(
      (a, b) => placed(a.rankAfter) - placed(b.rankAfter) || placed(a.rankBefore) - placed(b.rankBefore),
    ),
  };
}

function movementOf(person: number, before: Board, after: Board): Movement {
  const [was, is] = [before.rank(person), after.rank(person)];
  return {
    person,
    marksBefore: was?.standing.marks ?? null,
    marksAfter: is?.standing.marks ?? null,
    rankBefore: was?.rank ?? null,
    rankAfter: is?.rank ?? null,
  };
}

const placed = (rank: number | null): number => rank ?? Number.POSITIVE_INFINITY;

/** Coming or going is farther than any move. */
function distance({ rankBefore, rankAfter }: Movement): number {
  if (rankBefore === null || rankAfter === null) return Number.MAX_SAFE_INTEGER;
  return Math.abs(rankBefore - rankAfter);
}

/** Keeps a list of the farthest short while it grows. */
function keepFarthest(movers: Movement[], movement: Movement): void {
  movers.push(movement);
  if (movers.length < MOVERS * 50) return;
  movers.sort((a, b) => distance(b) - distance(a));
  movers.length = MOVERS;
}
