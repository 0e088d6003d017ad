import fc from 'fast-check';
import { expect, it } from 'vitest';
import {
  formatCode,
  LINK_CHARACTERS,
  makeCode,
  RECOVERY_CHARACTERS,
  readCode,
  TYPED_CHARACTERS,
} from '../../../server/accounts/code-rules.ts';

const lengths = [RECOVERY_CHARACTERS, TYPED_CHARACTERS, LINK_CHARACTERS];

it('reads every code that it makes, as people copy it', () => {
  const spoiled = fc.constantFrom(
    (text: string) => text.toLowerCase(),
    (text: string) => text.replaceAll('-', ' '),
    (text: string) => text.replaceAll('0', 'O').replaceAll('1', 'l'),
    (text: string) => ` ${text.replaceAll('-', '–')} `,
  );
  fc.assert(
    fc.property(fc.constantFrom(...lengths), spoiled, (length, spoil) => {
      const code = makeCode(length);
      expect(readCode(spoil(formatCode(code)))).toBe(code);
    }),
  );
});

it('has as many bits as promised: links 80 and more, recovery 100, typed ones ten characters and more', () => {
  expect(LINK_CHARACTERS * 5).toBeGreaterThanOrEqual(80);
  expect(RECOVERY_CHARACTERS * 5).toBe(100);
  expect(TYPED_CHARACTERS).toBeGreaterThanOrEqual(10);
  const seen = new Set(Array.from({ length: 200 }, () => makeCode(200)).join(''));
  expect(seen.size).toBe(32);
});

it('shows codes in groups', () => {
  expect(formatCode('ABCDEFGHJKMN')).toBe('ABCD-EFGH-JKMN');
  expect(formatCode('ABCDEFGHJKMNPQRSTVWX')).toBe('ABCDE-FGHJK-MNPQR-STVWX');
});

it('reads nothing that cannot be a code', () => {
  for (const text of ['', 'ABC', 'ABCDEFGU', "ABCD-EFGH-JKM'", 'Đ'.repeat(12)])
    expect(readCode(text)).toBeNull();
});
