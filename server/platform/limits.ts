/** Token buckets in memory: by account or attempt first, by address last, so that a school behind one address can play. */
import { AppError } from './errors.ts';
import { Recent } from './recent.ts';

const MAX_BUCKETS = 100_000;

/** A bucket of tokens that fills up with time. */
export class Bucket {
  readonly #capacity: number;
  readonly #perMs: number;
  #tokens: number;
  #at: number;

  /** `burst` at once, then `perMinute`. */
  constructor(burst: number, perMinute: number, now: number) {
    this.#capacity = burst;
    this.#perMs = perMinute / 60_000;
    this.#tokens = burst;
    this.#at = now;
  }

  /** True when there is a token; takes it. */
  allows(now: number): boolean {
    this.#tokens = Math.min(this.#capacity, this.#tokens + (now - this.#at) * this.#perMs);
    this.#at = now;
    if (this.#tokens < 1) return false;
    this.#tokens -= 1;
    return true;
  }
}

export class Limit<Key extends string | number = string> {
  readonly #burst: number;
  readonly #perMinute: number;
  readonly #buckets = new Recent<Key, Bucket>(MAX_BUCKETS);

  /** `burst` at once, then `perMinute`. */
  constructor(burst: number, perMinute: number) {
    this.#burst = burst;
    this.#perMinute = perMinute;
  }

  /** True when `key` may go on; takes one token. */
  allows(key: Key, now: number): boolean {
    return (this.#buckets.get(key) ?? this.#fresh(key, now)).allows(now);
  }

  /** Throws `request.tooMany`. */
  take(key: Key, now: number): void {
    if (!this.allows(key, now))
      throw new AppError('request.tooMany', { facts: { retryAfterMs: Math.ceil(60_000 / this.#perMinute) } });
  }

  /** The bucket that was used longest ago goes when there are too many: it is full again by then, or somebody floods with made-up keys. */
  #fresh(key: Key, now: number): Bucket {
    const bucket = new Bucket(this.#burst, this.#perMinute, now);
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
