import { describe, expect, it } from 'vitest';
import { type Attempt, SignInThrottle } from '../../../server/accounts/throttle.ts';
import { AppError } from '../../../server/platform/errors.ts';

const home: Attempt = { login: 'an', address: '203.0.113.5', knownDevice: null };

function passes(throttle: SignInThrottle, attempt: Attempt, now: number): boolean {
  try {
    throttle.take(attempt, now);
    return true;
  } catch (error) {
    if (error instanceof AppError && error.code === 'request.tooMany') return false;
    throw error;
  }
}

describe('throttling of sign-ins', () => {
  it('slows guessing down from one place', () => {
    const throttle = new SignInThrottle(1);
    const tries = Array.from({ length: 1000 }, (_, i) => passes(throttle, home, i * 60));
    // One minute of a thousand guesses.
    expect(tries.filter(Boolean).length).toBeLessThanOrEqual(17);
  });

  it('slows guessing down from a thousand places at once', () => {
    const throttle = new SignInThrottle(1);
    let passed = 0;
    for (let round = 0; round < 100; round++)
      for (let place = 0; place < 1000; place++)
        if (passes(throttle, { ...home, address: `198.51.${place >> 8}.${place & 255}` }, round * 600))
          passed++;
    // Three first tries each, then what the name's own bucket has, in one minute.
    expect(passed).toBeLessThanOrEqual(3000 + 100 + 30);
  });

  it('never locks the real user out: neither on a known device nor from a new place', () => {
    const throttle = new SignInThrottle(1);
    for (let i = 0; i < 100_000; i++)
      passes(throttle, { ...home, address: `198.51.${(i >> 8) & 255}.${i & 255}` }, i);
    expect(passes(throttle, { ...home, address: '192.0.2.77' }, 100_000)).toBe(true);
    // The attacker sits behind the same address, in the same school.
    for (let i = 0; i < 1000; i++) passes(throttle, home, 100_000 + i);
    expect(passes(throttle, home, 101_000)).toBe(false);
    expect(passes(throttle, { ...home, knownDevice: 'phone of An' }, 101_000)).toBe(true);
  });

  it('says later, not never', () => {
    const throttle = new SignInThrottle(1);
    for (let i = 0; i < 1000; i++) passes(throttle, home, 0);
    expect(passes(throttle, home, 0)).toBe(false);
    expect(passes(throttle, home, 10_000)).toBe(true);
  });

  it('lets a school behind one address sign in within a minute', () => {
    const throttle = new SignInThrottle(1);
    const school = Array.from({ length: 1500 }, (_, i) =>
      passes(throttle, { login: `pupil ${i}`, address: '203.0.113.9', knownDevice: null }, i * 40),
    );
    expect(school.every(Boolean)).toBe(true);
  });
});
