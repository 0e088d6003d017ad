/** What organisers do to units: make, rename, move, close, open again, import. Each decides on one version of the tree. */
import { cleanText } from '../../questions/vietnamese.ts';
import type { Context } from '../context.ts';
import type {
  UnitBody,
  UnitCloseBody,
  UnitPatch,
  UnitsImportBody,
  UnitsImportReply,
} from '../contracts/units.ts';
import type { Identity } from '../platform/access.ts';
import type { Statement } from '../platform/database/door.ts';
import { AppError, invalidField } from '../platform/errors.ts';
import { uidAt } from '../platform/uid.ts';
import { type ImportPlan, type PlannedUnit, planImport } from './import-rules.ts';
import { readSpreadsheet } from './spreadsheet.ts';
import { insertUnits, type NewUnit, type UnitChange, updateUnit } from './store.ts';
import { codeKey, type Unit, type UnitIndex } from './unit-index.ts';
import type { Units } from './units.ts';

/** Errors and rows shown of an import. */
const SHOWN = 200;

export async function createUnit(
  context: Context,
  units: Units,
  actor: Identity,
  body: UnitBody,
): Promise<string> {
  const now = context.clock.now();
  const id = await context.keys.next('units');
  const uid = uidAt(now);
  return units.change(async (index) => {
    const unit: NewUnit = {
      id,
      uid,
      name: readName(body.name),
      code: freeCode(index, body.code ?? null, null),
      parentId: parentId(index, body.parent ?? null, null),
      block: cleanOrNull(body.block),
      headcount: body.headcount ?? null,
      validFrom: body.validFrom ?? null,
      validUntil: null,
      successorId: null,
    };
    return {
      statements: insertUnits(context.database, [unit], now),
      entry: { actor: actor.uid, action: 'unit.made', subject: `unit:${uid}`, details: { name: unit.name } },
      result: uid,
    };
  });
}

/** Throws `notFound`, `taken`, `units.loop`. */
export async function changeUnit(
  context: Context,
  units: Units,
  actor: Identity,
  uid: string,
  patch: UnitPatch,
): Promise<void> {
  await units.change(async (index) => {
    const unit = demandUnit(index, uid);
    const change: UnitChange = {
      ...(patch.name !== undefined && { name: readName(patch.name) }),
      ...(patch.code !== undefined && { code: freeCode(index, patch.code, unit) }),
      ...(patch.parent !== undefined && { parentId: parentId(index, patch.parent, unit) }),
      ...(patch.block !== undefined && { block: cleanOrNull(patch.block) }),
      ...(patch.headcount !== undefined && { headcount: patch.headcount }),
      ...(patch.validFrom !== undefined && { validFrom: patch.validFrom }),
    };
    return decided(context, actor, unit, 'unit.changed', change, null);
  });
}

/** Ends a unit at a moment. A successor must go on after that moment. */
export async function closeUnit(
  context: Context,
  units: Units,
  actor: Identity,
  uid: string,
  body: UnitCloseBody,
): Promise<void> {
  await units.change(async (index) => {
    const unit = demandUnit(index, uid);
    const successor =
      body.successor === undefined || body.successor === null ? null : index.byUid(body.successor);
    const fits =
      successor === null ||
      (successor !== undefined &&
        successor.id !== unit.id &&
        (successor.validUntil === null || successor.validUntil > body.validUntil));
    if (!fits)
      throw invalidField('successor', 'Đơn vị kế thừa không hợp lệ.', 'This unit cannot be the successor.');
    if (unit.validFrom !== null && body.validUntil <= unit.validFrom)
      throw invalidField(
        'validUntil',
        'Ngày kết thúc phải sau ngày bắt đầu.',
        'It must end after it begins.',
      );
    const change = { validUntil: body.validUntil, successorId: successor?.id ?? null };
    return decided(context, actor, unit, 'unit.closed', change, body.reason);
  });
}

export async function reopenUnit(
  context: Context,
  units: Units,
  actor: Identity,
  uid: string,
  reason: string,
): Promise<void> {
  await units.change(async (index) =>
    decided(
      context,
      actor,
      demandUnit(index, uid),
      'unit.reopened',
      { validUntil: null, successorId: null },
      reason,
    ),
  );
}

function decided(
  context: Context,
  actor: Identity,
  unit: Unit,
  action: string,
  change: UnitChange,
  reason: string | null,
) {
  const before: Record<string, unknown> = { ...unit };
  const changed = Object.entries(change).filter(([column, value]) => before[column] !== value);
  const details = Object.fromEntries(
    changed.map(([column, value]) => [column, { from: before[column] ?? null, to: value }]),
  );
  return {
    statements: changed.length === 0 ? [] : [updateUnit(context.database, unit.id, change)],
    entry: { actor: actor.uid, action, subject: `unit:${unit.uid}`, reason, details },
    result: undefined,
  };
}

export function demandUnit(index: UnitIndex, uid: string): Unit {
  const unit = index.byUid(uid);
  if (unit === undefined) throw new AppError('notFound');
  return unit;
}

function readName(text: string): string {
  const name = cleanText(text);
  if (name === '') throw invalidField('name', 'Xin ghi tên đơn vị.', 'Please give the name of the unit.');
  return name;
}

function cleanOrNull(text: string | null | undefined): string | null {
  return text === undefined || text === null ? null : cleanText(text) || null;
}

function freeCode(index: UnitIndex, typed: string | null, mine: Unit | null): string | null {
  const code = cleanOrNull(typed);
  const owner = code === null ? undefined : index.byCode(code);
  if (owner === undefined || owner.id === mine?.id) return code;
  const vi = `Mã này đã dùng cho "${owner.name}".`;
  throw new AppError('taken', {
    errors: [{ path: 'code', vi, en: `This code belongs to "${owner.name}".` }],
  });
}

function parentId(index: UnitIndex, uid: string | null, mine: Unit | null): number | null {
  if (uid === null) return null;
  const parent = index.byUid(uid);
  if (parent === undefined)
    throw invalidField('parent', 'Không có đơn vị cấp trên này.', 'There is no such unit.');
  if (mine !== null && index.isWithin(parent, mine)) throw new AppError('units.loop');
  return parent.id;
}

/** Reads the file, plans, and unless it is a dry run or has mistakes writes all of it. */
export async function importUnits(
  context: Context,
  units: Units,
  actor: Identity,
  body: UnitsImportBody,
): Promise<UnitsImportReply> {
  const read = await readSpreadsheet(body.name, Buffer.from(body.dataBase64, 'base64'));
  if ('problem' in read) {
    return importReply({ planned: [], errors: [{ row: 0, column: '', ...read.problem }] }, false);
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

function importReply({ planned, errors }: ImportPlan, applied: boolean): UnitsImportReply {
  const count = (action: string): number => planned.filter(({ row }) => row.action === action).length;
  return {
    applied,
    created: count('create'),
    changed: count('change'),
    same: count('same'),
    errors: errors.slice(0, SHOWN),
    errorCount: errors.length,
    preview: planned.slice(0, SHOWN).map(({ row }) => row),
  };
}

async function importStatements(
  context: Context,
  planned: readonly PlannedUnit[],
  index: UnitIndex,
): Promise<Statement[]> {
  const now = context.clock.now();
  const ids = new Map<string, number>();
  for (const { row, existing } of planned) {
    ids.set(codeKey(row.code), existing?.id ?? (await context.keys.next('units')));
  }
  const idOf = (code: string | null): number | null =>
    code === null ? null : (ids.get(codeKey(code)) ?? index.byCode(code)?.id ?? null);
  const made: NewUnit[] = [];
  const changes: Statement[] = [];
  for (const { row, existing, moves } of planned) {
    const { code, name, block, headcount } = row;
    const parent = moves ? { parentId: idOf(row.parentCode) } : {};
    if (existing !== null && row.action === 'change') {
      changes.push(updateUnit(context.database, existing.id, { code, name, block, headcount, ...parent }));
    }
    if (existing === null) {
      const id = idOf(code);
      if (id === null) throw new Error('a row without a key');
      const dates = { validFrom: null, validUntil: null, successorId: null };
      made.push({
        id,
        uid: uidAt(now),
        code,
        name,
        block,
        headcount,
        parentId: idOf(row.parentCode),
        ...dates,
      });
    }
  }
  return [...insertUnits(context.database, made, now), ...changes];
}
