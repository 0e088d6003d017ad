/** What each row of a file writes: a unit that is made, or what of one is put right; planned changes of it stand. */
import type { Context } from '../context.ts';
import { Breath } from '../platform/breath.ts';
import type { Statement } from '../platform/database/door.ts';
import { uidAt } from '../platform/uid.ts';
import { correcting, differing } from './changing.ts';
import type { PlannedUnit } from './import-rules.ts';
import { type NewUnit, putHeadcounts, type UnitChange, updateUnit } from './store.ts';
import type { UnitHeadcount } from './time-rules.ts';
import { codeKey, type Unit, type UnitIndex } from './unit-index.ts';

export interface ImportedUnit {
  readonly unit: Unit;
  /** To be made; null: it is there. */
  readonly row: NewUnit | null;
  readonly change: UnitChange;
  /** Members by day that are new. */
  readonly counts: readonly {
    readonly at: number;
    readonly from: number | null;
    readonly to: number | null;
  }[];
  readonly statements: readonly Statement[];
}

type IdOf = (code: string | null) => number | null;

/** Of the rows that make or change something; others have a turn between them. */
export async function importedUnits(
  context: Context,
  planned: readonly PlannedUnit[],
  index: UnitIndex,
): Promise<ImportedUnit[]> {
  const breath = new Breath();
  const ids = new Map<string, number>();
  for (const { row, existing } of planned) {
    if (breath.isDue) await breath.take();
    ids.set(codeKey(row.code), existing?.id ?? (await context.keys.next('units')));
  }
  const idOf: IdOf = (code) =>
    code === null ? null : (ids.get(codeKey(code)) ?? index.byCode(code)?.id ?? null);
  const imported: ImportedUnit[] = [];
  for (const one of planned) {
    if (breath.isDue) await breath.take();
    if (one.row.action === 'same') continue;
    imported.push(
      one.existing === null ? made(context, one, idOf) : changed(context, one, one.existing, { index, idOf }),
    );
  }
  return imported;
}

function made({ clock, database }: Context, planned: PlannedUnit, idOf: IdOf): ImportedUnit {
  const { code, name, block, headcount, parentCode } = planned.row;
  const id = idOf(code);
  if (id === null) throw new Error('a row without a key');
  const now = clock.now();
  const none = { validFrom: null, validUntil: null, successorId: null };
  const places = { parentId: idOf(parentCode), ...none, ...datesOf(planned, idOf) };
  const row = { id, uid: uidAt(now), code, name, block, headcount, ...places };
  const isTold = planned.counts.some(({ fromAt }) => fromAt <= now);
  const counts = countsOf(planned, { unitId: id, before: isTold ? null : headcount, known: [] });
  return {
    unit: { ...row, sortKey: '' },
    row,
    change: {},
    counts: [],
    statements: putHeadcounts(database, counts),
  };
}

function changed(
  context: Context,
  planned: PlannedUnit,
  unit: Unit,
  { index, idOf }: { readonly index: UnitIndex; readonly idOf: IdOf },
): ImportedUnit {
  const { code, name, block, headcount, parentCode } = planned.row;
  const parent = planned.moves ? { parentId: idOf(parentCode) } : {};
  const change = differing(unit, { code, name, block, headcount, ...parent, ...datesOf(planned, idOf) });
  const { statements, left } = correcting(context, index, unit, change);
  const known = index.times.headcountsOf(unit.id);
  // The number that has no day puts right the one that holds today.
  const fromAt = index.times.countedSince(unit.id, context.clock.now());
  const today =
    change.headcount === undefined || fromAt === null
      ? []
      : [{ unitId: unit.id, fromAt, headcount: change.headcount }];
  const dated = countsOf(planned, { unitId: unit.id, before: change.headcount ?? unit.headcount, known });
  return {
    unit,
    row: null,
    change,
    counts: differences(dated, known),
    statements: [
      ...(Object.keys(left).length === 0 ? [] : [updateUnit(context.database, unit.id, left)]),
      ...statements,
      ...putHeadcounts(context.database, [...today, ...dated]),
    ],
  };
}

/** Members by day of a row. The first of a unit keep what was known before them. */
function countsOf(
  { counts }: PlannedUnit,
  {
    unitId,
    before,
    known,
  }: { readonly unitId: number; readonly before: number | null; readonly known: readonly UnitHeadcount[] },
): UnitHeadcount[] {
  const dated = [...new Map(counts.map(({ fromAt, headcount }) => [fromAt, headcount]))].map(
    ([fromAt, headcount]) => ({ unitId, fromAt, headcount }),
  );
  if (dated.length === 0 || known.length > 0 || before === null) return dated;
  return [{ unitId, fromAt: 0, headcount: before }, ...dated];
}

function differences(
  dated: readonly UnitHeadcount[],
  known: readonly UnitHeadcount[],
): ImportedUnit['counts'] {
  return dated
    .map(({ fromAt, headcount }) => {
      const before = known.find((one) => one.fromAt === fromAt)?.headcount ?? null;
      return { at: fromAt, from: before, to: headcount };
    })
    .filter(({ at, from, to }) => at > 0 && from !== to);
}

function datesOf({ dates }: PlannedUnit, idOf: IdOf): UnitChange {
  const { successorCode, ...days } = dates;
  // What goes on has nobody who went on in its place.
  if (days.validUntil === null) return { ...days, successorId: null };
  return { ...days, ...(successorCode !== undefined && { successorId: idOf(successorCode) }) };
}
