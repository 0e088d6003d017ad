/**
 * Questions that say almost the same, inside a file and against questions that are there already: diacritics, case,
 * punctuation and the order of options aside. All pairs at least as alike as `ALIKE` are found, and those in files of 50,000 within seconds, since only questions that share a rare run of words are compared (prefix
 * filtering: Bayardo, Ma, Srikant, "Scaling Up All Pairs Similarity Search", 2007).
 */
import { plainText } from '../rich-text.ts';
import { fold } from '../vietnamese.ts';

/** Two questions are alike when this share of their words and of the pairs and triples of words is common (Jaccard). */
export const ALIKE = 0.75;

/** Words in a row that make a feature. */
const RUN_MAX = 3;
const HASH_START = 0x811c9dc5;
/** Features are counted in this many boxes, by the first bits of their hashes. */
const BOX_BITS = 22;

export interface Likened {
  /** The caller's own name for the question. */
  readonly id: string;
  readonly prompt: { readonly stem: string };
}

/** Two questions that are alike; `a` is of the file, and `b` stands before it there or is already in a bank. */
export interface Likeness {
  readonly a: string;
  readonly b: string;
  /** `ALIKE` … 1; 1: the same words. */
  readonly share: number;
}

/** What is said in a question: its words and the pairs and triples of neighbouring words, each once, as 32-bit hashes. */
function featuresOf(prompt: { readonly stem: string }): ReadonlySet<number> {
  const isRich = 'rich' in prompt && prompt.rich === true;
  const features = new Set<number>();
  for (const text of textsIn(prompt)) {
    const words = fold(isRich ? plainText(text) : text).match(/[\p{L}\p{N}]+/gu) ?? [];
    for (let from = 0; from < words.length; from++) {
      let run = HASH_START;
      for (const word of words.slice(from, from + RUN_MAX)) {
        run = hashOf(word, run);
        features.add(run);
      }
    }
  }
  return features;
}

/** FNV-1a goes on from `before`; a space behind each word keeps "ab c" and "a bc" apart. */
function hashOf(word: string, before: number): number {
  let hash = before;
  for (let i = 0; i <= word.length; i++) {
    hash ^= i < word.length ? word.charCodeAt(i) : 0x20;
    hash = Math.imul(hash, 0x01000193);
  }
  return hash >>> 0;
}

function textsIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(textsIn);
}

/** A question with its features in the order of numbers. */
interface Entry {
  readonly id: string;
  readonly features: Uint32Array;
  /** The rarest, without those that no other question has: two that are alike share at least one of these. */
  readonly prefix: Uint32Array;
}

/** Every pair of the file that is alike, and every pair of a question of the file with one that is there. */
export function nearDuplicates(
  file: readonly Likened[],
  existing: readonly Likened[] = [],
): readonly Likeness[] {
  const entries = entriesOf([...existing, ...file]);
  const index = new Map<number, number[]>();
  const pairs: Likeness[] = [];
  for (const [place, entry] of entries.entries()) {
    if (place >= existing.length) pairs.push(...likenessesOf(entry, entries, index));
    for (const feature of entry.prefix) {
      const places = index.get(feature) ?? [];
      places.push(place);
      index.set(feature, places);
    }
  }
  return pairs;
}

function likenessesOf(
  entry: Entry,
  entries: readonly Entry[],
  index: ReadonlyMap<number, readonly number[]>,
): readonly Likeness[] {
  return [...candidatesOf(entry, index)].flatMap((place) => {
    const other = entries[place];
    const share = other === undefined ? 0 : shareOf(entry.features, other.features);
    return other !== undefined && share >= ALIKE ? [{ a: entry.id, b: other.id, share }] : [];
  });
}

function entriesOf(questions: readonly Likened[]): readonly Entry[] {
  const all = questions.map(({ prompt }) => Uint32Array.from(featuresOf(prompt)).sort());
  const boxes = new Uint32Array(2 ** BOX_BITS);
  const boxOf = (feature: number) => feature >>> (32 - BOX_BITS);
  for (const features of all)
    for (const feature of features) boxes[boxOf(feature)] = countIn(boxes, boxOf(feature)) + 1;
  const byRarity = (a: number, b: number) => countIn(boxes, boxOf(a)) - countIn(boxes, boxOf(b)) || a - b;
  return questions.map(({ id }, i) => {
    const features = all[i] ?? new Uint32Array();
    const length = features.length - Math.ceil(ALIKE * features.length) + 1;
    const rarest = features.slice().sort(byRarity).slice(0, length);
    return { id, features, prefix: rarest.filter((feature) => countIn(boxes, boxOf(feature)) > 1) };
  });
}

function countIn(boxes: Uint32Array, box: number): number {
  return boxes[box] ?? 0;
}

function candidatesOf(entry: Entry, index: ReadonlyMap<number, readonly number[]>): ReadonlySet<number> {
  const candidates = new Set<number>();
  for (const feature of entry.prefix) for (const place of index.get(feature) ?? []) candidates.add(place);
  return candidates;
}

/** Common features / all features; 0 as soon as that cannot reach `ALIKE`. */
function shareOf(a: Uint32Array, b: Uint32Array): number {
  const least = Math.min(a.length, b.length);
  if (least < ALIKE * Math.max(a.length, b.length)) return 0;
  let common = 0;
  for (let i = 0, j = 0; i < a.length && j < b.length; ) {
    const first = a[i] ?? 0;
    const second = b[j] ?? 0;
    if (first === second) common += 1;
    if (first <= second) i += 1;
    if (second <= first) j += 1;
  }
  const all = a.length + b.length - common;
  return all === 0 ? 0 : common / all;
}
