/**
 * The two cookies: the session's token, and the devices from which somebody signed in before. Over HTTPS they carry
 * `__Host-` and Secure; over plain HTTP in a hall browsers would drop those, so there they are plain.
 */
import { parseCookie, stringifySetCookie } from 'cookie';

export interface CookieNames {
  readonly session: string;
  readonly device: string;
  readonly secure: boolean;
}

export function cookieNames(publicUrl: URL): CookieNames {
  const secure = publicUrl.protocol === 'https:';
  const prefix = secure ? '__Host-' : '';
  return { session: `${prefix}hoithi`, device: `${prefix}hoithi-device`, secure };
}

/** Value of a cookie in a Cookie header. */
export function readCookie(header: string | undefined, name: string): string | null {
  if (header === undefined) return null;
  return parseCookie(header)[name] ?? null;
}

/** A Set-Cookie header. `maxAgeMs` null: until the browser is closed; 0: forget it now. */
export function writeCookie(
  names: CookieNames,
  which: 'session' | 'device',
  value: string,
  maxAgeMs: number | null,
): string {
  return stringifySetCookie({
    name: names[which],
    value,
    path: '/',
    httpOnly: true,
    secure: names.secure,
    sameSite: 'lax',
    ...(maxAgeMs === null ? {} : { maxAge: Math.floor(maxAgeMs / 1000) }),
  });
}
