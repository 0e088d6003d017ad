/**
 * A row that says when a server was last alive. At the start the gap is what people lost: it is recorded as an outage and
 * given back to every attempt that was open. Steps of the wall clock are recorded too; deadlines do not follow them.
 */
import type { Clock } from '../platform/clock.ts';
import type { Database, Statement } from '../platform/database/door.ts';
import { heartbeats, lastHeartbeat } from '../platform/heartbeat.ts';
import type { Logger } from '../platform/log.ts';
import type { Outages } from './outages.ts';

const EVERY_MS = 1000;
/** A shorter silence costs nobody an answer: clients try again within it. */
const OUTAGE_MS = 2500;

interface HeartbeatContext {
  readonly database: Database;
  readonly clock: Clock;
  readonly log: Logger;
}

export class Heartbeat {
  readonly #context: HeartbeatContext;
  readonly #outages: Outages;
  readonly #aliveAt: (now: number) => Statement;
  #timer: NodeJS.Timeout | null = null;

  constructor(context: HeartbeatContext, outages: Outages) {
    this.#context = context;
    this.#outages = outages;
    this.#aliveAt = heartbeats(context.database);
  }

  /** `anyOpen`: whether somebody was answering when the last server stopped. */
  async start(anyOpen: boolean): Promise<void> {
    const { database, clock, log } = this.#context;
    const now = clock.now();
    const last = await lastHeartbeat(database);
    if (anyOpen && last > 0 && now - last >= OUTAGE_MS) {
      await this.#outages.record(
        { roundId: null, fromAt: last, toAt: now },
        'máy chủ ngừng / the server was down',
        'system',
        now,
      );
      log.warn({ fromAt: last, toAt: now, ms: now - last }, 'outage recorded, time given back');
    }
    await this.#beat();
    this.#timer = setInterval(
      () => void this.#beat().catch((error: unknown) => log.warn({ err: error }, 'no heartbeat')),
      EVERY_MS,
    );
    this.#timer.unref();
  }

  async #beat(): Promise<void> {
    const { database, clock } = this.#context;
    await database.atomic([this.#aliveAt(clock.now())], 'low');
  }

  stop(): void {
    if (this.#timer !== null) clearInterval(this.#timer);
  }
}
