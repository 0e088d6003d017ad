/** What holds of a unit from when on, out of its dated states; and what a line of the log says of it, in words. Pure. */
import type { UnitHistory } from '../contracts/units.ts';
import type { UnitTimes } from './time-rules.ts';
import type { Unit } from './unit.ts';

type Step = UnitHistory['steps'][number];
type Change = UnitHistory['log'][number]['changes'][number];
type NameOf = (id: number) => string | null;

/** The newest first; what is planned stands before what holds today. */
export function stepsOf(unit: Unit, times: UnitTimes, nameOf: NameOf): Step[] {
  const pasts = times.pastsOf(unit.id);
  const steps = pasts.flatMap((past, i): Step[] => {
    const next = pasts[i - 1] ?? times.latest(unit.id) ?? unit;
    const parent = (id: number | null): string | null => (id === null ? null : nameOf(id));
    const pairs: readonly (readonly [Step['what'], string | null, string | null])[] = [
      ['name', past.name, next.name],
      ['parent', parent(past.parentId), parent(next.parentId)],
      ['block', past.block, next.block],
    ];
    return pairs
      .filter(([, from, to]) => from !== to)
      .map(([what, from, to]) => ({ at: past.until, what, from, to }));
  });
  const counts = times.headcountsOf(unit.id);
  const members = counts
    .filter(({ fromAt }) => fromAt > 0)
    .map(({ fromAt, headcount }): Step => {
      const before = counts.find((one) => one.fromAt < fromAt)?.headcount ?? null;
      return { at: fromAt, what: 'headcount', from: textOf(before), to: textOf(headcount) };
    });
  const { validFrom, validUntil, successorId } = unit;
  const successor = successorId === null ? null : nameOf(successorId);
  const began: Step[] = validFrom === null ? [] : [{ at: validFrom, what: 'began', from: null, to: null }];
  const ended: Step[] =
    validUntil === null ? [] : [{ at: validUntil, what: 'ended', from: null, to: successor }];
  return [...steps, ...members, ...began, ...ended].sort((a, b) => b.at - a.at);
}

/** Keys of units in a line of the log stand for names. */
const UNIT_KEYS: Readonly<Record<string, string>> = { parentId: 'parent', successorId: 'successor' };

/** What a line of the log says that changed. Members by day stand in a list of their own. */
export function changesOf(details: Readonly<Record<string, unknown>>, nameOf: NameOf): Change[] {
  const counts: readonly unknown[] = Array.isArray(details.counts) ? details.counts : [];
  return [
    ...Object.entries(details).flatMap(([column, change]): Change[] => {
      if (!isChange(change)) return [];
      const isUnit = column in UNIT_KEYS;
      const said = (value: unknown): string | null =>
        isUnit && typeof value === 'number' ? nameOf(value) : textOf(value);
      const what = UNIT_KEYS[column] ?? column;
      return [{ what, from: said(change.from), to: said(change.to), at: null }];
    }),
    ...counts.flatMap((count): Change[] =>
      isChange(count) && 'at' in count
        ? [{ what: 'headcount', from: textOf(count.from), to: textOf(count.to), at: Number(count.at) }]
        : [],
    ),
  ];
}

const isChange = (value: unknown): value is { readonly from: unknown; readonly to: unknown } =>
  typeof value === 'object' && value !== null && 'from' in value && 'to' in value;

const textOf = (value: unknown): string | null =>
  value === null || value === undefined ? null : String(value);
