import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { packPaper, unpackPaper } from '../../../server/attempts/paper-packing.ts';

const permutation = (n: number) =>
  fc.shuffledSubarray(
    Array.from({ length: n }, (_, i) => i),
    { minLength: n, maxLength: n },
  );
const order = fc.oneof(
  permutation(4),
  permutation(4),
  fc.constant<number[]>([]),
  fc.integer({ min: 0, max: 31 }).chain(permutation),
);
const versionId = fc.oneof(
  fc.integer({ min: 0, max: 1_000_000 }),
  fc.integer({ min: 999_000, max: 1_000_000 }),
  fc.maxSafeNat(),
);
const paper = fc.record({ questions: fc.array(fc.record({ versionId, order }), { maxLength: 60 }) });

describe('packed papers', () => {
  test('come back as they were', () => {
    fc.assert(
      fc.property(paper, (drawn) => {
        expect(unpackPaper(packPaper(drawn))).toEqual(drawn);
      }),
      { numRuns: 2_000 },
    );
  });

  test('take at most 70 bytes for 20 questions with four options and ids up to a million', () => {
    const usual = fc.record({ versionId: fc.integer({ min: 0, max: 1_000_000 }), order: permutation(4) });
    fc.assert(
      fc.property(
        fc.array(usual, { minLength: 20, maxLength: 20 }),
        (questions) => packPaper({ questions }).length <= 70,
      ),
      { numRuns: 500 },
    );
  });

  test('look the same for ever', () => {
    const questions = [
      { versionId: 812, order: [2, 0, 3, 1] },
      { versionId: 77, order: [] },
      { versionId: 900_001, order: [0, 1, 2, 3] },
      { versionId: 5, order: [4, 3, 2, 1, 0] },
    ];
    const hex = Buffer.from(packPaper({ questions })).toString('hex');
    expect(hex).toBe('104014200196220009b06ddd0800000b2ce8');
    expect(unpackPaper(Buffer.from(hex, 'hex'))).toEqual({ questions });
  });

  test('take the largest ids and the longest orders and papers', () => {
    const questions = Array.from({ length: 255 }, (_, i) => ({
      versionId: Number.MAX_SAFE_INTEGER - i,
      order: Array.from({ length: 31 }, (_, j) => (i + j) % 31),
    }));
    expect(unpackPaper(packPaper({ questions }))).toEqual({ questions });
    expect(unpackPaper(packPaper({ questions: [] }))).toEqual({ questions: [] });
  });

  test('refuse what cannot be packed', () => {
    const one = (id: number, order: number[]) => () => packPaper({ questions: [{ versionId: id, order }] });
    for (const bad of [[1], [0, 0], [0, 2], [-1, 0], [0.5, 1], [Number.NaN]])
      expect(one(1, bad)).toThrow(RangeError);
    for (const bad of [-1, 0.5, 2 ** 53, Number.NaN]) expect(one(bad, [])).toThrow(RangeError);
    expect(
      one(
        1,
        Array.from({ length: 32 }, (_, i) => i),
      ),
    ).toThrow(RangeError);
    expect(() =>
      packPaper({ questions: Array.from({ length: 256 }, () => ({ versionId: 1, order: [] })) }),
    ).toThrow(RangeError);
  });

  test('damaged bytes give an error or another paper, never anything else', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 90 }), (bytes) => {
        try {
          const { questions } = unpackPaper(bytes);
          for (const { order } of questions)
            expect(order.toSorted((a, b) => a - b)).toEqual(order.map((_, i) => i));
        } catch (error) {
          expect(error).toBeInstanceOf(RangeError);
        }
      }),
      { numRuns: 2_000 },
    );
    fc.assert(
      fc.property(
        paper.filter(({ questions }) => questions.length > 0),
        (drawn) => {
          const bytes = packPaper(drawn);
          expect(() => unpackPaper(bytes.subarray(0, -1))).toThrow('cut off');
          expect(() => unpackPaper(Uint8Array.of(...bytes, 0))).toThrow('goes on');
          expect(() => unpackPaper(Uint8Array.of((bytes[0] ?? 0) ^ 0x80, ...bytes.subarray(1)))).toThrow(
            'version',
          );
        },
      ),
      { numRuns: 300 },
    );
  });
});
