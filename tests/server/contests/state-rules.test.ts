import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ageAt, barsOf, isRightCode } from '../../../server/contests/eligibility-rules.ts';
import { currentRound, nextBoundary, phaseOf, roundState } from '../../../server/contests/state-rules.ts';

const window = fc
  .tuple(fc.integer({ min: 0, max: 50 }), fc.integer({ min: 1, max: 20 }))
  .map(([opensAt, length]) => ({ opensAt, closesAt: opensAt + length, settledAt: null }));

describe('states', () => {
  it('open includes the opening and leaves out the closing', () => {
    const round = { opensAt: 10, closesAt: 20, settledAt: null };
    const states = [9, 10, 19, 20].map((now) => roundState(round, now));
    expect(states).toEqual(['soon', 'open', 'open', 'closed']);
    expect(roundState({ ...round, settledAt: 25 }, 30)).toBe('settled');
  });

  it('a contest goes on between two rounds', () => {
    const rounds = [
      { opensAt: 10, closesAt: 20 },
      { opensAt: 30, closesAt: 40 },
    ];
    expect([5, 15, 25, 35, 40].map((now) => phaseOf(rounds, now))).toEqual([
      'soon',
      'now',
      'now',
      'now',
      'past',
    ]);
    expect(phaseOf([], 5)).toBeNull();
  });

  it('nothing that is shown changes before the next boundary', () => {
    fc.assert(
      fc.property(
        fc.array(window, { minLength: 1, maxLength: 5 }),
        fc.integer({ min: 0, max: 80 }),
        (rounds, now) => {
          const shown = (at: number) => [
            phaseOf(rounds, at),
            currentRound(rounds, at),
            ...rounds.map((round) => roundState(round, at)),
          ];
          const end = Math.min(nextBoundary(rounds, now), 80);
          for (let at = now; at < end; at++) expect(shown(at)).toEqual(shown(now));
        },
      ),
    );
  });
});

describe('who may enter a round', () => {
  const anyone = { units: [], groups: [], minAge: null, maxAge: null, code: null };
  const person = { birthDate: '2008-08-02', group: 'student', units: ['u1', 'u0'] };
  const now = Date.UTC(2022, 7, 1, 16, 59, 59);

  it('anyone, when nothing is set', () => {
    expect(barsOf(anyone, { birthDate: null, group: null, units: [] }, now)).toEqual([]);
  });

  it('counts the units above', () => {
    expect(barsOf({ ...anyone, units: ['u0'] }, person, now)).toEqual([]);
    expect(barsOf({ ...anyone, units: ['u2'] }, person, now)).toEqual(['unit']);
  });

  it('counts full years on the day in Hà Nội', () => {
    expect(ageAt('2008-08-02', now)).toBe(13);
    expect(ageAt('2008-08-02', now + 1000)).toBe(14);
    expect(ageAt('2008-02-29', Date.UTC(2022, 1, 28))).toBe(13);
    expect(barsOf({ ...anyone, minAge: 14 }, person, now)).toEqual(['tooYoung']);
    expect(barsOf({ ...anyone, minAge: 14 }, person, now + 1000)).toEqual([]);
    expect(barsOf({ ...anyone, maxAge: 12 }, person, now)).toEqual(['tooOld']);
    expect(barsOf({ ...anyone, minAge: 14 }, { ...person, birthDate: null }, now)).toEqual([
      'birthDateMissing',
    ]);
  });

  it('names every bar', () => {
    const entry = { ...anyone, units: ['x'], groups: ['soldier'], minAge: 18 };
    expect(barsOf(entry, person, now)).toEqual(['unit', 'group', 'tooYoung']);
  });

  it('reads codes as people copy them from paper', () => {
    expect(isRightCode(null, undefined)).toBe(true);
    expect(isRightCode('AB-12', 'ab 12')).toBe(true);
    expect(isRightCode('AB-12', undefined)).toBe(false);
    expect(isRightCode('AB-12', 'ab 13')).toBe(false);
  });
});
