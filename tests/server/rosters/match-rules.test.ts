import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { birthLikeness, type Described, matchOf } from '../../../server/rosters/match-rules.ts';

const an: Described = { name: 'Nguyễn Văn An', birthDate: '1980-02-03', phoneHash: 'p', unitId: 1 };
const unknown: Described = { name: 'Nguyễn Văn An', birthDate: null, phoneHash: null, unitId: null };
const grade = (a: Partial<Described>, b: Partial<Described> = {}) =>
  matchOf({ ...unknown, ...a }, { ...an, ...b })?.grade ?? null;

describe('matching a roster', () => {
  it('is exact for the same name with the same date of birth or phone', () => {
    expect(grade({ birthDate: '1980-02-03' })).toBe('exact');
    expect(grade({ name: 'NGUYEN VAN AN', phoneHash: 'p' })).toBe('exact');
  });

  it('is likely where a mark, a letter, or day and month differ', () => {
    expect(grade({ name: 'Nguyễn Văn Ân', birthDate: '1980-02-03' })).toBe('likely');
    expect(grade({ name: 'Nguyễn Văn Anh', birthDate: '1980-02-03' })).toBe('likely');
    expect(grade({ birthDate: '1980-03-02' })).toBe('likely');
    expect(grade({ birthDate: '1980', unitId: 1 })).toBe('likely');
  });

  it('is unsure where only the name is the same, or a phone and a birthday without it', () => {
    expect(grade({})).toBe('unsure');
    expect(grade({ name: 'Trần Thị Bình', birthDate: '1980-02-03', phoneHash: 'p' })).toBe('unsure');
  });

  it('is nothing for a namesake of another age, or for another one of the family', () => {
    expect(grade({ birthDate: '1991-07-08' })).toBeNull();
    expect(grade({ name: 'Trần Thị Bình', phoneHash: 'p', unitId: 1 })).toBeNull();
  });

  it('knows dates of birth that were written in another order', () => {
    expect(birthLikeness('1980-02-03', '1980-03-02')).toBe('swapped');
    expect(birthLikeness('1980', '1980-03-02')).toBe('year');
    expect(birthLikeness('1981', '1980-03-02')).toBe('other');
  });

  const described = fc.record({
    name: fc.constantFrom('Nguyễn Văn An', 'Nguyen Van An', 'Nguyễn Văn Ân', 'Lê Thị Bình', ''),
    birthDate: fc.option(fc.constantFrom('1980-02-03', '1980-03-02', '1980', '1975-01-01')),
    phoneHash: fc.option(fc.constantFrom('p', 'q')),
    unitId: fc.option(fc.constantFrom(1, 2)),
  });
  const order = [null, 'unsure', 'likely', 'exact'] as const;
  const sureness = (a: Described, b: Described): number => order.indexOf(matchOf(a, b)?.grade ?? null);

  it('is the same whoever comes first', () => {
    fc.assert(
      fc.property(described, described, (a, b) => {
        expect(matchOf(a, b)).toEqual(matchOf(b, a));
      }),
    );
  });

  it('never becomes less sure when what was not known turns out to agree', () => {
    fc.assert(
      fc.property(described, described, (a, b) => {
        const before = sureness(a, b);
        if (a.phoneHash === null && b.phoneHash !== null)
          expect(sureness({ ...a, phoneHash: b.phoneHash }, b)).toBeGreaterThanOrEqual(before);
        if (a.birthDate === null && b.birthDate?.length === 10)
          expect(sureness({ ...a, birthDate: b.birthDate }, b)).toBeGreaterThanOrEqual(before);
        if (a.unitId === null && b.unitId !== null)
          expect(sureness({ ...a, unitId: b.unitId }, b)).toBeGreaterThanOrEqual(before);
      }),
    );
  });
});
