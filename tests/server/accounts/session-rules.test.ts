import fc from 'fast-check';
import { expect, it } from 'vitest';
import {
  firstExpiry,
  isElevated,
  isShort,
  LONGEST_MS,
  nextExpiry,
  SHORT_MS,
} from '../../../server/accounts/session-rules.ts';

const HOUR = 3_600_000;

it('lets a session that is used live on, but never for ever, and never a short one', () => {
  fc.assert(
    fc.property(
      fc.boolean(),
      fc.boolean(),
      fc.array(fc.integer({ min: 1, max: 6 * 24 }), { maxLength: 60 }),
      (remember, staff, pauses) => {
        const createdAt = 1_000_000;
        let expiresAt = firstExpiry(createdAt, remember, staff);
        const first = expiresAt;
        let now = createdAt;
        for (const hours of pauses) {
          now += hours * HOUR;
          if (now >= expiresAt) break;
          const next = nextExpiry({ createdAt, seenAt: now, expiresAt, elevatedAt: null }, now, staff);
          expect(next).toBeGreaterThanOrEqual(expiresAt);
          expiresAt = next;
        }
        expect(expiresAt).toBeLessThanOrEqual(createdAt + LONGEST_MS);
        expect(isShort({ createdAt, seenAt: now, expiresAt, elevatedAt: null })).toBe(!remember);
        if (!remember) expect(expiresAt).toBe(first);
      },
    ),
  );
  expect(firstExpiry(0, false, false)).toBe(SHORT_MS);
});

it('counts a second factor for a day', () => {
  expect(isElevated({ elevatedAt: 0 }, 24 * HOUR - 1)).toBe(true);
  expect(isElevated({ elevatedAt: 0 }, 24 * HOUR)).toBe(false);
  expect(isElevated({ elevatedAt: null }, 0)).toBe(false);
});
