/**
 * Links that end letters: sealed (AES-256-GCM), so that nobody can make or read one, and good for as long as the letter is
 * kept. For entrants it takes their consent back, for other addresses it is remembered that they refused.
 */
import type { Secrets } from '../platform/secrets.ts';

/** Who wants no more of what. */
export type Refusal =
  | { readonly of: 'entrant'; readonly personId: number; readonly contestId: number }
  | { readonly of: 'address'; readonly addressHash: string; readonly purpose: string };

const USE = 'unsubscribe';

export function sealRefusal(secrets: Secrets, refusal: Refusal): string {
  const packed =
    refusal.of === 'entrant'
      ? ['e', refusal.personId, refusal.contestId]
      : ['a', refusal.addressHash, refusal.purpose];
  return secrets.encrypt(USE, JSON.stringify(packed));
}

/** Null for what we did not seal. */
export function openRefusal(secrets: Secrets, token: string): Refusal | null {
  try {
    const [kind, first, second]: unknown[] = JSON.parse(secrets.decrypt(USE, token));
    if (kind === 'e') return { of: 'entrant', personId: Number(first), contestId: Number(second) };
    if (kind === 'a') return { of: 'address', addressHash: String(first), purpose: String(second) };
    return null;
  } catch {
    return null;
  }
}
