/** Item statistics of a million attempts of 20 questions, read from rows and marked again, and against a slow version on few. */
import { performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { statisticsOf } from '../../questions/analysis/statistics.ts';
import { type MarkedItem, Tally } from '../../questions/analysis/tally.ts';
import { openDatabase } from '../../server/platform/database/open.ts';
import { Tallies } from '../../server/statistics/tallies.ts';
import { slowStatistics } from '../questions/analysis/slow-statistics.ts';
import { type Bench, type BenchOptions, type Figures, rounded } from './bench.ts';
import { openPlace } from './place.ts';
import { seed } from './seed.ts';

const QUESTIONS = 20;

/** Resident memory above what it was, MB, and the longest time in which nothing else ran here, ms; looked at all the while. */
async function watched<T>(
  work: Promise<T>,
): Promise<{ readonly result: T; readonly mb: number; readonly stallMs: number }> {
  const before = process.memoryUsage.rss();
  let [most, stall, running] = [before, 0, true];
  const watching = (async () => {
    while (running) {
      const from = performance.now();
      await sleep(5);
      stall = Math.max(stall, performance.now() - from - 5);
      most = Math.max(most, process.memoryUsage.rss());
    }
  })();
  const result = await work;
  running = false;
  await watching;
  return { result, mb: (most - before) / 1e6, stallMs: stall };
}

/** Attempts out of a generator without randomness: the same in every run. */
function smallData(): MarkedItem[][] {
  return Array.from({ length: 400 }, (_, person) =>
    Array.from({ length: 5 }, (_question, i) => {
      const item = (person * 3 + i * 7) % 11;
      const right = (person * 31 + item * 17) % 10 < 6;
      return {
        item,
        maxMarks: 100,
        marks: right ? 100 : 0,
        blank: false,
        chosen: [right ? 0 : 1 + (person % 3)],
      };
    }).filter(({ item }, i, all) => all.findIndex((other) => other.item === item) === i),
  );
}

/** Figures that differ between the quick and the slow way, rounding aside. */
function countMismatches(seen: unknown, expected: unknown): number {
  if (typeof seen === 'number' && typeof expected === 'number')
    return Math.abs(seen - expected) > 1e-6 * Math.max(1, Math.abs(expected)) ? 1 : 0;
  if (typeof seen !== 'object' || seen === null || typeof expected !== 'object' || expected === null)
    return seen === expected ? 0 : 1;
  const others = new Map(Object.entries(expected));
  return Object.entries(seen).reduce(
    (sum, [name, value]) => sum + countMismatches(value, others.get(name)),
    0,
  );
}

async function measure({ quick, say }: BenchOptions): Promise<Figures> {
  const attempts = quick ? 5000 : 1_000_000;
  const place = await openPlace('sqlite');
  try {
    const location = await place.database('statistics');
    say(`seeding ${attempts} attempts`);
    const seeded = await seed(location, { people: attempts / 2, results: attempts });
    const database = await openDatabase(location, (error) => {
      throw error;
    });
    say('counting');
    const from = performance.now();
    const { result, mb, stallMs } = await watched(
      new Tallies(database, location).of([seeded.earlier.id], null),
    );
    const seconds = (performance.now() - from) / 1000;
    await database.close();
    const small = new Tally();
    for (const marked of smallData()) small.add(marked);
    return {
      seconds: rounded(seconds),
      attempts_per_s: rounded(attempts / seconds),
      memory_mb: rounded(mb),
      stall_ms: rounded(stallMs),
      attempts: result.paper.attempts,
      missing: attempts - result.paper.attempts,
      mismatches: countMismatches(statisticsOf(small), slowStatistics(smallData())),
    };
  } finally {
    await place.remove();
  }
}

export const statistics: Bench = {
  name: 'statistics',
  about: 'item statistics of a million attempts, from rows',
  async run(options) {
    return {
      figures: await measure(options),
      goals: {
        seconds: { atMost: 10 },
        memory_mb: { atMost: 300 },
        missing: { atMost: 0 },
        mismatches: { atMost: 0 },
      },
      notes: [
        `${QUESTIONS} questions an attempt, read, unpacked and marked again in two workers (one where there is one processor); memory of the process above what it was`,
      ],
    };
  },
};
