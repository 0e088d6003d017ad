/** What leaves of remedies. */
import type { RemedyKind, RemedyView } from '../contracts/remedies.ts';
import type { RegradeRow, RemedyRow } from './store.ts';

/** What stands around the row. */
interface AroundRemedy {
  readonly kind: RemedyKind;
  readonly rounds: readonly string[];
  readonly about: string | null;
  readonly names: ReadonlyMap<string, string>;
  readonly work: RegradeRow | null;
  readonly reversible: boolean;
}

export function presentRemedy(remedy: RemedyRow, around: AroundRemedy): RemedyView {
  const { kind, rounds, about, names, work, reversible } = around;
  const { reversedAt, reversedBy, reverseReason } = remedy;
  return {
    id: remedy.uid,
    kind,
    details: remedy.details,
    rounds: [...rounds],
    about,
    reason: remedy.reason,
    notice: remedy.notice,
    by: names.get(remedy.actor) ?? '',
    at: remedy.at,
    reversed:
      reversedAt === null
        ? null
        : { at: reversedAt, by: names.get(reversedBy ?? '') ?? '', reason: reverseReason ?? '' },
    work:
      work === null
        ? null
        : {
            looked: work.looked,
            changed: work.changed,
            startedAt: work.startedAt,
            finishedAt: work.finishedAt,
          },
    reversible,
  };
}
