import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fold } from '../../../questions/vietnamese.ts';
import { isAlive, type Unit, UnitIndex } from '../../../server/units/unit-index.ts';
import { unitOf } from './unit-of.ts';

const unit = (id: number, name: string, more: Partial<Unit> = {}): Unit => unitOf(id, { name, ...more });
const now = 1000;
const scope = { now, ended: false };
const names = (units: readonly Unit[]) => units.map(({ name }) => name);

describe('searching units', () => {
  const index = new UnitIndex(
    [
      'Phường Hà Đông',
      'Phường Hạ Đình',
      'Xã Hà',
      'Hà',
      'Hạ',
      'Công ty TNHH Đông Hà – Chi nhánh 2',
      'Xã Đông Anh',
      'Chi bộ Đông Hà',
    ].map((name, i) => unit(i, name, i === 6 ? { code: 'HA-01' } : {})),
    1,
  );

  it('ignores diacritics, puts exact ones first, then beginnings, then words, the same diacritics before others', () => {
    expect(names(index.search('hà', scope))).toEqual([
      'Hà',
      'Hạ',
      'Xã Đông Anh',
      'Chi bộ Đông Hà',
      'Công ty TNHH Đông Hà – Chi nhánh 2',
      'Phường Hà Đông',
      'Xã Hà',
      'Phường Hạ Đình',
    ]);
    expect(names(index.search('dong ha', scope))).toEqual([
      'Chi bộ Đông Hà',
      'Công ty TNHH Đông Hà – Chi nhánh 2',
      'Phường Hà Đông',
      // Its code has the second word.
      'Xã Đông Anh',
    ]);
    expect(names(index.search('ha dong', scope))[0]).toBe('Phường Hà Đông');
    expect(names(index.search('HA-01', scope))).toEqual(['Xã Đông Anh']);
    expect(names(index.search('ong', scope))).toEqual([]);
    expect(index.search('  ', scope)).toEqual([]);
  });

  it('finds by property what a slow reading finds', () => {
    const word = fc.constantFrom('hà', 'hạ', 'đông', 'anh', 'ánh', 'xã', 'phường', 'chi bộ 2', 'a');
    const name = fc.array(word, { minLength: 1, maxLength: 4 }).map((words) => words.join(' '));
    fc.assert(
      fc.property(fc.array(name, { maxLength: 30 }), name, (list, query) => {
        const built = new UnitIndex(
          list.map((text, i) => unit(i, text)),
          1,
        );
        const found = built.search(query, scope);
        const wanted = list.filter((text) =>
          fold(query)
            .split(' ')
            .every((part) =>
              fold(text)
                .split(' ')
                .some((candidate) => candidate.startsWith(part)),
            ),
        );
        expect(names(found).sort()).toEqual([...wanted].sort());
        const exact = found.map((one) => fold(one.name) === fold(query));
        expect(exact).toEqual([...exact].sort((a, b) => Number(b) - Number(a)));
      }),
    );
  });

  it('answers over ten thousand units in a fraction of the time in which their names are read one by one', () => {
    const many = Array.from({ length: 10_000 }, (_, i) =>
      unit(i, `Chi bộ tổ dân phố số ${i} phường ${['Hà Đông', 'Cầu Giấy', 'Đống Đa', 'Ba Đình'][i % 4]}`, {
        parentId: i === 0 ? null : Math.floor((i - 1) / 20),
        code: `TDP${i}`,
      }),
    );
    const big = new UnitIndex(many, 1);
    const readAll = (query: string) =>
      many.filter(({ name, code }) => fold(`${name} ${code}`).includes(fold(query)));
    const queries = ['cau giay', 'chi bộ', 'số 77', 'tdp123', 'khong co', 'đ'];
    // The best of many, beside one another: what each costs, whatever else the machine does and however fast it is.
    const bestOf = (times: number, work: () => unknown) =>
      Math.min(
        ...Array.from({ length: times }, () => {
          const began = performance.now();
          work();
          return performance.now() - began;
        }),
      );
    for (const query of queries) {
      const reading = bestOf(5, () => readAll(query));
      const searching = bestOf(40, () => big.search(query, scope));
      expect(searching, query).toBeLessThan(reading / 5);
    }
    expect(big.search('số 77', scope)[0]?.name).toContain('số 77');
  });
});

describe('the tree', () => {
  it('equals a slow walk up from every unit', () => {
    const parents = fc.array(fc.integer({ min: -1, max: 40 }), { minLength: 1, maxLength: 40 });
    fc.assert(
      fc.property(parents, (list) => {
        const units = list.map((parent, i) =>
          unit(i, `Đơn vị ${i}`, { parentId: parent < 0 || parent >= i ? null : parent }),
        );
        const index = new UnitIndex(units, 1);
        for (const one of units) {
          const above: number[] = [];
          for (let at = one.parentId; at !== null; at = units[at]?.parentId ?? null) above.unshift(at);
          expect(index.ancestors(one).map(({ id }) => id)).toEqual(above);
          for (const other of units) {
            expect(index.isWithin(one, other)).toBe(one.id === other.id || above.includes(other.id));
          }
          const children = units.filter(({ parentId }) => parentId === one.id).map(({ id }) => id);
          expect(
            index
              .children(one, scope)
              .map(({ id }) => id)
              .sort(),
          ).toEqual(children.sort());
        }
        const inside = units[0];
        if (inside === undefined) return;
        const under = index.search('don vi', { ...scope, under: inside });
        expect(under.every((one) => index.isWithin(one, inside))).toBe(true);
        expect(under.length).toBe(units.filter((one) => index.isWithin(one, inside)).length);
      }),
      { numRuns: 50 },
    );
  });

  it('survives rows that point at nothing or at one another', () => {
    const index = new UnitIndex(
      [unit(1, 'A', { parentId: 9 }), unit(2, 'B', { parentId: 3 }), unit(3, 'C', { parentId: 2 })],
      1,
    );
    expect(names(index.children(null, scope))).toEqual(['A']);
    expect(names(index.ancestors(unit(2, 'B', { parentId: 3 })))).toEqual(['C']);
    expect(index.search('a', scope)).toHaveLength(1);
  });

  it('shows only units of today unless the ended are asked for', () => {
    const ended = unit(1, 'Đã giải thể', { validUntil: now });
    const future = unit(2, 'Chưa thành lập', { validFrom: now + 1 });
    const index = new UnitIndex(
      [ended, future, unit(3, 'Đang có', { validFrom: now, validUntil: now + 1 })],
      1,
    );
    expect(names(index.children(null, scope))).toEqual(['Đang có']);
    expect(index.children(null, { now, ended: true })).toHaveLength(3);
    expect(index.search('da giai the', scope)).toEqual([]);
    expect(isAlive(ended, now - 1)).toBe(true);
  });
});
