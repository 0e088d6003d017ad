/** A proof of work as a device computes it, with the platform's hash. */
import { createHash } from 'node:crypto';
import type { Challenge, Proof } from '../../server/platform/proofs.ts';

export function solve({ salt, bits }: Challenge): Proof {
  for (let n = 0; ; n++) {
    const digest = createHash('sha256').update(`${salt}:${n}`).digest();
    if (Math.clz32(digest.readUInt32BE(0)) >= bits) return { salt, n };
  }
}
