/** What may be seen of a unit. Nothing of it is private. */
import type { UnitDetail, UnitSummary } from '../contracts/units.ts';
import type { Unit, UnitIndex } from './unit-index.ts';

export function presentUnit(unit: Unit, index: UnitIndex, now: number): UnitSummary {
  const above = index.ancestors(unit);
  return {
    uid: unit.uid,
    name: unit.name,
    code: unit.code,
    block: unit.block,
    path: above.map(({ name }) => name),
    parent: above.at(-1)?.uid ?? null,
    children: index.children(unit, { now, ended: false }).length,
  };
}

export function presentUnitDetail(unit: Unit, index: UnitIndex, now: number): UnitDetail {
  const successor = unit.successorId === null ? undefined : index.byId(unit.successorId);
  return {
    ...presentUnit(unit, index, now),
    headcount: unit.headcount,
    headcounts: index.times.headcountsOf(unit.id).map(({ fromAt, headcount }) => ({ fromAt, headcount })),
    pasts: index.times.pastsOf(unit.id).map(({ until, name, parentId, block }) => ({
      until,
      name,
      parent: parentId === null ? null : (index.byId(parentId)?.name ?? null),
      block,
    })),
    validFrom: unit.validFrom,
    validUntil: unit.validUntil,
    successor: successor === undefined ? null : { uid: successor.uid, name: successor.name },
  };
}
