/**
 * Short addresses: /t/k7m4. A code is the contest's key, mixed so that neighbours look different, with a last character that
 * tells a slip of the finger; letters and digits that nobody takes for one another. Nothing is stored. Pure.
 */

/** Without 0 1 i l o u v: 29 signs, a prime, so that the last sign tells every slip and every swap. */
const SIGNS = '23456789abcdefghjkmnpqrstwxyz';
const BASE = SIGNS.length;
const SHORTEST = 3;
/** Shares no factor with any power of 29. */
const MIX = 7919;

/** 4 characters for the first 24,000 contests. */
export function shortCode(id: number): string {
  if (!Number.isSafeInteger(id) || id < 0) throw new RangeError('no such key');
  const length = lengthFor(id);
  const size = BASE ** length;
  const body = digits(Number((BigInt(id) * BigInt(MIX)) % BigInt(size)), length);
  return body + checkSign(body);
}

/** The key behind a code, typed in any case and with spaces or dashes; null when it is none. */
export function keyOfCode(typed: string): number | null {
  const code = typed.toLowerCase().replace(/[\s-]/g, '');
  const body = code.slice(0, -1);
  if (body.length < SHORTEST || body.length > 8 || checkSign(body) !== code.slice(-1)) return null;
  let mixed = 0;
  for (const sign of body) {
    const value = SIGNS.indexOf(sign);
    if (value < 0) return null;
    mixed = mixed * BASE + value;
  }
  const size = BigInt(BASE ** body.length);
  const id = Number((BigInt(mixed) * inverse(BigInt(MIX), size)) % size);
  return lengthFor(id) === body.length ? id : null;
}

function lengthFor(id: number): number {
  let length = SHORTEST;
  while (id >= BASE ** length) length += 1;
  return length;
}

function digits(value: number, length: number): string {
  let text = '';
  for (let rest = value, i = 0; i < length; i += 1, rest = Math.floor(rest / BASE))
    text = SIGNS[rest % BASE] + text;
  return text;
}

/** Another one after any single slip, and after any swap of neighbours: weights differ by one, and the base is prime. */
function checkSign(body: string): string {
  const sum = [...body].reduce((all, sign, i) => all + (i + 1) * (SIGNS.indexOf(sign) + 1), 0);
  return SIGNS[sum % BASE] ?? '';
}

/** Extended Euclid. */
function inverse(a: bigint, modulus: bigint): bigint {
  let [old, r] = [a % modulus, modulus];
  let [s, t] = [1n, 0n];
  while (r !== 0n) {
    const q = old / r;
    [old, r] = [r, old - q * r];
    [s, t] = [t, s - q * t];
  }
  return ((s % modulus) + modulus) % modulus;
}
