/** A matching question of a paper → its draft: the two columns, and the key from every place that gives one. */
import type { FoundDraft } from './assemble.ts';
import type { Remarks } from './reading.ts';
import { tableSayings } from './table-messages.ts';
import { excerpt } from './texts.ts';
import { type LabelPair, pairsOf } from './word-pair-keys.ts';
import type { PairColumns, PairItem } from './word-pairs.ts';

/** Something that gives the key, and what it says. */
export interface PairSource {
  readonly vi: string;
  readonly text: string;
}

export function pairsBody(
  { lefts, rights }: PairColumns,
  sources: readonly PairSource[],
  remarks: Remarks,
): Pick<FoundDraft, 'kind' | 'parts' | 'key'> {
  const keys = sources.flatMap(({ vi, text }) => {
    const pairs = indexesOf(text, lefts, rights, remarks);
    return pairs === null ? [] : [{ vi, text, pairs }];
  });
  const [first] = keys;
  if (keys.some(({ pairs }) => pairs.join() !== first?.pairs.join()))
    remarks.error(tableSayings.keyConflict(keys.map(({ vi, text }) => `${vi} ${excerpt(text)}`).join('; ')));
  return {
    kind: 'matching',
    parts: { lefts: lefts.map(({ text }) => text.found()), rights: rights.map(({ text }) => text.found()) },
    key: first === undefined ? null : { pairs: first.pairs, scoring: 'share' },
  };
}

/** For each left the index of its right; null, and said why: the key does not fit. */
function indexesOf(
  key: string,
  lefts: readonly PairItem[],
  rights: readonly PairItem[],
  remarks: Remarks,
): readonly number[] | null {
  const pairs = pairsOf(key)?.map((pair) => turned(pair, lefts));
  if (pairs === undefined) {
    remarks.error(tableSayings.keyUnreadable(excerpt(key)));
    return null;
  }
  const found = lefts.map(({ label }) => {
    const wanted = [...new Set(pairs.filter(({ left }) => left === label).map(({ right }) => right))];
    return wanted.length === 1 ? rights.findIndex((item) => item.label === wanted[0]) : -1;
  });
  const isKnown = pairs.every(({ left }) => lefts.some(({ label }) => label === left));
  if (isKnown && found.every((index) => index >= 0)) return found;
  remarks.error(tableSayings.keyOutside(excerpt(key)));
  return null;
}

/** "b-1" where the left column has the numbers. */
function turned({ left, right }: LabelPair, lefts: readonly PairItem[]): LabelPair {
  const isNumbered = /^\d/.test(lefts[0]?.label ?? '');
  const isTurned = /^\d/.test(left) !== isNumbered && /^\d/.test(right) === isNumbered;
  return isTurned ? { left: right, right: left } : { left, right };
}
