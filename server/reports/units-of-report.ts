/** The tree of units as reports count and list it: nodes for counting, the order of the tree for reading. Made again when it changes. */
import { UnitTree } from '../leaderboards/unit-tree.ts';
import type { Unit, UnitIndex } from '../units/unit-index.ts';
import type { Forest } from './count-rules.ts';

export interface ReportUnit {
  readonly unit: Unit;
  readonly node: number;
  /** 0 at the top. */
  readonly level: number;
  /** Its own block, or that of the nearest unit above that has one. */
  readonly block: string | null;
}

/** Units that had ended or not begun stand there too: results keep the unit of their time. In alphabetical order. */
function unitsAt({ times }: UnitIndex, moment: number): Unit[] {
  return times
    .treeAt(moment, true)
    .flatMap(({ id, parentId, block }) => {
      const latest = times.latest(id);
      return latest === undefined ? [] : [{ ...times.asOf(latest, moment), parentId, block }];
    })
    .sort((a, b) => (a.sortKey === b.sortKey ? a.id - b.id : a.sortKey < b.sortKey ? -1 : 1));
}

export class UnitsOfReport {
  readonly version: number;
  /** Null: now. */
  readonly moment: number | null;
  readonly tree: UnitTree;
  readonly forest: Forest;
  /** By node: the unit's key. */
  readonly keys: Float64Array;
  /** By number. */
  readonly blocks: readonly string[];
  /** As people read a tree: each unit before those below it, in alphabetical order. */
  readonly inOrder: readonly ReportUnit[];
  readonly #byUid: ReadonlyMap<string, ReportUnit>;
  readonly #byKey: ReadonlyMap<number, ReportUnit>;

  /** `moment`: as the tree was then, with the names and members of then; null: as it is. */
  constructor(index: UnitIndex, moment: number | null) {
    this.version = index.version;
    this.moment = moment;
    const all = moment === null ? [...index.all()] : unitsAt(index, moment);
    const there = new Set(all.map(({ id }) => id));
    this.tree = new UnitTree(
      all.map(({ id, parentId, headcount }) => ({
        unit: id,
        parent: parentId !== null && there.has(parentId) ? parentId : null,
        members: headcount,
      })),
    );
    this.keys = Float64Array.from(all, ({ id }) => id);
    const blockOf = this.#blocksOf(all);
    this.blocks = [...new Set(blockOf.filter((block) => block !== null))].sort((a, b) =>
      a.localeCompare(b, 'vi'),
    );
    const numbers = new Map(this.blocks.map((block, number) => [block, number]));
    this.forest = {
      parents: Int32Array.from(all, (_, node) => this.tree.parent(node)),
      blocks: Int32Array.from(blockOf, (block) => (block === null ? -1 : (numbers.get(block) ?? -1))),
      blockCount: this.blocks.length,
    };
    this.inOrder = this.#ordered(all, blockOf);
    this.#byUid = new Map(this.inOrder.map((one) => [one.unit.uid, one]));
    this.#byKey = new Map(this.inOrder.map((one) => [one.unit.id, one]));
  }

  byUid(uid: string): ReportUnit | undefined {
    return this.#byUid.get(uid);
  }

  /** By the unit's key. */
  byKey(unit: number): ReportUnit | undefined {
    return this.#byKey.get(unit);
  }

  /** Whether `node` is `above` or stands below it. */
  isWithin(node: number, above: number): boolean {
    for (let at = node; at >= 0; at = this.tree.parent(at)) if (at === above) return true;
    return false;
  }

  #blocksOf(all: readonly Unit[]): (string | null)[] {
    const known = new Map<number, string | null>();
    const find = (node: number): string | null => {
      const before = known.get(node);
      if (before !== undefined) return before;
      const own = all[node]?.block ?? null;
      const parent = this.tree.parent(node);
      const block = own ?? (parent < 0 ? null : find(parent));
      known.set(node, block);
      return block;
    };
    return all.map((_, node) => find(node));
  }

  #ordered(all: readonly Unit[], blockOf: readonly (string | null)[]): ReportUnit[] {
    const below = new Map<number, number[]>();
    all.forEach((_, node) => {
      const parent = this.tree.parent(node);
      const siblings = below.get(parent);
      if (siblings === undefined) below.set(parent, [node]);
      else siblings.push(node);
    });
    const ordered: ReportUnit[] = [];
    const waiting = [...(below.get(-1) ?? [])].reverse();
    for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
      const unit = all[node];
      if (unit === undefined) continue;
      ordered.push({ unit, node, level: this.tree.depth(node), block: blockOf[node] ?? null });
      const children = below.get(node) ?? [];
      for (let i = children.length - 1; i >= 0; i--) waiting.push(children[i] ?? -1);
    }
    return ordered;
  }
}
