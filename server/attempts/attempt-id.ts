/**
 * Attempts at the doors: an opaque id, the token that saves go with, and the address part of a shared result. All signed, and
 * all name the attempt through a keyed permutation: keys are counted up, and how many there are is nobody's business.
 */
import { Recent } from '../platform/recent.ts';
import type { Secrets } from '../platform/secrets.ts';

const RADIX = 36;
const ID_SIGNATURE = 10;
/** More attempts than there will be; seven characters. */
const ATTEMPTS = RADIX ** 7;

/** An attempt's name without a signature, e.g. "2skw09x". */
function nameOf(secrets: Secrets, id: number): string {
  return secrets.permutation('attempt', ATTEMPTS).forward(id).toString(RADIX);
}

/** The key behind a name, or null when it is none. */
function keyOf(secrets: Secrets, name: string): number | null {
  const number = Number.parseInt(name, RADIX);
  if (!Number.isSafeInteger(number) || number < 0 || number >= ATTEMPTS || number.toString(RADIX) !== name)
    return null;
  return secrets.permutation('attempt', ATTEMPTS).back(number);
}

/** E.g. "2skw09x-Xk3…": its name and ten characters of a signature, so that ids cannot be tried out. */
export function attemptUid(secrets: Secrets, id: number): string {
  return uidOf(secrets, nameOf(secrets, id));
}

function uidOf(secrets: Secrets, name: string): string {
  return `${name}-${secrets.sign('attempt-id', name).slice(0, ID_SIGNATURE)}`;
}

/** The key behind an id, or null when it was not made here. */
export function attemptKey(secrets: Secrets, uid: string): number | null {
  const dash = uid.indexOf('-');
  if (dash < 1 || uid.length - dash - 1 !== ID_SIGNATURE) return null;
  const id = keyOf(secrets, uid.slice(0, dash));
  return id !== null && attemptUid(secrets, id) === uid ? id : null;
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
  return tokenOf(secrets, nameOf(secrets, id), epoch);
}

function tokenOf(secrets: Secrets, name: string, epoch: number): string {
  const text = epoch === 0 ? name : `${name}-${epoch.toString(RADIX)}`;
  return `${text}.${secrets.sign('attempt-token', text)}`;
}

/** What a token was signed for, or null. */
export function signedFor(secrets: Secrets, token: string): SignedFor | null {
  const dot = token.indexOf('.');
  const text = token.slice(0, dot);
  if (dot < 1 || !secrets.verify('attempt-token', text, token.slice(dot + 1))) return null;
  const [name = '', epoch = '0'] = text.split('-');
  const id = keyOf(secrets, name);
  return id === null ? null : { id, epoch: Number.parseInt(epoch, RADIX) };
}

/** Tokens that were signed or verified lately: an attempt sends its own twenty times, and a signature costs more than the rest of a save. */
export class KnownTokens {
  readonly #secrets: Secrets;
  readonly #known = new Recent<string, SignedFor>(100_000);

  constructor(secrets: Secrets) {
    this.#secrets = secrets;
  }

  /** As `attemptUid` and `attemptToken`, for the person who is about to answer: the name behind both is made once. */
  issue(signed: SignedFor): { readonly uid: string; readonly token: string } {
    const name = nameOf(this.#secrets, signed.id);
    const token = tokenOf(this.#secrets, name, signed.epoch);
    this.#known.set(token, signed);
    return { uid: uidOf(this.#secrets, name), token };
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
  const name = nameOf(secrets, id);
  return `${name}-${secrets.sign('attempt-share', name)}`;
}

export function shareKey(secrets: Secrets, share: string): number | null {
  const dash = share.indexOf('-');
  const name = share.slice(0, dash);
  if (dash < 1 || !secrets.verify('attempt-share', name, share.slice(dash + 1))) return null;
  return keyOf(secrets, name);
}
