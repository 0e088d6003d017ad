/**
 * Marks that tell the right option: an underlined, coloured, bold or highlighted label, or such a text. The whole document
 * votes on what its marks are: a look that most labels have is decoration, underlined sounds in a word are content.
 */
import { BOLD, HIGHLIGHT, type Looks, UNDERLINE } from './styled-text.ts';
import type { LabelledPart } from './word-labels.ts';

export interface MarkKind {
  readonly on: 'label' | 'text';
  readonly look: 'underline' | 'color' | 'highlight' | 'bold';
}

/** In the order of trust. */
const KINDS: readonly MarkKind[] = (['label', 'text'] as const).flatMap((on) =>
  (['underline', 'color', 'highlight', 'bold'] as const).map((look) => ({ on, look })),
);

const WORDS = {
  label: 'chữ cái phương án',
  text: 'nội dung phương án',
  underline: 'gạch chân',
  color: 'tô màu',
  highlight: 'tô nền',
  bold: 'in đậm',
};

/** "chữ cái phương án gạch chân" */
export function nameOfMark({ on, look }: MarkKind): string {
  return `${WORDS[on]} ${WORDS[look]}`;
}

/** Nearly all of it, since people miss a dot. */
const NEARLY = 0.85;

/** Questions in which exactly one, several but not all, or all parts have a mark. */
interface Tally {
  readonly one: number;
  readonly some: number;
  readonly all: number;
}

const NO_TALLY: Tally = { one: 0, some: 0, all: 0 };

/** Hears of all questions before it is asked. */
export class MarkVote {
  readonly #questions: { readonly parts: readonly LabelledPart[]; readonly several: boolean }[] = [];
  readonly #colors = { label: new Map<string | null, number>(), text: new Map<string | null, number>() };
  #usual: { label: string | null; text: string | null } | null = null;
  /** Counted once, when the first question wants to know. */
  #tallies: ReadonlyMap<MarkKind, Tally> | null = null;

  /** `several`: the question itself asks for more than one. */
  add(parts: readonly LabelledPart[], several = false): void {
    if (parts.length < 2) return;
    this.#questions.push({ parts, several });
    for (const { label, text } of parts) {
      count(this.#colors.label, mainColor(label.atoms.map(({ looks }) => looks)));
      count(this.#colors.text, mainColor(text.atoms.map(({ looks }) => looks)));
    }
  }

  /** Indexes of the parts that have this mark. */
  marked(parts: readonly LabelledPart[], kind: MarkKind): readonly number[] {
    return parts.flatMap((part, i) => (this.#has(part, kind) ? [i] : []));
  }

  #has(part: LabelledPart, { on, look }: MarkKind): boolean {
    const styled = on === 'label' ? part.label : part.text;
    this.#usual ??= { label: most(this.#colors.label), text: most(this.#colors.text) };
    const usual = this.#usual[on];
    return styled.share((looks) => isSo(looks, look, usual)) >= NEARLY;
  }

  /** The marks that tell keys in this document, the most trusted first; `rare`: those that few questions have. */
  result(): { readonly usual: readonly MarkKind[]; readonly rare: readonly MarkKind[] } {
    const usual: MarkKind[] = [];
    const rare: MarkKind[] = [];
    for (const kind of KINDS) {
      const { one, some, all } = this.#tallyOf(kind);
      if (one === 0 || one < all * 2 || one < some) continue;
      if (one >= Math.max(1, this.#questions.length * 0.3)) usual.push(kind);
      else rare.push(kind);
    }
    return { usual, rare };
  }

  #tallyOf(kind: MarkKind): Tally {
    this.#tallies ??= new Map(KINDS.map((one) => [one, this.#tally(one)]));
    return this.#tallies.get(kind) ?? NO_TALLY;
  }

  #tally(kind: MarkKind): Tally {
    const tally = { one: 0, some: 0, all: 0 };
    for (const { parts, several } of this.#questions) {
      const marked = this.marked(parts, kind).length;
      if (marked === parts.length) tally.all += 1;
      else if (marked === 1 || (marked > 1 && several)) tally.one += 1;
      else if (marked > 1) tally.some += 1;
    }
    return tally;
  }

  /** Marks among statements, where several are right: some have it and some do not. */
  statementMarks(): readonly MarkKind[] {
    return KINDS.filter((kind) => {
      const { one, some, all } = this.#tallyOf(kind);
      return one + some > 0 && one + some >= all;
    });
  }
}

function isSo({ marks, color }: Looks, look: MarkKind['look'], usual: string | null): boolean {
  if (look === 'color') return color !== null && color !== usual;
  const bit = look === 'underline' ? UNDERLINE : look === 'bold' ? BOLD : HIGHLIGHT;
  return (marks & bit) !== 0;
}

function mainColor(looks: readonly Looks[]): string | null {
  return looks.find(({ color }) => color !== null)?.color ?? null;
}

function count<Key>(tally: Map<Key, number>, key: Key): void {
  tally.set(key, (tally.get(key) ?? 0) + 1);
}

/** The colour that more than half have. */
function most(tally: ReadonlyMap<string | null, number>): string | null {
  const all = [...tally.values()].reduce((sum, times) => sum + times, 0);
  return [...tally].find(([, times]) => times > all / 2)?.[0] ?? null;
}
