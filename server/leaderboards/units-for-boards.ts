/** The tree of units as boards take it. Units that ended stay: results keep the unit of their time. */
import type { UnitIndex } from '../units/unit-index.ts';
import type { Units } from '../units/units.ts';
import type { UnitsForBoards } from './boards.ts';
import type { UnitInTree } from './unit-tree.ts';
import type { UnitsForViews } from './views.ts';

/** What was made of one index. `version` counts the trees that differ: a new name builds no board again, a day on which a planned move comes true does. */
interface Known {
  readonly index: UnitIndex;
  readonly tree: readonly UnitInTree[];
  readonly parents: ReadonlySet<number>;
  readonly version: number;
}

export function unitTreeOf(units: Pick<Units, 'index' | 'onChange'>): UnitsForBoards & UnitsForViews {
  let known: Known | null = null;
  const current = (): Known => {
    if (known?.index === units.index) return known;
    const tree = treeOf(units.index);
    const parents = new Set(tree.flatMap(({ parent }) => parent ?? []));
    const version = known === null ? 1 : known.version + (isSame(known.tree, tree) ? 0 : 1);
    known = { index: units.index, tree, parents, version };
    return known;
  };
  return {
    get version() {
      return current().version;
    },
    tree: () => current().tree,
    onChange: (changed) => units.onChange(changed),
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

function isSame(before: readonly UnitInTree[], after: readonly UnitInTree[]): boolean {
  return (
    before.length === after.length &&
    before.every(({ unit, parent, members }, i) => {
      const other = after[i];
      return other?.unit === unit && other.parent === parent && other.members === members;
    })
  );
}
