/** Devices: what a browser calls itself, in a few words; and the cookie that tells a device which signed in here before. */
import type { Secrets } from '../platform/secrets.ts';
import { randomToken } from '../platform/secrets.ts';

const BROWSERS: readonly (readonly [RegExp, string])[] = [
  [/\bZalo\b/i, 'Zalo'],
  [/\bFBA[NV]\b/, 'Facebook'],
  [/\bcoc_coc_browser\b/, 'Cốc Cốc'],
  [/\bEdgA?\//, 'Edge'],
  [/\bSamsungBrowser\//, 'Samsung Internet'],
  [/\bOPR\//, 'Opera'],
  [/\bFirefox\//, 'Firefox'],
  [/\bChrome\/|\bCriOS\//, 'Chrome'],
  [/\bSafari\//, 'Safari'],
];
const SYSTEMS: readonly (readonly [RegExp, string])[] = [
  [/\bAndroid\b/, 'Android'],
  [/\biPhone\b/, 'iPhone'],
  [/\biPad\b/, 'iPad'],
  [/\bWindows\b/, 'Windows'],
  [/\bMac OS X\b/, 'macOS'],
  [/\bCrOS\b/, 'ChromeOS'],
  [/\bLinux\b/, 'Linux'],
];

/** "Chrome · Android"; null when the header says nothing that is known. The header itself is not kept. */
export function deviceLabel(userAgent: string | undefined): string | null {
  if (userAgent === undefined) return null;
  const known = [BROWSERS, SYSTEMS].map((list) => list.find(([pattern]) => pattern.test(userAgent))?.[1]);
  const words = known.filter((word) => word !== undefined);
  return words.length === 0 ? null : words.join(' · ');
}

/** People whom one device remembers; the oldest goes. */
const MOST_PEOPLE = 6;

/** The device's own id and a signature for each login that succeeded on it: "id.sig.sig". */
export interface Device {
  readonly id: string;
  readonly signatures: readonly string[];
}

export function readDevice(cookie: string | null): Device | null {
  const [id, ...signatures] = (cookie ?? '').split('.');
  return id === undefined || !/^[\w-]{22}$/.test(id)
    ? null
    : { id, signatures: signatures.slice(-MOST_PEOPLE) };
}

/** Whether `login` (its hash) was signed in by on this device before. */
export function isKnownDevice(secrets: Secrets, device: Device | null, login: string): boolean {
  return (
    device?.signatures.some((signature) => secrets.verify('device', `${device.id}:${login}`, signature)) ??
    false
  );
}

/** The cookie's value after `login` succeeded. */
export function rememberLogin(secrets: Secrets, device: Device | null, login: string): string {
  const { id, signatures } = device ?? { id: randomToken(16), signatures: [] };
  const mine = secrets.sign('device', `${id}:${login}`);
  const others = signatures.filter((signature) => signature !== mine);
  return [id, ...others.slice(1 - MOST_PEOPLE), mine].join('.');
}
