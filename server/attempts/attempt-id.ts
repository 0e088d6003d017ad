/** Attempts at the doors: an opaque id, the token that saves go with, and the address part of a shared result. All signed. */
import { Recent } from '../platform/recent.ts';
import type { Secrets } from '../platform/secrets.ts';

const RADIX = 36;
const ID_SIGNATURE = 10;

/** E.g. "2s-Xk3…": the key in base 36 and ten characters of its signature, so that ids cannot be counted through. */
export function attemptUid(secrets: Secrets, id: number): string {
  const text = id.toString(RADIX);
  return `${text}-${secrets.sign('attempt-id', text).slice(0, ID_SIGNATURE)}`;
}

/** The key behind an id, or null when it was not made here. */
export function attemptKey(secrets: Secrets, uid: string): number | null {
  const [text = '', signature = ''] = [uid.slice(0, uid.indexOf('-')), uid.slice(uid.indexOf('-') + 1)];
  const id = Number.parseInt(text, RADIX);
  if (!Number.isSafeInteger(id) || id.toString(RADIX) !== text || signature.length !== ID_SIGNATURE)
    return null;
  return attemptUid(secrets, id) === uid ? id : null;
}

/** What a token was signed for. */
export interface SignedFor {
  /** Key of the attempt. */
  readonly id: number;
  /** Of its person (`token-epochs.ts` of the accounts). */
  readonly epoch: number;
}

/** What goes with each save; whoever has it may answer in this attempt while it is open and the person's epoch is the same. */
export function attemptToken(secrets: Secrets, id: number, epoch = 0): string {
  const text = epoch === 0 ? id.toString(RADIX) : `${id.toString(RADIX)}-${epoch.toString(RADIX)}`;
  return `${text}.${secrets.sign('attempt-token', text)}`;
}

/** What a token was signed for, or null. */
export function signedFor(secrets: Secrets, token: string): SignedFor | null {
  const dot = token.indexOf('.');
  const text = token.slice(0, dot);
  if (dot < 1 || !secrets.verify('attempt-token', text, token.slice(dot + 1))) return null;
  const [id = '', epoch = '0'] = text.split('-');
  return { id: Number.parseInt(id, RADIX), epoch: Number.parseInt(epoch, RADIX) };
}

/** Tokens that were verified lately: an attempt sends its own twenty times, and a signature costs more than the rest of a save. */
export class KnownTokens {
  readonly #secrets: Secrets;
  readonly #known = new Recent<string, SignedFor>(100_000);

  constructor(secrets: Secrets) {
    this.#secrets = secrets;
  }

  /** As `signedFor`. */
  read(token: string): SignedFor | null {
    const known = this.#known.get(token);
    if (known !== undefined) return known;
    const signed = signedFor(this.#secrets, token);
    if (signed !== null) this.#known.set(token, signed);
    return signed;
  }
}

export function shareUid(secrets: Secrets, id: number): string {
  const text = id.toString(RADIX);
  return `${text}-${secrets.sign('attempt-share', text)}`;
}

export function shareKey(secrets: Secrets, share: string): number | null {
  const dash = share.indexOf('-');
  const text = share.slice(0, dash);
  if (dash < 1 || !secrets.verify('attempt-share', text, share.slice(dash + 1))) return null;
  return Number.parseInt(text, RADIX);
}
