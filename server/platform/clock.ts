/**
 * The server's time. A monotonic clock plus an offset: when the wall clock jumps, running deadlines do not. Nothing else
 * in the server asks for the time; it is read once a request and handed on as `now` (ms since epoch).
 */
export interface Clock {
  /** ms since epoch, never going back. */
  now(): number;
}

/** `notBefore`: the last heartbeat that was written, so that time never goes back over a restart. */
export function systemClock(notBefore = 0): Clock & { readonly drift: () => number } {
  const offset = Math.max(Date.now(), notBefore) - performance.now();
  return {
    now: () => Math.floor(performance.now() + offset),
    /** How far the wall clock has moved against ours since the start, ms: recorded as a step when it jumps. */
    drift: () => Date.now() - (performance.now() + offset),
  };
}

/** A clock that tests (and the walk through a four-week contest) move by hand; it also runs by itself. */
export class MovableClock implements Clock {
  #offset: number;
  constructor(start = Date.now()) {
    this.#offset = start - performance.now();
  }
  now(): number {
    return Math.floor(performance.now() + this.#offset);
  }
  /** Goes forward by so many ms. */
  advance(ms: number): void {
    this.#offset += ms;
  }
  /** Goes to this moment. */
  set(at: number): void {
    this.#offset = at - performance.now();
  }
}
