/**
 * Lots that anybody can draw again. Pure.
 *
 * 1. Before the results are known a seed of 32 random bytes (64 hex digits) is fixed and its commitment published:
 *    SHA-256 of the seed's hex text, as hex.
 * 2. When the winners are decided, something public that nobody could know before (a lottery's number, say) may be added.
 * 3. The lot of a candidate is SHA-256 of the UTF-8 text `seed|extra|board|line|label`, as hex. `board` is
 *    `round-<uid>` or `contest-<uid>`; `line` is the prize's id where a prize is drawn, and `ties` where equals are
 *    put in order; `label` is how the list of candidates names them ("123": the number of the entry).
 * 4. The lowest lot comes first, compared as text.
 *
 * With the seed published, whoever has the list of candidates gets the same order with any tool that knows SHA-256.
 */
import { hash } from 'node:crypto';

/** What the lots of one board are drawn with. */
export interface Draw {
  /** 64 hex digits. */
  readonly seed: string;
  readonly extra: string;
  readonly board: string;
}

/** Where equals are put in order. */
export const TIES = 'ties';

export function commitmentOf(seed: string): string {
  return sha256(seed);
}

export function lotOf({ seed, extra, board }: Draw, line: string, label: string): string {
  return sha256(`${seed}|${extra}|${board}|${line}|${label}`);
}

/** The first 48 bits of a lot as a number: where two of them differ, so do the lots, and half a million sort quickly. */
export function lotKeyOf(draw: Draw, line: string, label: string): number {
  return Number.parseInt(lotOf(draw, line, label).slice(0, 12), 16);
}

/**
 * Places in the order of their lots, the lowest first: few of many are wanted, so only those are put in order. `keys` are
 * the lots' first bits, `lotAt` gives a whole one.
 */
export function* byLot(keys: Float64Array, lotAt: (place: number) => string): Generator<number> {
  const sorted = keys.slice().sort();
  let above = -1;
  for (let wanted = FIRST; ; wanted *= 4) {
    const upTo = sorted[Math.min(wanted, sorted.length) - 1] ?? -1;
    const here: number[] = [];
    for (let i = 0; i < keys.length; i += 1) {
      const key = keys[i] ?? 0;
      if (key > above && key <= upTo) here.push(i);
    }
    here.sort((a, b) => (keys[a] ?? 0) - (keys[b] ?? 0) || compareText(lotAt(a), lotAt(b)) || a - b);
    yield* here;
    if (wanted >= sorted.length) return;
    above = upTo;
  }
}

const FIRST = 256;

function compareText(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

function sha256(text: string): string {
  return hash('sha256', text, 'hex');
}
