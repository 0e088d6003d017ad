/** "điểm a khoản 2 Điều 28", "Phần II, mục 4.b", "I.4.a" → the section of a document that is meant. Pure. */
import { cleanText } from '../vietnamese.ts';
import { plainNumber, romanValue } from './numbers.ts';
import type { Section, SectionKind } from './section.ts';

/** One step towards a section. */
interface Step {
  readonly kinds: readonly SectionKind[];
  readonly number: string;
}

/** What a word in a citation may mean in a document. */
const WORDS: Readonly<Record<string, readonly SectionKind[]>> = {
  'phụ lục': ['appendix'],
  phần: ['part', 'roman', 'letter'],
  chương: ['chapter'],
  'tiểu mục': ['subgroup', 'decimal', 'clause'],
  mục: ['group', 'roman', 'clause', 'decimal', 'point', 'letter'],
  điều: ['article'],
  khoản: ['clause', 'decimal'],
  điểm: ['point', 'clause', 'decimal'],
};
const PARTS: readonly SectionKind[] = ['roman', 'part', 'letter'];
/** What a number behind a dot may mean. */
const INNER: readonly SectionKind[] = ['clause', 'decimal', 'point'];
/** From the widest to the narrowest, since citations name them in either order. */
const WIDTHS: readonly string[] = ['phụ lục', 'phần', 'chương', 'mục', 'tiểu mục', 'điều', 'khoản', 'điểm'];

const NUMBER =
  '(?:thứ\\s+\\p{L}+|(?:[IVXLC]+|\\d{1,4}[a-zđ]?|[A-ZĐa-zđ])(?:\\.(?:\\d{1,3}|[a-zđ]|[IVXLC]+))*)';
const NAMED = new RegExp(
  `(?<![\\p{L}\\d])(phụ lục|phần|chương|tiểu mục|mục|điều|khoản|điểm)\\s+(?:số\\s+)?(${NUMBER})(?![\\p{L}\\d])`,
  'giu',
);
const BARE = /^(?:[IVXLC]+|\d{1,3})(?:\.(?:\d{1,3}|[a-zđ]))*$/u;

/** Steps to the first section that the text names. */
function stepsOf(text: string): readonly Step[] {
  const first = cleanText(text).split(';')[0]?.trim() ?? '';
  const found = [...first.matchAll(NAMED)].map(([, word = '', number = '']) => ({
    word: word.toLowerCase(),
    number,
  }));
  if (found.length === 0) return BARE.test(first) ? split(/^\d/.test(first) ? INNER : PARTS, first) : [];
  const seen = new Set<string>();
  const once = found.filter(({ word }) => !seen.has(word) && seen.add(word));
  return once
    .toSorted((a, b) => WIDTHS.indexOf(a.word) - WIDTHS.indexOf(b.word))
    .flatMap(({ word, number }) => split(WORDS[word] ?? [], number));
}

/** "4.b" are two steps; so is "9.1" of an article. */
function split(kinds: readonly SectionKind[], number: string): readonly Step[] {
  const [head = '', ...tail] = /^thứ\s/iu.test(number) ? [number] : number.split('.');
  const isRoman = romanValue(head) !== null && kinds.includes('roman');
  return [
    { kinds: isRoman ? kinds.filter((kind) => !INNER.includes(kind)) : kinds, number: plainNumber(head) },
    ...tail.map((part) => ({ kinds: INNER, number: plainNumber(part) })),
  ];
}

type Known = Pick<Section, 'key' | 'parent' | 'kind' | 'label'>;

/** Where a citation leads; `isExact` is false when only what stands around the section is there. Null: nowhere. */
export interface Found {
  readonly key: string;
  readonly isExact: boolean;
}

/** The section that `text` names among those of a document, given in its order. */
export function findSection(text: string, sections: readonly Known[]): Found | null {
  const steps = stepsOf(text);
  for (let length = steps.length; length > 0; length--) {
    const key = follow(steps.slice(0, length), sections);
    if (key !== null) return { key, isExact: length === steps.length };
  }
  return null;
}

/** The first section whose way down from the top passes all steps in their order and ends with the last. */
function follow(steps: readonly Step[], sections: readonly Known[]): string | null {
  /** Key → how many steps its way has passed. */
  const passed = new Map<string, number>();
  for (const section of sections) {
    const before = passed.get(section.parent) ?? 0;
    const step = steps[before];
    const isNext = step !== undefined && fits(step, section);
    if (isNext && before + 1 === steps.length) return section.key;
    passed.set(section.key, isNext ? before + 1 : before);
  }
  return null;
}

function fits({ kinds, number }: Step, { kind, label }: Known): boolean {
  return kinds.includes(kind) && ownNumber(kind, label) === number;
}

function ownNumber(kind: SectionKind, label: string): string {
  if (kind === 'decimal') return plainNumber(label.split('.').at(-1) ?? '');
  const number = /(?:^|\s)((?:thứ\s+.+)|\S+)$/iu.exec(label)?.[1] ?? '';
  return plainNumber(number);
}
