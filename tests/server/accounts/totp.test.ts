import { createHmac } from 'node:crypto';
import { Secret } from 'otpauth';
import { expect, it } from 'vitest';
import { makeTotpSecret, qrPath, totpStep, totpUri } from '../../../server/accounts/totp.ts';

/** RFC 6238 by hand. */
function codeAt(secret: string, step: number): string {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(step));
  const mac = createHmac('sha1', Buffer.from(Secret.fromBase32(secret).bytes))
    .update(counter)
    .digest();
  const offset = (mac.at(-1) ?? 0) & 15;
  return String((mac.readUInt32BE(offset) & 0x7fffffff) % 1_000_000).padStart(6, '0');
}

const now = Date.UTC(2026, 0, 1, 8, 0, 10);
const step = Math.floor(now / 30_000);

it('takes the code of this half minute and of its neighbours, and says which it was', () => {
  const secret = makeTotpSecret();
  for (const near of [step - 1, step, step + 1])
    expect(totpStep(secret, codeAt(secret, near), now)).toBe(near);
  expect(totpStep(secret, ` ${codeAt(secret, step).slice(0, 3)} ${codeAt(secret, step).slice(3)}`, now)).toBe(
    step,
  );
  for (const far of [step - 2, step + 2]) {
    const code = codeAt(secret, far);
    if ([step - 1, step, step + 1].every((near) => codeAt(secret, near) !== code))
      expect(totpStep(secret, code, now)).toBeNull();
  }
  expect(totpStep(secret, 'abcdef', now)).toBeNull();
});

it('gives an address that apps read, and its QR code as a path', () => {
  const uri = totpUri('JBSWY3DPEHPK3PXP', 'Nguyễn Văn An');
  const { searchParams, pathname } = new URL(uri);
  expect(decodeURIComponent(pathname)).toContain('Nguyễn Văn An');
  expect(searchParams.get('secret')).toBe('JBSWY3DPEHPK3PXP');
  const { size, path } = qrPath(uri);
  expect(path).toMatch(/^(M\d+ \d+h1v1h-1z)+$/);
  expect(size).toBeGreaterThan(29);
  // Finder patterns: the corners of the code are dark, the quiet zone is not.
  expect(path).toContain('M4 4h1');
  expect(path).not.toContain('M3 ');
});
