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
  readonly rank_p99_us: number;
  readonly rank_in_unit_p99_us: number;
  readonly page_p99_us: number;
  readonly around_p99_us: number;
  readonly unit_page_p99_us: number;
  readonly memory_mb: number;
  readonly mismatches: number;
}

const SETTINGS: Omit<BoardSettings, 'units'> = {
  order: ['marks', 'prediction', 'time', 'submitted'],
  counting: 'best',
  freeze: null,
};
const OPENS_AT = 1_760_000_000_000;
const FOUR_WEEKS_MS = 28 * 86_400_000;

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

/**
 * A board that grew by one result at a time in the order of submission, and results a second.
 * Facts are made outside the time measured, in pieces, since reading them is the follower's cost.
 */
export function insertAll(data: Dataset): { board: Board; perSecond: number } {
  const board = new Board({ ...SETTINGS, units: data.units });
  const seen = new Uint8Array(data.results);
  let ms = 0;
  for (let from = 0; from < data.results; from += 10_000) {
    const facts: PersonFact[] = [];
    for (const index of data.arrival.subarray(from, from + 10_000)) {
      seen[index] = 1;
      const both = [index & ~1, index | 1].filter((one) => seen[one] === 1);
      facts.push({ person: index >>> 1, results: both.map((one) => row(data, one)) });
    }
    const started = performance.now();
    board.applyAll(facts);
    ms += performance.now() - started;
  }
  return { board, perSecond: (data.results / ms) * 1_000 };
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
  return (taken.sort()[Math.floor(times * 0.99)] ?? 0) * 1_000;
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
  const rebuilds = [1, 2, 3].map(() => rebuild(data).ms).sort((a, b) => a - b);
  const inserts = [1, 2, 3].map(() => insertAll(data).perSecond).sort((a, b) => a - b);
  const before = heldMb();
  const { board } = rebuild(data);
  const loadedMb = heldMb() - before;
  const { board: grown } = insertAll(data);
  const grownMb = heldMb() - before - loadedMb;
  const random = randomFrom(7);
  const people = Int32Array.from({ length: 220_000 }, () => Math.floor(random() * data.people));
  const person = (i: number): number => people[i % people.length] ?? 0;
  const unit = (i: number): number => data.unitOf[person(i)] ?? 0;
  const figures = {
    rank_p99_us: p99(200_000, (i) => grown.rank(person(i))),
    rank_in_unit_p99_us: p99(200_000, (i) => grown.rank(person(i), unit(i))),
    page_p99_us: p99(200_000, (i) => grown.page(person(i), 20)),
    around_p99_us: p99(200_000, (i) => grown.around(person(i), 5, 5)),
    unit_page_p99_us: p99(200_000, (i) => grown.page(0, 20, unit(i))),
  };
  return {
    rebuild_ms: rebuilds[1] ?? 0,
    inserts_per_s: inserts[1] ?? 0,
    ...figures,
    memory_mb: Math.max(loadedMb, grownMb),
    mismatches: mismatches(data, board) + mismatches(data, grown),
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
