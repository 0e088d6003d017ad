/** A file of units: tried first, then written whole or not at all. */
import type { Context } from '../context.ts';
import type { UnitsImportBody, UnitsImportReply } from '../contracts/units.ts';
import type { Identity } from '../platform/access.ts';
import type { Statement } from '../platform/database/door.ts';
import { uidAt } from '../platform/uid.ts';
import { type ImportPlan, type PlannedUnit, planImport } from './import-rules.ts';
import { readSpreadsheet } from './spreadsheet.ts';
import { insertUnits, type NewUnit, putHeadcounts, type UnitChange, updateUnit } from './store.ts';
import { codeKey, type UnitIndex } from './unit-index.ts';
import type { Units } from './units.ts';

/** Errors and rows shown of an import. */
const SHOWN = 200;

/** Reads the file, plans, and unless it is a dry run or has mistakes writes all of it. */
export async function importUnits(
  context: Context,
  units: Units,
  actor: Identity,
  body: UnitsImportBody,
): Promise<UnitsImportReply> {
  const read = await readSpreadsheet(body.name, Buffer.from(body.dataBase64, 'base64'));
  if ('problem' in read) {
    const errors = [{ row: 0, column: '', ...read.problem }];
    return importReply({ planned: [], errors, understood: [], ignored: [] }, false);
  }
  if (body.dryRun) return importReply(planImport(read.rows, units.index), false);
  return units.change(async (index) => {
    const plan = planImport(read.rows, index);
    const applied = plan.errors.length === 0;
    const result = importReply(plan, applied);
    const { created, changed } = result;
    return {
      statements: applied ? await importStatements(context, plan.planned, index) : [],
      entry: { actor: actor.uid, action: 'units.imported', subject: 'units', details: { created, changed } },
      result,
    };
  });
}

function importReply(
  { planned, errors, understood, ignored }: ImportPlan,
  applied: boolean,
): UnitsImportReply {
  const count = (action: string): number => planned.filter(({ row }) => row.action === action).length;
  return {
    applied,
    understood: [...understood],
    ignored: [...ignored],
    created: count('create'),
    changed: count('change'),
    same: count('same'),
    errors: errors.slice(0, SHOWN),
    errorCount: errors.length,
    preview: planned.slice(0, SHOWN).map(({ row }) => row),
  };
}

async function importStatements(
  { clock, keys, database }: Context,
  planned: readonly PlannedUnit[],
  index: UnitIndex,
): Promise<Statement[]> {
  const now = clock.now();
  const ids = new Map<string, number>();
  for (const { row, existing } of planned)
    ids.set(codeKey(row.code), existing?.id ?? (await keys.next('units')));
  const idOf = (code: string | null): number | null =>
    code === null ? null : (ids.get(codeKey(code)) ?? index.byCode(code)?.id ?? null);
  const made = planned
    .filter(({ existing }) => existing === null)
    .map((unit): NewUnit => {
      const { code, name, block, headcount, parentCode } = unit.row;
      const id = idOf(code);
      if (id === null) throw new Error('a row without a key');
      const none = { validFrom: null, validUntil: null, successorId: null };
      const places = { parentId: idOf(parentCode), ...none, ...datesOf(unit, idOf) };
      return { id, uid: uidAt(now), code, name, block, headcount, ...places };
    });
  const changes = planned.flatMap((unit) => {
    const { row, existing, moves } = unit;
    if (existing === null || row.action !== 'change') return [];
    const { code, name, block, headcount } = row;
    const parent = moves ? { parentId: idOf(row.parentCode) } : {};
    const change = { code, name, block, headcount, ...parent, ...datesOf(unit, idOf) };
    return [updateUnit(database, existing.id, change)];
  });
  const counts = planned.flatMap(({ row, counts: dated }) => {
    const unitId = idOf(row.code);
    return unitId === null ? [] : dated.map((one) => ({ unitId, ...one }));
  });
  return [...insertUnits(database, made, now), ...changes, ...putHeadcounts(database, counts)];
}

function datesOf({ dates }: PlannedUnit, idOf: (code: string | null) => number | null): UnitChange {
  const { successorCode, ...days } = dates;
  return { ...days, ...(successorCode !== undefined && { successorId: idOf(successorCode) }) };
}
