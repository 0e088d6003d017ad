import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { keyOfCode, shortCode } from '../../../server/reach/short-rules.ts';

const key = fc.integer({ min: 0, max: 5_000_000 });

describe('a short code', () => {
  it('is short, and leads back to its contest however it is typed', () => {
    fc.assert(
      fc.property(key, (id) => {
        const code = shortCode(id);
        expect(keyOfCode(code)).toBe(id);
        expect(keyOfCode(` ${code.toUpperCase().slice(0, 2)}-${code.toUpperCase().slice(2)}`)).toBe(id);
        expect(code).toMatch(/^[2-9a-hj-kmnp-tw-z]{4,6}$/);
      }),
    );
    expect(shortCode(24_388)).toHaveLength(4);
  });

  it('differs from its neighbours', () => {
    const codes = Array.from({ length: 5000 }, (_, id) => shortCode(id));
    expect(new Set(codes).size).toBe(5000);
    expect(codes[1]?.[0]).not.toBe(codes[2]?.[0]);
  });

  it('does not lead elsewhere after one slip or one swap', () => {
    const signs = [...'23456789abcdefghjkmnpqrstwxyz'];
    fc.assert(
      fc.property(key, fc.nat(), fc.constantFrom(...signs), (id, place, sign) => {
        const code = [...shortCode(id)];
        const at = place % code.length;
        const slipped = code.with(at, sign);
        if (sign !== code[at]) expect(keyOfCode(slipped.join(''))).toBe(null);
        const next = (at + 1) % (code.length - 1);
        const here = at % (code.length - 1);
        const swapped = code.with(here, code[next] ?? '').with(next, code[here] ?? '');
        const isSame = code[here] === code[next];
        if (!isSame && Math.abs(here - next) === 1) expect(keyOfCode(swapped.join(''))).toBe(null);
      }),
    );
    for (const typed of ['', 'a', 'không', '../..', 'AAAA', '2'.repeat(40)])
      expect(keyOfCode(typed)).toBe(null);
  });
});
