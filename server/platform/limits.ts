/** Token buckets in memory: by account or attempt first, by address last, so that a school behind one address can play. */
import { AppError } from './errors.ts';

interface Bucket {
  tokens: number;
  at: number;
}

const MAX_BUCKETS = 200_000;

export class Limit {
  readonly #capacity: number;
  readonly #perMs: number;
  readonly #buckets = new Map<string, Bucket>();

  /** `burst` at once, then `perMinute`. */
  constructor(burst: number, perMinute: number) {
    this.#capacity = burst;
    this.#perMs = perMinute / 60_000;
  }

  /** True when `key` may go on; takes one token. */
  allows(key: string, now: number): boolean {
    const bucket = this.#buckets.get(key) ?? this.#fresh(key, now);
    bucket.tokens = Math.min(this.#capacity, bucket.tokens + (now - bucket.at) * this.#perMs);
    bucket.at = now;
    if (bucket.tokens < 1) return false;
    bucket.tokens -= 1;
    return true;
  }

  /** Throws `request.tooMany`. */
  take(key: string, now: number): void {
    if (!this.allows(key, now))
      throw new AppError('request.tooMany', { facts: { retryAfterMs: Math.ceil(1 / this.#perMs) } });
  }

  /** The oldest bucket goes when there are too many: it is full again by then, or somebody floods with made-up keys. */
  #fresh(key: string, now: number): Bucket {
    if (this.#buckets.size >= MAX_BUCKETS) {
      const oldest = this.#buckets.keys().next().value;
      if (oldest !== undefined) this.#buckets.delete(oldest);
    }
    const bucket = { tokens: this.#capacity, at: now };
    this.#buckets.set(key, bucket);
    return bucket;
  }
}
