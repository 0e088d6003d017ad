import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  boardStandingOf,
  type Closing,
  DECLARED,
  isOfficial,
  nextStandings,
  standingOf,
} from '../../../server/closing/standing-rules.ts';

const round: Closing = { opensAt: 100, closesAt: 200, settledAt: null, standing: null };
const steps: readonly string[] = DECLARED;
const declared = fc.constantFrom(null, ...DECLARED);

describe('the standing of a round', () => {
  it('follows its window until something is declared', () => {
    expect([99, 100, 199, 200, 9999].map((now) => standingOf(round, now))).toEqual([
      'soon',
      'open',
      'open',
      'closed',
      'closed',
    ]);
    expect(standingOf({ ...round, settledAt: 210, standing: 'official' }, 150)).toBe('official');
  });

  it('is not closed longer than it takes to settle: nothing is declared before', () => {
    for (const standing of [null, ...DECLARED])
      expect(nextStandings({ settledAt: null, standing })).toEqual([]);
  });

  it('never goes back, whatever is declared one after another', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(9), { maxLength: 12 }), (choices) => {
        let standing: string | null = null;
        let reached = -1;
        for (const choice of choices) {
          const next: readonly string[] = nextStandings({ settledAt: 1, standing });
          standing = next[choice % next.length] ?? null;
          const at = steps.indexOf(standing ?? '');
          expect(at).toBeGreaterThanOrEqual(reached);
          expect(at - reached).toBeLessThanOrEqual(1);
          reached = at;
        }
      }),
    );
  });

  it('is official once it was declared so, also when it was amended since', () => {
    expect([null, 'provisional', 'official', 'amended'].map((standing) => isOfficial({ standing }))).toEqual([
      false,
      false,
      true,
      true,
    ]);
  });
});

describe('the standing of a board', () => {
  it('is as binding as the least binding of its rounds', () => {
    const rounds = fc.array(fc.record({ settledAt: fc.constantFrom(null, 1), standing: declared }), {
      minLength: 1,
      maxLength: 5,
    });
    fc.assert(
      fc.property(rounds, (of) => {
        const standing = boardStandingOf(of);
        const open = of.some(({ settledAt }) => settledAt === null);
        const binding = of.every((one) => one.standing === 'official' || one.standing === 'amended');
        expect(standing === 'running').toBe(open);
        expect(standing === 'official' || standing === 'amended').toBe(!open && binding);
        if (standing === 'amended') expect(of.map((one) => one.standing)).toContain('amended');
      }),
    );
  });
});
