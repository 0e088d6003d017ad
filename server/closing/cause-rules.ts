/** Why somebody's own figures differ between two snapshots, read off the versions of the results that they rest on. Pure. */
import type { MoveCause } from '../contracts/closing.ts';
import type { Change } from './comparison-rules.ts';

/** One version of an attempt's result. */
export interface VersionFact {
  readonly version: number;
  readonly counts: boolean;
  readonly person: number;
  /** Came after the earlier snapshot. */
  readonly isNew: boolean;
}

/** `versionsOf`: of an attempt, the oldest first. */
export function causeOf(change: Change, versionsOf: (attempt: number) => readonly VersionFact[]): MoveCause {
  const { before, after, person } = change;
  if (!change.own) return 'others';
  if (before === null) return after === null ? 'others' : causeOfComing(person, versionsOf(after.attempt));
  const last = versionsOf(before.attempt).at(-1);
  if (last !== undefined && last.person !== person) return 'merged';
  if (last?.counts === false) return 'annulled';
  if (after === null) return 'others';
  if (after.attempt !== before.attempt) return causeOfComing(person, versionsOf(after.attempt));
  if (after.marks !== before.marks || after.elapsedMs !== before.elapsedMs) return 'regraded';
  if (after.distance !== before.distance) return 'prediction';
  return after.unit === before.unit ? 'others' : 'unit';
}

/** An attempt that was not the one that counted before. */
function causeOfComing(person: number, versions: readonly VersionFact[]): MoveCause {
  const known = versions.filter(({ isNew }) => !isNew).at(-1);
  if (known === undefined) return 'late';
  if (known.person !== person) return 'merged';
  return known.counts ? 'regraded' : 'restored';
}
