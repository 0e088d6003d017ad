/**
 * Proof of work, and the SHA-256 (FIPS 180-4) of short texts that it takes: the browser's own is missing on plain HTTP, where
 * a hall without internet plays.
 */

const BLOCK_BYTES = 64;

/** Fractional parts of the square and cube roots of the first primes, as the standard derives its constants. */
function rootsOf(count: number, root: (prime: number) => number): Uint32Array {
  const values = new Uint32Array(count);
  for (let found = 0, candidate = 2; found < count; candidate++) {
    if (!isPrime(candidate)) continue;
    const value = root(candidate);
    values[found] = Math.floor((value - Math.floor(value)) * 2 ** 32);
    found += 1;
  }
  return values;
}

function isPrime(value: number): boolean {
  for (let divisor = 2; divisor * divisor <= value; divisor++) if (value % divisor === 0) return false;
  return true;
}

const start = rootsOf(8, Math.sqrt);
const constants = rootsOf(64, Math.cbrt);
const schedule = new Uint32Array(64);

const turned = (value: number, by: number): number => (value >>> by) | (value << (32 - by));
const at = (words: Uint32Array, index: number): number => words[index] ?? 0;

function padded(bytes: Uint8Array): DataView {
  const blocks = Math.ceil((bytes.length + 9) / BLOCK_BYTES);
  const whole = new Uint8Array(blocks * BLOCK_BYTES);
  whole.set(bytes);
  whole[bytes.length] = 0x80;
  const view = new DataView(whole.buffer);
  view.setUint32(whole.length - 4, bytes.length * 8);
  return view;
}

function fill(view: DataView, offset: number): void {
  for (let i = 0; i < 16; i++) schedule[i] = view.getUint32(offset + 4 * i);
  for (let i = 16; i < 64; i++) {
    const [a, b] = [at(schedule, i - 15), at(schedule, i - 2)];
    const low = turned(a, 7) ^ turned(a, 18) ^ (a >>> 3);
    const high = turned(b, 17) ^ turned(b, 19) ^ (b >>> 10);
    schedule[i] = at(schedule, i - 16) + low + at(schedule, i - 7) + high;
  }
}

function mix(state: Uint32Array): void {
  const [a0, b0, c0, d0, e0, f0, g0, h0] = state;
  let [a, b, c, d] = [a0 ?? 0, b0 ?? 0, c0 ?? 0, d0 ?? 0];
  let [e, f, g, h] = [e0 ?? 0, f0 ?? 0, g0 ?? 0, h0 ?? 0];
  for (let i = 0; i < 64; i++) {
    const ones = turned(e, 6) ^ turned(e, 11) ^ turned(e, 25);
    const first = (h + ones + ((e & f) ^ (~e & g)) + at(constants, i) + at(schedule, i)) | 0;
    const twos = turned(a, 2) ^ turned(a, 13) ^ turned(a, 22);
    const second = (twos + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    h = g;
    g = f;
    f = e;
    e = (d + first) | 0;
    d = c;
    c = b;
    b = a;
    a = (first + second) | 0;
  }
  [a, b, c, d, e, f, g, h].forEach((value, index) => {
    state[index] = at(state, index) + value;
  });
}

/** The eight words of the digest. */
export function sha256(text: string): Uint32Array {
  const view = padded(new TextEncoder().encode(text));
  const state = start.slice();
  for (let offset = 0; offset < view.byteLength; offset += BLOCK_BYTES) {
    fill(view, offset);
    mix(state);
  }
  return state;
}

const sliceMs = 12;

/** The least n ≥ 0 with SHA-256(`salt:n`) beginning with `bits` (≤ 32) zero bits; the page stays alive meanwhile. */
export async function prove(salt: string, bits: number): Promise<number> {
  for (let n = 0, since = performance.now(); ; n++) {
    if (Math.clz32(at(sha256(`${salt}:${n}`), 0)) >= bits) return n;
    if (n % 64 !== 0 || performance.now() - since < sliceMs) continue;
    await new Promise((go) => setTimeout(go));
    since = performance.now();
  }
}
