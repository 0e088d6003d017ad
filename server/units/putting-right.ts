/** What of a unit's dated states is put right when a mistake of today is: as far as the planned changes leave it as it is. Pure. */
import type { UnitPast, UnitPlace, UnitTimes } from './time-rules.ts';
import type { Unit } from './unit.ts';

/** What of a unit changes with dates. */
export type UnitState = Pick<Unit, 'name' | 'parentId' | 'block'>;

export interface PutRight {
  /** States until a planned change. */
  readonly pasts: readonly { readonly past: UnitPast; readonly state: Partial<UnitState> }[];
  /** Of the row: how it is once every planned change came true. */
  readonly row: Partial<UnitState>;
}

/**
 * A new name, place or block goes into the state of `now` and on through those after it that still have today's: a planned
 * rename keeps its name and takes the new place along, a planned move the other way round.
 */
export function putRight(unit: Unit, times: UnitTimes, change: Partial<UnitState>, now: number): PutRight {
  const pasts = times
    .pastsOf(unit.id)
    .filter(({ until }) => until > now)
    .toReversed();
  const states: readonly UnitState[] = [...pasts, times.latest(unit.id) ?? unit];
  const reach = (column: keyof UnitState): number => {
    const end = states.findIndex((state) => state[column] !== states[0]?.[column]);
    return end === -1 ? states.length : end;
  };
  const stateAt = (place: number): Partial<UnitState> => ({
    ...(change.name !== undefined && place < reach('name') && { name: change.name }),
    ...(change.parentId !== undefined && place < reach('parentId') && { parentId: change.parentId }),
    ...(change.block !== undefined && place < reach('block') && { block: change.block }),
  });
  return {
    pasts: pasts
      .map((past, place) => ({ past, state: stateAt(place) }))
      .filter(({ state }) => Object.keys(state).length > 0),
    row: stateAt(pasts.length),
  };
}

/** The unit's places once another one of today is put right. */
export function placesPutRight(
  unit: Unit,
  times: UnitTimes,
  parentId: number | null,
  now: number,
): readonly UnitPlace[] {
  const { pasts, row } = putRight(unit, times, { parentId }, now);
  const right = new Map(pasts.map(({ past, state }) => [past.until, state]));
  return times.placesOf(unit.id).map((place) => ({
    ...place,
    ...(place.until === Number.POSITIVE_INFINITY ? row : right.get(place.until)),
  }));
}
