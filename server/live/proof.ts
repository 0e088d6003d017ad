/** Proof of work at the door of a room: a second of computing that a person does not notice and a thousand bots do. */
import { createHash } from 'node:crypto';
import { Recent } from '../platform/recent.ts';
import type { Secrets } from '../platform/secrets.ts';
import { randomToken } from '../platform/secrets.ts';

/** Zero bits: 65,000 hashes on average, half a second to a second on a phone. */
const BITS = 16;
const GOOD_MS = 10 * 60_000;
const USED_MOST = 50_000;

export class Proofs {
  readonly #secrets: Secrets;
  /** Salts that were spent: each lets one in. */
  readonly #used = new Recent<string, true>(USED_MOST);

  constructor(secrets: Secrets) {
    this.#secrets = secrets;
  }

  challenge(pin: string, now: number): { readonly salt: string; readonly bits: number } {
    const text = `${pin}.${(now + GOOD_MS).toString(36)}.${randomToken(9)}`;
    return { salt: `${text}.${this.#secrets.sign('liveProof', text)}`, bits: BITS };
  }

  /** Takes a proof; false when it is none, old, of another room, or was taken before. */
  take(pin: string, proof: { readonly salt: string; readonly n: number } | undefined, now: number): boolean {
    if (proof === undefined) return false;
    const [room = '', until = '', random = '', signature = ''] = proof.salt.split('.');
    const text = `${room}.${until}.${random}`;
    if (room !== pin || !this.#secrets.verify('liveProof', text, signature)) return false;
    if (Number.parseInt(until, 36) < now || this.#used.get(text) !== undefined) return false;
    if (zeroBits(`${proof.salt}:${proof.n}`) < BITS) return false;
    this.#used.set(text, true);
    return true;
  }
}

function zeroBits(text: string): number {
  const digest = createHash('sha256').update(text).digest();
  return Math.clz32(digest.readUInt32BE(0));
}
