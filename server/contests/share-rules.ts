/**
 * Rounds that leave out what other rounds ask. With a thousand people drawing, "what was asked before" soon is everything
 * that fits; so the questions are shared out among such rounds beforehand, and each draws from its own share. Pure.
 *
 * Every round gets a set that fills its blueprint (one exists whenever the check says so), and what is left goes cell by
 * cell to where it is scarcest. Rounds that have opened keep what they had.
 */
import { drawPaper, feasibility, type Pool } from '../attempts/draw-rules.ts';
import type { RoundCheck } from '../contracts/contest-desk.ts';
import type { Blueprint } from '../contracts/contest-settings.ts';
import { questionsOf } from './draft-rules.ts';

/** A round as far as sharing goes, in the order of the rounds. */
export interface SharingRound {
  readonly blueprint: Blueprint;
  /** People draw, or drew, from it. */
  readonly opened: boolean;
  /** What it alone may ask now; null: all that fits. */
  readonly share: readonly number[] | null;
}

/** Shares in the order of the rounds; null: the round may ask all that fits. */
export type Shares = readonly (readonly number[] | null)[];

type Cells = Blueprint['cells'];

/** Rounds whose questions nobody else may ask: those that leave out earlier ones, and those before them. */
export function sharingRounds(rounds: readonly Pick<SharingRound, 'blueprint'>[]): number[] {
  const last = rounds.findLastIndex(({ blueprint }) => blueprint.leaveOutEarlierRounds);
  return rounds.flatMap((_, i) => (i <= last && last > 0 ? [i] : []));
}

/** Questions that opened rounds among the sharing ones have asked or may still ask. */
function takenByOpened(pool: Pool, rounds: readonly SharingRound[], sharing: readonly number[]): Set<number> {
  const taken = new Set<number>();
  for (const i of sharing) {
    const round = rounds[i];
    if (round?.opened !== true) continue;
    for (const id of round.share ?? fitting(pool, round.blueprint.cells)) taken.add(id);
  }
  return taken;
}

/** Questions that fit at least one cell. */
function fitting(pool: Pool, cells: Cells): Set<number> {
  const found = new Set<number>();
  for (const places of pool.indexFor(cells).candidates) {
    for (const place of places) found.add(pool.questions[place]?.questionId ?? 0);
  }
  return found;
}

/**
 * Shares for the rounds that have not opened. `pool` holds what all sharing rounds draw from; `seed` is 16 hexadecimal
 * digits. Where the banks cannot fill all of them nobody gets a share: the check says what is lacking.
 */
export function shareOut(pool: Pool, rounds: readonly SharingRound[], seed: string): Shares {
  const sharing = sharingRounds(rounds);
  const keep = rounds.map(({ opened, share }) => (opened ? share : null));
  const coming = sharing.filter((i) => rounds[i]?.opened === false);
  if (coming.length === 0) return keep;
  const taken = takenByOpened(pool, rounds, sharing);
  const cells = coming.flatMap((i) => rounds[i]?.blueprint.cells ?? []);
  const owner = coming.flatMap((i) => (rounds[i]?.blueprint.cells ?? []).map(() => i));
  const paper = drawPaper(pool, { cells, shuffleQuestions: false, shuffleOptions: false }, seed, taken);
  if ('lacking' in paper) return keep;
  const cellOf = firstSets(
    pool,
    cells,
    paper.questions.map(({ versionId }) => versionId),
  );
  dealRest(pool, cells, cellOf, taken);
  const shares = new Map<number, number[]>(coming.map((i) => [i, []]));
  for (const [id, cell] of cellOf) shares.get(owner[cell] ?? -1)?.push(id);
  return keep.map((share, i) => shares.get(i)?.sort((a, b) => a - b) ?? share);
}

/** Question → cell that it was drawn for: an unshuffled paper stands cell after cell. */
function firstSets(pool: Pool, cells: Cells, versions: readonly number[]): Map<number, number> {
  const questionOf = new Map(pool.questions.map(({ versionId, questionId }) => [versionId, questionId]));
  const cellOf = new Map<number, number>();
  let at = 0;
  for (const [cell, { count }] of cells.entries()) {
    for (const version of versions.slice(at, at + count)) cellOf.set(questionOf.get(version) ?? 0, cell);
    at += count;
  }
  return cellOf;
}

/** What nobody needs goes to the cell that it fits and that has the least for what it asks. */
function dealRest(pool: Pool, cells: Cells, cellOf: Map<number, number>, taken: ReadonlySet<number>): void {
  const fits = new Map<number, number[]>();
  for (const [cell, places] of pool.indexFor(cells).candidates.entries()) {
    for (const place of places) {
      const known = fits.get(place);
      if (known === undefined) fits.set(place, [cell]);
      else known.push(cell);
    }
  }
  const got = cells.map(({ count }) => count);
  const plenty = (cell: number): number => (got[cell] ?? 0) / (cells[cell]?.count ?? 1);
  for (const [place, { questionId }] of pool.questions.entries()) {
    if (cellOf.has(questionId) || taken.has(questionId)) continue;
    const [first, ...others] = fits.get(place) ?? [];
    if (first === undefined) continue;
    const poorest = others.reduce((best, cell) => (plenty(cell) < plenty(best) ? cell : best), first);
    cellOf.set(questionId, poorest);
    got[poorest] = (got[poorest] ?? 0) + 1;
  }
}

/** A draft whose check would take longer than an organiser waits is refused before the work begins. */
export const MOST_WORK = { step: 2_000_000, whole: 40_000_000 } as const;

/** Cells that want the same count as one: a contest of fifty equal weeks costs no more than one of two. */
function merged(cells: Cells): Cells {
  const byFilter = new Map<string, Cells[number]>();
  for (const cell of cells) {
    const { banks, topics, kinds, difficulties } = cell;
    const filter = JSON.stringify([banks, topics, kinds, difficulties].map((list) => [...list].sort()));
    const known = byFilter.get(filter);
    byFilter.set(filter, known === undefined ? cell : { ...known, count: known.count + cell.count });
  }
  return [...byFilter.values()];
}

/** Cells of the rounds that are served before each round, its own included; null: it is looked at alone. */
function servedWith(rounds: readonly SharingRound[]): (Cells | null)[] {
  const sharing = new Set(sharingRounds(rounds));
  let before: Cells = [];
  return rounds.map((round, i) => {
    if (round.opened || !sharing.has(i)) return null;
    before = merged([...before, ...round.blueprint.cells]);
    return before;
  });
}

/** Questions held against cells, as many times as a check does it: nothing is looked at to know it. */
export function checkingWork(
  rounds: readonly SharingRound[],
  pools: readonly Pool[],
  joint: Pool,
): { readonly step: number; readonly whole: number } {
  const served = servedWith(rounds);
  const steps = rounds.map((round, i) => {
    const own = round.blueprint.cells.length;
    const together = served[i] ?? null;
    return together === null
      ? own * (pools[i]?.questions.length ?? 0)
      : (own + together.length) * joint.questions.length;
  });
  return { step: Math.max(0, ...steps), whole: steps.reduce((sum, step) => sum + step, 0) };
}

/**
 * Whether each round's papers can be filled. `pools` are what each round draws from by itself, `joint` what the sharing ones
 * draw from together. `pause` is awaited between rounds, so that others are answered meanwhile.
 */
export async function checkRounds(
  rounds: readonly SharingRound[],
  pools: readonly Pool[],
  joint: Pool,
  pause: () => Promise<void> = async () => undefined,
): Promise<RoundCheck[]> {
  const taken = takenByOpened(joint, rounds, sharingRounds(rounds));
  const served = servedWith(rounds);
  const checks: RoundCheck[] = [];
  let lackedBefore = 0;
  for (const [i, round] of rounds.entries()) {
    if (i > 0) await pause();
    const together = served[i] ?? null;
    const pool = pools[i];
    if (pool === undefined) throw new RangeError(`no pool for round ${i}`);
    if (together === null) {
      const others = round.share === null ? new Set<number>() : outside(pool, new Set(round.share));
      checks.push(checkOne(round, i, pool, others, null));
      continue;
    }
    const lacks = lackOf(joint, round.blueprint, together, taken);
    checks.push(checkOne(round, i, joint, taken, lacks - lackedBefore));
    lackedBefore = lacks;
  }
  return checks;
}

function outside(pool: Pool, inside: ReadonlySet<number>): Set<number> {
  return new Set(pool.questions.map(({ questionId }) => questionId).filter((id) => !inside.has(id)));
}

/** How many questions are lacking when these cells are served together. */
function lackOf(pool: Pool, blueprint: Blueprint, cells: Cells, exclude: ReadonlySet<number>): number {
  const standings = feasibility(pool, { ...blueprint, cells }, 1, exclude).cells;
  return standings.reduce((sum, { needs, gets }) => sum + needs - gets, 0);
}

/**
 * What a round's cells get when earlier rounds are served first from the same questions. What the whole lacks beyond what
 * lacked already (`missing`; null: nobody comes first) is lacking here; where it is the rivalry with earlier rounds, it
 * is shown at the last cells.
 */
function checkOne(
  { blueprint }: Pick<SharingRound, 'blueprint'>,
  round: number,
  pool: Pool,
  exclude: ReadonlySet<number>,
  missing: number | null,
): RoundCheck {
  const alone = feasibility(pool, blueprint, 1, exclude).cells;
  const lackedAlone = alone.reduce((sum, { needs, gets }) => sum + needs - gets, 0);
  let rivalry = (missing ?? lackedAlone) - lackedAlone;
  const cells = alone.toReversed().map(({ cell, needs, has, gets }) => {
    const lost = Math.min(gets, rivalry);
    rivalry -= lost;
    return { cell, needs, has, gets: gets - lost };
  });
  return {
    round,
    fits: (missing ?? lackedAlone) === 0,
    questions: questionsOf(blueprint),
    pool: [...fitting(pool, blueprint.cells)].filter((id) => !exclude.has(id)).length,
    cells: cells.toReversed(),
  };
}
