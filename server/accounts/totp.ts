/** Six-digit codes of an authenticator app (RFC 6238: SHA-1, 30 s). A code works once: the step that was used is remembered. */
import { Secret, TOTP } from 'otpauth';
import { create } from 'qrcode';

const PERIOD_MS = 30_000;
/** Steps before and after now that are taken, for clocks that go wrong. */
const WINDOW = 1;

const totpOf = (secret: string, label: string): TOTP =>
  new TOTP({
    issuer: 'Hội Thi',
    label,
    algorithm: 'SHA1',
    digits: 6,
    period: 30,
    secret: Secret.fromBase32(secret),
  });

/** 160 bits, base32. */
export function makeTotpSecret(): string {
  return new Secret({ size: 20 }).base32;
}

/** otpauth://…, as apps read it from a QR code. `label`: what the person calls the account. */
export function totpUri(secret: string, label: string): string {
  return totpOf(secret, label).toString();
}

/** The step (count of 30 s since 1970) whose code was typed, or null when it is none of those around `now`. */
export function totpStep(secret: string, typed: string, now: number): number | null {
  const token = typed.replace(/\s/g, '');
  const delta = totpOf(secret, '').validate({ token, timestamp: now, window: WINDOW });
  return delta === null ? null : Math.floor(now / PERIOD_MS) + delta;
}

/** A QR code as the path of an SVG; modules are of size 1, with the quiet zone of 4 that scanners want. */
export function qrPath(text: string): { readonly size: number; readonly path: string } {
  const { modules } = create(text, { errorCorrectionLevel: 'M' });
  const quiet = 4;
  let path = '';
  for (let y = 0; y < modules.size; y++) {
    for (let x = 0; x < modules.size; x++) {
      if (modules.get(y, x) === 1) path += `M${x + quiet} ${y + quiet}h1v1h-1z`;
    }
  }
  return { size: modules.size + 2 * quiet, path };
}
