/**
 * Whole attempts of 20 questions over HTTP: start, 20 separate durable saves, submit, by people who are signed in and have
 * not asked before, while 100,000 other attempts are open. First as many as 64 connections carry, then 700 started a second.
 */
import { Product, usageOf } from '../harness/product.ts';
import { startBareEngine } from './bare-engine.ts';
import { type Bench, type BenchOptions, type Figures, rounded } from './bench.ts';
import type { AttemptsLoad, AttemptsOutcome } from './load/attempts.ts';
import { runLoad } from './load/child.ts';
import type { InsertsLoad, InsertsOutcome } from './load/inserts.ts';
import { countLost } from './lost.ts';
import { openPlace } from './place.ts';
import { seed } from './seed.ts';

const CONNECTIONS = 64;
/** Enough that an attempt never waits for a free one at the pace. */
const PACED_CONNECTIONS = 256;

interface Sizes {
  readonly open: number;
  readonly people: number;
  readonly warmUpMs: number;
  readonly measureMs: number;
  readonly startsPerSecond: number;
}

const FULL: Sizes = {
  open: 100_000,
  people: 60_000,
  warmUpMs: 4000,
  measureMs: 12_000,
  startsPerSecond: 700,
};
const QUICK: Sizes = { open: 500, people: 2000, warmUpMs: 300, measureMs: 1200, startsPerSecond: 50 };

interface Bare extends InsertsOutcome {
  /** CPU time of its process a request, its start included. */
  readonly cpuUs: number;
}

/** Requests a second of the bare engine on an empty database. */
async function measureBare(location: string, { warmUpMs, measureMs }: Sizes): Promise<Bare> {
  const engine = await startBareEngine(location);
  const load: InsertsLoad = {
    port: engine.port,
    connections: CONNECTIONS,
    warmUpMs: warmUpMs / 2,
    measureMs: measureMs / 2,
  };
  try {
    const outcome = await runLoad<InsertsOutcome>(new URL('./load/inserts.ts', import.meta.url), load);
    const { cpuSeconds } = usageOf(engine.pid);
    return { ...outcome, cpuUs: (cpuSeconds * 1e6) / outcome.total };
  } finally {
    engine.stop();
  }
}

function takeAttempts(load: AttemptsLoad): Promise<AttemptsOutcome> {
  return runLoad(new URL('./load/attempts.ts', import.meta.url), load);
}

const perSecond = ({ requests, seconds }: { readonly requests: number; readonly seconds: number }): number =>
  requests / seconds;

async function measure(database: 'sqlite' | 'postgres', options: BenchOptions): Promise<Figures> {
  const sizes = options.quick ? QUICK : FULL;
  const place = await openPlace(database);
  try {
    const location = await place.database('product');
    options.say(`${database}: seeding ${sizes.open} open attempts`);
    const { round } = await seed(location, { people: sizes.open + sizes.people, open: sizes.open });
    options.say(`${database}: bare engine`);
    const bareBefore = await measureBare(await place.database('bare-before'), sizes);
    const product = await Product.start({
      location,
      dataDir: place.folder,
      nodeFlags: options.profileInto === null ? [] : ['--cpu-prof', `--cpu-prof-dir=${options.profileInto}`],
    });
    const load = {
      port: product.port,
      round: round.uid,
      warmUpMs: sizes.warmUpMs,
      measureMs: sizes.measureMs,
    };
    const half = sizes.people / 2;
    options.say(`${database}: as many attempts as ${CONNECTIONS} connections carry`);
    const before = product.usage();
    const full = await takeAttempts({
      ...load,
      firstPerson: sizes.open + 1,
      people: half,
      connections: CONNECTIONS,
      startsPerSecond: null,
    });
    const after = product.usage();
    options.say(`${database}: ${sizes.startsPerSecond} attempts started a second`);
    const paced = await takeAttempts({
      ...load,
      firstPerson: sizes.open + 1 + half,
      people: half,
      connections: PACED_CONNECTIONS,
      startsPerSecond: sizes.startsPerSecond,
    });
    await product.stop();
    const bareAfter = await measureBare(await place.database('bare-after'), sizes);
    const lost = await countLost(location, [...full.finished, ...paced.finished], full.questions);
    for (const { firstError } of [full, paced])
      if (firstError !== null) options.say(`${firstError}\n${product.output.slice(-2000)}`);
    const bare = (perSecond(bareBefore) + perSecond(bareAfter)) / 2;
    return {
      attempts_per_s: rounded(full.attempts / full.seconds),
      requests_per_s: rounded(perSecond(full)),
      bare_requests_per_s: rounded(bare),
      ratio_to_bare: rounded(perSecond(full) / bare),
      start_p99_ms: rounded(full.start.p99),
      save_p50_ms: rounded(full.save.p50),
      save_p99_ms: rounded(full.save.p99),
      submit_p99_ms: rounded(full.submit.p99),
      paced_starts_per_s: rounded(paced.start.count / paced.seconds),
      paced_start_p99_ms: rounded(paced.start.p99),
      paced_save_p99_ms: rounded(paced.save.p99),
      paced_behind_p99_ms: rounded(paced.behindMs.p99),
      bare_p99_ms: rounded((bareBefore.latency.p99 + bareAfter.latency.p99) / 2),
      server_cpu_us_per_request: rounded(((after.cpuSeconds - before.cpuSeconds) * 1e6) / full.total),
      bare_cpu_us_per_request: rounded((bareBefore.cpuUs + bareAfter.cpuUs) / 2),
      load_cpu_us_per_request: rounded(full.cpuUs),
      server_memory_mb: rounded(after.memoryBytes / 1e6),
      open_attempts: sizes.open,
      errors: full.errors + paced.errors + bareBefore.errors + bareAfter.errors,
      lost,
      database,
    };
  } finally {
    await place.remove();
  }
}

export const openRound: Bench = {
  name: 'open-round',
  about: 'whole attempts a second over HTTP, against the bare engine, on SQLite and PostgreSQL',
  async run(options) {
    const [first, ...others] = options.databases;
    if (first === undefined) throw new Error('no database');
    let figures = await measure(first, options);
    for (const database of others) {
      const more = Object.entries(await measure(database, options)).filter(([name]) => name !== 'database');
      figures = {
        ...figures,
        ...Object.fromEntries(more.map(([name, value]) => [`${database}_${name}`, value])),
      };
    }
    return {
      figures,
      goals: {
        ratio_to_bare: { atLeast: 0.6 },
        attempts_per_s: { atLeast: 1000 },
        save_p99_ms: { atMost: 10 },
        paced_save_p99_ms: { atMost: 50 },
        errors: { atMost: 0 },
        lost: { atMost: 0 },
        postgres_errors: { atMost: 0 },
        postgres_lost: { atMost: 0 },
      },
      notes: [`${CONNECTIONS} connections, 22 requests an attempt; the load runs on the same two cores`],
    };
  },
};
