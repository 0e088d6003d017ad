/** A million results of 500,000 people in 10,000 units: the structure in the process, and the same through the API under load. */
import { Product } from '../harness/product.ts';
import { type Bench, rounded } from './bench.ts';
import { dataset, measureCore } from './leaderboard-core.ts';
import { Connection, get } from './load/connection.ts';
import { Latencies } from './load/latencies.ts';
import { sessionOf } from './people.ts';
import { openPlace } from './place.ts';
import { seed } from './seed.ts';

const FULL = { results: 1_000_000, people: 500_000, units: 10_000, requests: 30_000, connections: 8 };
const QUICK = { results: 4000, people: 2000, units: 300, requests: 400, connections: 8 };

/** My standing with those around me, a page somewhere, units: in turn, by people at random. */
function requestOf(board: string, people: number, i: number): string {
  const person = 1 + Math.floor(Math.random() * people);
  const offset = Math.floor(Math.random() * (people - 50));
  const address = `/api/leaderboards/${board}`;
  if (i % 3 === 0) return get(`${address}/me`, `cookie: hoithi=${sessionOf(person)}\r\n`);
  return i % 3 === 1 ? get(`${address}?offset=${offset}&limit=20`) : get(`${address}/units?limit=20`);
}

interface Asked {
  readonly latencies: Latencies;
  readonly errors: number;
  readonly seconds: number;
}

async function ask(port: number, board: string, size: typeof FULL): Promise<Asked> {
  const latencies = new Latencies();
  let errors = 0;
  let left = size.requests;
  const began = performance.now();
  const visitor = async (): Promise<void> => {
    const connection = await Connection.open(port);
    while (left-- > 0) {
      const sent = performance.now();
      const { status } = await connection.ask(requestOf(board, size.people, left));
      latencies.add(performance.now() - sent);
      if (status !== 200) errors += 1;
    }
    connection.close();
  };
  await Promise.all(Array.from({ length: size.connections }, visitor));
  return { latencies, errors, seconds: (performance.now() - began) / 1000 };
}

export const leaderboard: Bench = {
  name: 'leaderboard',
  about: 'ranks among a million results, in the process and through the API',
  async run(options) {
    const size = options.quick ? QUICK : FULL;
    options.say('the structure in the process');
    const core = measureCore(dataset(size.people, size.units));
    const place = await openPlace('sqlite');
    try {
      const location = await place.database('product');
      options.say(`seeding ${size.results} results of ${size.people} people in ${size.units} units`);
      const seeded = await seed(location, { people: size.people, units: size.units, results: size.results });
      const product = await Product.start({ location, dataDir: place.folder });
      const boards = await product.until('/readyz');
      options.say('asking the API');
      const asked = await ask(product.port, `round-${seeded.earlier.uid}`, size);
      await product.stop();
      return {
        figures: {
          ...core,
          api_rank_p99_ms: rounded(asked.latencies.summary().p99),
          api_requests_per_s: rounded(size.requests / asked.seconds),
          boards_from_table_ms: rounded(boards),
          errors: asked.errors,
        },
        goals: {
          rebuild_ms: { atMost: 1500 },
          inserts_per_s: { atLeast: 500_000 },
          rank_p99_us: { atMost: 10 },
          page_p99_us: { atMost: 10 },
          around_p99_us: { atMost: 10 },
          api_rank_p99_ms: { atMost: 10 },
          memory_mb: { atMost: 150 },
          mismatches: { atMost: 0 },
          errors: { atMost: 0 },
        },
        notes: [
          'in the process: rebuild, inserts and updates are the best of five runs; boards_from_table_ms is from the start of the server until every board is there',
          `through the API: ${size.connections} connections; standing and neighbours, a page anywhere, units, in turn`,
        ],
      };
    } finally {
      await place.remove();
    }
  },
};
