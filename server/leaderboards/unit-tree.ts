/**
 * The tree of units as a board sees it: fixed while the board lives, units by a small number ("node").
 * A unit that moves, joins or leaves means a new tree, and boards that are built again.
 */

/** A unit of the contest. */
export interface UnitInTree {
  /** Integer id of the database. */
  readonly unit: number;
  readonly parent: number | null;
  /** Headcount with all units below; `null` when not known, then the sum of what is known below. */
  readonly members: number | null;
}

export class UnitTree {
  /** As given; the place in the list is the node. */
  readonly units: readonly UnitInTree[];
  /** How many levels there are; roots are level 0. */
  readonly levels: number;
  readonly #nodes = new Map<number, number>();
  readonly #parents: Int32Array;
  readonly #depths: Int32Array;
  /** By parent + 1; counted when first asked for. */
  #children: Int32Array | null = null;
  readonly #members: Float64Array;
  /** By level: the ancestor (or self) of each node at that level, −1 for nodes above it. */
  readonly #paths: readonly Int32Array[];

  /** Throws RangeError for a unit given twice, an unknown parent or a circle. */
  constructor(units: readonly UnitInTree[]) {
    this.units = units;
    units.forEach(({ unit }, node) => {
      this.#nodes.set(unit, node);
    });
    if (this.#nodes.size !== units.length) throw new RangeError('a unit is given twice');
    this.#parents = Int32Array.from(units, ({ parent }) => (parent === null ? -1 : this.node(parent)));
    this.#depths = this.#measureDepths();
    this.levels = this.#depths.reduce((most, depth) => Math.max(most, depth + 1), 0);
    this.#paths = Array.from({ length: this.levels }, (_, level) => this.#pathsTo(level));
    this.#members = this.#sumMembers();
  }

  get size(): number {
    return this.units.length;
  }

  has(unit: number): boolean {
    return this.#nodes.has(unit);
  }

  /** Throws RangeError for a unit that is not in the tree: the board has to be built again with a newer one. */
  node(unit: number): number {
    const node = this.#nodes.get(unit);
    if (node === undefined) throw new RangeError(`unit ${unit} is not in the tree`);
    return node;
  }

  /** Database id of a node. */
  unit(node: number): number {
    return this.units[node]?.unit ?? -1;
  }

  /** −1 for a root. */
  parent(node: number): number {
    return this.#parents[node] ?? -1;
  }

  /** How many nodes stand directly below one; below −1, the roots. */
  childrenOf(node: number): number {
    if (this.#children === null) {
      this.#children = new Int32Array(this.size + 1);
      for (const parent of this.#parents) this.#children[parent + 1] = (this.#children[parent + 1] ?? 0) + 1;
    }
    return this.#children[node + 1] ?? 0;
  }

  depth(node: number): number {
    return this.#depths[node] ?? 0;
  }

  /** Ancestor or self at a level; −1 for nodes above it and for −1 ("no unit"). */
  ancestor(node: number, level: number): number {
    return this.#paths[level]?.[node] ?? -1;
  }

  /** By node: its ancestor or self at a level, −1 for nodes above it. */
  ancestors(level: number): Int32Array {
    return this.#paths[level] ?? new Int32Array(0);
  }

  /** Headcount, or `null` when nothing is known. */
  members(node: number): number | null {
    const members = this.#members[node] ?? Number.NaN;
    return Number.isNaN(members) ? null : members;
  }

  #measureDepths(): Int32Array {
    const depths = new Int32Array(this.size).fill(-1);
    for (let node = 0; node < this.size; node += 1) {
      const path: number[] = [];
      let at = node;
      while (at >= 0 && depths[at] === -1) {
        if (path.length > this.size) throw new RangeError(`unit ${this.unit(node)} stands above itself`);
        path.push(at);
        at = this.parent(at);
      }
      let depth = at < 0 ? 0 : (depths[at] ?? 0) + 1;
      for (const passed of path.reverse()) {
        depths[passed] = depth;
        depth += 1;
      }
    }
    return depths;
  }

  #pathsTo(level: number): Int32Array {
    return Int32Array.from(this.units, (_, node) => {
      let at = this.depth(node) < level ? -1 : node;
      while (at >= 0 && this.depth(at) > level) at = this.parent(at);
      return at;
    });
  }

  /** Deepest first, so that a unit's children are known before the unit. */
  #sumMembers(): Float64Array {
    const members = Float64Array.from(this.units, ({ members: given }) => given ?? Number.NaN);
    const deepestFirst = this.units.map((_, node) => node).sort((a, b) => this.depth(b) - this.depth(a));
    for (const node of deepestFirst) {
      const parent = this.parent(node);
      const known = members[node] ?? Number.NaN;
      if (parent < 0 || Number.isNaN(known) || this.units[parent]?.members != null) continue;
      const sum = members[parent] ?? Number.NaN;
      members[parent] = (Number.isNaN(sum) ? 0 : sum) + known;
    }
    return members;
  }
}
