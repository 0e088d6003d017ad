/**
 * Questions that say almost the same, inside a file and against questions that are there already: diacritics, case,
 * punctuation and the order of options aside. Exact, not by luck: all pairs at least as alike as `ALIKE` are found, and
 * those in files of 50,000 within seconds, since only questions that share a rare run of words are compared (prefix
 * filtering: Bayardo, Ma, Srikant, "Scaling Up All Pairs Similarity Search", 2007).
 */
import { plainText } from '../rich-text.ts';
import { fold } from '../vietnamese.ts';

/** Two questions are alike when this share of their words and of the pairs and triples of words is common (Jaccard). */
export const ALIKE = 0.75;

/** Words in a row that make a feature. */
const RUN_MAX = 3;

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

/** What is said in a question: its words and the pairs and triples of neighbouring words, each once. */
export function featuresOf(prompt: { readonly stem: string }): ReadonlySet<string> {
  const isRich = 'rich' in prompt && prompt.rich === true;
  const features = new Set<string>();
  for (const text of textsIn(prompt)) {
    const words = fold(isRich ? plainText(text) : text).match(/[\p{L}\p{N}]+/gu) ?? [];
    for (let from = 0; from < words.length; from++) {
      const most = Math.min(words.length, from + RUN_MAX);
      for (let to = from + 1; to <= most; to++) features.add(words.slice(from, to).join(' '));
    }
  }
  return features;
}

function textsIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(textsIn);
}

/** A question with its features as numbers, the rarest first. */
interface Entry {
  readonly id: string;
  readonly features: Uint32Array;
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
    for (const feature of prefixOf(entry)) {
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

/** Numbers features by rarity, so that the smallest numbers of a question are its rarest features. */
function entriesOf(questions: readonly Likened[]): readonly Entry[] {
  const numbers = new Map<string, number>();
  const counts: number[] = [];
  const entries = questions.map(({ id, prompt }) => {
    const features = Uint32Array.from(featuresOf(prompt), (feature) => {
      const number = numbers.get(feature) ?? numbers.size;
      if (number === counts.length) numbers.set(feature, number);
      counts[number] = (counts[number] ?? 0) + 1;
      return number;
    });
    return { id, features };
  });
  const byRarity = Uint32Array.from(counts.keys()).sort(
    (a, b) => (counts[a] ?? 0) - (counts[b] ?? 0) || a - b,
  );
  const ranks = new Uint32Array(byRarity.length);
  for (const [rank, number] of byRarity.entries()) ranks[number] = rank;
  for (const { features } of entries) features.set(features.map((number) => ranks[number] ?? 0).sort());
  return entries;
}

/** Two sets that are alike share at least one of these features of each. */
function prefixOf({ features }: Entry): Uint32Array {
  return features.subarray(0, features.length - Math.ceil(ALIKE * features.length) + 1);
}

function candidatesOf(entry: Entry, index: ReadonlyMap<number, readonly number[]>): ReadonlySet<number> {
  const candidates = new Set<number>();
  for (const feature of prefixOf(entry)) for (const place of index.get(feature) ?? []) candidates.add(place);
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
