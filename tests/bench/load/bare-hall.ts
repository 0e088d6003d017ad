/** The same phones on Socket.IO with nothing behind it: one broadcast of the same frame, and an echo that is acknowledged. */
import { answerParent } from './child.ts';
import { askAll, clockMs, inTurns, lastReceipt, OwnWork, openSocket } from './hall.ts';
import { Phone } from './phone.ts';

export interface BareHallLoad {
  readonly port: number;
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
  /** By spread, the median. */
  readonly echoP99Ms: readonly number[];
  /** Of the load's own work in the broadcasts, the median. */
  readonly ownShare: number;
}

async function run({ port, players, spreads, message, times }: BareHallLoad): Promise<BareHallOutcome> {
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
  const echoP99Ms: number[] = [];
  for (const spread of spreads) {
    const echoes: number[] = [];
    for (let i = 0; i <= times; i++) {
      const { latency } = await askAll(
        phones,
        spread,
        'echo',
        (one) => `{"v":1,"asking":1,"answer":${one % 4}}`,
      );
      if (i > 0) echoes.push(latency.p99);
    }
    echoP99Ms.push(medianOf(echoes));
  }
  host.close();
  for (const phone of phones) phone.close();
  return { broadcastMs: medianOf(broadcasts), echoP99Ms, ownShare: medianOf(shares) };
}

export function medianOf(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}

answerParent(import.meta.url, run);
