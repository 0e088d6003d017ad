import { describe, expect, it } from 'vitest';
import { Limit, networkOf } from '../../../server/platform/limits.ts';

describe('a limit', () => {
  it('lets a burst through, then so many a minute, each key by itself', () => {
    const limit = new Limit(3, 60);
    const allowed = (key: string, at: number) => limit.allows(key, at);
    expect([0, 0, 0, 0].map((at) => allowed('a', at))).toEqual([true, true, true, false]);
    expect(allowed('b', 0)).toBe(true);
    expect([999, 1000, 1001].map((at) => allowed('a', at))).toEqual([false, true, false]);
    expect(() => limit.take('a', 1002)).toThrow('request.tooMany');
  });

  it('forgets no spent bucket while fewer than a hundred thousand others come', () => {
    const limit = new Limit(1, 1);
    expect(limit.allows('spent', 0)).toBe(true);
    for (let i = 0; i < 99_000; i++) limit.allows(`made up ${i}`, 0);
    expect(limit.allows('spent', 0)).toBe(false);
  });
});

describe('what counts as one address', () => {
  it('is an IPv4 address, also where it is mapped', () => {
    expect(networkOf('203.0.113.7')).toBe('203.0.113.7');
    expect(networkOf('::ffff:203.0.113.7')).toBe('203.0.113.7');
  });

  it('is the whole network of 64 bits that one attacker has, however it is written', () => {
    const same = [
      '2001:db8:0:1::1',
      '2001:DB8:0:1:ffff:0:0:2',
      '2001:0db8:0000:0001::',
      '2001:db8:0:1:1:2:3:4%eth0',
    ];
    expect(new Set(same.map(networkOf))).toEqual(new Set(['2001:db8:0:1::/64']));
    expect(networkOf('2001:db8:0:2::1')).not.toBe(networkOf('2001:db8:0:1::1'));
    expect(networkOf('::1')).toBe('0:0:0:0::/64');
    expect(networkOf('fe80::1')).toBe('fe80:0:0:0::/64');
  });
});
