/** Orders and texts for the tests of the kinds. */
import fc from 'fast-check';

/** Every order in which `n` parts can be shown, and "as written". */
export function anyOrder(n: number): fc.Arbitrary<number[]> {
  return fc.oneof(
    fc.constant<number[]>([]),
    fc.shuffledSubarray(
      Array.from({ length: n }, (_, i) => i),
      { minLength: n, maxLength: n },
    ),
  );
}

/** `n` different texts, each with its number. */
export function texts(what: string, n: number): string[] {
  return Array.from({ length: n }, (_, i) => `${what} ${i}`);
}
