/** The tree of units as boards take it. Units that ended stay: results keep the unit of their time. */
import type { UnitIndex } from '../units/unit-index.ts';
import type { Units } from '../units/units.ts';
import type { UnitsForBoards } from './boards.ts';
import type { UnitInTree } from './unit-tree.ts';
import type { UnitsForViews } from './views.ts';

export function unitTreeOf(units: Pick<Units, 'index'>): UnitsForBoards & UnitsForViews {
  let known: {
    readonly index: UnitIndex;
    readonly tree: readonly UnitInTree[];
    readonly parents: ReadonlySet<number>;
  } | null = null;
  const current = () => {
    if (known?.index === units.index) return known;
    const tree = treeOf(units.index);
    known = { index: units.index, tree, parents: new Set(tree.flatMap(({ parent }) => parent ?? [])) };
    return known;
  };
  return {
    get version() {
      return units.index.version;
    },
    tree: () => current().tree,
    byUid: (uid) => units.index.byUid(uid),
    byId: (id) => units.index.byId(id),
    hasBelow: (id) => current().parents.has(id),
  };
}

function treeOf(index: UnitIndex): readonly UnitInTree[] {
  const all = [...index.all()];
  const there = new Set(all.map(({ id }) => id));
  return all.map(({ id, parentId, headcount }) => ({
    unit: id,
    parent: parentId !== null && there.has(parentId) ? parentId : null,
    members: headcount,
  }));
}
