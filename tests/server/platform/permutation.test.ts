import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Permutation } from '../../../server/platform/permutation.ts';
import { Secrets } from '../../../server/platform/secrets.ts';

const keys = fc.uint8Array({ minLength: 32, maxLength: 32 }).map((bytes) => Buffer.from(bytes));

describe('a keyed permutation', () => {
  it('takes every number below its size to another one below it, and back', () => {
    fc.assert(
      fc.property(keys, fc.integer({ min: 1, max: 700 }), (key, size) => {
        const permutation = new Permutation(key, size);
        const images = Array.from({ length: size }, (_, i) => permutation.forward(i));
        expect(new Set(images).size).toBe(size);
        expect(images.every((image) => image >= 0 && image < size)).toBe(true);
        expect(images.map((image) => permutation.back(image))).toEqual(images.map((_, i) => i));
      }),
      { numRuns: 60 },
    );
  });

  it('is undone at every size, also at the largest', () => {
    const sizes = fc.oneof(
      fc.integer({ min: 1, max: 2 ** 31 }),
      fc.maxSafeNat().map((n) => (n % 2 ** 52) + 1),
    );
    fc.assert(
      fc.property(keys, sizes, fc.maxSafeNat(), (key, size, number) => {
        const permutation = new Permutation(key, size);
        const image = permutation.forward(number % size);
        expect(image).toBeLessThan(size);
        expect(permutation.back(image)).toBe(number % size);
      }),
      { numRuns: 300 },
    );
  });

  it('says nothing about a counter: the first numbers lie all over the size, in no order', () => {
    const permutation = new Secrets('a secret of tests, long enough for anybody').permutation(
      'test',
      9_000_000,
    );
    const images = Array.from({ length: 1000 }, (_, i) => permutation.forward(i));
    const rising = images.filter((image, i) => image > (images[i - 1] ?? 0)).length;
    expect(rising).toBeGreaterThan(400);
    expect(rising).toBeLessThan(600);
    const tenths = Map.groupBy(images, (image) => Math.floor(image / 900_000));
    for (const { length } of tenths.values()) expect(length).toBeGreaterThan(50);
    expect(tenths.size).toBe(10);
  });

  it('is another one for another use, another secret and another size', () => {
    const secrets = new Secrets('a secret of tests, long enough for anybody');
    const other = new Secrets('another secret of tests, long enough for all');
    const some = (of: Secrets, use: string, size = 1_000_000) =>
      Array.from({ length: 20 }, (_, i) => of.permutation(use, size).forward(i));
    expect(some(secrets, 'a')).toEqual(some(new Secrets('a secret of tests, long enough for anybody'), 'a'));
    expect(some(secrets, 'a')).not.toEqual(some(secrets, 'b'));
    expect(some(secrets, 'a')).not.toEqual(some(other, 'a'));
    expect(some(secrets, 'a')).not.toEqual(some(secrets, 'a', 1_000_001));
  });

  it('refuses what is not below its size', () => {
    const permutation = new Permutation(Buffer.alloc(32), 10);
    for (const wrong of [-1, 10, 1.5, Number.NaN]) {
      expect(() => permutation.forward(wrong)).toThrow(RangeError);
      expect(() => permutation.back(wrong)).toThrow(RangeError);
    }
  });
});
