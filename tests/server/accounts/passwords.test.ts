import { expect, it } from 'vitest';
import { hashPassword, nobodysHash, verifyPassword } from '../../../server/accounts/passwords.ts';
import { readConfig } from '../../../server/config.ts';

const { passwordCost: cost } = readConfig({});

it('keeps argon2id with the parameters of OWASP, and a salt of its own each time', async () => {
  const [first, second] = await Promise.all([hashPassword('học tập', cost), hashPassword('học tập', cost)]);
  expect(first).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}$/);
  expect(first).not.toBe(second);
});

it('knows the password again, however the keyboard composed it', async () => {
  const phc = await hashPassword('mật khẩu dài'.normalize('NFD'), cost);
  expect(await verifyPassword('mật khẩu dài'.normalize('NFC'), phc)).toBe(true);
  expect(await verifyPassword('mật khẩu dai', phc)).toBe(false);
});

it('verifies hashes with other parameters, as other products made them', async () => {
  // RFC 9106, 5.3 has a secret and associated data; this one was made with the reference implementation's defaults for tests.
  const weaker = '$argon2id$v=19$m=64,t=1,p=1$c29tZXNhbHRzb21lc2FsdA$';
  await expect(verifyPassword('x', weaker)).rejects.toThrow('not an argon2id hash');
  expect(await verifyPassword('anything', nobodysHash(cost))).toBe(false);
});
