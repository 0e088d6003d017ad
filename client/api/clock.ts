/**
 * The server's time on a phone whose own clock may be wrong: five pings, the one with the shortest round trip wins.
 * It only draws countdowns; the server decides by its own clock. Counted on `performance.now()`, which nobody can set.
 */
import { http } from './http.ts';

/** Reply of GET /api/time. */
interface TimeReply {
  /** ms since epoch */
  readonly now: number;
}

/** One ping: server time minus `performance.now()` at the middle of the round trip. */
export interface Ping {
  readonly offsetMs: number;
  readonly roundTripMs: number;
}

const pings = 5;
const staleMs = 10 * 60_000;
/** A device that slept stops `performance.now()` in some browsers, which its wall clock betrays. */
const sleptMs = 1_500;

/** The ping that can be trusted most. */
export function best(measured: readonly Ping[]): Ping | undefined {
  return [...measured].sort((a, b) => a.roundTripMs - b.roundTripMs)[0];
}

async function ping(): Promise<Ping> {
  const sent = performance.now();
  const { now } = await http.get<TimeReply>('/api/time', { tries: 1, timeoutMs: 4_000 });
  const roundTripMs = performance.now() - sent;
  return { offsetMs: now - (sent + roundTripMs / 2), roundTripMs };
}

class ServerClock {
  #offsetMs = Date.now() - performance.now();
  #drift = Date.now() - performance.now();
  #measuredAt = Number.NEGATIVE_INFINITY;
  #running: Promise<void> | null = null;

  /** The server's time as this page knows it, ms since epoch; the device's own until the first measurement. */
  now(): number {
    return performance.now() + this.#offsetMs;
  }

  /** Whether a measurement has succeeded since the page opened. */
  get known(): boolean {
    return this.#measuredAt > Number.NEGATIVE_INFINITY;
  }

  /** Measures when it is due: the first time, after ten minutes, after the device slept; `by` another way of asking. Never throws. */
  async sync(by: () => Promise<Ping> = ping): Promise<void> {
    const slept = Math.abs(Date.now() - performance.now() - this.#drift) > sleptMs;
    const fresh = performance.now() - this.#measuredAt < staleMs;
    if (fresh && !slept) return;
    this.#running ??= this.#measure(by).finally(() => {
      this.#running = null;
    });
    await this.#running;
  }

  /** Takes the time out of any reply that carries one, when nothing better is known. */
  hint(serverNow: number): void {
    if (!this.known) this.#offsetMs = serverNow - performance.now();
  }

  async #measure(by: () => Promise<Ping>): Promise<void> {
    const measured: Ping[] = [];
    for (let count = 0; count < pings; count++) {
      const one = await by().catch(() => null);
      if (one !== null) measured.push(one);
      else if (measured.length === 0) break;
    }
    const chosen = best(measured);
    if (chosen === undefined) return;
    this.#offsetMs = chosen.offsetMs;
    this.#drift = Date.now() - performance.now();
    this.#measuredAt = performance.now();
  }
}

/** The one clock of the page. */
export const clock = new ServerClock();

if (typeof document !== 'undefined') {
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'visible' && clock.known) void clock.sync();
  });
}
