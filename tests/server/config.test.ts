import { describe, expect, it } from 'vitest';
import { ConfigError, configNames, readConfig } from '../../server/config.ts';

const SECRET = 'x'.repeat(32);

describe('the configuration', () => {
  it('has defaults for a laptop', () => {
    expect(readConfig({})).toMatchObject({
      port: 3000,
      databaseUrl: 'data/hoithi.db',
      seed: true,
      staffSecondFactor: 'optional',
    });
  });

  it('asks staff for a second factor where the address is https', () => {
    expect(readConfig({ PUBLIC_URL: 'https://hoithi.example.vn' }).staffSecondFactor).toBe('required');
  });

  it.each([
    ['PORT', '70000'],
    ['PORT', 'abc'],
    ['PUBLIC_URL', 'ftp://x'],
    ['HOITHI_SECRET', 'short'],
    ['HOITHI_LOG_LEVEL', 'loud'],
    ['HOITHI_GRACE_MS', '-1'],
    ['HOITHI_NOTHING', '1'],
  ])('refuses %s=%s and names it', (name, value) => {
    expect(() => readConfig({ [name]: value })).toThrow(ConfigError);
    expect(() => readConfig({ [name]: value })).toThrow(name);
  });

  it('wants one secret for all nodes on PostgreSQL', () => {
    expect(() => readConfig({ DATABASE_URL: 'postgres://x/y' })).toThrow('HOITHI_SECRET');
    expect(readConfig({ DATABASE_URL: 'postgres://x/y', HOITHI_SECRET: SECRET }).secret).toBe(SECRET);
  });

  it('cannot be changed afterwards, and every name says what it is', () => {
    const config = readConfig({});
    expect(Object.isFrozen(config)).toBe(true);
    for (const text of Object.values(configNames)) expect(text.length).toBeGreaterThan(5);
  });
});
