/** Many phones of one hall in one process: sockets that come, receive, answer and are acknowledged, with the time of each. */
import { io, type Socket } from 'socket.io-client';
import { Latencies, type LatencySummary } from './latencies.ts';

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

/** Sends on all sockets, spread over `spreadMs`, and waits for each acknowledgement. `sent` and the replies stand by socket. */
export async function askAll<Reply>(
  sockets: readonly Socket[],
  spreadMs: number,
  event: string,
  message: (index: number) => unknown,
): Promise<{
  readonly latency: LatencySummary;
  readonly sentAt: Float64Array;
  readonly replies: readonly Reply[];
}> {
  const latencies = new Latencies();
  const sentAt = new Float64Array(sockets.length);
  const replies: Reply[] = [];
  const from = clockMs();
  await Promise.all(
    sockets.map(
      (socket, i) =>
        new Promise<void>((answered) => {
          const send = (): void => {
            sentAt[i] = clockMs();
            socket.emit(event, message(i), (reply: Reply) => {
              latencies.add(clockMs() - (sentAt[i] ?? 0));
              replies[i] = reply;
              answered();
            });
          };
          const due = from + (spreadMs * i) / sockets.length;
          if (spreadMs === 0) send();
          else setTimeout(send, Math.max(0, due - clockMs()));
        }),
    ),
  );
  return { latency: latencies.summary(), sentAt, replies };
}

/** Resolves with the time at which the last socket had received something that fits. Listen first, then act. */
export function lastReceipt<Message>(
  sockets: readonly Socket[],
  event: string,
  fits: (message: Message, index: number) => boolean,
  limitMs = 60_000,
): Promise<number> {
  let missing = sockets.length;
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`${missing} of ${sockets.length} got nothing`)), limitMs);
    sockets.forEach((socket, i) => {
      const heard = (message: Message): void => {
        if (!fits(message, i)) return;
        socket.off(event, heard);
        missing -= 1;
        if (missing > 0) return;
        clearTimeout(timer);
        resolve(clockMs());
      };
      socket.on(event, heard);
    });
  });
}
