/** Hands snapshots' pages and an order to a thread of its own, and gives its reply. One at a time: a core each. */
import { Worker } from 'node:worker_threads';
import type { ClosingOrder, ClosingReply, DecideOrder } from './closing-worker.ts';
import type { Differences } from './comparison-rules.ts';
import type { Winning } from './prize-rules.ts';
import type { Snapshots } from './snapshots.ts';

const TIME_LIMIT_MS = 60_000;
let last: Promise<unknown> = Promise.resolve();

export async function compareInThread(
  snapshots: Snapshots,
  from: number,
  to: number,
  limit: number,
): Promise<Differences> {
  const reply = await inTurn(async (post) => {
    for await (const body of snapshots.bodies(from, 'people')) post({ page: 'before', body });
    for await (const body of snapshots.bodies(to, 'people')) post({ page: 'people', body });
    post({ do: 'compare', limit });
  });
  if (!('differences' in reply)) throw new Error('a comparison gave something else');
  return reply.differences;
}

export async function decideInThread(
  snapshots: Snapshots,
  snapshot: number,
  order: DecideOrder,
): Promise<Winning> {
  const reply = await inTurn(async (post) => {
    for await (const body of snapshots.bodies(snapshot, 'people')) post({ page: 'people', body });
    for await (const body of snapshots.bodies(snapshot, 'units')) post({ page: 'units', body });
    post(order);
  });
  if (!('winning' in reply)) throw new Error('deciding gave something else');
  return reply.winning;
}

type Feed = (post: (order: ClosingOrder) => void) => Promise<void>;

function inTurn(feed: Feed): Promise<Exclude<ClosingReply, { error: string }>> {
  const mine = last.then(() => inThread(feed));
  last = mine.catch(() => undefined);
  return mine;
}

async function inThread(feed: Feed): Promise<Exclude<ClosingReply, { error: string }>> {
  const worker = new Worker(new URL('./closing-worker.ts', import.meta.url));
  const { promise, resolve, reject } = Promise.withResolvers<ClosingReply>();
  promise.catch(() => undefined);
  const timer = setTimeout(() => reject(new Error('closing took too long')), TIME_LIMIT_MS);
  worker.once('message', resolve);
  worker.once('error', reject);
  try {
    await feed((order) => worker.postMessage(order));
    const reply = await promise;
    if ('error' in reply) throw new Error(reply.error);
    return reply;
  } finally {
    clearTimeout(timer);
    await worker.terminate();
  }
}
