/** Many phones of one hall in one process: what they send, receive and are acknowledged, with the time of each. */
import { io, type Socket } from 'socket.io-client';
import { Latencies, type LatencySummary } from './latencies.ts';
import type { Phone } from './phone.ts';

/** Wall clock with fractions of a millisecond: the server on the same machine stamps with the same clock. */
export const clockMs = (): number => performance.timeOrigin + performance.now();

const AT_ONCE = 100;

/** Does `work` for 0 … count − 1, a hundred at once. */
export async function inTurns(count: number, work: (index: number) => Promise<unknown>): Promise<void> {
  let next = 0;
  const worker = async (): Promise<void> => {
    for (let i = next++; i < count; i = next++) await work(i);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
}

/** A socket as browsers have it. */
export function openSocket(port: number, cookie?: string): Promise<Socket> {
  const socket = io(`http://127.0.0.1:${port}`, {
    transports: ['websocket'],
    forceNew: true,
    reconnection: false,
    ...(cookie === undefined ? {} : { extraHeaders: { cookie } }),
  });
  return new Promise((resolve, reject) => {
    socket.once('connect', () => resolve(socket));
    socket.once('connect_error', reject);
  });
}

/** What this process did itself in a stretch of time: near 1 the load is what is measured, not the server. */
export class OwnWork {
  #from = clockMs();
  #worked = workedMs();

  /** Share of the time since then in which it computed, 0 to 1. */
  share(): number {
    return (workedMs() - this.#worked) / (clockMs() - this.#from);
  }
}

function workedMs(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
}

/** Asks with all phones, spread over `spreadMs`, and waits for each acknowledgement. `sentAt` and the replies stand by phone. */
export async function askAll<Reply>(
  phones: readonly Phone[],
  spreadMs: number,
  event: string,
  message: (index: number) => string,
): Promise<{
  readonly latency: LatencySummary;
  readonly sentAt: Float64Array;
  readonly replies: readonly Reply[];
  readonly ownShare: number;
}> {
  const latencies = new Latencies();
  const sentAt = new Float64Array(phones.length);
  const replies: Buffer[] = [];
  const own = new OwnWork();
  const from = clockMs();
  const { promise, resolve } = Promise.withResolvers<void>();
  let missing = phones.length;
  const send = (i: number): void => {
    const at = clockMs();
    sentAt[i] = at;
    phones[i]?.ask(event, message(i), (reply) => {
      latencies.add(clockMs() - at);
      replies[i] = reply;
      missing -= 1;
      if (missing === 0) resolve();
    });
  };
  if (spreadMs === 0) for (let i = 0; i < phones.length; i++) send(i);
  else inTime(phones.length, (i) => from + (spreadMs * i) / phones.length, send);
  await promise;
  const ownShare = own.share();
  return {
    latency: latencies.summary(),
    sentAt,
    replies: replies.map((reply) => JSON.parse(reply.toString())[0]),
    ownShare,
  };
}

/** One timer after another: ten thousand of them at once would be a load of their own. */
function inTime(count: number, due: (index: number) => number, send: (index: number) => void): void {
  let next = 0;
  const go = (): void => {
    while (next < count && due(next) <= clockMs()) send(next++);
    if (next < count) setTimeout(go, Math.max(0, due(next) - clockMs()));
  };
  go();
}

/** Resolves with the time at which the last phone had received something that fits. Listen first, then act. */
export function lastReceipt(
  phones: readonly Phone[],
  fits: (frame: Buffer, index: number) => boolean,
  limitMs = 60_000,
): Promise<number> {
  let missing = phones.length;
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`${missing} of ${phones.length} got nothing`)), limitMs);
    phones.forEach((phone, i) => {
      const before = phone.heard;
      phone.heard = (frame) => {
        before(frame);
        if (!fits(frame, i)) return;
        phone.heard = before;
        missing -= 1;
        if (missing > 0) return;
        clearTimeout(timer);
        resolve(clockMs());
      };
    });
  });
}
