/** What a file would undo of what organisers have planned: they are asked before it does. Pure; times in ms since epoch. */
import type { UnitsImportOverwrite } from '../contracts/units.ts';
import type { PlannedUnit } from './import-rules.ts';
import { codeKey, type Unit, type UnitIndex } from './unit-index.ts';

type Change = Pick<UnitsImportOverwrite, 'what' | 'at' | 'from' | 'to'>;

/**
 * A planned beginning or end that the file moves or takes away, another successor, another number of members for the same day to
 * come. Planned names, places and blocks are not among them: a file puts right what is true today, and those stand.
 */
export function overwritesOf(
  { row, existing, dates, counts }: PlannedUnit,
  index: UnitIndex,
  now: number,
): UnitsImportOverwrite[] {
  if (existing === null) return [];
  const undone = [
    ...beginningOf(existing, dates, now),
    ...endOf(existing, dates, index, now),
    ...countsOf(index.times.headcountsOf(existing.id), counts, now),
  ];
  return undone.map((change) => ({ row: row.row, code: row.code, name: existing.name, ...change }));
}

type Dates = PlannedUnit['dates'];

function beginningOf({ validFrom }: Unit, dates: Dates, now: number): Change[] {
  if (validFrom === null || validFrom <= now) return [];
  if (dates.validFrom === undefined || dates.validFrom === validFrom) return [];
  return [{ what: 'validFrom', at: validFrom, from: textOf(validFrom), to: textOf(dates.validFrom) }];
}

function endOf({ validUntil, successorId }: Unit, dates: Dates, index: UnitIndex, now: number): Change[] {
  if (validUntil === null || validUntil <= now) return [];
  const undone: Change[] = [];
  if (dates.validUntil !== undefined && dates.validUntil !== validUntil) {
    const [from, to] = [textOf(validUntil), textOf(dates.validUntil)];
    undone.push({ what: 'validUntil', at: validUntil, from, to });
  }
  const { successorCode } = dates;
  const successor = successorId === null ? undefined : index.byId(successorId);
  if (successorCode !== undefined && codeKey(successorCode ?? '') !== codeKey(successor?.code ?? ''))
    undone.push({ what: 'successor', at: validUntil, from: successor?.name ?? null, to: successorCode });
  return undone;
}

function countsOf(
  known: readonly { readonly fromAt: number; readonly headcount: number | null }[],
  counts: PlannedUnit['counts'],
  now: number,
): Change[] {
  return counts.flatMap(({ fromAt, headcount }): Change[] => {
    const before = known.find((one) => one.fromAt === fromAt);
    if (before === undefined || fromAt <= now || before.headcount === headcount) return [];
    return [{ what: 'headcount', at: fromAt, from: textOf(before.headcount), to: textOf(headcount) }];
  });
}

const textOf = (value: number | null): string | null => (value === null ? null : String(value));
