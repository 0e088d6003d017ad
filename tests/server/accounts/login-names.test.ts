import fc from 'fast-check';
import { expect, it } from 'vitest';
import { loginHash, readLogin, typedLoginHash } from '../../../server/accounts/login-names.ts';
import { Secrets } from '../../../server/platform/secrets.ts';

const secrets = new Secrets('a secret of more than thirty-two characters');

it('finds the same account however the name is typed', () => {
  const same = (...typed: string[]) => new Set(typed.map((text) => typedLoginHash(secrets, text))).size;
  expect(same('0912345678', '+84 912 345 678', '0912.345.678', ' 84912345678')).toBe(1);
  expect(same('An@Example.vn', 'an@example.vn ')).toBe(1);
  expect(same('nguyen.van.an', 'Nguyen.Van.AN')).toBe(1);
});

it('takes a name for one kind only', () => {
  expect(readLogin('0912345678')?.kind).toBe('phone');
  expect(readLogin('an@example.vn')?.kind).toBe('email');
  expect(readLogin('an.nguyen')?.kind).toBe('userName');
  expect(readLogin('Nguyễn Văn An')).toBeNull();
});

it('gives any text a hash to be counted by, equal only for equal names', () => {
  fc.assert(
    fc.property(fc.string({ minLength: 1 }), fc.string({ minLength: 1 }), (a, b) => {
      const [first, second] = [readLogin(a), readLogin(b)];
      const equal =
        first === null || second === null ? a === b : JSON.stringify(first) === JSON.stringify(second);
      expect(typedLoginHash(secrets, a) === typedLoginHash(secrets, b)).toBe(equal);
      if (first !== null) expect(typedLoginHash(secrets, a)).toBe(loginHash(secrets, first));
    }),
  );
});
