/**
 * Counts attempts in a thread of its own: a million take seconds, and the doors never wait. Where they are many, a second
 * thread takes half of them: the first one starts it, and adds its sums to its own.
 */
import { once } from 'node:events';
import { type MessagePort, parentPort, resourceLimits, Worker, workerData } from 'node:worker_threads';
import { type Statistics, statisticsOf } from '../../questions/analysis/statistics.ts';
import { type PackedTally, Tally } from '../../questions/analysis/tally.ts';
import { type CompiledQuery, openThreadReader } from '../platform/database/thread-reader.ts';
import { type MarkingOrder, tallied } from './marking-again.ts';

/** A share of the attempts. */
export interface TallyPart extends Omit<MarkingOrder, 'attempts'> {
  readonly dialect: 'sqlite' | 'postgres';
  /** File path or address. */
  readonly location: string;
  readonly attempts: CompiledQuery;
}

export interface TallyOrder extends Omit<TallyPart, 'attempts'> {
  readonly port: MessagePort;
  /** Each is counted by a thread; together they are all attempts, each of them once. */
  readonly parts: readonly CompiledQuery[];
  /** Only these versions are told about, though totals are of whole papers; null: all. */
  readonly only: readonly number[] | null;
}

export type TallyReply = { readonly statistics: Statistics } | { readonly error: string };

async function tallyOf(part: TallyPart): Promise<Tally> {
  const reader = await openThreadReader(part.dialect, part.location);
  try {
    return await tallied(part, reader);
  } finally {
    await reader.close();
  }
}

/** By another thread, which may hold as much as this one. Throws what it threw. */
async function tallyElsewhere(part: TallyPart): Promise<PackedTally> {
  const worker = new Worker(new URL(import.meta.url), { workerData: part, resourceLimits });
  const [packed] = await once(worker, 'message');
  return packed;
}

async function statisticsBy({ port: _port, parts, only, ...order }: TallyOrder): Promise<Statistics> {
  const [own, ...others] = parts.map((attempts) => ({ ...order, attempts }));
  const counting = own === undefined ? new Tally() : tallyOf(own);
  const [tally, ...elsewhere] = await Promise.all([counting, ...others.map(tallyElsewhere)]);
  for (const packed of elsewhere) tally.addPacked(packed);
  const statistics = statisticsOf(tally);
  const wanted = only === null ? null : new Set(only);
  return { ...statistics, items: statistics.items.filter(({ item }) => wanted?.has(item) ?? true) };
}

async function run(order: TallyOrder): Promise<void> {
  const { port } = order;
  try {
    port.postMessage({ statistics: await statisticsBy(order) } satisfies TallyReply);
  } catch (error) {
    port.postMessage({
      error: error instanceof Error ? error.message : String(error),
    } satisfies TallyReply);
  } finally {
    port.close();
  }
}

const given: TallyOrder | TallyPart = workerData;
if ('parts' in given) await run(given);
else parentPort?.postMessage((await tallyOf(given)).packed());
