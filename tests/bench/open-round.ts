/**
 * Whole attempts of 20 questions over HTTP: start, 20 separate durable saves, submit, by people who are signed in and have
 * not asked before, while 100,000 other attempts are open. First as many as 64 connections carry, in turn with the bare
 * engine, so that whatever else the machine does meets both alike; then 700 started a second.
 */
import { Product, type Usage, usageOf } from '../harness/product.ts';
import { startBareEngine } from './bare-engine.ts';
import { type Bench, type BenchOptions, type Figures, type Goals, onEach, rounded } from './bench.ts';
import type { AttemptsLoad, AttemptsOutcome } from './load/attempts.ts';
import { runLoad } from './load/child.ts';
import type { InsertsLoad, InsertsOutcome } from './load/inserts.ts';
import { countLost } from './lost.ts';
import { openPlace, type Place } from './place.ts';
import { type Seeded, seed } from './seed.ts';

const CONNECTIONS = 64;
/** Enough that an attempt never waits for a free one at the pace. */
const PACED_CONNECTIONS = 256;

interface Sizes {
  readonly open: number;
  /** People who take an attempt in one turn, at most; more take a second one. */
  readonly people: number;
  readonly turns: number;
  readonly warmUpMs: number;
  readonly measureMs: number;
  readonly startsPerSecond: number;
  readonly pacedMs: number;
}

const FULL: Sizes = {
  open: 100_000,
  people: 8000,
  turns: 5,
  warmUpMs: 1000,
  measureMs: 3000,
  startsPerSecond: 700,
  pacedMs: 12_000,
};
const QUICK: Sizes = {
  open: 500,
  people: 1000,
  turns: 2,
  warmUpMs: 200,
  measureMs: 800,
  startsPerSecond: 20,
  pacedMs: 1000,
};

/** What one turn of the bare engine and of the product brought, and the CPU time of their processes for a request, µs. */
interface Turn {
  readonly bare: InsertsOutcome;
  readonly bareCpuUs: number;
  readonly product: AttemptsOutcome;
  readonly productCpuUs: number;
}

const cpuUs = (before: Usage, after: Usage, requests: number): number =>
  ((after.cpuSeconds - before.cpuSeconds) * 1e6) / Math.max(1, requests);

const perSecond = ({ requests, seconds }: { readonly requests: number; readonly seconds: number }): number =>
  requests / seconds;

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

class OpenRound {
  readonly #sizes: Sizes;
  readonly #product: Product;
  readonly #seeded: Seeded;
  /** The next person who has not taken an attempt. */
  #nextPerson: number;

  constructor(sizes: Sizes, product: Product, seeded: Seeded) {
    this.#sizes = sizes;
    this.#product = product;
    this.#seeded = seeded;
    this.#nextPerson = sizes.open + 1;
  }

  /** Attempts by people who have not come yet. */
  take(more: Pick<AttemptsLoad, 'connections' | 'measureMs' | 'startsPerSecond'>): Promise<AttemptsOutcome> {
    const { people, warmUpMs } = this.#sizes;
    const firstPerson = this.#nextPerson;
    this.#nextPerson += people;
    const { port } = this.#product;
    const load: AttemptsLoad = {
      port,
      round: this.#seeded.round.uid,
      firstPerson,
      people,
      warmUpMs,
      ...more,
    };
    return runLoad(new URL('./load/attempts.ts', import.meta.url), load);
  }

  /** Both in turn, after two turns that warm up and are not counted. */
  async turns(bare: { readonly port: number; readonly pid: number }): Promise<readonly Turn[]> {
    const { turns, warmUpMs, measureMs } = this.#sizes;
    const inserts: InsertsLoad = { port: bare.port, connections: CONNECTIONS, warmUpMs, measureMs };
    const done: Turn[] = [];
    for (let turn = -1; turn <= turns; turn++) {
      const [bareBefore, productBefore] = [usageOf(bare.pid), this.#product.usage()];
      const bareOutcome = await runLoad<InsertsOutcome>(
        new URL('./load/inserts.ts', import.meta.url),
        inserts,
      );
      const product = await this.take({ connections: CONNECTIONS, measureMs, startsPerSecond: null });
      if (turn < 1) continue;
      done.push({
        bare: bareOutcome,
        bareCpuUs: cpuUs(bareBefore, usageOf(bare.pid), bareOutcome.total),
        product,
        productCpuUs: cpuUs(productBefore, this.#product.usage(), product.total),
      });
    }
    return done;
  }
}

function figuresOf(turns: readonly Turn[], paced: AttemptsOutcome): Figures {
  const of = (pick: (turn: Turn) => number): number => rounded(median(turns.map(pick)));
  const all = [...turns.map(({ product }) => product), paced];
  const bareErrors = sum(turns.map(({ bare }) => bare.errors));
  return {
    attempts_per_s: of(({ product }) => product.attempts / product.seconds),
    requests_per_s: of(({ product }) => perSecond(product)),
    bare_requests_per_s: of(({ bare }) => perSecond(bare)),
    ratio_to_bare: of(({ product, bare }) => perSecond(product) / perSecond(bare)),
    start_p99_ms: of(({ product }) => product.start.p99),
    save_p50_ms: of(({ product }) => product.save.p50),
    save_p99_ms: of(({ product }) => product.save.p99),
    submit_p99_ms: of(({ product }) => product.submit.p99),
    bare_p99_ms: of(({ bare }) => bare.latency.p99),
    paced_starts_per_s: rounded(paced.start.count / paced.seconds),
    paced_start_p99_ms: rounded(paced.start.p99),
    paced_save_p99_ms: rounded(paced.save.p99),
    paced_behind_p99_ms: rounded(paced.behindMs.p99),
    server_cpu_us_per_request: of((turn) => turn.productCpuUs),
    bare_cpu_us_per_request: of((turn) => turn.bareCpuUs),
    load_cpu_us_per_request: of(({ product }) => product.cpuUs),
    errors: sum(all.map(({ errors }) => errors)) + bareErrors,
  };
}

async function measureIn(place: Place, database: string, options: BenchOptions): Promise<Figures> {
  const sizes = options.quick ? QUICK : FULL;
  const location = await place.database('product');
  options.say(`${database}: seeding ${sizes.open} open attempts`);
  const people = sizes.open + sizes.people * (sizes.turns + 3);
  const seeded = await seed(location, { people, open: sizes.open });
  const product = await Product.start({
    location,
    dataDir: place.folder,
    nodeFlags: options.profileInto === null ? [] : ['--cpu-prof', `--cpu-prof-dir=${options.profileInto}`],
  });
  const bare = await startBareEngine(await place.database('bare'));
  const round = new OpenRound(sizes, product, seeded);
  options.say(`${database}: ${CONNECTIONS} connections, ${sizes.turns} turns with the bare engine between`);
  const turns = await round.turns(bare);
  bare.stop();
  options.say(`${database}: ${sizes.startsPerSecond} attempts started a second`);
  const paced = await round.take({
    connections: PACED_CONNECTIONS,
    measureMs: sizes.pacedMs,
    startsPerSecond: sizes.startsPerSecond,
  });
  const { memoryBytes } = product.usage();
  await product.stop();
  const outcomes = [...turns.map((turn) => turn.product), paced];
  const firstError = outcomes.find((outcome) => outcome.firstError !== null)?.firstError;
  if (firstError !== undefined) options.say(`${firstError}\n${product.output.slice(-2000)}`);
  const finished = outcomes.flatMap((outcome) => outcome.finished);
  return {
    ...figuresOf(turns, paced),
    lost: await countLost(location, finished, seeded.questions),
    finished_attempts: finished.length,
    open_attempts: sizes.open,
    server_memory_mb: rounded(memoryBytes / 1e6),
    database,
  };
}

async function measure(database: 'sqlite' | 'postgres', options: BenchOptions): Promise<Figures> {
  const place = await openPlace(database);
  try {
    return await measureIn(place, database, options);
  } finally {
    await place.remove();
  }
}

/** Speed is promised of the embedded database on two cores; nothing lost, of both. */
const SPEED: Goals = {
  ratio_to_bare: { atLeast: 0.6 },
  attempts_per_s: { atLeast: 1000 },
  save_p99_ms: { atMost: 10 },
  paced_save_p99_ms: { atMost: 50 },
};
const SOUND: Goals = {
  errors: { atMost: 0 },
  lost: { atMost: 0 },
  postgres_errors: { atMost: 0 },
  postgres_lost: { atMost: 0 },
};

export const openRound: Bench = {
  name: 'open-round',
  about: 'whole attempts a second over HTTP, against the bare engine, on SQLite and PostgreSQL',
  async run(options) {
    return {
      figures: await onEach(options.databases, (database) => measure(database, options)),
      goals: options.databases[0] === 'sqlite' ? { ...SPEED, ...SOUND } : SOUND,
      notes: [
        `${CONNECTIONS} connections, 22 requests an attempt; medians of turns that alternate with the bare engine`,
        'the load runs on the same cores',
      ],
    };
  },
};
