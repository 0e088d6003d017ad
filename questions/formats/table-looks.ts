/**
 * Right options that are told by their looks: red, bold, underlined, with a background. The whole table votes: a look
 * counts when it stands on some but not all options of most rows that have it at all, so that a coloured column is none.
 */
import { BOLD, HIGHLIGHT, type Looks, UNDERLINE } from './styled-text.ts';
import { type Cell, looksOfCell } from './table-cells.ts';
import type { TableOption } from './table-options.ts';

/** A bit of its own for "has a colour". */
const COLORED = 1024;
const KINDS = [HIGHLIGHT, COLORED, UNDERLINE, BOLD];

/** Sum of the bits that tell keys in this table. */
export type LooksConvention = number;

function bitsOf({ marks, color }: Looks): number {
  return marks | (color === null ? 0 : COLORED);
}

/** Gathers what the options of a table look like. */
export class LooksVote {
  readonly #one = new Map<number, number>();
  readonly #other = new Map<number, number>();

  add(options: readonly Cell[]): void {
    if (options.length < 2 || options.every((cell) => typeof cell === 'string')) return;
    const bits = options.map((cell) => bitsOf(looksOfCell(cell)));
    for (const kind of KINDS) {
      const marked = bits.filter((all) => (all & kind) !== 0).length;
      if (marked === 0) continue;
      const tally = marked === 1 || marked < options.length / 2 ? this.#one : this.#other;
      tally.set(kind, (tally.get(kind) ?? 0) + 1);
    }
  }

  get convention(): LooksConvention {
    return KINDS.filter((kind) => {
      const one = this.#one.get(kind) ?? 0;
      return one > 0 && one >= 1.5 * (this.#other.get(kind) ?? 0);
    }).reduce((sum, kind) => sum | kind, 0);
  }
}

/** Places of the options that look right; empty when none does, or all do. */
export function keyLooksOf(options: readonly TableOption[], convention: LooksConvention): readonly number[] {
  if (convention === 0) return [];
  const marked = options.filter(({ cell }) => (bitsOf(looksOfCell(cell)) & convention) !== 0);
  return marked.length === options.length ? [] : marked.map(({ place }) => place);
}
