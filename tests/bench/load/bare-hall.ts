/** The same phones on Socket.IO with nothing behind it: one broadcast of the same frame, and an echo that is acknowledged. */
import { cpuMsOf } from '../../harness/product.ts';
import { answerParent } from './child.ts';
import { askAll, clockMs, inTurns, lastReceipt, OwnWork, openSocket } from './hall.ts';
import { LoopWatcher } from './loop-watcher.ts';
import { Phone } from './phone.ts';

export interface BareHallLoad {
  readonly port: number;
  /** The bare server's process, and where the watch of its event loop writes. */
  readonly pid: number;
  readonly watchFile: string;
  readonly players: number;
  readonly spreads: readonly number[];
  /** What is broadcast: a question as the product tells it. */
  readonly message: unknown;
  /** How often each is done; the first one warms up. */
  readonly times: number;
}

export interface BareHallOutcome {
  /** ms from asking for it to the last receipt, the median. */
  readonly broadcastMs: number;
  /** By spread. */
  readonly echoes: readonly BareEcho[];
  /** Of the load's own work in the broadcasts, the median. */
  readonly ownShare: number;
}

export interface BareEcho {
  readonly p99Ms: number;
  /** Without a watch of the loop, as the product's. */
  readonly cpuUs: number;
  /** The longest time in which the loop did one thing. */
  readonly blockMs: number;
}

async function run({
  port,
  pid,
  watchFile,
  players,
  spreads,
  message,
  times,
}: BareHallLoad): Promise<BareHallOutcome> {
  const host = await openSocket(port);
  const phones: Phone[] = [];
  await inTurns(players, async () => {
    phones.push(await Phone.open(port));
  });
  const broadcasts: number[] = [];
  const shares: number[] = [];
  for (let i = 0; i <= times; i++) {
    const received = lastReceipt(phones, () => true);
    const own = new OwnWork();
    const from = clockMs();
    host.emit('go', message);
    const ms = (await received) - from;
    if (i === 0) continue;
    broadcasts.push(ms);
    shares.push(own.share());
  }
  const watcher = new LoopWatcher(pid, watchFile);
  const echoes: BareEcho[] = [];
  for (const spread of spreads) {
    const p99s: number[] = [];
    let blockMs = 0;
    let cpuUs = 0;
    for (let i = 0; i <= times; i++) {
      const watched = i < times;
      if (watched) await watcher.start();
      const cpu = cpuMsOf(pid);
      const { latency } = await askAll(
        phones,
        spread,
        'echo',
        (one) => `{"v":1,"asking":1,"answer":${one % 4}}`,
      );
      cpuUs = ((cpuMsOf(pid) - cpu) * 1000) / players;
      const seen = watched ? await watcher.stop() : null;
      if (i === 0) continue;
      p99s.push(latency.p99);
      blockMs = Math.max(blockMs, seen?.stallMs ?? 0);
    }
    echoes.push({ p99Ms: medianOf(p99s), cpuUs, blockMs });
  }
  host.close();
  for (const phone of phones) phone.close();
  return { broadcastMs: medianOf(broadcasts), echoes, ownShare: medianOf(shares) };
}

export function medianOf(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}

answerParent(import.meta.url, run);
