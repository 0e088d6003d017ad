/**
 * Slows guessing down without locking anybody out. Counted by login name first and by address last: a device that signed
 * in with this name before has a count of its own, so an attacker cannot use up the real user's tries; from a new place the
 * first tries always pass; and a school behind one address has room for everybody. Memory only.
 */
import { AppError } from '../platform/errors.ts';
import { Limit, networkOf } from '../platform/limits.ts';

export interface Attempt {
  /** Keyed hash of the name, whether somebody has it or not. */
  readonly login: string;
  readonly address: string;
  /** Id of a device on which this login succeeded before; null otherwise. */
  readonly knownDevice: string | null;
}

const RETRY_MS = 10_000;

export class SignInThrottle {
  readonly #device: Limit;
  readonly #place: Limit;
  readonly #login: Limit;
  readonly #firstTries: Limit;
  readonly #address: Limit;

  /** `factor` multiplies all limits. */
  constructor(factor: number) {
    this.#device = new Limit(10 * factor, 10 * factor);
    this.#place = new Limit(10 * factor, 6 * factor);
    this.#login = new Limit(100 * factor, 30 * factor);
    this.#firstTries = new Limit(3 * factor, factor / 60);
    this.#address = new Limit(1000 * factor, 600 * factor);
  }

  /** Throws `request.tooMany`, which means "later", never "never". */
  take({ login, address, knownDevice }: Attempt, now: number): void {
    if (knownDevice !== null && this.#device.allows(`${knownDevice} ${login}`, now)) return;
    const network = networkOf(address);
    const place = `${network} ${login}`;
    const allowed =
      this.#place.allows(place, now) &&
      (this.#firstTries.allows(place, now) || this.#login.allows(login, now)) &&
      this.#address.allows(network, now);
    if (!allowed) throw new AppError('request.tooMany', { facts: { retryAfterMs: RETRY_MS } });
  }
}
