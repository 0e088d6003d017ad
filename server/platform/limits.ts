/** Token buckets in memory: by account or attempt first, by address last, so that a school behind one address can play. */
import { AppError } from './errors.ts';
import { Recent } from './recent.ts';

interface Bucket {
  tokens: number;
  at: number;
}

const MAX_BUCKETS = 100_000;

export class Limit {
  readonly #capacity: number;
  readonly #perMs: number;
  readonly #buckets = new Recent<string, Bucket>(MAX_BUCKETS);

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

  /** The bucket that was used longest ago goes when there are too many: it is full again by then, or somebody floods with made-up keys. */
  #fresh(key: string, now: number): Bucket {
    const bucket = { tokens: this.#capacity, at: now };
    this.#buckets.set(key, bucket);
    return bucket;
  }
}

/**
 * What counts as one address: of IPv6 the network of 64 bits, all of which one household or one attacker has. A mapped
 * IPv4 address is itself.
 */
export function networkOf(address: string): string {
  const mapped = /^::ffff:(\d{1,3}(?:\.\d{1,3}){3})$/i.exec(address)?.[1];
  if (mapped !== undefined || !address.includes(':')) return mapped ?? address;
  const [head = '', tail] = address.toLowerCase().split('::');
  const first = head === '' ? [] : head.split(':');
  const last = tail === undefined || tail === '' ? [] : tail.split(':');
  const zeros = tail === undefined ? 0 : Math.max(0, 8 - first.length - last.length);
  const groups = [...first, ...new Array<string>(zeros).fill('0'), ...last];
  return `${groups
    .slice(0, 4)
    .map((group) => group.replace(/^0+(?=.)/, ''))
    .join(':')}::/64`;
}
