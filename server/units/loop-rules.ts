/**
 * Whether units would come to stand below themselves: at once, or on a day to come, when what was planned before comes true.
 * Pure; times in ms since epoch.
 */
import { Breath } from '../platform/breath.ts';
import type { UnitPlace, UnitTimes } from './time-rules.ts';
import type { Unit } from './unit.ts';

/** How the places of units will be. A unit that is still to be made has an id that no other has. */
export type NewPlaces = ReadonlyMap<number, readonly UnitPlace[]>;

export interface UnitLoop {
  readonly unitId: number;
  /** From when on. */
  readonly at: number;
  /** Of its circle, the one whose planned move closes it on that day; null: nobody's. */
  readonly byId: number | null;
}

/** Each unit of `changed` that would stand below itself some time from `now` on, with the first moment of it. */
export async function loopsOf(
  times: UnitTimes,
  changed: NewPlaces,
  now: number,
): Promise<readonly UnitLoop[]> {
  const found = new Map<number, UnitLoop>();
  for (const at of momentsOf(times, changed, now)) {
    const above = (id: number): number | null => placeAt(times, changed, id, at);
    for (const circle of await circlesOf(changed.keys(), above)) {
      const byId = at === now ? null : (circle.find((id) => moves(times, changed, id, at)) ?? null);
      for (const unitId of circle)
        if (changed.has(unitId) && !found.has(unitId)) found.set(unitId, { unitId, at, byId });
    }
  }
  return [...found.values()];
}

/** The tree is another one on these only. */
function momentsOf(times: UnitTimes, changed: NewPlaces, now: number): readonly number[] {
  const ends = [...changed.values()].flatMap((places) => places.map(({ until }) => until));
  const days = [
    ...times.daysAfter(now),
    ...ends.filter((end) => end > now && end !== Number.POSITIVE_INFINITY),
  ];
  return [now, ...[...new Set(days)].sort((a, b) => a - b)];
}

function placeAt(times: UnitTimes, changed: NewPlaces, id: number, at: number): number | null {
  const places = changed.get(id);
  if (places === undefined) return times.placeAt(id, at);
  return places.find(({ until }) => at < until)?.parentId ?? null;
}

function moves(times: UnitTimes, changed: NewPlaces, id: number, at: number): boolean {
  return placeAt(times, changed, id, at - 1) !== placeAt(times, changed, id, at);
}

/**
 * The circles that one comes into from `keys`. Each unit is walked over once, so that ten thousand one below the other are no
 * trouble; others have a turn between them.
 */
async function circlesOf(
  keys: Iterable<number>,
  above: (id: number) => number | null,
): Promise<readonly (readonly number[])[]> {
  const breath = new Breath();
  const walked = new Set<number>();
  const circles: (readonly number[])[] = [];
  for (const start of keys) {
    if (breath.isDue) await breath.take();
    const path = new Set<number>();
    let id: number | null = start;
    while (id !== null && !walked.has(id)) {
      walked.add(id);
      path.add(id);
      id = above(id);
    }
    if (id === null || !path.has(id)) continue;
    const way = [...path];
    circles.push(way.slice(way.indexOf(id)));
  }
  return circles;
}

/**
 * Rows that were written before anybody looked for circles to come may hold one. The oldest of its units then counts as a top: all
 * stay in sight, so that they can be put right, and whatever climbs the tree comes to an end.
 */
export async function withoutLoops(units: readonly Unit[]): Promise<readonly Unit[]> {
  const parents = new Map(units.map(({ id, parentId }) => [id, parentId]));
  const circles = await circlesOf(parents.keys(), (id) => parents.get(id) ?? null);
  const tops = new Set(circles.map((circle) => circle.reduce((oldest, id) => Math.min(oldest, id))));
  return tops.size === 0
    ? units
    : units.map((unit) => (tops.has(unit.id) ? { ...unit, parentId: null } : unit));
}
