/** Whose attempts an annulment is about, from what was asked for to keys. */
import type { RemedyDetails } from '../contracts/remedies.ts';
import { AppError } from '../platform/errors.ts';
import type { AnnulScope } from './preview-rules.ts';
import type { RemedyStore } from './store.ts';

/** What is asked of units. */
export interface UnitsBelow {
  /** Key of the unit and of all below it; null: there is none of this uid. */
  withBelow(uid: string): readonly number[] | null;
}

/** Throws `notFound` when the person or the unit is not there. */
export async function scopeOf(
  { person, unit, fromAt, toAt }: RemedyDetails,
  store: RemedyStore,
  units: UnitsBelow,
): Promise<AnnulScope> {
  const personId = person === undefined ? null : await store.personId(person);
  const below = unit === undefined ? null : units.withBelow(unit);
  if ((person !== undefined && personId === null) || (unit !== undefined && below === null))
    throw new AppError('notFound');
  return {
    person: personId,
    units: below === null ? null : new Set(below),
    fromAt: fromAt ?? null,
    toAt: toAt ?? null,
  };
}
