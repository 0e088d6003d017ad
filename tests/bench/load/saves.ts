/** Saves to attempts that are open already, all over them: one durable save a request. Stops when the server is gone. */
import { attemptToken, attemptUid } from '../../../server/attempts/attempt-id.ts';
import { Secrets } from '../../../server/platform/secrets.ts';
import { isSaved, saveRequest } from './attempt-requests.ts';
import { answerParent } from './child.ts';
import { Connection, ConnectionLost } from './connection.ts';
import { Latencies, type LatencySummary } from './latencies.ts';

export interface SavesLoad {
  readonly port: number;
  readonly secret: string;
  /** Attempts have the keys 1 … open, each with `saved` saves of another device. */
  readonly open: number;
  readonly saved: number;
  /** The i-th attempt's kinds are at `i % length`. */
  readonly kinds: readonly (readonly string[])[];
  readonly connections: number;
  readonly measureMs: number;
  /** Saves a second over all connections; null: as many as fit. */
  readonly perSecond: number | null;
}

export interface SavesOutcome {
  readonly saves: number;
  readonly latency: LatencySummary;
  readonly errors: number;
  readonly firstError: string | null;
  /** Attempt → saves of it that were acknowledged. */
  readonly acknowledged: readonly (readonly [number, number])[];
}

async function run(load: SavesLoad): Promise<SavesOutcome> {
  const secrets = new Secrets(load.secret);
  const latencies = new Latencies();
  const counts = new Int32Array(load.open + 1);
  const until = performance.now() + load.measureMs;
  let errors = 0;
  let firstError: string | null = null;

  /** Each connection has attempts of its own, so that saves of one attempt stand in line. */
  const saveAll = async (first: number): Promise<void> => {
    const connection = await Connection.open(load.port);
    const pauseMs = load.perSecond === null ? 0 : (load.connections * 1000) / load.perSecond;
    const own = Math.floor((load.open - first) / load.connections) + 1;
    while (performance.now() < until) {
      const id = first + load.connections * Math.floor(Math.random() * own);
      const kinds = load.kinds[(id - 1) % load.kinds.length] ?? [];
      const attempt = { id: attemptUid(secrets, id), token: attemptToken(secrets, id), kinds };
      const n = (counts[id] ?? 0) + 1;
      const sent = performance.now();
      const reply = await connection.ask(
        saveRequest(attempt, 'bench', n, n % kinds.length, load.saved + n - 1),
      );
      latencies.add(performance.now() - sent);
      if (isSaved(reply, load.saved + n)) counts[id] = n;
      else {
        errors += 1;
        firstError ??= `${reply.status} ${reply.body.slice(0, 300)}`;
      }
      if (pauseMs > 0) await new Promise((next) => setTimeout(next, pauseMs * 2 * Math.random()));
    }
    connection.close();
  };

  const connections = Array.from({ length: load.connections }, (_, i) =>
    saveAll(i + 1).catch((error: unknown) => {
      if (!(error instanceof ConnectionLost)) throw error;
    }),
  );
  await Promise.all(connections);
  const acknowledged = [...counts.entries()].filter(([, count]) => count > 0);
  const latency = latencies.summary();
  return { saves: latency.count, latency, errors, firstError, acknowledged };
}

answerParent(import.meta.url, run);
