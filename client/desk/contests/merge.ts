/**
 * Two organisers changed the same contest: what each of them changed is kept, and where both changed the same thing the
 * one who is asked wins and is told. Pure.
 */
import type { ContestDraft, RoundDraft } from '../../api/desk-contests.ts';
import { isRecord, same } from './draft.ts';

export interface Merged {
  readonly draft: ContestDraft;
  /** Paths that both changed, differently. */
  readonly clashes: readonly string[];
}

/** @param base what both started from; `mine` wins a clash. */
export function mergedDrafts(base: ContestDraft, mine: ContestDraft, theirs: ContestDraft): Merged {
  const clashes: string[] = [];
  const rounds = mergedRounds(base.rounds, mine.rounds, theirs.rounds, clashes);
  const draft = mergedValue(
    { ...base, rounds: [] },
    { ...mine, rounds: [] },
    { ...theirs, rounds: [] },
    '',
    clashes,
  );
  return { draft: { ...draft, rounds }, clashes };
}

function mergedValue<Value>(base: Value, mine: Value, theirs: Value, path: string, clashes: string[]): Value {
  if (same(mine, base)) return theirs;
  if (same(theirs, base) || same(mine, theirs)) return mine;
  if (isRecord(base) && isRecord(mine) && isRecord(theirs))
    return mergedRecords(base, mine, theirs, path, clashes);
  clashes.push(path);
  return mine;
}

function mergedRecords<Value extends object>(
  base: Value,
  mine: Value,
  theirs: Value,
  path: string,
  clashes: string[],
): Value {
  const merged = { ...mine };
  for (const name in mine) {
    const inside = path === '' ? name : `${path}.${name}`;
    merged[name] = mergedValue(base[name], mine[name], theirs[name], inside, clashes);
  }
  return merged;
}

/** Rounds are the same round by their id; new ones of mine come last. */
function mergedRounds(
  base: readonly RoundDraft[],
  mine: readonly RoundDraft[],
  theirs: readonly RoundDraft[],
  clashes: string[],
): RoundDraft[] {
  const find = (rounds: readonly RoundDraft[], id: string | null) => rounds.find((round) => round.id === id);
  const kept = theirs.flatMap((round, index): RoundDraft[] => {
    const own = find(mine, round.id);
    const before = find(base, round.id);
    if (before === undefined) return [round];
    if (own !== undefined) return [mergedValue(before, own, round, `rounds.${index}`, clashes)];
    if (same(before, round)) return [];
    clashes.push(`rounds.${index}`);
    return [round];
  });
  const added = mine.filter((round) => {
    if (round.id === null) return true;
    if (find(theirs, round.id) !== undefined) return false;
    const before = find(base, round.id);
    if (before === undefined || same(before, round)) return false;
    clashes.push(`rounds.${mine.indexOf(round)}`);
    return true;
  });
  return [...kept, ...added];
}
