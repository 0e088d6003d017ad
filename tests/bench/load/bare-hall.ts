/** The same phones on Socket.IO with nothing behind it: one broadcast of as many bytes, and an echo that is acknowledged. */
import type { Socket } from 'socket.io-client';
import { answerParent } from './child.ts';
import { askAll, clockMs, inTurns, lastReceipt, openSocket } from './hall.ts';

export interface BareHallLoad {
  readonly port: number;
  readonly players: number;
  readonly spreads: readonly number[];
  /** Bytes of a broadcast. */
  readonly bytes: number;
}

export interface BareHallOutcome {
  /** ms from asking for it to the last receipt, the median of three. */
  readonly broadcastMs: number;
  /** By spread. */
  readonly echoP99Ms: readonly number[];
}

async function run({ port, players, spreads, bytes }: BareHallLoad): Promise<BareHallOutcome> {
  const host = await openSocket(port);
  const sockets: Socket[] = [];
  await inTurns(players, async () => {
    sockets.push(await openSocket(port));
  });
  const broadcasts: number[] = [];
  for (let i = 0; i < 3; i++) {
    const received = lastReceipt(sockets, 'live', () => true);
    const from = clockMs();
    host.emit('go', bytes);
    broadcasts.push((await received) - from);
  }
  const echoP99Ms: number[] = [];
  for (const spread of spreads) {
    const { latency } = await askAll(sockets, spread, 'echo', (i) => ({ v: 1, asking: 1, answer: i % 4 }));
    echoP99Ms.push(latency.p99);
  }
  for (const socket of [host, ...sockets]) socket.close();
  return { broadcastMs: broadcasts.sort((a, b) => a - b)[1] ?? 0, echoP99Ms };
}

answerParent(import.meta.url, run);
