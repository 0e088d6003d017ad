/** Pushes: the key pair that browsers know us by, made from the secret, and where a push may go. Pure. */
import { createECDH, createHash } from 'node:crypto';
import type { Letter } from '../contracts/letters.ts';

export interface VapidKeys {
  readonly publicKey: string;
  readonly privateKey: string;
}

/** Order of the group of P-256: a private key lies below it. */
const ORDER = BigInt('0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551');

/** The same secret gives the same pair, on every node and after a restore. `seed`: a keyed hash, base64url. */
export function vapidKeys(seed: string): VapidKeys {
  for (let tried = 0; ; tried += 1) {
    const bytes = createHash('sha256').update(`${seed}/${tried}`).digest();
    const number = BigInt(`0x${bytes.toString('hex')}`);
    if (number === 0n || number >= ORDER) continue;
    const pair = createECDH('prime256v1');
    pair.setPrivateKey(bytes);
    return { publicKey: pair.getPublicKey('base64url'), privateKey: bytes.toString('base64url') };
  }
}

/** Push services of all browsers: Chromium's, Firefox's, Edge's on Windows, Safari's. We go nowhere else that a browser says. */
const SERVICES = [
  'fcm.googleapis.com',
  'android.googleapis.com',
  'jmt17.google.com',
  'push.services.mozilla.com',
  'notify.windows.com',
  'push.apple.com',
];

/**
 * Whether a push may go there: https to a push service that browsers use, since the address comes from whoever subscribes.
 * `allowed`: further hosts, of the configuration.
 */
export function isPushAddress(endpoint: string, allowed: readonly string[] = []): boolean {
  if (!URL.canParse(endpoint)) return false;
  const { protocol, hostname, host, username, port } = new URL(endpoint);
  if (allowed.includes(host)) return true;
  if (protocol !== 'https:' || username !== '' || port !== '') return false;
  return SERVICES.some((service) => hostname === service || hostname.endsWith(`.${service}`));
}

/** What the service worker gets to show; links are of our own site. */
export function pushPayload(letter: Letter, locale: string, tag: string): string {
  const words = locale === 'en' && letter.en !== null ? letter.en : letter.vi;
  const body = words.text
    .split('\n\n')
    .filter((part) => !/^(Chào bạn|Hello),$/.test(part))
    .join(' ')
    .slice(0, 300);
  const path = letter.link === null ? '/' : new URL(letter.link).pathname;
  return JSON.stringify({ title: words.subject.slice(0, 120), body, path, tag });
}
