/** The same small save again and again, to the bare engine. */

import { answerParent } from './child.ts';
import { Connection, post } from './connection.ts';
import { Latencies, type LatencySummary } from './latencies.ts';

export interface InsertsLoad {
  readonly port: number;
  readonly connections: number;
  readonly warmUpMs: number;
  readonly measureMs: number;
}

export interface InsertsOutcome {
  readonly requests: number;
  /** With those of the warm-up. */
  readonly total: number;
  readonly seconds: number;
  readonly latency: LatencySummary;
  readonly errors: number;
}

async function run({ port, connections, warmUpMs, measureMs }: InsertsLoad): Promise<InsertsOutcome> {
  const open = await Promise.all(Array.from({ length: connections }, () => Connection.open(port)));
  const latencies = new Latencies();
  const from = performance.now() + warmUpMs;
  const until = from + measureMs;
  let errors = 0;
  let total = 0;
  const insert = async (connection: Connection): Promise<void> => {
    for (let n = 1; performance.now() < until; n++) {
      const sent = performance.now();
      const reply = await connection.ask(post('/saves', '', body(n)));
      const now = performance.now();
      total += 1;
      if (sent >= from && now < until) latencies.add(now - sent);
      if (reply.status !== 200) errors += 1;
    }
  };
  await Promise.all(open.map(insert));
  for (const connection of open) connection.close();
  const latency = latencies.summary();
  return { requests: latency.count, total, seconds: measureMs / 1000, latency, errors };
}

/** As long as a save of the product. */
function body(n: number): string {
  return `{"device":"bench-abcdef","n":${n},"base":${n - 1},"changes":{"${n % 20}":[${n % 4}]}}`;
}

answerParent(import.meta.url, run);
