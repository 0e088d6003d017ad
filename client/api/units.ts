/** The doors of units, typed. Shapes: server/contracts/units.ts. */
import type { UnitDetail, UnitSummary, UnitsReply } from '../../server/contracts/units.ts';
import { http } from './http.ts';

/** A unit as a SearchSelect shows it, with where it belongs as its second line. */
export interface UnitOption {
  /** uid */
  readonly id: string;
  readonly label: string;
  readonly detail: string | undefined;
}

/** A unit of a reply as something to choose. */
export function unitOption({ uid, name, path }: Pick<UnitSummary, 'uid' | 'name' | 'path'>): UnitOption {
  return { id: uid, label: name, detail: path.length === 0 ? undefined : [...path].reverse().join(', ') };
}

/** `search` of a SearchSelect: by name or code, diacritics ignored; the top of the tree while nothing is typed. */
export async function findUnits(query: string, signal: AbortSignal): Promise<UnitOption[]> {
  const q = query === '' ? null : query;
  const { units } = await http.get<UnitsReply>('/api/units', { query: { q, limit: 20 }, signal, tries: 2 });
  return units.map(unitOption);
}

/** One unit by its uid, as something chosen. */
export async function unitOf(uid: string, signal: AbortSignal): Promise<UnitOption> {
  return unitOption(await http.get<UnitDetail>(`/api/units/${encodeURIComponent(uid)}`, { signal }));
}
