/**
 * Proof of work where bots gain: a second of computing that a person does not notice and a thousand bots do. A challenge is
 * signed and forgotten; what comes back is checked by one hash. Each is good at one place, for a while, and once.
 */
import { createHash } from 'node:crypto';
import { Recent } from './recent.ts';
import { randomToken, type Secrets } from './secrets.ts';

/** Zero bits: 65,000 hashes on average, half a second to a second on a phone. */
const BITS = 16;
const GOOD_MS = 10 * 60_000;
const USED_MOST = 50_000;

/** To be found: an n for which SHA-256(`salt:n`) begins with so many zero bits. */
export interface Challenge {
  readonly salt: string;
  readonly bits: number;
}

export interface Proof {
  readonly salt: string;
  readonly n: number;
}

export class Proofs {
  readonly #secrets: Secrets;
  /** Salts that were spent: each lets one in. */
  readonly #used = new Recent<string, true>(USED_MOST);

  constructor(secrets: Secrets) {
    this.#secrets = secrets;
  }

  /** `place`: what it opens, without a dot. `now` in ms. */
  challenge(place: string, now: number): Challenge {
    const text = `${place}.${(now + GOOD_MS).toString(36)}.${randomToken(9)}`;
    return { salt: `${text}.${this.#secrets.sign('proof', text)}`, bits: BITS };
  }

  /** Takes a proof; false when it is none, old, of another place, or was taken before. */
  take(place: string, proof: Proof | undefined, now: number): boolean {
    if (proof === undefined) return false;
    const [at = '', until = '', random = '', signature = ''] = proof.salt.split('.');
    const text = `${at}.${until}.${random}`;
    if (at !== place || !this.#secrets.verify('proof', text, signature)) return false;
    if (Number.parseInt(until, 36) < now || this.#used.get(text) !== undefined) return false;
    if (zeroBits(`${text}.${signature}:${proof.n}`) < BITS) return false;
    this.#used.set(text, true);
    return true;
  }
}

function zeroBits(text: string): number {
  const digest = createHash('sha256').update(text).digest();
  return Math.clz32(digest.readUInt32BE(0));
}
