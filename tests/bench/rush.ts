/** Attempts in progress whose round closes for all of them at one moment, while nobody is connected: how soon each has its result. */
import { setTimeout as sleep } from 'node:timers/promises';
import Sqlite from 'better-sqlite3';
import { Product } from '../harness/product.ts';
import { type Bench, type Goals, rounded } from './bench.ts';
import { openPlace } from './place.ts';
import { type Progress, type Seeded, seed } from './seed.ts';

const GOALS: Goals = { seconds: { atMost: 60 }, mismatches: { atMost: 0 } };

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

const ROWS = `select a.id, a.state, a.sheet, a.closed_at, a.started_at, r.marks, r.right_count, r.submitted_at, r.elapsed_ms,
  (select count(*) from results x where x.attempt_id = a.id) as results
  from attempts a left join results r on r.attempt_id = a.id where a.round_id = ?`;

/** Attempts whose rows are not what a clean recomputation from the seed gives. */
export function countMismatches(db: Sqlite.Database, seeded: Seeded, attempts: number): number {
  const rows = db.prepare(ROWS).all(seeded.round.id) as ClosedRow[];
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
function moveDeadline(location: string, closesAt: number): number {
  const db = new Sqlite(location);
  db.prepare('update rounds set closes_at = ? where id = 2').run(closesAt);
  db.prepare('update attempts set deadline = ? where state = 1').run(closesAt);
  db.prepare('delete from facts where name = ?').run('heartbeat');
  db.close();
  return closesAt;
}

/** Waits until no attempt is open; ms of the wall clock when that was seen. */
async function untilClosed(db: Sqlite.Database, giveUpAt: number): Promise<number> {
  const open = db.prepare('select count(*) from attempts where state = 1').pluck();
  while (open.get() !== 0) {
    if (Date.now() > giveUpAt) throw new Error(`${open.get()} attempts are still open`);
    await sleep(50);
  }
  return Date.now();
}

export const rush: Bench = {
  name: 'rush',
  about: 'everything in progress closes at one deadline with nobody connected',
  async run(options) {
    const attempts = options.quick ? 500 : 10_000;
    const place = await openPlace('sqlite');
    try {
      const location = await place.database('product');
      options.say(`seeding ${attempts} attempts in progress`);
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
      const closesAt = moveDeadline(location, Math.ceil(Date.now() + startMs * 2 + 2000));
      const product = await Product.start({ location, dataDir: place.folder });
      if (Date.now() > closesAt)
        throw new Error('the machine is too slow: the deadline passed before the start');
      options.say(`waiting for the deadline in ${closesAt - Date.now()} ms`);
      const db = new Sqlite(location, { readonly: true });
      const closedAt = await untilClosed(db, closesAt + 120_000);
      const mismatches = countMismatches(db, { ...seeded, round: { ...seeded.round, closesAt } }, attempts);
      db.close();
      await product.stop();
      return {
        figures: { closed: attempts, seconds: rounded((closedAt - closesAt) / 1000), mismatches },
        goals: GOALS,
        notes: ['seconds from the deadline on: 3 s of grace and 1 s of settling are in them'],
      };
    } finally {
      await place.remove();
    }
  },
};
