import { expect, it } from 'vitest';
import {
  deviceLabel,
  isKnownDevice,
  readDevice,
  rememberLogin,
} from '../../../server/accounts/device-rules.ts';
import { Secrets } from '../../../server/platform/secrets.ts';

const secrets = new Secrets('a secret of more than thirty-two characters');

it('calls devices by browser and system', () => {
  const android =
    'Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0.0.0 Mobile Safari/537.36';
  expect(deviceLabel(android)).toBe('Chrome · Android');
  expect(deviceLabel(`${android} Zalo android/2300`)).toBe('Zalo · Android');
  expect(deviceLabel('curl/8')).toBeNull();
  expect(deviceLabel(undefined)).toBeNull();
});

it('remembers the last six who signed in, and nobody who did not', () => {
  let cookie: string | null = null;
  for (let i = 0; i < 9; i++) cookie = rememberLogin(secrets, readDevice(cookie), `login ${i}`);
  const known = Array.from({ length: 9 }, (_, i) => isKnownDevice(secrets, readDevice(cookie), `login ${i}`));
  expect(known).toEqual([false, false, false, true, true, true, true, true, true]);
  expect(isKnownDevice(secrets, readDevice(cookie), 'somebody else')).toBe(false);
});

it('cannot be forged or moved to another device', () => {
  const [, signature] = rememberLogin(secrets, null, 'login').split('.');
  expect(isKnownDevice(secrets, readDevice(`${'A'.repeat(22)}.${signature}`), 'login')).toBe(false);
  expect(readDevice('nonsense')).toBeNull();
  expect(readDevice(null)).toBeNull();
});
