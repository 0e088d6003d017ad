import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Granting, grantedUntil } from '../../../server/attempts/grant-rules.ts';

const CLOSE = 100;

/** The slow, obvious way: every way of giving each retake a window that was open at its start; the longest that is left. */
function obvious(
  grantings: readonly Granting[],
  retakes: readonly number[],
  now: number,
): { readonly until: number | null; readonly fits: boolean } {
  const windows = [...new Set(grantings.map(({ attempt }) => attempt))].map((attempt) => {
    const own = grantings.filter((one) => one.attempt === attempt);
    return { from: Math.min(...own.map((one) => one.from)), until: Math.max(...own.map((one) => one.until)) };
  });
  let until: number | null = null;
  let fits = false;
  const give = (retake: number, free: typeof windows): void => {
    if (retake === retakes.length) {
      fits = true;
      for (const window of free)
        if (window.from <= now && now < window.until) until = Math.max(until ?? 0, window.until);
      return;
    }
    const at = retakes[retake] ?? 0;
    for (const window of free)
      if (window.from <= at && at < window.until)
        give(
          retake + 1,
          free.filter((other) => other !== window),
        );
  };
  give(0, windows);
  return { until, fits };
}

const grantings = fc.array(
  fc
    .record({
      attempt: fc.integer({ min: 1, max: 5 }),
      from: fc.integer({ min: 50, max: 160 }),
      length: fc.integer({ min: 1, max: 60 }),
    })
    .map(({ attempt, from, length }) => ({ attempt, from, until: from + length })),
  { maxLength: 7 },
);
const started = (at: number) => ({ startedAt: at, annulled: false });

describe('windows of one’s own after a round’s close', () => {
  it('are what trying every way of using them up leaves', () => {
    fc.assert(
      fc.property(
        grantings,
        fc.array(fc.integer({ min: CLOSE, max: 200 }), { maxLength: 3 }),
        fc.integer({ min: CLOSE, max: 220 }),
        (all, times, now) => {
          const retakes = times.filter((at) => at <= now).sort((a, b) => a - b);
          const { until, fits } = obvious(all, retakes, now);
          fc.pre(fits);
          expect(grantedUntil(all, retakes.map(started), CLOSE, now)).toBe(until);
        },
      ),
      { numRuns: 2000 },
    );
  });

  it('let somebody start exactly as often as attempts of theirs were annulled', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 6 }), (count) => {
        const all = Array.from({ length: count }, (_, attempt) => ({ attempt, from: 90, until: 200 }));
        const retakes: { startedAt: number; annulled: boolean }[] = [];
        while (grantedUntil(all, retakes, CLOSE, 150) !== null) retakes.push(started(150));
        expect(retakes).toHaveLength(count);
      }),
    );
  });

  it('are one for an attempt that a person’s and a unit’s annulment cover, and the longer of the two', () => {
    const both = [
      { attempt: 1, from: 100, until: 120 },
      { attempt: 1, from: 110, until: 150 },
    ];
    expect(grantedUntil(both, [], CLOSE, 130)).toBe(150);
    expect(grantedUntil(both, [started(115)], CLOSE, 130)).toBeNull();
    expect(grantedUntil(both.slice(0, 1), [], CLOSE, 130)).toBeNull();
  });

  it('are not used up by what was started before the close, nor by what was annulled in turn', () => {
    const all = [{ attempt: 1, from: 50, until: 150 }];
    expect(grantedUntil(all, [started(60)], CLOSE, 120)).toBe(150);
    expect(grantedUntil(all, [{ startedAt: 110, annulled: true }], CLOSE, 120)).toBe(150);
  });
});
