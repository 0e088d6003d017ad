/**
 * Units as of a moment: how they were called, where they stood, how many members they had. For reports about a time that
 * has passed. `units` holds how things are; `unit_pasts` how they were until then. Pure; times in ms since epoch.
 */
import { viSortKey } from '../../questions/vietnamese.ts';
import { isAlive, type Unit } from './unit.ts';

/** A unit as it was until a moment. */
export interface UnitPast {
  readonly unitId: number;
  readonly until: number;
  readonly name: string;
  readonly parentId: number | null;
  readonly block: string | null;
}

/** Members from a moment on. */
export interface UnitHeadcount {
  readonly unitId: number;
  readonly fromAt: number;
  readonly headcount: number | null;
}

/** Where a unit stands: until a moment, the last place for good (Infinity). */
export interface UnitPlace {
  readonly until: number;
  readonly parentId: number | null;
}

/** A unit as it was at a moment. */
export interface UnitAt {
  readonly id: number;
  readonly uid: string;
  readonly code: string | null;
  readonly name: string;
  /** The nearest unit above that existed then; null: the top. */
  readonly parentId: number | null;
  readonly block: string | null;
  readonly headcount: number | null;
  /** Whether it existed then. */
  readonly alive: boolean;
  /** What goes on in its place, when it ended. */
  readonly successorId: number | null;
}

/** What is known of units over time. Built once for a version of the tree. */
export class UnitTimes {
  readonly #units: ReadonlyMap<number, Unit>;
  /** By unit, the earliest end first. */
  readonly #pasts: ReadonlyMap<number, readonly UnitPast[]>;
  /** By unit, the latest first. */
  readonly #headcounts: ReadonlyMap<number, readonly UnitHeadcount[]>;

  constructor(
    units: Iterable<Unit>,
    pasts: Iterable<UnitPast> = [],
    headcounts: Iterable<UnitHeadcount> = [],
  ) {
    this.#units = new Map(Array.from(units, (unit) => [unit.id, unit]));
    this.#pasts = grouped(pasts, (a, b) => a.until - b.until);
    this.#headcounts = grouped(headcounts, (a, b) => b.fromAt - a.fromAt);
  }

  /** Every unit as it was at `moment`, in no order. With `ended` also those that did not exist then. */
  treeAt(moment: number, ended = false): readonly UnitAt[] {
    const shown = [...this.#units.values()].filter((unit) => ended || isAlive(unit, moment));
    return shown.map((unit) => this.#at(unit, moment));
  }

  /** One unit as it was; undefined when there is none. */
  unitAt(id: number, moment: number): UnitAt | undefined {
    const unit = this.#units.get(id);
    return unit === undefined ? undefined : this.#at(unit, moment);
  }

  /** Members at `moment`: the newest count that had begun by then; before the first one, that first one. */
  headcountAt(id: number, moment: number): number | null {
    const counts = this.#headcounts.get(id);
    if (counts === undefined) return this.#units.get(id)?.headcount ?? null;
    return (counts.find(({ fromAt }) => fromAt <= moment) ?? counts.at(-1))?.headcount ?? null;
  }

  /** Since when the members of `moment` count, 0 before the first dated count; null: no count has a date. */
  countedSince(id: number, moment: number): number | null {
    const counts = this.#headcounts.get(id);
    if (counts === undefined) return null;
    return counts.find(({ fromAt }) => fromAt <= moment)?.fromAt ?? 0;
  }

  /** The unit with the name, place and members of `moment`. */
  asOf(unit: Unit, moment: number): Unit {
    const { name, parentId, block } = this.#stateAt(unit, moment);
    const sortKey = name === unit.name ? unit.sortKey : viSortKey(name);
    return { ...unit, name, sortKey, parentId, block, headcount: this.headcountAt(unit.id, moment) };
  }

  /** The unit as its row has it: with every dated change, also those still to come. */
  latest(id: number): Unit | undefined {
    return this.#units.get(id);
  }

  /** When something dated next comes true after `moment`; null: nothing is to come. */
  nextChange(moment: number): number | null {
    const moments = [
      ...[...this.#pasts.values()].flatMap((pasts) => pasts.map(({ until }) => until)),
      ...[...this.#headcounts.values()].flatMap((counts) => counts.map(({ fromAt }) => fromAt)),
    ];
    return moments.reduce<number | null>(
      (next, at) => (at > moment && (next === null || at < next) ? at : next),
      null,
    );
  }

  /** What was changed with dates, the newest first; for the unit's page and for checks before another change. */
  pastsOf(id: number): readonly UnitPast[] {
    return (this.#pasts.get(id) ?? []).toReversed();
  }

  /** Where it stood and will stand, the earliest first; nothing for a unit that there is not. */
  placesOf(id: number): readonly UnitPlace[] {
    const unit = this.#units.get(id);
    if (unit === undefined) return [];
    return [...(this.#pasts.get(id) ?? []), { until: Number.POSITIVE_INFINITY, parentId: unit.parentId }];
  }

  /** The unit that it stands below at `moment`, whether that exists then or not; null: none, or there is no such unit. */
  placeAt(id: number, moment: number): number | null {
    const unit = this.#units.get(id);
    return unit === undefined ? null : this.#stateAt(unit, moment).parentId;
  }

  /** Moments after `moment` from which on some unit has another name, place or block, in no order. */
  daysAfter(moment: number): readonly number[] {
    const days = new Set<number>();
    for (const pasts of this.#pasts.values())
      for (const { until } of pasts) if (until > moment) days.add(until);
    return [...days];
  }

  /** The newest first. */
  headcountsOf(id: number): readonly UnitHeadcount[] {
    return this.#headcounts.get(id) ?? [];
  }

  #at(unit: Unit, moment: number): UnitAt {
    const { id, uid, code, successorId } = unit;
    const { name, block } = this.#stateAt(unit, moment);
    const alive = isAlive(unit, moment);
    const headcount = this.headcountAt(id, moment);
    return {
      id,
      uid,
      code,
      name,
      block,
      headcount,
      alive,
      successorId,
      parentId: this.#parentAt(unit, moment),
    };
  }

  #stateAt(unit: Unit, moment: number): Pick<Unit, 'name' | 'parentId' | 'block'> {
    return this.#pasts.get(unit.id)?.find(({ until }) => moment < until) ?? unit;
  }

  /** Past states may disagree with each other; a way up that comes back to where it was ends at the top. */
  #parentAt(unit: Unit, moment: number): number | null {
    const seen = new Set([unit.id]);
    let above = this.#stateAt(unit, moment).parentId;
    while (above !== null && !seen.has(above)) {
      const parent = this.#units.get(above);
      if (parent === undefined) return null;
      if (isAlive(parent, moment)) return this.#isBelow(parent, unit.id, moment) ? null : parent.id;
      seen.add(above);
      above = this.#stateAt(parent, moment).parentId;
    }
    return null;
  }

  #isBelow(unit: Unit, id: number, moment: number): boolean {
    const seen = new Set<number>();
    for (let at: Unit | undefined = unit; at !== undefined && !seen.has(at.id); ) {
      seen.add(at.id);
      const { parentId } = this.#stateAt(at, moment);
      if (parentId === id) return true;
      at = parentId === null ? undefined : this.#units.get(parentId);
    }
    return false;
  }
}

function grouped<Row extends { readonly unitId: number }>(
  rows: Iterable<Row>,
  order: (a: Row, b: Row) => number,
): ReadonlyMap<number, readonly Row[]> {
  const groups = Map.groupBy(rows, ({ unitId }) => unitId);
  for (const group of groups.values()) group.sort(order);
  return groups;
}
