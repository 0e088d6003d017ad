/** A unit of which only what is said matters. */
import { viSortKey } from '../../../questions/vietnamese.ts';
import type { Unit } from '../../../server/units/unit.ts';

export function unitOf(id: number, more: Partial<Unit> = {}): Unit {
  const name = more.name ?? `Đơn vị ${id}`;
  return {
    ...{ id, uid: `u${id}`, name, sortKey: viSortKey(name), parentId: null, code: null, block: null },
    ...{ headcount: null, validFrom: null, validUntil: null, successorId: null },
    ...more,
  };
}
