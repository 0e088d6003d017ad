import fc from 'fast-check';
import { expect, test } from 'vitest';
import { SeededRandom } from '../../../server/attempts/seeded-random.ts';

const seed = fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }).map((n) => n.toString(16).padStart(16, '0'));

/** sfc32 as published, in big integers: slow and obvious. */
function* reference(hex: string): Generator<number> {
  const word = (n: bigint) => n & 0xffffffffn;
  let [a, b, c, counter] = [0n, BigInt(`0x${hex.slice(8)}`), BigInt(`0x${hex.slice(0, 8)}`), 1n];
  for (let n = 0; ; n++) {
    const result = word(a + b + counter);
    counter = word(counter + 1n);
    a = b ^ (b >> 9n);
    b = word(c + (c << 3n));
    c = word(((c << 21n) | (c >> 11n)) + result);
    if (n >= 12) yield Number(result);
  }
}

test('is sfc32: a power of two below takes the upper bits of its words', () => {
  fc.assert(
    fc.property(seed, (hex) => {
      const random = new SeededRandom(hex);
      const words = reference(hex);
      for (let i = 0; i < 50; i++) expect(random.below(2 ** 20)).toBe(words.next().value >>> 12);
    }),
  );
});

test('gives the same numbers for ever', () => {
  const random = new SeededRandom('0123456789abcdef');
  expect(Array.from({ length: 12 }, () => random.below(1000))).toEqual([
    517, 959, 362, 210, 298, 201, 711, 486, 290, 348, 76, 780,
  ]);
  expect(random.permutation(10)).toEqual([1, 6, 3, 5, 7, 2, 0, 8, 4, 9]);
});

test('below(n) stays below n, and every number is equally likely', () => {
  fc.assert(
    fc.property(seed, fc.integer({ min: 1, max: 2 ** 20 }), (hex, n) => {
      const random = new SeededRandom(hex);
      for (let i = 0; i < 20; i++) {
        const drawn = random.below(n);
        expect(Number.isInteger(drawn) && drawn >= 0 && drawn < n).toBe(true);
      }
    }),
  );
  const random = new SeededRandom('00000000deadbeef');
  const counts = new Array<number>(7).fill(0);
  for (let i = 0; i < 70_000; i++) {
    const drawn = random.below(7);
    counts[drawn] = (counts[drawn] ?? 0) + 1;
  }
  const chiSquare = counts.reduce((sum, count) => sum + (count - 10_000) ** 2 / 10_000, 0);
  expect(chiSquare).toBeLessThan(22.5);
});

test('every permutation is equally likely', () => {
  const random = new SeededRandom('000000000000002a');
  const counts = new Map<string, number>();
  for (let i = 0; i < 24_000; i++) {
    const order = random.permutation(4).join('');
    counts.set(order, (counts.get(order) ?? 0) + 1);
  }
  const chiSquare = [...counts.values()].reduce((sum, count) => sum + (count - 1000) ** 2 / 1000, 0);
  expect(counts.size).toBe(24);
  expect(chiSquare).toBeLessThan(49.7);
});

test('a seed is sixteen hexadecimal digits', () => {
  for (const bad of [
    '',
    '1',
    '0123456789ABCDEF',
    '0123456789abcdeg',
    '0123456789abcdef0',
    ' 123456789abcdef',
  ]) {
    expect(() => new SeededRandom(bad)).toThrow(RangeError);
  }
  for (const n of [0, -1, 2 ** 20 + 1, Number.NaN])
    expect(() => new SeededRandom('0000000000000000').below(n)).toThrow(RangeError);
});
