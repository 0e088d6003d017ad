import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { NumericAccepted } from '../../../questions/kinds/numeric/key.ts';
import {
  readNumber,
  readNumericKey,
  readShare,
  readWeighted,
  writeNumber,
  writeNumericKey,
  writeShare,
  writeWeighted,
} from '../../../questions/kinds/written-keys.ts';

const amount = fc.integer({ min: -1_000_000, max: 1_000_000 }).map((n) => n / 100);
const share = fc.integer({ min: 1, max: 9999 }).map((n) => n / 10_000);
const worth = fc.option(share, { nil: undefined });
const accepted: fc.Arbitrary<NumericAccepted> = fc.oneof(
  fc
    .tuple(amount, fc.nat({ max: 1000 }), worth)
    .map(([value, tolerance, weight]) => ({ value, tolerance, ...(weight === undefined ? {} : { weight }) })),
  fc
    .tuple(amount, amount, worth)
    .map(([from, to, weight]) => ({ from, to, ...(weight === undefined ? {} : { weight }) })),
);

test('numbers, shares and weighted lines are read as they were written', () => {
  fc.assert(
    fc.property(amount, (value) => {
      expect(readNumber(writeNumber(value))).toBe(value);
    }),
  );
  fc.assert(
    fc.property(share, (value) => {
      expect(readShare(writeShare(value))).toBe(value);
    }),
  );
  fc.assert(
    fc.property(fc.stringMatching(/^[a-zà-ỹ ]{1,20}$/), share, (words, weight) => {
      const text = words.trim();
      expect(readWeighted(writeWeighted(text, weight))).toEqual({ text, weight });
      expect(readWeighted(writeWeighted(text))).toEqual({ text, weight: 1 });
    }),
  );
});

test('a numeric key of any shape survives being written one a line', () => {
  fc.assert(
    fc.property(fc.array(accepted, { minLength: 1, maxLength: 5 }), (accept) => {
      const [first] = accept;
      const key = accept.length === 1 && first !== undefined ? first : { accept };
      expect(readNumericKey(writeNumericKey(key))).toEqual(key);
    }),
  );
});

test('what cannot be read is no key', () => {
  expect(readNumber('1.070,5')).toBe(1070.5);
  expect(readNumber('1070.5')).toBe(1070.5);
  for (const text of ['', 'mười', '1,2,3', '1..2']) expect(readNumber(text)).toBeNull();
  expect(readShare('0,5')).toBe(0.5);
  expect(readNumericKey(['10', 'mười'])).toBeNull();
  expect(readNumericKey(['', ' '])).toBeNull();
  expect(readNumericKey(['%50% 8 .. 12', '10 +- 1'])).toEqual({
    accept: [
      { from: 8, to: 12, weight: 0.5 },
      { value: 10, tolerance: 1 },
    ],
  });
});
