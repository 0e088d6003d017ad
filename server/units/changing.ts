/** What organisers do to units: make, rename, move, merge, close, open again. Each decides on one version of the tree. */
import { cleanText } from '../../questions/vietnamese.ts';
import type { Context } from '../context.ts';
import type { UnitBody, UnitCloseBody, UnitMergeBody, UnitPatch } from '../contracts/units.ts';
import type { AuditEntry } from '../platform/audit.ts';
import type { Statement } from '../platform/database/door.ts';
import { AppError, invalidField } from '../platform/errors.ts';
import { uidAt } from '../platform/uid.ts';
import { loopsOf, type NewPlaces } from './loop-rules.ts';
import { loopText } from './loop-text.ts';
import { placesPutRight, putRight } from './putting-right.ts';
import {
  insertPast,
  insertUnits,
  type NewUnit,
  putHeadcounts,
  type UnitChange,
  updatePast,
  updateUnit,
} from './store.ts';
import type { UnitPlace } from './time-rules.ts';
import type { Unit, UnitIndex } from './unit-index.ts';
import type { Units } from './units.ts';

/** Who asked, and from where. */
export interface Author {
  /** uid */
  readonly actor: string;
  readonly address: string;
}

export async function createUnit(
  context: Context,
  units: Units,
  by: Author,
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
      parentId: parentId(index, body.parent ?? null),
      block: cleanOrNull(body.block),
      headcount: body.headcount ?? null,
      validFrom: body.validFrom ?? null,
      validUntil: null,
      successorId: null,
    };
    return {
      statements: insertUnits(context.database, [unit], now),
      entries: [{ ...by, action: 'unit.made', subject: `unit:${uid}`, details: { name: unit.name } }],
      result: uid,
    };
  });
}

/** Throws `notFound`, `taken`, `units.loop`, `request.invalid` for a date before an earlier change. */
export async function changeUnit(
  context: Context,
  units: Units,
  by: Author,
  uid: string,
  patch: UnitPatch,
): Promise<void> {
  const { from, headcountFrom, reason = null } = patch;
  await units.change(async (index) => {
    const unit = demandUnit(index, uid);
    // What changes on a day is compared with how it will be by then: an earlier plan may be taken back.
    const before = from === undefined ? unit : (index.times.latest(unit.id) ?? unit);
    const change = differing(before, {
      ...(patch.name !== undefined && { name: readName(patch.name) }),
      ...(patch.code !== undefined && { code: freeCode(index, patch.code, unit) }),
      ...(patch.parent !== undefined && { parentId: parentId(index, patch.parent) }),
      ...(patch.block !== undefined && { block: cleanOrNull(patch.block) }),
      ...(patch.headcount !== undefined && { headcount: patch.headcount }),
      ...(patch.validFrom !== undefined && { validFrom: patch.validFrom }),
    });
    const { statements, left } = stateOf(context, index, unit, change, from);
    if (change.parentId !== undefined) {
      const places =
        from === undefined
          ? placesPutRight(unit, index.times, change.parentId, context.clock.now())
          : placesFrom(index, unit, change.parentId, from);
      await demandNoLoop(context, index, new Map([[unit.id, places]]), 'parent');
    }
    return decided(context, by, before, {
      ...{ action: 'unit.changed', change, written: left, reason },
      dated: [...statements, ...countsOf(context, index, unit, patch)],
      days: { ...(from !== undefined && { from }), ...(headcountFrom !== undefined && { headcountFrom }) },
    });
  });
}

/** What of a change is not so already. */
export function differing(before: Unit, change: UnitChange): UnitChange {
  const known: Record<string, unknown> = { ...before };
  return Object.fromEntries(Object.entries(change).filter(([column, value]) => known[column] !== value));
}

/** What is written beside a unit's row, and what is left for the row. */
interface Written {
  readonly statements: readonly Statement[];
  readonly left: UnitChange;
}

/** Where a change of name, place or block is written. With a day: how it was until then goes to the past, and the row changes. */
function stateOf(
  context: Context,
  index: UnitIndex,
  unit: Unit,
  change: UnitChange,
  from: number | undefined,
): Written {
  if (from !== undefined) return { statements: pastOf(context, index, unit, change, from), left: change };
  return correcting(context, index, unit, change);
}

/** What is true today is put right; planned changes stand. */
export function correcting(
  { clock, database }: Context,
  index: UnitIndex,
  unit: Unit,
  change: UnitChange,
): Written {
  const { name, parentId: parent, block, ...left } = change;
  const state = {
    ...(name !== undefined && { name }),
    ...(parent !== undefined && { parentId: parent }),
    ...(block !== undefined && { block }),
  };
  const { pasts, row } = putRight(unit, index.times, state, clock.now());
  const statements = pasts.map((one) => updatePast(database, one.past, one.state));
  return { statements, left: { ...left, ...row } };
}

/** Where the unit stands when it moves at `from`. */
function placesFrom(
  { times }: UnitIndex,
  { id }: Unit,
  parentId: number | null,
  from: number,
): readonly UnitPlace[] {
  const until = times.placesOf(id).map((place) => ({ ...place, until: Math.min(place.until, from) }));
  return [...until, { until: Number.POSITIVE_INFINITY, parentId }];
}

/** Throws `units.loop`; with the day at `path` when it is another planned move that closes the circle later. */
async function demandNoLoop(
  { clock }: Context,
  { times }: UnitIndex,
  changed: NewPlaces,
  path: string,
): Promise<void> {
  const now = clock.now();
  const [loop] = await loopsOf(times, changed, now);
  if (loop === undefined) return;
  throw new AppError('units.loop', loop.at === now ? {} : { errors: [{ path, ...loopText(loop, times) }] });
}

/** How the unit was until `from`, when name, place or block change at that moment. */
function pastOf(
  { database }: Context,
  index: UnitIndex,
  unit: Unit,
  change: UnitChange,
  from: number,
): Statement[] {
  const { name, parentId: parent, block } = index.times.latest(unit.id) ?? unit;
  const moves =
    (change.name ?? name) !== name ||
    (change.parentId !== undefined && change.parentId !== parent) ||
    (change.block !== undefined && change.block !== block);
  if (!moves) return [];
  const [last] = index.times.pastsOf(unit.id);
  const isTooEarly =
    (last !== undefined && from <= last.until) || (unit.validFrom !== null && from <= unit.validFrom);
  if (isTooEarly)
    throw invalidField(
      'from',
      'Ngày thay đổi phải sau lần thay đổi trước và sau ngày bắt đầu của đơn vị.',
      'It must change after the change before, and after the unit began.',
    );
  return [insertPast(database, { unitId: unit.id, until: from, name, parentId: parent, block })];
}

/** A count with a date leaves earlier ones; the first such count keeps what was known before it. Without: the one that holds today is put right. */
function countsOf({ clock, database }: Context, index: UnitIndex, unit: Unit, patch: UnitPatch): Statement[] {
  const { headcount, headcountFrom } = patch;
  if (headcount === undefined) return [];
  const known = index.times.headcountsOf(unit.id);
  const fromAt = headcountFrom ?? index.times.countedSince(unit.id, clock.now());
  if (fromAt === null) return [];
  const before =
    known.length === 0 && headcountFrom !== undefined && unit.headcount !== null
      ? [{ unitId: unit.id, fromAt: 0, headcount: unit.headcount }]
      : [];
  return putHeadcounts(database, [...before, { unitId: unit.id, fromAt, headcount }]);
}

/** Ends a unit at a moment. A successor must go on after that moment. */
export async function closeUnit(
  context: Context,
  units: Units,
  by: Author,
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
    return decided(context, by, unit, { action: 'unit.closed', change, reason: body.reason });
  });
}

/** Ends a unit in favour of another one, below which its own units go on. Throws `notFound`, `request.invalid`, `units.loop`. */
export async function mergeUnit(
  context: Context,
  units: Units,
  by: Author,
  uid: string,
  { into, at, reason }: UnitMergeBody,
): Promise<void> {
  await units.change(async (index) => {
    const unit = demandUnit(index, uid);
    const successor = index.byUid(into);
    if (
      successor === undefined ||
      successor.id === unit.id ||
      index.inForce(successor, at)?.id !== successor.id
    )
      throw invalidField('into', 'Đơn vị tiếp nhận không hợp lệ.', 'This unit cannot go on in its place.');
    if (index.isWithin(successor, unit)) throw new AppError('units.loop');
    if (unit.validFrom !== null && at <= unit.validFrom)
      throw invalidField('at', 'Ngày sáp nhập phải sau ngày bắt đầu.', 'It must end after it begins.');
    const change = { parentId: successor.id };
    const below = index.children(unit, { now: at, ended: true });
    const moved = below.flatMap((child) => [
      ...pastOf(context, index, child, change, at),
      updateUnit(context.database, child.id, change),
    ]);
    const places = below.map((child) => [child.id, placesFrom(index, child, successor.id, at)] as const);
    await demandNoLoop(context, index, new Map(places), 'into');
    const along = below.map((child) => ({
      ...{ ...by, action: 'unit.changed', subject: `unit:${child.uid}`, reason },
      details: { ...changeDetails(child, change), from: at },
    }));
    return decided(context, by, unit, {
      action: 'unit.merged',
      change: { validUntil: at, successorId: successor.id },
      reason,
      dated: moved,
      along,
    });
  });
}

export async function reopenUnit(
  context: Context,
  units: Units,
  by: Author,
  uid: string,
  reason: string,
): Promise<void> {
  const change = { validUntil: null, successorId: null };
  await units.change(async (index) =>
    decided(context, by, demandUnit(index, uid), { action: 'unit.reopened', change, reason }),
  );
}

interface Deed {
  readonly action: string;
  readonly change: UnitChange;
  /** What of it goes into the unit's row; left out: all. */
  readonly written?: UnitChange;
  readonly reason: string | null;
  /** What is written beside the unit's row: its past, members by date, units that move along. */
  readonly dated?: readonly Statement[];
  /** From when it holds, for the log. */
  readonly days?: Readonly<Record<string, number>>;
  /** Lines of units that move along. */
  readonly along?: readonly AuditEntry[];
}

function decided(
  context: Context,
  by: Author,
  unit: Unit,
  { action, change, written = change, reason, dated = [], days = {}, along = [] }: Deed,
) {
  const details = changeDetails(unit, change);
  const row = Object.keys(written).length === 0 ? [] : [updateUnit(context.database, unit.id, written)];
  const entry = { ...by, action, subject: `unit:${unit.uid}`, reason, details: { ...details, ...days } };
  return { statements: [...row, ...dated], entries: [entry, ...along], result: undefined };
}

/** What a change comes to, for the log: what it was, and what it is. */
export function changeDetails(unit: Unit, change: UnitChange): Record<string, unknown> {
  const before: Record<string, unknown> = { ...unit };
  const changed = Object.entries(differing(unit, change));
  return Object.fromEntries(
    changed.map(([column, value]) => [column, { from: before[column] ?? null, to: value }]),
  );
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

function parentId(index: UnitIndex, uid: string | null): number | null {
  if (uid === null) return null;
  const parent = index.byUid(uid);
  if (parent === undefined)
    throw invalidField('parent', 'Không có đơn vị cấp trên này.', 'There is no such unit.');
  return parent.id;
}
