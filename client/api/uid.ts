/** Ids that this side chooses, so that sending twice makes one thing. */

/**
 * A UUIDv7 (RFC 9562): 48 bits of time, the rest random. `crypto.randomUUID` is missing on plain HTTP and before
 * Chrome 92; `getRandomValues` is everywhere.
 */
export function newUid(now = Date.now()): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  for (let index = 0; index < 6; index++) bytes[index] = Math.floor(now / 256 ** (5 - index)) % 256;
  bytes[6] = 0x70 | ((bytes[6] ?? 0) & 0x0f);
  bytes[8] = 0x80 | ((bytes[8] ?? 0) & 0x3f);
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
