/** What somebody types to sign in: recognised as a phone, an e-mail or a user name, and looked up by a keyed hash. */
import type { Secrets } from '../platform/secrets.ts';
import { readEmail, readPhone, readUserName } from './identity-rules.ts';

export type LoginKind = 'phone' | 'email' | 'userName';

/** A login in its normal form. */
export interface Login {
  readonly kind: LoginKind;
  readonly normal: string;
}

/** Null when it is none of the three. A user name has a letter and no "@", so nothing can be two of them. */
export function readLogin(typed: string): Login | null {
  const readers = { phone: readPhone, email: readEmail, userName: readUserName } as const;
  for (const kind of ['phone', 'email', 'userName'] as const) {
    const read = readers[kind](typed);
    if (read.ok) return { kind, normal: read.value };
  }
  return null;
}

/** Key of `login_names`. */
export function loginHash(secrets: Secrets, { kind, normal }: Login): string {
  return secrets.hash('login', `${kind}:${normal}`);
}

/** As `loginHash`, also for what is no login at all: it is throttled and takes as long as any other. */
export function typedLoginHash(secrets: Secrets, typed: string): string {
  const login = readLogin(typed);
  return login === null ? secrets.hash('login', `none:${typed}`) : loginHash(secrets, login);
}
