/** argon2id on one lane, kept as PHC strings, at the cost that the configuration gives. Runs in Node's thread pool, 25 to 50 ms each. */
import { type Argon2Parameters, argon2, randomBytes, timingSafeEqual } from 'node:crypto';
import type { PasswordCost } from '../config.ts';
import { passwordForm } from './identity-rules.ts';

const PARALLELISM = 1;
const TAG_BYTES = 32;
const SALT_BYTES = 16;

function derive(parameters: Argon2Parameters): Promise<Buffer> {
  const { promise, resolve, reject } = Promise.withResolvers<Buffer>();
  argon2('argon2id', parameters, (error, tag) => (error === null ? resolve(tag) : reject(error)));
  return promise;
}

const encode = (bytes: Buffer): string => bytes.toString('base64').replace(/=+$/, '');

/** `$argon2id$v=19$m=…,t=…,p=…$salt$tag` */
function phcOf({ memoryKib, passes }: PasswordCost, salt: Buffer, tag: Buffer): string {
  return `$argon2id$v=19$m=${memoryKib},t=${passes},p=${PARALLELISM}$${encode(salt)}$${encode(tag)}`;
}

export async function hashPassword(password: string, cost: PasswordCost): Promise<string> {
  const nonce = randomBytes(SALT_BYTES);
  const tag = await derive({
    message: passwordForm(password),
    nonce,
    memory: cost.memoryKib,
    passes: cost.passes,
    parallelism: PARALLELISM,
    tagLength: TAG_BYTES,
  });
  return phcOf(cost, nonce, tag);
}

const PHC = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$([A-Za-z0-9+/]+)\$([A-Za-z0-9+/]+)$/;

/** Whether `password` is the one of `phc`, whatever its parameters. Throws when `phc` is no argon2id hash. */
export async function verifyPassword(password: string, phc: string): Promise<boolean> {
  const [, memory, passes, parallelism, salt, expected] = PHC.exec(phc) ?? [];
  if (salt === undefined || expected === undefined) throw new Error('not an argon2id hash');
  const tag = Buffer.from(expected, 'base64');
  const given = await derive({
    message: passwordForm(password),
    nonce: Buffer.from(salt, 'base64'),
    memory: Number(memory),
    passes: Number(passes),
    parallelism: Number(parallelism),
    tagLength: tag.length,
  });
  return timingSafeEqual(given, tag);
}

/** A hash that no password has: verified when nobody has the name, so that known and unknown names take the same time. */
export function nobodysHash(cost: PasswordCost): string {
  return phcOf(cost, randomBytes(SALT_BYTES), randomBytes(TAG_BYTES));
}
