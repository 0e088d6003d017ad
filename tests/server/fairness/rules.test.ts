import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Entrant, MOST_SHARING, pairOf, pairsOf } from '../../../server/fairness/duplicate-rules.ts';
import { likenessOf } from '../../../server/fairness/name-rules.ts';
import { type Looked, signalOf } from '../../../server/fairness/signal-rules.ts';

describe('likeness of names', () => {
  it('sees through marks, tone places, capitals, Ð and one wrong letter', () => {
    expect(likenessOf('Nguyễn Thị Hòa', 'NGUYỄN THỊ HOÀ')).toBe('same');
    expect(likenessOf('Nguyễn Thị Hòa', 'nguyen thi hoa')).toBe('same');
    expect(likenessOf('Ðặng Văn Đức', 'Đặng Văn Đức')).toBe('same');
    expect(likenessOf('Trần Văn Thảo', 'Trần Văn Thao')).toBe('marks');
    expect(likenessOf('Phạm Văn Minh', 'Phạm Văn Minhh')).toBe('near');
    expect(likenessOf('Lê Thị Ngọc Lan', 'Lê Ngọc Lan')).toBe('near');
    expect(likenessOf('An Nguyễn Văn', 'Nguyễn Văn An')).toBe('near');
    expect(likenessOf('Nguyễn Văn An', 'Nguyễn Thị Bình')).toBe('other');
    expect(likenessOf('Lê An', 'Lê Ân')).toBe('marks');
    expect(likenessOf('', '')).toBe('other');
  });

  const words = fc.constantFrom(
    'Nguyễn',
    'Nguyen',
    'Văn',
    'Thị',
    'Hòa',
    'Hoà',
    'An',
    'Ân',
    'Đức',
    'Duc',
    'x',
  );
  const names = fc.array(words, { maxLength: 4 }).map((parts) => parts.join(' '));
  it('is the same whoever comes first', () => {
    fc.assert(
      fc.property(names, names, (a, b) => {
        expect(likenessOf(a, b)).toBe(likenessOf(b, a));
      }),
    );
  });
});

const someone = (id: number, more: Partial<Entrant> = {}): Entrant => ({
  id,
  name: `Người ${id}`,
  birthDate: null,
  phoneHash: null,
  citizenHash: null,
  address: null,
  device: null,
  network: null,
  household: id,
  ...more,
});

describe('possible duplicates', () => {
  it('weighs what is shared, and shows why', () => {
    const pair = pairOf(
      someone(2, { name: 'Nguyễn Văn An', birthDate: '1980-02-03', phoneHash: 'p' }),
      someone(1, { name: 'Nguyen Van An', birthDate: '1980-02-03', phoneHash: 'p' }),
    );
    expect(pair).toEqual({ a: 1, b: 2, signs: ['birth', 'phone'], weight: 7 });
    expect(pairOf(someone(1, { network: 'n' }), someone(2, { network: 'n' }))).toBeNull();
    expect(pairOf(someone(1, { device: 'd' }), someone(2, { device: 'd' }))?.weight).toBe(2);
  });

  it('takes a family at its word: a shared phone and device say nothing, a citizen id does', () => {
    const family = { household: 9, phoneHash: 'p', device: 'd', network: 'n', address: 'Số 5 phố Hàng Bông' };
    expect(pairOf(someone(1, family), someone(2, family))).toBeNull();
    const twice = { ...family, citizenHash: 'c' };
    expect(pairOf(someone(1, twice), someone(2, twice))?.signs).toEqual(['citizen']);
  });

  it('leaves out a device that a whole class uses', () => {
    const together = Array.from({ length: MOST_SHARING.device + 1 }, (_, i) =>
      someone(i + 1, { device: 'd' }),
    );
    expect(pairsOf(together)).toEqual([]);
    expect(pairsOf(together.slice(1))).not.toEqual([]);
  });

  const value = fc.option(fc.constantFrom('x', 'y', 'z'));
  const entrants = fc
    .array(
      fc.record({
        name: fc.constantFrom('Nguyễn Văn An', 'Nguyen Van An', 'Nguyễn Văn Ant', 'Lê Bình'),
        birthDate: fc.option(fc.constantFrom('1980-01-02', '1990-01-02')),
        phoneHash: value,
        citizenHash: value,
        address: fc.option(fc.constantFrom('Số 5 phố Hàng Bông', 'Hà Nội')),
        device: value,
        network: value,
        household: fc.integer({ min: 1, max: 4 }),
      }),
      { maxLength: 6 },
    )
    .map((all) => all.map((one, i) => ({ ...one, id: i + 1 })));
  it('finds every pair that comparing all with all finds, where they share more than a place', () => {
    const isTold = (pair: ReturnType<typeof pairOf>): boolean =>
      pair?.signs.some((sign) => ['citizen', 'birth', 'phone', 'device'].includes(sign)) === true;
    fc.assert(
      fc.property(entrants, (all) => {
        const slow = all.flatMap((a, i) => all.slice(i + 1).flatMap((b) => pairOf(b, a) ?? []));
        const told = (pairs: readonly { a: number; b: number }[]) =>
          pairs.map(({ a, b }) => `${a}/${b}`).sort();
        expect(told(pairsOf(all).filter(isTold))).toEqual(told(slow.filter(isTold)));
      }),
    );
  });
});

describe('signals', () => {
  const calm: Looked = {
    answers: Array.from({ length: 20 }, (_, i) => [i % 4]),
    changedAt: Array.from({ length: 20 }, (_, i) => 100 + i * 150),
    elapsedMs: 320_000,
    share: 0.6,
    away: null,
  };
  it('sees nothing in an ordinary attempt', () => {
    expect(signalOf(calm)).toBeNull();
    expect(signalOf({ ...calm, away: { times: 2, ms: 9000 } })).toBeNull();
  });

  it('sees answers that nobody read, one letter all the way, and a page left again and again', () => {
    const quick = { changedAt: calm.changedAt.map((_, i) => 8 * (i + 1)), elapsedMs: 17_000 };
    expect(signalOf({ ...calm, ...quick, share: 1 })).toEqual({ signs: { fast: 8 }, weight: 3 });
    expect(signalOf({ ...calm, answers: calm.answers.map(() => [2]) })?.signs).toEqual({ row: 20 });
    expect(signalOf({ ...calm, away: { times: 7, ms: 4000 } })?.signs).toEqual({ away: 7 });
  });

  it('does not take few answers, or answers handed in together after a break without network, for haste', () => {
    const together = { changedAt: calm.changedAt.map(() => 3000), elapsedMs: 320_000 };
    expect(signalOf({ ...calm, ...together })).toBeNull();
    expect(
      signalOf({ ...calm, changedAt: [1, 2, 3, ...calm.changedAt.slice(3).map(() => -1)], elapsedMs: 400 }),
    ).toBeNull();
  });

  it('is never quieter when everything went faster', () => {
    const times = fc.array(fc.integer({ min: 0, max: 4000 }), { minLength: 8, maxLength: 30 });
    fc.assert(
      fc.property(times, fc.integer({ min: 2, max: 5 }), (changedAt, factor) => {
        const elapsedMs = Math.max(...changedAt) * 100;
        const answers = changedAt.map((_, i) => [i % 3]);
        const slow = signalOf({ ...calm, answers, changedAt, elapsedMs });
        const fast = signalOf({
          ...calm,
          answers,
          changedAt: changedAt.map((at) => Math.floor(at / factor)),
          elapsedMs: elapsedMs / factor,
        });
        if (slow?.signs.fast !== undefined) expect(fast?.signs.fast).toBeLessThanOrEqual(slow.signs.fast);
      }),
    );
  });
});
