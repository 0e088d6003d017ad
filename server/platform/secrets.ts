/** Everything that is signed, hashed with a key, or encrypted. One master secret; each use has a key derived for it (HKDF). */
import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  createSecretKey,
  hkdfSync,
  type KeyObject,
  randomBytes,
  timingSafeEqual,
} from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Permutation } from './permutation.ts';
import { Recent } from './recent.ts';

const IV_BYTES = 12;
const TAG_BYTES = 16;

/** The configured secret, or the one in the data folder, made at the first start and kept with backups. */
export function loadSecret(configured: string | null, dataDir: string): string {
  if (configured !== null) return configured;
  const file = join(dataDir, 'secret');
  if (!existsSync(file)) {
    mkdirSync(dataDir, { recursive: true });
    writeFileSync(file, randomBytes(48).toString('base64url'), { mode: 0o600, flag: 'wx' });
  }
  return readFileSync(file, 'utf8').trim();
}

export class Secrets {
  // Key objects: handed over as bytes, a key costs ten times as much as the signature itself.
  readonly #hashKey: KeyObject;
  readonly #cipherKey: KeyObject;
  readonly #signKey: KeyObject;
  readonly #orderKey: KeyObject;
  readonly #permutations = new Recent<string, Permutation>(1000);

  constructor(secret: string) {
    const derive = (use: string): KeyObject =>
      createSecretKey(Buffer.from(hkdfSync('sha256', secret, 'hoithi', use, 32)));
    this.#hashKey = derive('hash');
    this.#cipherKey = derive('cipher');
    this.#signKey = derive('sign');
    this.#orderKey = derive('order');
  }

  /** Keyed hash for looking something up without keeping it, base64url. `use` keeps equal values of two uses apart. */
  hash(use: string, value: string): string {
    return createHmac('sha256', this.#hashKey).update(`${use}\0${value}`).digest('base64url');
  }

  /** AES-256-GCM; `use` is bound to the text, so that one field's cipher cannot stand in another. */
  encrypt(use: string, text: string): string {
    const iv = randomBytes(IV_BYTES);
    const cipher = createCipheriv('aes-256-gcm', this.#cipherKey, iv).setAAD(Buffer.from(use));
    const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
    return Buffer.concat([iv, cipher.getAuthTag(), body]).toString('base64url');
  }

  /** Throws when the text was changed or belongs to another use or secret. */
  decrypt(use: string, cipherText: string): string {
    const bytes = Buffer.from(cipherText, 'base64url');
    const decipher = createDecipheriv('aes-256-gcm', this.#cipherKey, bytes.subarray(0, IV_BYTES)).setAAD(
      Buffer.from(use),
    );
    decipher.setAuthTag(bytes.subarray(IV_BYTES, IV_BYTES + TAG_BYTES));
    return Buffer.concat([decipher.update(bytes.subarray(IV_BYTES + TAG_BYTES)), decipher.final()]).toString(
      'utf8',
    );
  }

  /** 128-bit signature, base64url. */
  sign(use: string, text: string): string {
    return createHmac('sha256', this.#signKey).update(`${use}\0${text}`).digest('base64url').slice(0, 22);
  }

  /** Of the numbers below `size`: what counters go out through. Another one for every use and size. */
  permutation(use: string, size: number): Permutation {
    const name = `${use}\0${size}`;
    const known = this.#permutations.get(name);
    if (known !== undefined) return known;
    const key = createHmac('sha256', this.#orderKey).update(name).digest();
    const made = new Permutation(key, size);
    this.#permutations.set(name, made);
    return made;
  }

  verify(use: string, text: string, signature: string): boolean {
    const expected = Buffer.from(this.sign(use, text));
    const given = Buffer.from(signature);
    return expected.length === given.length && timingSafeEqual(expected, given);
  }
}

/** An opaque token of so many random bytes, base64url; 32 for sessions. */
export function randomToken(bytes = 32): string {
  return randomBytes(bytes).toString('base64url');
}
