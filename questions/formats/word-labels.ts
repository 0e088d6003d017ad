/** Options and statements inside the body of a question: found by their letters, one a line or several on a line. */
import type { StyledText } from './styled-text.ts';

export interface LabelledPart {
  /** "A" or "a". */
  readonly letter: string;
  /** The letter as it stands, with its looks: people underline it with or without the dot. */
  readonly label: StyledText;
  readonly text: StyledText;
  /** A star or tick stands before the label or right behind it. */
  readonly isStarred: boolean;
}

export interface Labelled {
  /** What stands before the first label. */
  readonly stem: StyledText;
  readonly parts: readonly LabelledPart[];
}

interface Candidate {
  readonly letter: string;
  /** Where the label begins (with a star before it), and where the text behind begins. */
  readonly from: number;
  readonly labelFrom: number;
  readonly labelTo: number;
  readonly end: number;
  readonly isLineStart: boolean;
  /** A tab or several spaces stand before it. */
  readonly isApart: boolean;
  readonly isStarred: boolean;
}

const STAR = '[*#✓✔√☑☒]|\\[[xX]\\]';
/** At the beginning of a line, as in GIFT. */
const EQUALS = '(?<=(?:^|\\n)\\s*)=';
/** A box that nobody ticked says nothing. */
const EMPTY = '[☐□○◯❏❑⬜]|\\[\\s?\\]';
const IS_STAR = new RegExp(`${STAR}|=`, 'u');
const LABELS = {
  upper: new RegExp(
    `(^|[\\s\\u00a0])((?:${STAR}|${EQUALS}|${EMPTY})[ \\u00a0]?)?(\\(?([A-H])\\s?(?:[.)/:]|\\s?[-–]\\s))(?:[^\\S\\n]*((?:${STAR})))?`,
    'gu',
  ),
  lower: new RegExp(
    `(^|[\\s\\u00a0])((?:${STAR}|${EMPTY})[ \\u00a0]?)?(\\(?([a-h])\\s?(?:[.)/]|:(?=\\s)))(?:[^\\S\\n]*((?:${STAR})))?`,
    'gu',
  ),
};

/** Cuts a body at its labels; null: there are not two that follow one another from the first letter on. */
export function cutAtLabels(body: StyledText, letters: 'upper' | 'lower'): Labelled | null {
  const candidates = candidatesIn(body.text, letters);
  const first = letters === 'upper' ? 'A' : 'a';
  const places = placesOf(candidates);
  let best: readonly Candidate[] = [];
  for (const [i, candidate] of candidates.entries()) {
    if (candidate.letter !== first) continue;
    const chain = chainFrom(candidates, places, i);
    if (chain.length >= 2 && rank(chain) >= rank(best)) best = chain;
  }
  const columns = inColumns(candidates);
  if (columns.length > Math.max(2, best.length)) return cutInColumns(body, columns);
  const [start] = best;
  if (start === undefined) return null;
  return {
    stem: body.slice(0, start.from),
    parts: best.map((candidate, i) => partOf(body, candidate, best[i + 1]?.from)),
  };
}

/** Options in two columns, "A … C …" over "B … D …": each letter once, apart from what stands around. Empty: they are not. */
function inColumns(candidates: readonly Candidate[]): readonly Candidate[] {
  const apart = candidates.filter(({ isLineStart, isApart }) => isLineStart || isApart);
  const from = apart.slice(
    Math.max(
      0,
      apart.findIndex(({ letter }) => letter.toUpperCase() === 'A'),
    ),
  );
  const letters = from.map(({ letter }) => letter).sort();
  const areAll = letters.every((letter, i) => letter.toUpperCase() === String.fromCharCode(0x41 + i));
  return areAll && from.length >= 3 ? from : [];
}

function cutInColumns(body: StyledText, found: readonly Candidate[]): Labelled {
  const parts = found.map((candidate, i) => partOf(body, candidate, found[i + 1]?.from));
  return {
    stem: body.slice(0, found[0]?.from),
    parts: [...parts].sort((a, b) => (a.letter < b.letter ? -1 : 1)),
  };
}

/** Longer chains win, then those with labels at the beginning of lines. */
function rank(chain: readonly Candidate[]): number {
  return chain.length * 100 + chain.filter(({ isLineStart, isApart }) => isLineStart || isApart).length;
}

function candidatesIn(text: string, letters: 'upper' | 'lower'): readonly Candidate[] {
  return [...text.matchAll(LABELS[letters])].map((match) => {
    const [all, before = '', star = '', label = '', letter = '', behind = ''] = match;
    const from = match.index + before.length;
    const labelFrom = from + star.length;
    const isLineStart =
      before === '' ? match.index === 0 : before === '\n' || text.slice(0, from).trim() === '';
    return {
      letter,
      from,
      labelFrom: labelFrom + (label.startsWith('(') ? 1 : 0),
      labelTo: labelFrom + (label.startsWith('(') ? 2 : 1),
      end: match.index + all.length,
      isLineStart: isLineStart || /\n[^\S\n]*$/.test(text.slice(Math.max(0, from - 20), from)),
      isApart: before === '\t' || /[\s\u00a0]{2}$/.test(text.slice(Math.max(0, from - 2), from)),
      isStarred: IS_STAR.test(star) || behind !== '',
    };
  });
}

/** Places in a list of candidates, rising. */
interface Places {
  readonly all: number[];
  readonly lineStarts: number[];
}

/** Where each letter stands: a text may be nothing but labels. */
function placesOf(candidates: readonly Candidate[]): ReadonlyMap<string, Places> {
  const places = new Map<string, Places>();
  for (const [i, { letter, isLineStart }] of candidates.entries()) {
    const of = places.get(letter) ?? { all: [], lineStarts: [] };
    places.set(letter, of);
    of.all.push(i);
    if (isLineStart) of.lineStarts.push(i);
  }
  return places;
}

function firstBehind(places: readonly number[] | undefined, at: number): number | undefined {
  if (places === undefined) return undefined;
  let [low, high] = [0, places.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((places[middle] ?? 0) > at) high = middle;
    else low = middle + 1;
  }
  return places[low];
}

/** From one label to the next letter, and so on. A label that begins a line is more of a label than one inside a sentence. */
function chainFrom(
  candidates: readonly Candidate[],
  places: ReadonlyMap<string, Places>,
  start: number,
): readonly Candidate[] {
  const chain: Candidate[] = [];
  let at = start;
  for (let current = candidates[at]; current !== undefined; current = candidates[at]) {
    chain.push(current);
    const next = places.get(String.fromCharCode(current.letter.charCodeAt(0) + 1));
    const first = firstBehind(next?.all, at);
    const own = firstBehind(next?.lineStarts, at);
    const apart = first !== undefined && candidates[first]?.isApart === true;
    const chosen = own === undefined || apart ? first : own;
    if (chosen === undefined) break;
    at = chosen;
  }
  return chain;
}

function partOf(body: StyledText, candidate: Candidate, to: number | undefined): LabelledPart {
  return {
    letter: candidate.letter,
    label: body.slice(candidate.labelFrom, candidate.labelTo),
    ...unstarred(body.slice(candidate.end, to).trim(), candidate.isStarred),
  };
}

/** A star behind an option says that it is right; a star alone is an option. */
function unstarred(text: StyledText, isStarred: boolean): Pick<LabelledPart, 'text' | 'isStarred'> {
  const star = /(?<=[^\s*])\s*(?:\*{1,2}|[✓✔√☑])$/u.exec(text.text);
  return star === null ? { text, isStarred } : { text: text.slice(0, star.index), isStarred: true };
}
