/** Made-up people of a load: who the i-th is, and the token that signs them in. The seed writes them, the load uses them. */
import { createHash } from 'node:crypto';

/** The session token of the person with this key. */
export function sessionOf(personId: number): string {
  return createHash('sha256').update(`session of ${personId}`).digest('base64url');
}
