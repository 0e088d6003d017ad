/** The digest that proves a device, against the one of the platform. */
import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { prove, sha256 } from '../../../client/api/proof-of-work.ts';

const hex = (words: Uint32Array): string =>
  [...words].map((word) => word.toString(16).padStart(8, '0')).join('');

test('equals the platform for any text, also across blocks', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), (text) => {
      expect(hex(sha256(text))).toBe(createHash('sha256').update(text).digest('hex'));
    }),
  );
});

test('finds a number that makes the digest begin with so many zero bits', async () => {
  const n = await prove('123456.abc.def.ghi', 10);
  const digest = createHash('sha256').update(`123456.abc.def.ghi:${n}`).digest();
  expect(Math.clz32(digest.readUInt32BE(0))).toBeGreaterThanOrEqual(10);
});
