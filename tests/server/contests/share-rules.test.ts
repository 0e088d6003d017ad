import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { feasibility, Pool, type PoolQuestion, preparePool } from '../../../server/attempts/draw-rules.ts';
import {
  checkingWork,
  checkRounds,
  MOST_WORK,
  type SharingRound,
  shareOut,
  sharingRounds,
} from '../../../server/contests/share-rules.ts';

const SEED = '0123456789abcdef';

function pool(size: number) {
  return preparePool(
    Array.from(
      { length: size },
      (_, i): PoolQuestion => ({
        questionId: i + 1,
        versionId: 1000 + i,
        bank: 'b',
        topic: `t${i % 3}`,
        kind: 'choice',
        difficulty: i % 2 === 0 ? 1 : 2,
        options: 4,
      }),
    ),
  );
}

type Cells = SharingRound['blueprint']['cells'];

function round(cells: Cells, more: Partial<SharingRound> & { leaveOut?: boolean } = {}): SharingRound {
  const { leaveOut = true, ...rest } = more;
  return {
    blueprint: {
      cells,
      shuffleQuestions: true,
      shuffleOptions: true,
      leaveOutEarlierRounds: leaveOut,
      leaveOutSeen: false,
      approvedOnly: true,
    },
    opened: false,
    share: null,
    ...rest,
  };
}

const any = (count: number): Cells[number] => ({
  banks: ['b'],
  topics: [],
  kinds: [],
  difficulties: [],
  count,
});

const cells = fc.array(
  fc.record({
    banks: fc.constant<string[]>(['b']),
    topics: fc.subarray(['t0', 't1', 't2'], { maxLength: 2 }),
    kinds: fc.constant<string[]>([]),
    difficulties: fc.subarray([1 as const, 2 as const], { maxLength: 1 }),
    count: fc.integer({ min: 1, max: 6 }),
  }),
  { minLength: 1, maxLength: 3 },
);

describe('sharing questions among rounds', () => {
  it('concerns rounds up to the last one that leaves out others', () => {
    const [yes, no] = [round([any(1)]), round([any(1)], { leaveOut: false })];
    expect(sharingRounds([no, no])).toEqual([]);
    expect(sharingRounds([yes])).toEqual([]);
    expect(sharingRounds([no, yes, no])).toEqual([0, 1]);
  });

  it('gives each its own questions, all of them to somebody, and about as many each', () => {
    const rounds = [1, 2, 3, 4].map(() => round([any(5)]));
    const shares = shareOut(pool(100), rounds, SEED);
    expect(shares.map((share) => share?.length)).toEqual([25, 25, 25, 25]);
    expect(new Set(shares.flatMap((share) => share ?? [])).size).toBe(100);
  });

  it('leaves what has opened as it is, and gives nobody else what it may ask', () => {
    const opened = round([any(5)], { opened: true, share: [1, 2, 3, 4, 5, 6] });
    const shares = shareOut(pool(20), [opened, round([any(5)]), round([any(5)])], SEED);
    expect(shares[0]).toEqual([1, 2, 3, 4, 5, 6]);
    const others = [...(shares[1] ?? []), ...(shares[2] ?? [])];
    expect(others.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 14 }, (_, i) => i + 7));
  });

  it('knows that an opened round without a share may have asked everything', async () => {
    const rounds = [round([any(5)], { opened: true, leaveOut: false }), round([any(5)])];
    const some = pool(50);
    const [, second] = await checkRounds(rounds, [some, some], some);
    expect(second).toMatchObject({ fits: false, pool: 0 });
    expect(shareOut(some, rounds, SEED)).toEqual([null, null]);
  });

  it('says what is lacking where it is lacking', async () => {
    const some = pool(12);
    const rounds = [round([any(5)]), round([any(5)]), round([any(5)])];
    const checks = await checkRounds(rounds, [some, some, some], some);
    expect(checks.map(({ fits }) => fits)).toEqual([true, true, false]);
    expect(checks[2]?.cells).toEqual([{ cell: 0, needs: 5, has: 12, gets: 2 }]);
    const alone = await checkRounds([round([any(13)], { leaveOut: false })], [some], some);
    expect(alone[0]?.cells).toEqual([{ cell: 0, needs: 13, has: 12, gets: 12 }]);
  });

  it('finds shares exactly when the check says that all rounds fit; each share fills its round', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(cells, { minLength: 2, maxLength: 4 }),
        fc.integer({ min: 4, max: 60 }),
        async (list, size) => {
          const some = pool(size);
          const rounds = list.map((own) => round(own));
          const shares = shareOut(some, rounds, SEED);
          const checks = await checkRounds(
            rounds,
            rounds.map(() => some),
            some,
          );
          const fit = checks.every(({ fits }) => fits);
          for (const { fits, cells: shown } of checks)
            expect(fits).toBe(shown.every(({ needs, gets }) => needs === gets));
          expect(shares.every((share) => share !== null)).toBe(fit);
          if (!fit) return;
          const all = shares.flatMap((share) => share ?? []);
          expect(new Set(all).size).toBe(all.length);
          for (const [i, { blueprint }] of rounds.entries()) {
            const own = new Set(shares[i]);
            const mine = preparePool(some.questions.filter(({ questionId }) => own.has(questionId)));
            expect(feasibility(mine, blueprint, 1).feasible).toBe(true);
          }
          expect(shareOut(some, rounds, SEED)).toEqual(shares);
        },
      ),
      { numRuns: 300 },
    );
  });

  it('a check does no more work at a stretch than it said before, and equal weeks cost as much as one', async () => {
    let done = 0;
    const stretches: number[] = [];
    const original = Pool.prototype.indexFor;
    const seen = new WeakSet<object>();
    const counting = vi.spyOn(Pool.prototype, 'indexFor').mockImplementation(function (this: Pool, own) {
      if (!seen.has(own)) done += own.length * this.questions.length;
      seen.add(own);
      return original.call(this, own);
    });
    const pause = async (): Promise<void> => {
      stretches.push(done);
      done = 0;
    };
    try {
      const some = pool(300);
      const weeks = Array.from({ length: 52 }, () => round([any(2), { ...any(1), difficulties: [1] }]));
      const pools = weeks.map(() => some);
      const work = checkingWork(weeks, pools, some);
      expect(work).toEqual({ step: 4 * 300, whole: 52 * 4 * 300 });
      await checkRounds(weeks, pools, some, pause);
      expect(stretches).toHaveLength(51);
      for (const stretch of [...stretches, done]) expect(stretch).toBeLessThanOrEqual(work.step);
      done = 0;
      const crafted = Array.from({ length: 100 }, (_, i) =>
        round(Array.from({ length: 50 }, (_unused, j) => ({ ...any(1), topics: [`t${i}-${j}`] }))),
      );
      const large = pool(2000);
      const asked = checkingWork(
        crafted,
        crafted.map(() => large),
        large,
      );
      expect(asked.step).toBeGreaterThan(MOST_WORK.step);
      expect(done).toBe(0);
    } finally {
      counting.mockRestore();
    }
  });
});
