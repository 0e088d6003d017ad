/** Attempts in progress whose round closes for all of them at one moment, while nobody is connected: how soon each has its result. */
import { setTimeout as sleep } from 'node:timers/promises';
import { Product } from '../harness/product.ts';
import { type Bench, type BenchOptions, type Figures, type Goals, onEach, rounded } from './bench.ts';
import { openPlace } from './place.ts';
import { openRows, type Rows } from './rows.ts';
import { type Progress, type Seeded, seed } from './seed.ts';

const GOALS: Goals = {
  seconds: { atMost: 60 },
  mismatches: { atMost: 0 },
  postgres_seconds: { atMost: 60 },
  postgres_mismatches: { atMost: 0 },
};

/** What one closed attempt's rows say. */
interface ClosedRow {
  readonly id: number;
  readonly state: number;
  readonly sheet: string;
  readonly closed_at: number;
  readonly marks: number | null;
  readonly right_count: number | null;
  readonly submitted_at: number | null;
  readonly elapsed_ms: number | null;
  readonly started_at: number;
  readonly results: number;
}

/** What the rows of a round's attempts say. */
export function readClosed(rows: Rows, round: number): Promise<readonly ClosedRow[]> {
  return rows.ask(`select a.id, a.state, a.sheet, a.closed_at, a.started_at,
    r.marks, r.right_count, r.submitted_at, r.elapsed_ms,
    (select count(*) from results x where x.attempt_id = a.id) as results
    from attempts a left join results r on r.attempt_id = a.id where a.round_id = ${round}`);
}

/** Attempts whose rows are not what a clean recomputation from the seed gives. */
export function countMismatches(rows: readonly ClosedRow[], seeded: Seeded, attempts: number): number {
  const right = rows.filter((row) =>
    isRight(row, seeded.progress[(row.id - 1) % seeded.progress.length], seeded),
  );
  return attempts - right.length + Math.max(0, rows.length - attempts);
}

function isRight(row: ClosedRow, expected: Progress | undefined, { round }: Seeded): boolean {
  return (
    expected !== undefined &&
    row.state === 3 &&
    row.results === 1 &&
    row.sheet === expected.finalSheet &&
    row.marks === expected.marks &&
    row.right_count === expected.rightCount &&
    row.closed_at === round.closesAt &&
    row.submitted_at === round.closesAt &&
    row.elapsed_ms === round.closesAt - row.started_at
  );
}

/** The round closes at `closesAt`, however long seeding took. */
async function moveDeadline(location: string, closesAt: number): Promise<number> {
  const rows = await openRows(location);
  await rows.change(`update rounds set closes_at = ${closesAt} where id = 2`);
  await rows.change(`update attempts set deadline = ${closesAt} where state = 1`);
  await rows.change("delete from facts where name = 'heartbeat'");
  await rows.close();
  return closesAt;
}

/** Waits until every attempt has its final sheet; ms of the wall clock when that was seen. */
async function untilMarked(rows: Rows, giveUpAt: number): Promise<number> {
  for (;;) {
    const [row] = await rows.ask<{ open: number }>(
      'select count(*) as open from attempts where sheet is null',
    );
    if (row?.open === 0) return Date.now();
    if (Date.now() > giveUpAt) throw new Error(`${row?.open} attempts are still open`);
    await sleep(50);
  }
}

async function measure(database: 'sqlite' | 'postgres', options: BenchOptions): Promise<Figures> {
  const attempts = options.quick ? 500 : 10_000;
  const place = await openPlace(database);
  try {
    const location = await place.database('product');
    options.say(`${database}: seeding ${attempts} attempts in progress`);
    const seeded = await seed(location, {
      people: attempts,
      open: attempts,
      answered: 13,
      durationMs: 3_600_000,
    });
    // Started once with everything far away: a busy machine needs longer to come up.
    const rehearsal = await Product.start({ location, dataDir: place.folder });
    const startMs = performance.now() - rehearsal.startedAt;
    await rehearsal.stop();
    const closesAt = await moveDeadline(location, Math.ceil(Date.now() + startMs * 2 + 2000));
    const product = await Product.start({ location, dataDir: place.folder });
    if (Date.now() > closesAt)
      throw new Error('the machine is too slow: the deadline passed before the start');
    options.say(`waiting for the deadline in ${closesAt - Date.now()} ms`);
    const rows = await openRows(location);
    const markedAt = await untilMarked(rows, closesAt + 120_000);
    const closed = await readClosed(rows, seeded.round.id);
    await rows.close();
    await product.stop();
    const mismatches = countMismatches(closed, { ...seeded, round: { ...seeded.round, closesAt } }, attempts);
    return { closed: attempts, seconds: rounded((markedAt - closesAt) / 1000), mismatches, database };
  } finally {
    await place.remove();
  }
}

export const rush: Bench = {
  name: 'rush',
  about: 'everything in progress closes at one deadline with nobody connected, on SQLite and PostgreSQL',
  run: async (options) => ({
    figures: await onEach(options.databases, (database) => measure(database, options)),
    goals: GOALS,
    notes: ['seconds from the deadline on: 3 s of grace and 1 s of settling are in them'],
  }),
};
