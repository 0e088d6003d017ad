/**
 * Leaderboards in memory, without database and network: what the structure itself can do, checked against a plain sort.
 * `npm run bench leaderboard` uses the same functions and adds the table and the API.
 * Alone: `node tests/bench/leaderboard-core.ts`.
 */
import { pathToFileURL } from 'node:url';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import {
  Board,
  type BoardSettings,
  factsOf,
  type PersonFact,
  type ResultRow,
} from '../../server/leaderboards/board.ts';
import type { UnitInTree } from '../../server/leaderboards/unit-tree.ts';

/** Results in flat arrays by person: rows 2p and 2p + 1 are person p's, as a table sorted by person would give them. */
export interface Dataset {
  readonly people: number;
  readonly results: number;
  readonly units: readonly UnitInTree[];
  readonly unitOf: Int32Array;
  readonly marks: Int32Array;
  readonly distance: Int32Array;
  readonly elapsedMs: Int32Array;
  readonly submittedAt: Float64Array;
  /** Rows in the order of submission. */
  readonly arrival: Int32Array;
}

/** What is printed. Times include nothing but the board's own work, except that a rebuild makes its rows too. */
export interface CoreFigures {
  readonly rebuild_ms: number;
  readonly inserts_per_s: number;
  readonly updates_per_s: number;
  readonly rank_p99_us: number;
  readonly rank_in_unit_p99_us: number;
  readonly page_p99_us: number;
  readonly around_p99_us: number;
  readonly unit_page_p99_us: number;
  readonly memory_mb: number;
  readonly mismatches: number;
}

type ReadFigure = Extract<keyof CoreFigures, `${string}_p99_us`>;

const SETTINGS: Omit<BoardSettings, 'units'> = {
  order: ['marks', 'prediction', 'time', 'submitted'],
  counting: 'best',
  freeze: null,
};
const OPENS_AT = 1_760_000_000_000;
const FOUR_WEEKS_MS = 28 * 86_400_000;
/** Facts taken in at once. */
const PIECE = 5_000;
/** Runs of which the best is printed: on a shared machine the others measure its neighbours. */
const RUNS = 5;

/** Two results a person; a hundred units at the top and the others below them, some much larger than others. */
export function dataset(people = 500_000, unitCount = 10_000, seed = 15): Dataset {
  const random = randomFrom(seed);
  const results = people * 2;
  const units = Array.from({ length: unitCount }, (_, i) => ({
    unit: i + 1,
    parent: i < 100 ? null : (i % 100) + 1,
    members: i < 100 ? null : 20 + (i % 400),
  }));
  const submittedAt = Float64Array.from(
    { length: results },
    () => OPENS_AT + Math.floor(random() * FOUR_WEEKS_MS),
  );
  return {
    people,
    results,
    units,
    unitOf: Int32Array.from({ length: people }, () => 101 + Math.floor(random() ** 2 * (unitCount - 100))),
    marks: Int32Array.from({ length: results }, () => Math.floor(Math.sqrt(random()) * 21) * 100),
    distance: Int32Array.from({ length: results }, () => Math.floor(random() * 50_000)),
    elapsedMs: Int32Array.from({ length: results }, () => 60_000 + Math.floor(random() * 1_140_000)),
    submittedAt,
    arrival: Int32Array.from({ length: results }, (_, row) => row).sort(
      (a, b) => (submittedAt[a] ?? 0) - (submittedAt[b] ?? 0),
    ),
  };
}

/** One row of the made table. */
export function row(data: Dataset, index: number): ResultRow {
  const person = index >>> 1;
  return {
    person,
    sequence: index,
    version: 1,
    feed: { transaction: 0, number: index },
    round: 1,
    unit: data.unitOf[person] ?? 0,
    voided: false,
    marks: data.marks[index] ?? 0,
    predictionDistance: data.distance[index] ?? 0,
    elapsedMs: data.elapsedMs[index] ?? 0,
    submittedAt: data.submittedAt[index] ?? 0,
  };
}

function* rows(data: Dataset): Generator<ResultRow> {
  for (let index = 0; index < data.results; index += 1) yield row(data, index);
}

/** A board built from all rows, and how long that took. */
export function rebuild(data: Dataset): { board: Board; ms: number } {
  const board = new Board({ ...SETTINGS, units: data.units });
  const started = performance.now();
  board.load(factsOf(rows(data)));
  return { board, ms: performance.now() - started };
}

/** A board that grew result by result, with the rates at which it did. */
export interface Grown {
  readonly board: Board;
  /** First results of people, each a new line overall and in the unit and the unit above, and in the sums. */
  readonly insertsPerSecond: number;
  /** Second results, of which about half move their person. */
  readonly updatesPerSecond: number;
}

/**
 * A board that takes in all results: everybody's first one, then everybody's second one, each time in the order of
 * submission. Facts are made outside the time measured, in pieces as a follower reads them.
 */
export function grow(data: Dataset): Grown {
  const board = new Board({ ...SETTINGS, units: data.units });
  const seen = new Uint8Array(data.people);
  const [first, second]: [number[], number[]] = [[], []];
  for (const index of data.arrival) {
    const person = index >>> 1;
    (seen[person] === 0 ? first : second).push(index);
    seen[person] = 1;
  }
  const insertMs = applyInPieces(board, first, (index) => [row(data, index)]);
  const updateMs = applyInPieces(board, second, (index) => [row(data, index & ~1), row(data, index | 1)]);
  return {
    board,
    insertsPerSecond: (first.length / insertMs) * 1_000,
    updatesPerSecond: (second.length / updateMs) * 1_000,
  };
}

/** Time in the board, ms. */
function applyInPieces(
  board: Board,
  order: readonly number[],
  results: (index: number) => ResultRow[],
): number {
  let ms = 0;
  for (let from = 0; from < order.length; from += PIECE) {
    const facts: PersonFact[] = order
      .slice(from, from + PIECE)
      .map((index) => ({ person: index >>> 1, results: results(index) }));
    const started = performance.now();
    board.applyAll(facts);
    ms += performance.now() - started;
  }
  return ms;
}

/** 99th percentile of single calls, µs, after a warm-up; the clock's own cost is in it. */
export function p99(times: number, call: (i: number) => unknown): number {
  for (let i = 0; i < 20_000; i += 1) call(i);
  const taken = new Float64Array(times);
  for (let i = 0; i < times; i += 1) {
    const started = performance.now();
    call(i);
    taken[i] = performance.now() - started;
  }
  return Math.round((taken.sort()[Math.floor(times * 0.99)] ?? 0) * 1e5) / 100;
}

/** Lines that differ from a plain sort: everybody's rank overall and in the unit and the unit above, all units' sums. */
export function mismatches(data: Dataset, board: Board): number {
  const best = Array.from({ length: data.people }, (_, person) => {
    const [a, b] = [row(data, person * 2), row(data, person * 2 + 1)];
    return slowCompare(a, b) <= 0 ? a : b;
  }).sort(slowCompare);
  const unitRanks = new Map<number, number>();
  const marks = new Map<number, number>();
  let wrong = 0;
  best.forEach((result, i) => {
    const { person, unit } = result;
    const above = data.units[(unit ?? 1) - 1]?.parent ?? null;
    if (board.rank(person)?.rank !== i + 1) wrong += 1;
    for (const scope of [unit, above]) {
      if (scope === null) continue;
      const rank = (unitRanks.get(scope) ?? 0) + 1;
      unitRanks.set(scope, rank);
      marks.set(scope, (marks.get(scope) ?? 0) + result.marks);
      if (board.rank(person, scope)?.rank !== rank) wrong += 1;
    }
  });
  for (let offset = 0; offset < data.people; offset += 1_000) {
    const page = board.page(offset, 1_000);
    wrong += best.slice(offset, offset + 1_000).filter(({ person }, i) => page[i]?.person !== person).length;
  }
  for (const { unit } of data.units) {
    const { entrants, attempts, marks: sum } = board.unit(unit);
    const right = entrants === (unitRanks.get(unit) ?? 0) && attempts === entrants * 2;
    if (!right || sum !== (marks.get(unit) ?? 0)) wrong += 1;
  }
  return wrong;
}

/** All figures for a million results of half a million people in ten thousand units. */
export function measureCore(data: Dataset = dataset()): CoreFigures {
  const rebuilds = Array.from({ length: RUNS }, () => rebuild(data).ms);
  const growths = Array.from({ length: RUNS }, () => {
    const { insertsPerSecond, updatesPerSecond } = grow(data);
    return { insertsPerSecond, updatesPerSecond };
  });
  const before = heldMb();
  const { board } = rebuild(data);
  const loadedMb = heldMb() - before;
  const { board: grown } = grow(data);
  const grownMb = heldMb() - before - loadedMb;
  return {
    rebuild_ms: Math.round(Math.min(...rebuilds)),
    inserts_per_s: Math.round(Math.max(...growths.map(({ insertsPerSecond }) => insertsPerSecond))),
    updates_per_s: Math.round(Math.max(...growths.map(({ updatesPerSecond }) => updatesPerSecond))),
    ...measureReads(data, grown),
    memory_mb: Math.round(Math.max(loadedMb, grownMb)),
    mismatches: mismatches(data, board) + mismatches(data, grown),
  };
}

/** 99th percentiles of what a board is asked, about people at random. */
export function measureReads(data: Dataset, board: Board): Pick<CoreFigures, ReadFigure> {
  const random = randomFrom(7);
  const people = Int32Array.from({ length: 220_000 }, () => Math.floor(random() * data.people));
  const person = (i: number): number => people[i % people.length] ?? 0;
  const unit = (i: number): number => data.unitOf[person(i)] ?? 0;
  return {
    rank_p99_us: p99(200_000, (i) => board.rank(person(i))),
    rank_in_unit_p99_us: p99(200_000, (i) => board.rank(person(i), unit(i))),
    page_p99_us: p99(200_000, (i) => board.page(person(i), 20)),
    around_p99_us: p99(200_000, (i) => board.around(person(i), 5, 5)),
    unit_page_p99_us: p99(200_000, (i) => board.page(0, 20, unit(i))),
  };
}

function slowCompare(a: ResultRow, b: ResultRow): number {
  return (
    b.marks - a.marks ||
    (a.predictionDistance ?? Number.MAX_VALUE) - (b.predictionDistance ?? Number.MAX_VALUE) ||
    a.elapsedMs - b.elapsedMs ||
    a.submittedAt - b.submittedAt ||
    a.sequence - b.sequence
  );
}

/** Heap and array buffers in use after a collection, MB. */
function heldMb(): number {
  setFlagsFromString('--expose-gc');
  const collect: unknown = runInNewContext('gc');
  if (typeof collect === 'function') collect();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return (heapUsed + arrayBuffers) / 1e6;
}

/** A small generator with a seed, so that every run measures the same table. */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) console.log(JSON.stringify(measureCore()));
