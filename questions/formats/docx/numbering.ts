/** Automatic numbers, counted as Word counts them: "Câu 1.", "A.", "a)" stand nowhere in the text. */
import { attributeOf, childOf, childrenOf, treeOfPart, type XmlNode } from '../open-xml.ts';
import type { ZipArchive } from '../zip.ts';
import { type RunProperties, runProperties } from './run-properties.ts';
import type { NumberingUse } from './styles.ts';

interface Level {
  readonly format: string;
  /** "Câu %1." */
  readonly text: string;
  readonly start: number;
  readonly run: RunProperties;
}

interface List {
  /** Lists of one abstract list count together. */
  readonly abstract: string;
  readonly levels: ReadonlyMap<number, Level>;
  /** Level → the number that this list begins anew with. */
  readonly restarts: ReadonlyMap<number, number>;
}

export interface AutomaticLabel {
  readonly text: string;
  readonly run: RunProperties;
}

/** Signs of bullets are letters of symbol fonts: one sign for all. */
export const BULLET = '•';

/** Behind a bullet stands what has a label of its own: "• A. …", "• Câu 1: …", "• Đáp án: B". */
const LABELLED =
  /^\s*[*#([]*\s*(?:[\p{L}\d]{1,3}\s*[.):/\]]|(?:câu|bài|question|đáp án|chọn|answer|key|giải thích|lời giải|hướng dẫn|explanation)(?!\p{L}))/iu;

/** Whether a label is a bullet that says nothing beside the paragraph's own label. */
export function isIdleBullet(label: string, text: string): boolean {
  return label === BULLET && LABELLED.test(text);
}

export class Numbering {
  readonly #lists: ReadonlyMap<string, List>;
  /** Abstract list → number of each level. */
  readonly #counts = new Map<string, number[]>();
  readonly #begun = new Set<string>();

  constructor(archive: ZipArchive, part: string | null) {
    const root: XmlNode =
      part === null ? { name: '', attributes: {}, children: [] } : treeOfPart(archive, part);
    const abstracts = new Map(
      childrenOf(root, 'abstractNum').map((node) => [attributeOf(node, 'abstractNumId'), levelsOf(node)]),
    );
    this.#lists = new Map(
      childrenOf(root, 'num').map((node) => {
        const abstract = attributeOf(childOf(node, 'abstractNumId'), 'val');
        return [attributeOf(node, 'numId'), listOf(node, abstract, abstracts.get(abstract) ?? new Map())];
      }),
    );
  }

  /** Counts one paragraph of a list and gives what Word shows before it; null: nothing. */
  next({ list: id, level }: NumberingUse): AutomaticLabel | null {
    const list = this.#lists.get(id);
    const own = list?.levels.get(level);
    if (list === undefined || own === undefined) return null;
    const counts = this.#countsOf(id, list);
    for (let upper = 0; upper < level; upper++) counts[upper] ??= list.levels.get(upper)?.start ?? 1;
    counts[level] = counts[level] === undefined ? own.start : (counts[level] ?? 0) + 1;
    counts.length = level + 1;
    if (own.format === 'none') return null;
    if (own.format === 'bullet') return { text: BULLET, run: {} };
    const text = own.text.replace(/%(\d)/g, (_, digit: string) => {
      const at = Number(digit) - 1;
      return numberAs(list.levels.get(at)?.format ?? 'decimal', counts[at] ?? 1);
    });
    return { text, run: own.run };
  }

  #countsOf(id: string, list: List): number[] {
    const counts = this.#counts.get(list.abstract) ?? [];
    this.#counts.set(list.abstract, counts);
    if (this.#begun.has(id)) return counts;
    this.#begun.add(id);
    for (const [level, start] of list.restarts) {
      counts[level] = start - 1;
      counts.length = level + 1;
    }
    return counts;
  }
}

function levelsOf(node: XmlNode): Map<number, Level> {
  return new Map(
    childrenOf(node, 'lvl').map((level) => [Number(attributeOf(level, 'ilvl')), levelOf(level)]),
  );
}

function levelOf(node: XmlNode): Level {
  const start = attributeOf(childOf(node, 'start'), 'val');
  return {
    format: attributeOf(childOf(node, 'numFmt'), 'val') || 'decimal',
    text: attributeOf(childOf(node, 'lvlText'), 'val'),
    start: start === '' ? 1 : Number(start),
    run: runProperties(childOf(node, 'rPr')),
  };
}

function listOf(node: XmlNode, abstract: string, levels: ReadonlyMap<number, Level>): List {
  const own = new Map(levels);
  const restarts = new Map<number, number>();
  for (const override of childrenOf(node, 'lvlOverride')) {
    const level = Number(attributeOf(override, 'ilvl'));
    const changed = childOf(override, 'lvl');
    if (changed !== undefined) own.set(level, levelOf(changed));
    const start = attributeOf(childOf(override, 'startOverride'), 'val');
    if (start !== '') restarts.set(level, Number(start));
  }
  return { abstract, levels: own, restarts };
}

/** By Word's names of formats; "decimal" for those unknown. */
export function numberAs(format: string, number: number): string {
  if (format === 'upperLetter') return letters(number);
  if (format === 'lowerLetter') return letters(number).toLowerCase();
  if (format === 'upperRoman') return roman(number);
  if (format === 'lowerRoman') return roman(number).toLowerCase();
  return format === 'decimalZero' ? String(number).padStart(2, '0') : String(number);
}

/** A … Z, AA, BB … as Word does. */
function letters(number: number): string {
  const letter = String.fromCharCode(0x41 + ((Math.max(1, number) - 1) % 26));
  return letter.repeat(Math.min(10, Math.ceil(Math.max(1, number) / 26)));
}

const ROMAN: readonly (readonly [number, string])[] = [
  [100, 'C'],
  [90, 'XC'],
  [50, 'L'],
  [40, 'XL'],
  [10, 'X'],
  [9, 'IX'],
  [5, 'V'],
  [4, 'IV'],
  [1, 'I'],
];

function roman(number: number): string {
  let rest = Math.min(Math.max(number, 0), 399);
  let text = '';
  for (const [value, sign] of ROMAN) for (; rest >= value; rest -= value) text += sign;
  return text;
}
